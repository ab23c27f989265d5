"""What can be the name of a speaker, and what is only the beginning of a sentence."""

__all__ = ["ME", "Labelled", "labelled", "looks_like_a_name", "speakers_among"]

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

ME = frozenset(("me", "myself", "candidate", "interviewee", "applicant", "a", "answer"))
"""What the candidate may be called in a transcript typed by hand."""
_THEM = frozenset(
    ("interviewer", "interviewers", "recruiter", "manager", "hiring manager", "panel", "hr", "q", "question")
)
_NO_NAMES = """
    situation task action actions result results outcome outcomes impact learning learnings lesson lessons context
    note notes summary details example first second third finally also however so and but then because well okay
    date time start end subject title topic duration location language kind attendees participants invited guests
    meeting recording transcript agenda host link url http https attachments next decision decisions step one two
""".split()  # noqa: SIM905 (seventy words in a column read worse)
_PARTICLES = """
    de da do dos das del della di du la le van von der den ter bin bint ibn al el y e of the
""".split()  # noqa: SIM905
_ASIDE = re.compile(r"\s*(?:\([^)]*\)|\[[^\]]*\]|<[^>]*>)")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
_NO_NAME = re.compile(r"[?!;\"“”=\\{}|]|\.\s+[a-z]|\d{3,}")
_MOST_WORDS = 6
"""In a name, titles and all (voicemock default, unvalidated)."""
_LABEL = re.compile(r"(?:>>\s*|[-–•*]\s+)?(?P<name>[^:：]{1,80}?)\s*(?::(?=\s|$)|：)\s*(?P<text>.*)")
_SEVERAL = 3
"""A label in lower case is a speaker if it comes this often (voicemock default, unvalidated)."""


class Labelled(NamedTuple):
    """A line that may begin with a name."""

    name: str
    text: str


def labelled(line: str) -> Labelled | None:
    """Return a line of the form "Name: what was said" in its two parts."""
    found = _LABEL.fullmatch(line.replace("**", ""))
    return Labelled(tidy(found["name"]), found["text"].strip()) if found else None


def tidy(name: str) -> str:
    """Return a name as it is shown, the same however it was written."""
    return " ".join(unicodedata.normalize("NFC", html.unescape(name)).strip("*_ \t").split())


def looks_like_a_name(name: str) -> bool:
    """Tell whether somebody may be called so: "Dr. Ana Ruiz (Guest)", "李伟", "ana@example.org", "Speaker 1"."""
    bare = _ASIDE.sub("", name).strip()
    if not bare:
        return bool(name)
    if _EMAIL.fullmatch(bare):
        return True
    words = bare.replace(",", " ").split()
    if not words or len(words) > _MOST_WORDS or _NO_NAME.search(bare) or words[0].casefold() in _NO_NAMES:
        return False
    return any(map(str.isalpha, bare)) and all(map(_may_be_part, words))


def _may_be_part(word: str) -> bool:
    first = word.lstrip("'’(-")[:1]
    return word.casefold() in _PARTICLES or (first.isalnum() and not first.islower()) or word == "-"


def speakers_among(labels: Sequence[str], lines: int) -> frozenset[str]:
    """Return which labels of a file are speakers; lines: how many lines there are in all.

    One that comes once counts only where at least half of the lines have a label: else it may be the beginning of a
    sentence ("Kafka: that was the one").
    """
    counts = Counter(labels)
    names = {name for name in counts if looks_like_a_name(name) or name.casefold() in ME | _THEM}
    names |= {name for name, count in counts.items() if count >= _SEVERAL and _lower(name)}
    usual = sum(counts[name] for name in names) >= lines / 2
    return frozenset(name for name in names if usual or counts[name] > 1)


def _lower(name: str) -> bool:
    words = name.split()
    return len(words) <= 2 and words[0].casefold() not in _NO_NAMES and all(word.isalpha() for word in words)
