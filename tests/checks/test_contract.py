"""What every check owes its reader."""

from functools import partial
from pathlib import Path

import pytest

from tests.builders import spoken, written
from voicemock.checks import SECTIONS, find_check, load_checks
from voicemock.errors import UnknownNameError
from voicemock.schema import Status

CHECKS = load_checks()
DISFLUENT = "So, um, we, we maybe did, like, I guess, stuff. " * 30


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_explains_itself(check):
    assert check.summary.endswith(".")
    assert tuple(check.sections) == SECTIONS
    assert all(len(body) > 20 for body in check.sections.values())


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_has_a_test(check):
    assert (Path(__file__).parent / f"test_{check.id}.py").exists()


@pytest.mark.parametrize("answer", [partial(spoken, lasts_s=400), written], ids=["spoken", "written"])
@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_findings_are_complete_and_short(check, answer):
    verdict = check.run(answer(DISFLUENT))
    for finding in verdict.findings:
        assert finding.check == check.id
        assert len(finding.message.split()) < 25
        assert finding.measured
        assert finding.limit
        assert finding.source
    for measure in verdict.measures.values():
        assert measure.source or measure.status is Status.INFO, "a judged measure names its source"


@pytest.mark.parametrize("text", ["", "Fine."])
def test_nothing_to_judge_is_not_judged_wrongly(text):
    for check in CHECKS:
        for finding in check.run(written(text)).findings:
            assert finding.check == "length"


def test_an_unknown_check_offers_the_nearest():
    with pytest.raises(UnknownNameError, match="no check 'filler'") as caught:
        find_check("filler")
    assert "Did you mean fillers?" in caught.value.hint
