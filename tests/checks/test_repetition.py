"""Words said twice in a row, and sentences started over."""

import msgspec
import pytest

from tests.builders import written
from voicemock.checks.repetition import check
from voicemock.schema import Word


def repeats(text: str) -> float:
    return check(written(text)).measures["repeats"].value * len(text.split()) / 100


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("I, I asked the, the team", 2),
        ("we had, we had a plan", 1),
        ("I um I asked", 1),
        ("so we went to, so we went to the customer", 0),
        ("it was very, very good, and no, no, that that works", 0),
        ("it went from 3 3 times", 0),
        ("the theme of them", 0),
    ],
)
def test_what_counts(text, count):
    assert repeats(text) == pytest.approx(count, abs=0.2)


def test_a_dash_that_was_written_as_a_word_is_none():
    """As Whisper writes a restart: "so – so – we"."""
    words = [
        Word(text=text, char_start=3 * n, char_end=3 * n + 2) for n, text in enumerate(["so", "–", "so", "–", "we"])
    ]
    answer = written("so we went")
    transcript = msgspec.structs.replace(answer.transcript, text="so –  so –  we", words=tuple(words))
    assert not check(msgspec.structs.replace(answer, transcript=transcript)).measures["repeats"].value


def test_many_repeats_are_quoted_whole():
    (finding,) = check(written("I, I asked the, the team to, to stop.")).findings
    assert [e.quote for e in finding.evidence] == ["I, I", "the, the", "to, to"]


def test_a_few_in_a_long_answer_pass():
    assert not check(written("I, I asked the, the team to, to stop. " + "it went well for us all " * 20)).findings


def repeated(count: int, *, words: int):
    return written("I I " * count + " ".join(f"word{n}" for n in range(words - 2 * count)))


EDGES = {"OFTEN": (repeated(3, words=100), repeated(3, words=99))}


def test_two_repeats_are_too_few_for_a_rate():
    assert not check(repeated(2, words=20)).findings
    assert check(repeated(3, words=20)).findings


def test_three_words_said_twice_are_one_repeat():
    (finding,) = check(written("so we went, so we went off, and it was, it was late to, to them")).findings
    assert [e.quote for e in finding.evidence] == ["so we went, so we went", "it was, it was", "to, to"]
    assert finding.message.startswith("3 repeats")
    assert finding.severity == "info"
