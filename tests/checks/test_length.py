"""The time used against the question's good range."""

import pytest

from tests.builders import question, spoken, written
from voicemock.checks.length import check

TEXT = "word " * 100


@pytest.mark.parametrize(
    ("lasts_s", "status", "flagged"),
    [
        (29.0, "problem", True),
        (59.0, "watch", True),
        (59.4, "watch", True),
        (59.6, "good", False),
        (60.0, "good", False),
        (150.0, "good", False),
        (151.0, "fine", False),
        (180.0, "fine", False),
        (180.4, "fine", False),
        (181.0, "problem", True),
    ],
)
def test_against_a_target_of_one_to_two_and_a_half_minutes(lasts_s, status, flagged):
    verdict = check(spoken(TEXT, lasts_s=lasts_s, question=question(target_s=(60, 150))))
    assert verdict.measures["length"].status == status
    assert verdict.measures["length"].limit == "1:00–2:30"
    assert bool(verdict.findings) is flagged


def test_the_question_sets_the_range():
    assert not check(spoken(TEXT, lasts_s=280, question=question(target_s=(180, 300)))).findings


def test_a_written_answer_is_timed_by_its_words():
    (finding,) = check(written("word " * 50)).findings
    assert finding.measured == "about 0:20 when spoken"
