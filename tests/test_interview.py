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
from voicemock.schema import AnswerReport, FollowUp, Kind, Question, SignalName
from voicemock.session.interview import Interview
from voicemock.session.keys import ENTER
from voicemock.session.manners import find_manner
from voicemock.session.screen import Screen
from voicemock.session.store import new_session
from voicemock.session.turn import Options

QUESTIONS = tuple(Question(id=f"q{n}", text=f"Question {n}?", kind=Kind.BEHAVIOURAL) for n in (1, 2, 3))


class FakeRecorder:
    """Records nothing; ``fails`` makes it break off at once."""

    level_db, elapsed_s, clipped, overflows, listener_error = -20.0, 12.0, False, 0, None
    missing, restored = (), False

    def __init__(self, error: DeviceError | None = None, *, elapsed_s: float = 12.0) -> None:
        self.error, self.finished, self.elapsed_s = error, error is not None, elapsed_s
        self.changes: list[str] = []

    def pause(self) -> None:
        self.changes.append("pause")

    def resume(self) -> None:
        self.changes.append("resume")


class FakeMicrophone:
    """missing_at: the take at which it cannot be opened; lost_at: the one it breaks off in."""

    name = "fake"

    def __init__(self, *, missing_at: int | None = None, lost_at: int | None = None, elapsed_s: float = 12.0) -> None:
        self.paths: list[Path] = []
        self.recorders: list[FakeRecorder] = []
        self._missing_at, self._lost_at, self._elapsed_s = missing_at, lost_at, elapsed_s

    @contextmanager
    def record(self, path: Path, *, on_block=None):
        number = len(self.paths)
        if number == self._missing_at:
            self._missing_at = None
            raise DeviceError("The microphone is gone.")
        self.paths.append(path)
        path.write_bytes(b"RIFF")
        error = DeviceError("The microphone stopped.") if number == self._lost_at else None
        self.recorders.append(FakeRecorder(error, elapsed_s=self._elapsed_s))
        yield self.recorders[-1]


class FakeEar:
    partial, filled_pauses = "so we moved it", 3

    def __init__(self, report) -> None:
        self._report = report
        self.abandoned = 0

    def begin(self) -> None:
        pass

    def feed(self, block) -> None:
        pass

    def abandon(self) -> None:
        self.abandoned += 1

    def analyse(self, recording: Path, question: Question, take: int) -> AnswerReport:
        return self._report(recording, question, take)

    def finish(self, recording: Path, question: Question, take: int) -> AnswerReport:
        return self._report(recording, question, take)


class FakeSpeaker:
    def __init__(self) -> None:
        self.said: list[str] = []
        self.prepared: list[str] = []

    def prepare(self, text: str) -> None:
        self.prepared.append(text)

    def say(self, text: str) -> bool:
        self.said.append(text)
        return True


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
    def session(*keys: str, microphone: FakeMicrophone | None = None, analyse=report_on, **given):
        console = Console(file=io.StringIO(), width=80)
        store = new_session(title="Practice", questions=QUESTIONS)
        session.speaker = speaker = FakeSpeaker()
        card = microphone or FakeMicrophone()
        interview = Interview(
            store,
            find_microphone=lambda: card,
            speaker=speaker,
            ear=FakeEar(analyse),
            keys=FakeKeys(*keys),
            screen=Screen(console),
            **given,
        )
        try:
            page = interview.run()
        finally:
            shown = console.file.getvalue()
            report = store.folder / "session.json"
            saved = from_json(report.read_bytes()) if report.exists() else None
        assert page == store.folder / "report.html"
        return saved, speaker.said, shown

    return session


def asked_ids(report) -> list[str]:
    return [answer.question.id for answer in report.answers]


def test_every_question_is_asked_and_reported(run):
    report, spoken, shown = run(*[ENTER, ENTER] * 3)
    assert spoken == ["Question 1?", "Question 2?", "Question 3?"]
    assert asked_ids(report) == ["q1", "q2", "q3"]
    assert "Question 2 of 3" in shown
    assert shown.count("no filled pause heard") == 3


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


def test_finishing_before_a_word_is_said_is_no_answer(run):
    def heard_nothing(path, question, take):
        return analyze(written("", question=question), take=take)

    report, _, shown = run("q", analyse=heard_nothing)
    assert report.answers == ()
    assert "No speech" not in shown


def test_finishing_in_mid_answer_keeps_that_answer(run):
    report, _, _ = run(ENTER, ENTER, "q")
    assert asked_ids(report) == ["q1", "q2"]


def test_one_ctrl_c_asks_and_another_key_goes_on(run):
    report, _, shown = run("^C", "x", ENTER, "q")
    assert asked_ids(report) == ["q1"]
    assert "Ctrl-C again finishes" in shown


def test_ctrl_c_twice_finishes_and_reports_the_answer_it_broke_off(run):
    report, _, _ = run(ENTER, ENTER, "^C", "^C")
    assert asked_ids(report) == ["q1", "q2"]


