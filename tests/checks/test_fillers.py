"""Filled pauses a minute, and the crutch word used most."""

import re

import msgspec
import pytest

from tests.builders import spoken, written
from tests.test_reading_fillers import WORDS_THAT_MEAN_SOMETHING
from voicemock.checks.fillers import check
from voicemock.schema import Answer, Certainty, Filler, FillerKind, Quality, Severity, Status

PLAIN = "we moved the service and it went well " * 10


def with_ums(count: int) -> str:
    return PLAIN + " um it went" * count


@pytest.mark.parametrize(
    ("count", "status"),
    [(0, "good"), (2, "good"), (3, "fine"), (5, "fine"), (6, "watch"), (12, "watch"), (13, "problem")],
)
def test_rate_against_the_published_steps(count, status):
    verdict = check(spoken(with_ums(count), lasts_s=60))
    assert verdict.measures["filled_pauses_per_min"].value == count
    assert verdict.measures["filled_pauses_per_min"].status == status
    assert len(verdict.findings) == (status in ("watch", "problem"))


def test_every_filled_pause_is_evidence_with_its_time():
    (finding,) = check(spoken(with_ums(6), lasts_s=60)).findings
    assert len(finding.evidence) == 6
    assert all("um" in e.quote and e.start_s is not None for e in finding.evidence)


def test_hesitating_before_numbers_is_named():
    (finding,) = check(spoken(PLAIN + "it was um 40 percent and um 3 weeks " * 4, lasts_s=60)).findings
    assert "8 of them right before a number" in finding.message


def test_poor_audio_is_not_judged():
    answer = spoken(with_ums(20), lasts_s=60)
    poor = msgspec.structs.replace(answer.recording, quality=Quality.POOR)
    verdict = check(msgspec.structs.replace(answer, recording=poor))
    assert verdict.measures["filled_pauses_per_min"].status is Status.NOT_ASSESSED
    assert not verdict.findings


def test_an_answer_of_five_seconds_has_no_rate():
    assert check(spoken("um so we moved it", lasts_s=5)).measures["filled_pauses_per_min"].value is None


def crutched(text: str, *, lasts_s: float = 600) -> Answer:
    """Return an answer that ends in a text in which every "like" and "you know" is a filler."""
    answer = spoken(PLAIN * 3 + text, lasts_s=lasts_s)
    fillers = []
    for found in re.finditer("like|you know", answer.transcript.text):
        quote = answer.transcript.evidence(found.start(), found.end())
        fillers.append(
            Filler(
                text=found.group(),
                kind=FillerKind.DISCOURSE,
                char_start=found.start(),
                char_end=found.end(),
                certainty=Certainty.CONFIRMED,
                start_s=quote.start_s,
                end_s=quote.end_s,
            )
        )
    return msgspec.structs.replace(answer, reading=msgspec.structs.replace(answer.reading, fillers=tuple(fillers)))


def test_the_top_crutch_is_named_and_like_has_a_count_of_its_own():
    answer = crutched("and, you know, it went, you know, well, you know, and, you know, off, like, away")
    (finding,) = check(answer).findings
    assert finding.message.startswith('"you know" 4 times')
    assert finding.severity is Severity.WATCH


def test_like_as_a_verb_and_whole_words_pass():
    assert not check(written(WORDS_THAT_MEAN_SOMETHING)).findings


YOU_KNOW = "and, you know, it went well "
LIKE = "and it was, like, away "
EDGES = {
    "GOOD": (spoken(with_ums(4), lasts_s=121), spoken(with_ums(4), lasts_s=118)),
    "FINE": (spoken(with_ums(10), lasts_s=121), spoken(with_ums(10), lasts_s=118)),
    "PROBLEM": (spoken(with_ums(12), lasts_s=61), spoken(with_ums(12), lasts_s=59)),
    "LIKE": (crutched(LIKE * 3, lasts_s=61), crutched(LIKE * 3, lasts_s=59)),
    "CRUTCH": (crutched(YOU_KNOW * 3), crutched(YOU_KNOW * 4)),
}


def test_like_is_named_first_where_its_own_rate_is_high():
    text = YOU_KNOW * 6 + LIKE * 4
    (finding,) = check(crutched(text, lasts_s=60)).findings
    assert finding.message.startswith('"like" 4 times')
    (finding,) = check(crutched(text, lasts_s=120)).findings
    assert finding.message.startswith('"you know" 6 times')
    assert ["you know" in e.quote for e in finding.evidence] == [True] * 6


def test_at_the_limit_itself_nothing_is_named():
    assert not check(crutched(LIKE * 3, lasts_s=60)).findings


@pytest.mark.parametrize(("count", "named"), [(2, False), (3, True)])
def test_two_are_not_worth_a_word_in_however_short_an_answer(count, named):
    assert bool(check(crutched(LIKE * count, lasts_s=20)).findings) is named


@pytest.mark.parametrize(("before", "named"), [(3, False), (4, True)])
@pytest.mark.parametrize("number", ["40 percent", "40%", "3rd"])
def test_more_than_half_before_numbers_is_worth_a_word(before, named, number):
    (finding,) = check(spoken(PLAIN + f"it was um {number} " * before + "and um so " * 3, lasts_s=60)).findings
    assert ("right before a number" in finding.message) is named


def test_a_quote_has_three_words_on_either_side():
    (finding,) = check(spoken("and then we moved um all of it that night " * 6, lasts_s=60)).findings
    assert {e.quote for e in finding.evidence} == {"… then we moved um all of it …"}


def test_a_quote_is_written_as_the_text_is():
    (finding,) = check(spoken('and, then he said "um, all of it that night. ' * 6, lasts_s=60)).findings
    assert {e.quote for e in finding.evidence} == {'… then he said "um, all of it …'}


def test_a_text_has_a_rate_once_it_would_take_ten_seconds_to_say():
    assert check(written("um so " + "word " * 22)).measures["filled_pauses_per_min"].value is None
    assert check(written("um so " + "word " * 23)).measures["filled_pauses_per_min"].value == pytest.approx(6.0)
