"""The practice loop with fakes for the sound card, the model and the keyboard."""

import io
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from rich.console import Console

from tests.builders import written
from voicemock.analyze import analyze
from voicemock.errors import DeviceError
from voicemock.report import from_json
from voicemock.schema import AnswerReport, Kind, Question
from voicemock.session.interview import Interview
from voicemock.session.keys import ENTER
from voicemock.session.screen import Screen
from voicemock.session.store import new_session

QUESTIONS = tuple(Question(id=f"q{n}", text=f"Question {n}?", kind=Kind.BEHAVIOURAL) for n in (1, 2, 3))


class FakeRecorder:
    level_db, elapsed_s, clipped, finished, error, overflows = -20.0, 12.0, False, False, None, 0


class FakeMicrophone:
    def __init__(self, *, breaks_at: int | None = None) -> None:
        self.paths: list[Path] = []
        self._breaks_at = breaks_at

    @contextmanager
    def record(self, path: Path):
        if len(self.paths) == self._breaks_at:
            raise DeviceError("The microphone is gone.")
        self.paths.append(path)
        path.write_bytes(b"RIFF")
        yield FakeRecorder()


class FakeKeys:
    """Presses the keys given, one a poll; "^C" stands for Ctrl-C."""

    def __init__(self, *keys: str) -> None:
        self._keys = list(keys)

    def poll(self, timeout_s: float) -> str | None:
        key = self._keys.pop(0)
        if key == "^C":
            raise KeyboardInterrupt
        return key

    def wait(self, *wanted: str) -> str:
        key = self.poll(0)
        assert key in wanted
        return key

    def clear(self) -> None:
        pass


def report_on(path: Path, question: Question, take: int) -> AnswerReport:
    return analyze(written("So we moved it.", question=question), take=take)


@pytest.fixture
def run():
    def session(*keys: str, microphone: FakeMicrophone | None = None, analyse=report_on):
        console = Console(file=io.StringIO(), width=80)
        store = new_session(title="Practice")
        spoken: list[str] = []
        interview = Interview(
            QUESTIONS,
            store=store,
            microphone=microphone or FakeMicrophone(),
            ask=spoken.append,
            analyse=analyse,
            keys=FakeKeys(*keys),
            screen=Screen(console),
        )
        try:
            page = interview.run()
        finally:
            shown = console.file.getvalue()
            report = store.folder / "session.json"
            saved = from_json(report.read_bytes()) if report.exists() else None
        assert page == store.folder / "report.html"
        return saved, spoken, shown

    return session


def asked_ids(report) -> list[str]:
    return [answer.question.id for answer in report.answers]


def test_every_question_is_asked_and_reported(run):
    report, spoken, shown = run(*[ENTER, ENTER] * 3)
    assert spoken == ["Question 1?", "Question 2?", "Question 3?"]
    assert asked_ids(report) == ["q1", "q2", "q3"]
    assert "Question 2 of 3" in shown


def test_other_keys_do_not_end_an_answer(run):
    report, _, _ = run("x", " ", ENTER, "q")
    assert asked_ids(report) == ["q1"]


def test_skip_leaves_the_question_out_and_names_it(run):
    report, _, _ = run("s", ENTER, ENTER, "s")
    assert asked_ids(report) == ["q2"]
    assert report.session.skipped == ("q1", "q3")


def test_starting_over_makes_a_second_take_and_keeps_the_first_recording(run):
    microphone = FakeMicrophone()
    report, spoken, _ = run("r", ENTER, "q", microphone=microphone)
    assert [path.name for path in microphone.paths] == ["take-1.wav", "take-2.wav"]
    assert all(path.exists() for path in microphone.paths)
    assert [answer.take for answer in report.answers] == [2]
    assert spoken == ["Question 1?"]


def test_answering_again_after_the_summary_reports_both_takes(run):
    report, _, _ = run(ENTER, "r", ENTER, "q")
    assert [answer.take for answer in report.answers] == [1, 2]


def test_finishing_in_mid_answer_keeps_that_answer(run):
    report, _, _ = run(ENTER, ENTER, "q")
    assert asked_ids(report) == ["q1", "q2"]


def test_ctrl_c_still_writes_the_report(run):
    report, _, shown = run(ENTER, ENTER, "^C")
    assert asked_ids(report) == ["q1"]
    assert "Writing the report" in shown


def test_a_microphone_that_fails_later_leaves_the_report_of_what_was_said(run):
    with pytest.raises(DeviceError):
        run(ENTER, ENTER, microphone=FakeMicrophone(breaks_at=1))
    (saved,) = (Path(p) for p in sorted(new_session(title="x").folder.parent.glob("*practice/session.json")))
    assert asked_ids(from_json(saved.read_bytes())) == ["q1"]


def test_a_take_is_saved_beside_its_recording(run):
    microphone = FakeMicrophone()
    run(ENTER, "q", microphone=microphone)
    assert msgspec.json.decode(microphone.paths[0].with_suffix(".json").read_bytes())["take"] == 1


def test_a_take_that_cannot_be_analysed_is_kept_and_the_session_goes_on(run):
    def analyse(path, question, take):
        if question.id == "q1":
            raise ZeroDivisionError("division by zero")
        return report_on(path, question, take)

    microphone = FakeMicrophone()
    report, _, shown = run(ENTER, ENTER, ENTER, "q", microphone=microphone, analyse=analyse)
    assert asked_ids(report) == ["q2"]
    assert "could not be analysed (ZeroDivisionError: division by zero)" in " ".join(shown.split())
    assert microphone.paths[0].exists()
