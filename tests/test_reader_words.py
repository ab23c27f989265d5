"""What the reader takes in is the same however an answer was written down."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest

PATH = Path(__file__).parent.parent / "benchmarks" / "reader" / "words.py"
SPEC = importlib.util.spec_from_file_location("reader_words", PATH)
words = sys.modules["reader_words"] = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(words)


def read(text: str) -> str:
    return " ".join(piece.read for piece in words.pieces(text))


@pytest.mark.parametrize(
    ("digits", "spelled"),
    [
        ("from 31,000 to 12", "from thirty-one thousand to twelve"),
        ("40%", "forty percent"),
        ("99.97% of requests", "ninety nine point nine seven percent of requests"),
        ("200ms", "two hundred milliseconds"),
        ("$2M", "two million dollars"),
        ("$2 million", "two million dollars"),
        ("125,000 rows", "a hundred and twenty-five thousand rows"),
        ("2.5-second", "two point five second"),
        ("p99", "p ninety-nine"),
        ("1,001 nights", "one thousand and one nights"),
        ("it grew 10x", "it grew ten times"),
    ],
)
def test_a_number_is_the_same_in_digits_and_words(digits: str, spelled: str) -> None:
    assert read(digits) == read(spelled)


@pytest.mark.parametrize("kept", ["in 2019", "the 3rd", "at 7:20", "one of them", "twenty five", "a team and a plan"])
def test_other_things_stay_apart(kept: str) -> None:
    assert read(kept) == {"twenty five": "25"}.get(kept, kept)


def test_punctuation_capitals_and_hesitations_change_nothing() -> None:
    text = "So, um, we moved it. It took 3 weeks; I'd said two!"
    assert read(text) == read(re.sub(r"[^\w\s']", "", text.lower())) == read(text.replace("um, ", ""))


def test_each_piece_knows_its_place() -> None:
    text = "It cost two hundred and five dollars, um, a day."
    assert [text[p.start : p.end] for p in words.pieces(text)][2:4] == ["two hundred and five", "dollars"]
