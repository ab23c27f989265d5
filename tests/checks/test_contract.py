"""What every check owes its reader."""

import importlib
import re
from functools import partial
from pathlib import Path

import msgspec
import pytest

from tests.builders import spoken, written
from voicemock.checks import SECTIONS, Limit, Verdict, find_check, load_checks
from voicemock.errors import UnknownNameError
from voicemock.schema import GOOD_LENGTH_S, PAUSE_S, Status

CHECKS = load_checks()
DISFLUENT = "So, um, we, we maybe did, like, I guess, stuff. " * 30


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_explains_itself(check):
    assert check.summary.endswith(".")
    assert tuple(check.sections) == SECTIONS
    assert all(len(body) > 20 for body in check.sections.values())


@pytest.mark.parametrize("name", ["length", "long_pauses", "pace"])
def test_the_numbers_it_explains_are_those_it_goes_by(name):
    module = importlib.import_module(f"voicemock.checks.{name}")
    limits = {value.value for value in vars(module).values() if isinstance(value, Limit)}
    limits |= (
        {seconds / 60 for seconds in GOOD_LENGTH_S} if name == "length" else {PAUSE_S} if "pause" in name else set()
    )
    sections = find_check(name).sections
    said = " ".join(body for title, body in sections.items() if title not in ("Example", "Source"))
    numbers = [
        float(whole) + float(seconds or 0) / 60 for whole, seconds in re.findall(r"(\d+(?:\.\d+)?)(?::(\d\d))?", said)
    ]
    assert numbers and set(numbers) <= limits


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


def judged(verdict: Verdict) -> list[str]:
    """Return what a verdict says, without its numbers."""
    said = [f"{name}: {measure.status}" for name, measure in verdict.measures.items()]
    said += [f"{f.severity} {f.message} {f.limit} {f.source}" for f in verdict.findings]
    return [re.sub(r"\d+(?:\.\d+)?", "#", text) for text in said]


LIMITS = [
    (check.id, name)
    for check in CHECKS
    for name, value in vars(importlib.import_module(f"voicemock.checks.{check.id}")).items()
    if isinstance(value, Limit)
]


def test_limits_are_found():
    assert len(LIMITS) >= 15


@pytest.mark.parametrize(("check", "name"), LIMITS)
def test_every_limit_has_an_answer_just_below_and_one_just_above(check, name, monkeypatch):
    """They are told apart by the limit as it is, and no longer by one a quarter lower or higher."""
    module = importlib.import_module(f"voicemock.checks.{check}")
    edges = importlib.import_module(f"tests.checks.test_{check}").EDGES
    assert name in edges, f"put an answer just below {name} and one just above it into EDGES"
    below, above = edges[name]
    assert judged(module.check(below)) != judged(module.check(above))
    limit = getattr(module, name)
    for factor in (0.74, 1.26):
        moved = msgspec.structs.replace(limit, value=factor * limit.value)
        monkeypatch.setattr(module, name, moved)
        assert judged(module.check(below)) == judged(module.check(above)), f"not just beside {name}"


def test_the_five_parts_and_the_order_of_the_checks_are_what_a_reader_knows():
    assert SECTIONS == ("What it does", "Why it matters", "Example", "Better", "Source")
    ids = [check.id for check in CHECKS]
    assert ids == sorted(ids)
