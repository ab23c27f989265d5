"""Text that tries to break out of wherever it is put."""

from typing import Any

import msgspec

from voicemock.schema import SessionReport

HOSTILE = (
    "</script><script>window.pwned=1</script>\"'><img src=x onerror=window.pwned=1> |a| `b` ``` [c](javascript:pwned) "
    "![d](http://127.0.0.1/e) {{ 7*7 }} {% x %} <!-- *f* _g_ ~~h~~ &lt;i&gt; \\ \x1b[31m \x00 \u202e j"
)
ENUMS = frozenset({"kind", "certainty", "status", "severity", "quality", "name", "signal", "pillar"})
ENUM_LISTS = frozenset({"expects", "numbers_not_heard", "pillars_not_heard"})


def poisoned(report: SessionReport) -> SessionReport:
    """Return a report in which every free text, and the name of a measure, ends in hostile text."""
    return msgspec.convert(_poison(msgspec.to_builtins(report)), SessionReport)


def _poison(value: Any, key: str = "") -> Any:
    match value:
        case str():
            return value if key in ENUMS else f"{value} {HOSTILE}"
        case list() | tuple():
            return value if key in ENUM_LISTS else [_poison(item, key) for item in value]
        case dict():
            poisoned = {name: _poison(item, name) for name, item in value.items()}
            return {f"{name} {HOSTILE}": item for name, item in poisoned.items()} if key == "measures" else poisoned
    return value
