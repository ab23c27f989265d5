"""The labelled answers are seen as they were when the weights were fitted to what was seen.

Whoever changes what is seen runs ``benchmarks/train_reading.py``, then ``REWRITE_GOLDEN=1 python -m pytest
tests/test_reading_features.py``. A line holds how much was found in a file's answers, and a hash of all of it.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.golden_files import FOLDER, check_golden
from voicemock.reading import from_text
from voicemock.reading.cues import load_cues
from voicemock.reading.fillers import find_fillers
from voicemock.reading.metrics import quantity_features, sentence_of
from voicemock.reading.numbers import find_quantities
from voicemock.reading.pronouns import find_pronouns
from voicemock.reading.sentences import cut, features
from voicemock.reading.text import Passage, passage
from voicemock.schema import SignalName


def quantities(spoken: Passage) -> Iterable[object]:
    found, sentences = find_quantities(spoken), sentence_of(spoken)
    for i, quantity in enumerate(found):
        yield quantity, sorted(quantity_features(spoken, found, i, sentences[quantity.head]))


def pronouns(spoken: Passage) -> Iterable[object]:
    found = find_pronouns(spoken)
    return [*((span.char_start, "I") for span in found.i), *((span.char_start, "we") for span in found.we)]


def fillers(spoken: Passage) -> Iterable[object]:
    found = find_fillers(spoken, from_text(spoken.text), filled_pauses=None)
    return [(filler.char_start, filler.char_end, filler.kind.value) for filler in found]


def sentences(spoken: Passage) -> Iterable[object]:
    found = cut(spoken)
    cues = (load_cues()[name] for name in (SignalName.TRADEOFF, SignalName.CUSTOMER))
    return [(sentence, seen) for each in cues for sentence, seen in zip(found, features(found, each), strict=True)]


SEEN: tuple[Callable[[Passage], Iterable[object]], ...] = (quantities, pronouns, fillers, sentences)


def test_the_labelled_answers_are_seen_as_they_were_when_the_weights_were_fitted() -> None:
    lines = []
    for path in sorted((Path(__file__).parent / "answers").glob("*.jsonl")):
        if path.stem == "evidence":
            continue
        rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        answers = [passage(re.sub(r"\[\[\w:|\]\]", "", row["marked"])) for row in rows]
        for see in SEEN:
            seen = [one for answer in answers for one in see(answer)]
            lines.append(
                f"{path.stem} {see.__name__} {len(seen)} {hashlib.sha256(repr(seen).encode()).hexdigest()[:16]}"
            )
    check_golden(FOLDER / "reading_features.txt", "\n".join(lines).encode() + b"\n")