def test_ctrl_c_between_answers_still_writes_the_report(run):
    report, _, shown = run(ENTER, "^C")
    assert asked_ids(report) == ["q1"]
    assert "Writing the report" in shown


def test_pausing_stops_the_recording_and_goes_on(run):
    microphone = FakeMicrophone()
    run("p", "p", ENTER, "q", microphone=microphone)
    assert microphone.recorders[0].changes == ["pause", "resume"]


def test_hearing_again_pauses_the_recording_meanwhile(run):
    microphone = FakeMicrophone()
    _, said, _ = run("h", ENTER, "q", microphone=microphone)
    assert said == ["Question 1?", "Question 1?"]
    assert microphone.recorders[0].changes == ["pause", "resume"]


@pytest.mark.parametrize(("heard", "shown_as"), [("so we moved it", "so we moved it"), ("", "nothing yet; words come")])
def test_the_words_so_far_are_shown_on_request(run, monkeypatch, heard, shown_as):
    monkeypatch.setattr(FakeEar, "partial", heard)
    _, _, shown = run("t", "x", ENTER, "q")
    assert f"Heard so far: {shown_as}" in shown


def test_a_note_is_typed_with_its_keys_and_kept(run):
    report, _, _ = run("n", *"Slow downq", "\x7f", ENTER, "n", *"no", "\x1b", ENTER, "q")
    assert report.answers[0].notes == ("Your note at 0:12: Slow down",)


def test_a_lost_microphone_keeps_what_was_said_and_waits_for_another(run):
    report, _, shown = run(ENTER, ENTER, "q", microphone=FakeMicrophone(lost_at=0))
    assert [answer.take for answer in report.answers] == [1, 2]
    assert "The 12 s before that are kept." in shown


def test_with_nobody_to_answer_on_the_session_finishes(run):
    report, _, _ = run("q", microphone=FakeMicrophone(lost_at=0))
    assert asked_ids(report) == ["q1"]


def missing_metric(path: Path, question: Question, take: int) -> AnswerReport:
    probe = FollowUp(text="By how much?", trigger="missing metric", signal=SignalName.METRIC)
    return msgspec.structs.replace(report_on(path, question, take), follow_ups=(probe, probe))


def test_the_gap_is_asked_for_aloud_and_the_report_says_why(run):
    report, said, _ = run(ENTER, ENTER, "q", analyse=missing_metric, manner=find_manner("neutral"))
    assert said == [find_manner("neutral").greeting, "Question 1?", "By how much?"]
    assert asked_ids(report) == ["q1", "q1-follow-up-1"]
    assert "missing metric" in report.answers[1].question.tests
    assert report.answers[1].question.expects == (SignalName.METRIC,)


def test_a_strict_interviewer_probes_twice(run):
    report, _, _ = run(ENTER, ENTER, ENTER, "q", analyse=missing_metric, manner=find_manner("strict"))
    assert asked_ids(report) == ["q1", "q1-follow-up-1", "q1-follow-up-2"]


def test_an_answer_half_as_long_again_is_cut_short_when_asked_for(run):
    manner = find_manner("strict")
    microphone = FakeMicrophone(elapsed_s=226.0)
    keys = [None, None, "q"]
    report, said, _ = run(*keys, microphone=microphone, manner=manner, options=Options(interruptions=True))
    assert manner.cut_in in said
    assert asked_ids(report)[0] == "q1"


def test_nobody_is_cut_short_unasked(run):
    _, said, _ = run(None, None, ENTER, "q", microphone=FakeMicrophone(elapsed_s=900.0))
    assert said == ["Question 1?"]


def test_the_next_question_is_made_ready_while_this_one_is_answered(run):
    run(ENTER, "q")
    assert run.speaker.prepared == ["Question 2?"]


def test_a_microphone_gone_before_an_answer_is_waited_for(run):
    report, _, shown = run(ENTER, ENTER, ENTER, ENTER, "q", microphone=FakeMicrophone(missing_at=1))
    assert "The microphone is gone." in shown
    assert asked_ids(report) == ["q1", "q2"]


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


def test_ctrl_c_while_listening_leaves_the_take_to_be_resumed(run):
    def interrupted(path, question, take):
        path.write_bytes(b"x" * 100)
        raise KeyboardInterrupt

    report, _, shown = run(ENTER, analyse=interrupted)
    assert report.answers == ()
    assert "voicemock resume" in " ".join(shown.split())


def test_a_take_that_cannot_be_analysed_is_not_probed_with_an_older_answers_gap(run):
    def analyse(path, question, take):
        if question.id == "q2":
            raise ZeroDivisionError
        return missing_metric(path, question, take)

    _, said, _ = run(ENTER, "s", ENTER, ENTER, "q", analyse=analyse, manner=find_manner("neutral"))
    assert said.count("By how much?") == 1
