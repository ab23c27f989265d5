"""Whose recording it is, told by its path: ``{candidate}/{date}-*.wav``."""

__all__ = ["PathPattern"]

import re

from voicemock.batch.globs import regex_of
from voicemock.errors import UsageError

NAMES = {
    "candidate": r"(?P<candidate>[^/]+?)",
    "date": r"(?P<date>\d+(?:[-._]\d+){0,2})",
}
"""A candidate takes as little as it can; a date is up to three numbers, such as 2026-11-03, 3.11.2026 or 20261103."""
EXAMPLE = 'Two examples: "{candidate}/*.wav" and "{candidate}-{date}.m4a".'


class PathPattern:
    """What ``--candidate-from`` gives: a pattern for the end of a path, of as many parts as it has itself.

    Raises UsageError if the pattern names nobody, or something a path cannot tell.
    """

    def __init__(self, text: str) -> None:
        names = re.findall(r"\{([^{}]*)\}", text)
        if unknown := [name for name in names if name not in NAMES]:
            raise UsageError(
                f"--candidate-from {text}: there is no {{{unknown[0]}}}, only {{candidate}} and {{date}}.", hint=EXAMPLE
            )
        if "candidate" not in names:
            raise UsageError(f"--candidate-from {text} does not say where {{candidate}} is.", hint=EXAMPLE)
        if twice := [name for name in NAMES if names.count(name) > 1]:
            raise UsageError(f"--candidate-from {text} names {{{twice[0]}}} twice.", hint=EXAMPLE)
        ending = "" if re.search(r"\.\w+$", text) else r"(?:\.[^./]+)?"  # {candidate}-{date} is enough
        self._regex = re.compile(rf"(?:.*/)?{regex_of(text.lstrip('./'), named=NAMES)}{ending}", re.IGNORECASE)

    def told_by(self, path: str) -> tuple[str, str] | None:
        """Return the candidate and the date (empty if the pattern has none); None if the path does not match.

        path: with ``/`` between its parts, from the root.
        """
        found = self._regex.fullmatch(path)
        return (found["candidate"], found.groupdict().get("date", "")) if found else None
