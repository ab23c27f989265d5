"""Patterns for paths, as a shell takes them: ``*``, ``?``, ``[abc]``, and ``**`` for any folders between."""

__all__ = ["has_wildcards", "regex_of"]

import re
from collections.abc import Mapping

_PART = re.compile(r"\*\*/|\*\*|\*|\?|\[!?\]?[^\]/]*\]|\{\w*\}|.", re.DOTALL)
_WILDCARD = re.compile(r"[*?\[]")
_MEANS = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def has_wildcards(text: str) -> bool:
    """Return whether a text may be a pattern; a file can have such a name too."""
    return _WILDCARD.search(text) is not None


def regex_of(pattern: str, *, named: Mapping[str, str] | None = None) -> str:
    """Return the regular expression of a pattern with ``/`` between its parts.

    named: what stands for ``{name}``; of a name that is not there, the braces are ordinary letters.
    """
    means = _MEANS | {f"{{{name}}}": expression for name, expression in (named or {}).items()}
    return "".join(means.get(part) or _letters(part) for part in _PART.findall(pattern))


def _letters(part: str) -> str:
    if len(part) > 1 and part.startswith("["):
        negated = part.startswith("[!")
        inside = re.sub(r"([\\\[&~|^])", r"\\\1", part[1 + negated : -1])
        return f"[{'^/' if negated else ''}{inside}]"
    return re.escape(part)
