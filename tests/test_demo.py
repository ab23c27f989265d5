"""The demo: a whole session on real parts without microphone, sound card or network."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.machine import Machine, home_of_the_first_day  # noqa: F401 (a fixture)
from voicemock.report import from_json
from voicemock.schema import AnswerReport, FillerKind

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Run the demo once: watched where that can be, so that it is also seen to stay on the machine."""
    folder, command = tmp_path_factory.mktemp("demo"), ("demo", "--no-open")
    if sys.platform == "linux":
        home = request.getfixturevalue("home")
        nobody = f"unix:{home.card.folder}/nobody"  # no sound server: else it takes its time
        return Machine(folder, home).voicemock(*command, PULSE_SERVER=nobody)
    done = subprocess.run(
        [sys.executable, "-m", "voicemock", *command],
        env={**os.environ, "VOICEMOCK_DATA": str(folder)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def page(printed: str) -> Path:
    return Path("".join(printed.partition("Report: ")[2].partition("Your turn")[0].split()))


@pytest.fixture(scope="module")
def answers(page: Path) -> tuple[AnswerReport, ...]:
    return from_json((page.parent / "session.json").read_bytes()).answers


def test_the_questions_are_really_spoken(printed: str):
    assert "Voice: natural" in printed
    assert "No voice" not in printed


def test_two_answers_are_heard_and_told_apart(answers):
    first, second = answers
    assert "billing system" in first.transcript.text
    assert "tax" in second.transcript.text
    missing = [{finding.check for finding in answer.findings} & {"missing_metric"} for answer in answers]
    assert missing == [{"missing_metric"}, set()]


def test_what_the_report_says_of_the_two_answers_is_true(answers):
    first, second = answers
    gaps = [{n for n in a.question.expects if not a.signals[n].present} for a in answers]
    assert {"metric", "tradeoff"} <= gaps[0]
    assert len(gaps[1]) <= 1
    quotes = {name: " ".join(e.quote for e in second.signals[name].evidence) for name in second.question.expects}
    for name, said in {
        "situation": "nobody knew why",
        "action": "asked two engineers|rolled it out to 10%|switched the recommendations off",  # each is
        "result": "completed orders went up",
        "reflection": "What I would do differently",
    }.items():
        assert name in gaps[1] or re.search(said, quotes[name]), name
    parts = [part.name for part in second.parts]
    assert (parts[0], parts[-1]) == ("situation", "result")
    assert "action" in parts
    assert {f.check for f in second.findings} <= {"length"}, "a minute and twenty is short of a minute and a half"
    assert len(first.pronouns.i) <= 1
    assert 12 <= len(first.pronouns.we) <= 14


def test_the_planted_ums_are_heard(answers):
    counts = [sum(f.kind is FillerKind.FILLED_PAUSE for f in answer.fillers) for answer in answers]
    assert counts == [6, 1]


def test_the_report_is_there_in_three_forms_and_plays(page):
    assert {"report.html", "report.md", "session.json"} <= {p.name for p in page.parent.iterdir()}
    assert page.read_text(encoding="utf-8").count("<audio") == 2
