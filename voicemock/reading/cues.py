"""Cues: reviewed patterns over the words of a sentence, one file a signal in ``cues/``.

A cue is matched against the sentence's words in lower case, without punctuation, hesitations and
words said twice in a row; it begins and ends at word borders, so "likely alike" never matches
"like". In a pattern ``{name}`` stands for a class of words from ``cues/_classes.toml``.
"""

__all__ = ["Cue", "load_cues", "sentence_line"]

import functools
import re
import tomllib
from pathlib import Path

import msgspec

from voicemock.reading.fillers import HESITATIONS
from voicemock.reading.text import Passage
from voicemock.schema import SignalName

_FOLDER = Path(__file__).parent / "cues"
_ASIDES = (("you", "know"), ("i", "mean"), ("kind", "of"), ("sort", "of"))


class Cue(msgspec.Struct, frozen=True, kw_only=True):
    """One pattern. weight: how much it speaks for the signal before anything is learned.

    yes: words it must match. no: words it must not.
    """

    name: str
    match: re.Pattern[str]
    weight: float
    yes: str
    no: str = ""


@functools.cache
def load_cues() -> dict[SignalName, tuple[Cue, ...]]:
    """Read and compile the cues that ship with voicemock."""
    classes = tomllib.loads((_FOLDER / "_classes.toml").read_text(encoding="utf-8"))
    loaded = {}
    for path in sorted(_FOLDER.glob("[a-z]*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        loaded[SignalName(path.stem)] = tuple(_cue(name, entry, classes) for name, entry in table.items())
    return loaded


def _cue(name: str, entry: dict[str, str], classes: dict[str, str]) -> Cue:
    pattern = re.sub(r"\{([A-Za-z]+)\}", lambda m: f"(?:{classes[m[1]]})", entry["match"])
    return Cue(
        name=name,
        match=re.compile(rf"(?<!\S)(?:{pattern})(?:(?<= )|(?!\S))"),
        weight=float(entry["weight"]),
        yes=entry["yes"],
        no=entry.get("no", ""),
    )


def sentence_line(spoken: Passage, first: int, end: int) -> str:
    """Return the words of a sentence as cues see them."""
    line: list[str] = []
    i = first
    while i < end:
        word = spoken.word(i)
        if (word, spoken.word(i + 1)) in _ASIDES and spoken.tokens[i].before and i + 1 < end:
            i += 2
            continue
        if word not in HESITATIONS and not (line and line[-1] == word):
            line.append(word)
        i += 1
    return " ".join(line)
