"""What the hearing benchmarks share: clips, matching of events, word errors, tables in the docs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voicemock.audio.load import RATE_HZ
from voicemock.speech.detector import HighPass
from voicemock.speech.segments import Piece, Segmenter
from voicemock.speech.verbatim import is_filled_pause, plain_form

NEAR_S = 0.3
"""A detection is right where it overlaps an annotated event or their middles are this close, one to one."""

BACKCHANNELS = {"mm", "mmm", "hm", "hmm", "mmhmm", "mmhm", "uhhuh", "mhm"}


@dataclass(frozen=True)
class Clip:
    """A recording and what was said in it."""

    audio: Path
    gold: dict

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.audio.stem

    @property
    def group(self) -> str:
        """What its results are summed with."""
        if "damage" not in self.gold:
            return self.name.split("-")[0]
        part = "held back" if self.name.startswith("test") else "trained on"
        said = "accents, " if "accent" in self.gold else ""
        return f"synthetic, {part}, {said}{'clean' if self.gold['damage'] == 'none' else 'damaged'}"


def clips_in(folders: Iterable[Path], pattern: str = "*") -> Iterator[Clip]:
    for folder in folders:
        for audio in sorted(folder.glob(f"{pattern}.flac")):
            yield Clip(audio, json.loads(audio.with_suffix(".json").read_text()))


def pieces_of(samples: np.ndarray) -> list[Piece]:
    """Cut a whole recording as the listener would."""
    clean, segmenter = HighPass(), Segmenter()
    blocks = [samples[i : i + RATE_HZ].astype(np.float32) for i in range(0, len(samples), RATE_HZ)]
    return [piece for block in blocks for piece in segmenter.feed(clean(block))] + segmenter.finish()


@dataclass
class Tally:
    """Hits, false alarms and misses."""

    hits: int = 0
    alarms: int = 0
    misses: int = 0

    def add(self, found: Sequence[tuple[float, float]], gold: dict) -> None:
        """Count the (start, end) found against the annotation; what meets a backchannel counts neither way."""
        left = list(gold["filled_pauses"])
        for start_s, end_s in sorted(found):
            match = next((event for event in left if _meet(start_s, end_s, event)), None)
            if match is not None:
                left.remove(match)
                self.hits += 1
            elif not any(_meet(start_s, end_s, event) for event in gold["backchannels"]):
                self.alarms += 1
        self.misses += len(left)

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.hits / max(1, self.hits + self.alarms)

    @property
    def recall(self) -> float:
        """The share of what is there that was found."""
        return self.hits / max(1, self.hits + self.misses)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.hits / max(1, 2 * self.hits + self.alarms + self.misses)


def _meet(start_s: float, end_s: float, event: dict) -> bool:
    apart = abs((start_s + end_s) / 2 - (event["start_s"] + event["end_s"]) / 2)
    return apart <= NEAR_S or (start_s < event["end_s"] and event["start_s"] < end_s)


def content(words: Iterable[str]) -> list[str]:
    """Return the words that count towards the word error rate: no hesitations, no spelling differences."""
    text = " ".join(words).lower().replace("alright", "all right").replace("yknow", "you know")
    text = re.sub(r"(\d+)(?:th|%)", r"\1", text.replace("percent", "").replace("per cent", ""))
    forms = [plain_form(word).replace("-", "") for word in text.split()]
    return [_number(form) for form in forms if form and form not in BACKCHANNELS and not is_filled_pause(form)]


NUMBERS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "twelve": "12", "forty": "40", "ninety": "90",
}  # fmt: skip


def _number(form: str) -> str:
    return NUMBERS.get(form, form)


@dataclass
class Errors:
    """Words said, and what went wrong with them."""

    said: int = 0
    substituted: int = 0
    left_out: int = 0
    added: int = 0

    def __add__(self, other: Errors) -> Errors:
        return Errors(
            self.said + other.said,
            self.substituted + other.substituted,
            self.left_out + other.left_out,
            self.added + other.added,
        )

    @property
    def rate(self) -> float:
        """The word error rate."""
        return (self.substituted + self.left_out + self.added) / max(1, self.said)


def word_errors(said: Sequence[str], heard: Sequence[str]) -> Errors:
    """Return the fewest changes that make one the other (Levenshtein 1966), words put in another's place first."""
    row = [(j, 0, 0, j) for j in range(len(heard) + 1)]
    for i, word in enumerate(said, 1):
        diagonal, row[0] = row[0], (i, 0, i, 0)
        for j, other in enumerate(heard, 1):
            differs = word != other
            left, above = row[j - 1], row[j]
            best = min(
                (diagonal[0] + differs, diagonal[1] + differs, diagonal[2], diagonal[3]),
                (above[0] + 1, above[1], above[2] + 1, above[3]),
                (left[0] + 1, left[1], left[2], left[3] + 1),
                key=lambda cost: cost[0],
            )
            diagonal, row[j] = row[j], best
    return Errors(len(said), *row[-1][1:])


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def put_into(page: Path, name: str, text: str) -> None:
    """Replace what stands between the page's two marks of that name."""
    start, end = f"<!-- {name} -->", f"<!-- end {name} -->"
    whole = page.read_text(encoding="utf-8")
    if start not in whole:
        raise SystemExit(f"{page} has no place marked {start}")
    before, rest = whole.split(start)
    page.write_text(f"{before}{start}\n{text}\n{end}{rest.split(end)[1]}", encoding="utf-8")
