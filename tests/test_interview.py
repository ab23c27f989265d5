"""The practice loop with fakes for the sound card, the model and the keyboard."""

import shutil
import time
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import msgspec
import numpy as np
import pytest

from tests.builders import spoken, written
from tests.judgeable import with_findings
from tests.report_samples import retaken
from tests.sounds import RATE_HZ
from tests.stage import RecordedStage
from voicemock.analyze import analyze
from voicemock.archive.progress import Setup
from voicemock.archive.store import new_session
from voicemock.errors import DeviceError, SessionError
from voicemock.interview.interview import Interview
from voicemock.interview.manners import find_manner
from voicemock.interview.stage import ENTER, Room
from voicemock.paths import sessions_dir
from voicemock.report import from_json, render_markdown
from voicemock.schema import AnswerReport, FollowUp, Kind, Question, SignalName, Status

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
    def session(
        *keys: str, microphone: FakeMicrophone | None = None, analyse=report_on, keys_from=None, setup=None, **given
    ):
        store = new_session(title="Practice", questions=QUESTIONS, setup=setup)
        shown = RecordedStage()
        session.speaker = speaker = FakeSpeaker()
        card = microphone or FakeMicrophone()
        room = Room(lambda: card, speaker, FakeEar(analyse), keys_from or FakeKeys(*keys), shown)
        interview = Interview(store, room, **given)
        try:
            page = interview.run()
        finally:
            report = store.folder / "session.json"
            saved = from_json(report.read_bytes()) if report.exists() else None
        assert page == store.folder / "report.html"
        return saved, speaker.said, shown

    return session


def asked_ids(report) -> list[str]:
    return [answer.question.id for answer in report.answers]


class DeadMicrophone(FakeMicrophone):
    """Gives six seconds of nothing in every take but those of `alive`, which begin with a sound."""

    def __init__(self, *alive: int) -> None:
        super().__init__()
        self._alive = alive

    @contextmanager
    def record(self, path: Path, *, on_block=None):
        with super().record(path) as recorder:
            if len(self.paths) in self._alive:
                on_block(np.sin(np.arange(RATE_HZ, dtype=np.float32)))
            for _ in range(6):
                on_block(np.zeros(RATE_HZ, np.float32))
            yield recorder


@pytest.mark.parametrize(("alive", "silent"), [((), 3), ((1,), 0), ((2,), 1)])
def test_a_microphone_that_was_never_heard_is_doubted_sooner_than_one_that_was(run, alive, silent):
    _, _, shown = run(*[ENTER, ENTER] * 3, microphone=DeadMicrophone(*alive))
    assert shown.of("warned").count("Nothing came from the microphone during this answer.") == silent


def test_every_question_is_asked_and_reported(run):
    report, spoken, shown = run(*[ENTER, ENTER] * 3)
    assert spoken == ["Question 1?", "Question 2?", "Question 3?"]
    assert asked_ids(report) == ["q1", "q2", "q3"]
    assert [heading for heading, _ in shown.of("asked")] == [f"Question {n} of 3" for n in (1, 2, 3)]
    assert shown.of("heard") == list(report.answers) == list(shown.of("ended")[0].answers)


def test_another_microphone_is_doubted_as_soon_as_the_first(run):
    class Broken(DeadMicrophone):
        @contextmanager
        def record(self, path: Path, *, on_block=None):
            with super().record(path, on_block=on_block) as recorder:
                if len(self.paths) == 1:
                    recorder.error, recorder.finished = DeviceError("It stopped."), True
                yield recorder

    _, _, shown = run(ENTER, ENTER, "q", microphone=Broken(1))
    assert "Nothing came from the microphone during this answer." in shown.of("warned")


def test_a_session_ends_with_the_interviewers_last_words_if_it_comes_to_the_end(run):
    manner = find_manner("warm")
    first, _, third = manner.leads
    _, said, _ = run(*[ENTER, ENTER] * 3, manner=manner)
    assert said == [manner.greeting, "Question 1?", third, "Question 2?", first, "Question 3?", manner.closing]
    _, said, _ = run(ENTER, "q", manner=manner)
    assert said == [manner.greeting, "Question 1?"]


def test_other_keys_do_not_end_an_answer(run):
    report, _, _ = run("x", " ", ENTER, "q")
    assert asked_ids(report) == ["q1"]


def test_skip_leaves_the_question_out_and_names_it(run):
    report, _, _ = run("s", ENTER, ENTER, "s")
    assert asked_ids(report) == ["q2"]
    assert report.session.skipped == ("q1", "q3")


def test_starting_over_makes_a_second_take_and_keeps_the_first_recording(run):
    microphone = FakeMicrophone()
    report, spoken, shown = run("r", ENTER, "q", microphone=microphone)
    assert "Starting over." in shown.of("told")
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
    assert not shown.of("heard")


def test_finishing_in_mid_answer_keeps_that_answer(run):
    report, _, _ = run(ENTER, ENTER, "q")
    assert asked_ids(report) == ["q1", "q2"]


def test_one_ctrl_c_asks_and_another_key_goes_on(run):
    report, _, shown = run("^C", "x", ENTER, "q")
    assert asked_ids(report) == ["q1"]
    assert "Ctrl-C again finishes" in shown.messages[0]


def test_a_key_pressed_before_the_summary_does_not_skip_it(run):
    class Impatient(FakeKeys):
        def clear(self) -> None:
            while self._keys[0] == "too early":
                self._keys.pop(0)

    report, _, _ = run(keys_from=Impatient(ENTER, "too early", ENTER, ENTER, "q"))
    assert asked_ids(report) == ["q1", "q2"]


def test_any_key_answers_the_question_of_one_ctrl_c_and_does_nothing_else(run):
    report, _, shown = run("^C", "q", "^C", "s", ENTER, "q")
    assert asked_ids(report) == ["q1"]
    assert "Going on." in shown.messages


def test_what_one_ctrl_c_asks_is_not_shown_for_longer_than_it_holds(run, monkeypatch):
    shown_at: list[tuple[float, bool]] = []

    class Clocked(FakeKeys):
        now_s = 100.0

        def poll(self, timeout_s: float) -> str | None:
            self.now_s += 1.5
            return super().poll(timeout_s)

    keys = Clocked("^C", None, None, ENTER, "q")
    monkeypatch.setattr("voicemock.interview.turn.time", SimpleNamespace(monotonic=lambda: keys.now_s))
    monkeypatch.setattr(RecordedStage, "moved", lambda _, view: shown_at.append((keys.now_s, bool(view.message))))
    run(keys_from=keys)
    assert shown_at == [(101.5, True), (103.0, True), (104.5, False)]


def test_ctrl_c_twice_finishes_and_reports_the_answer_it_broke_off(run):
    report, _, _ = run(ENTER, ENTER, "^C", "^C")
    assert asked_ids(report) == ["q1", "q2"]


@pytest.mark.parametrize(("later_s", "over"), [(2.9, True), (3.0, False)])
def test_a_second_ctrl_c_finishes_within_three_seconds_of_the_first(run, monkeypatch, later_s, over):
    class Clocked(FakeKeys):
        now_s = 100.0

        def poll(self, timeout_s: float) -> str | None:
            Clocked.now_s += later_s
            return super().poll(timeout_s)

    keys = Clocked("^C", "^C", ENTER, "q")
    monkeypatch.setattr("voicemock.interview.turn.time", SimpleNamespace(monotonic=lambda: keys.now_s))
    run(keys_from=keys)
    assert (len(keys._keys) == 2) is over


def test_ctrl_c_between_answers_still_writes_the_report(run):
    report, _, shown = run(ENTER, "^C")
    assert asked_ids(report) == ["q1"]
    assert "Writing the report" in shown.warnings


@pytest.mark.parametrize(
    ("lasts_s", "keys", "status"),
    [
        (30.0, ("q",), Status.FINE),
        (30.0, (ENTER, "q"), Status.WATCH),
        (60.0, ("q",), Status.GOOD),
        (300.0, ("q",), Status.PROBLEM),
    ],
)
def test_an_answer_that_was_broken_off_is_not_told_what_it_lacks(run, lasts_s, keys, status):
    def analyse(path: Path, question: Question, take: int) -> AnswerReport:
        return analyze(spoken("We moved it. " * 10, lasts_s=lasts_s, question=question), take=take)

    (answer,) = run(*keys, analyse=analyse)[0].answers
    assert answer.measures["length"].status is status
    assert any(finding.check == "length" for finding in answer.findings) is (status in (Status.WATCH, Status.PROBLEM))
    broken_off = ENTER not in keys
    assert ("This answer was broken off, so nothing is said of what it leaves out." in answer.notes) is broken_off


@pytest.mark.parametrize("keys", [("q",), (ENTER, "q")])
def test_of_an_answer_that_was_broken_off_no_gap_is_told(run, keys):
    lacking = with_findings(retaken().answers[1], ("missing_metric", "missing_signals", "hedging"))
    (answer,) = run(*keys, analyse=lambda *_: lacking)[0].answers
    told = [finding.check for finding in answer.findings]
    denied = [name for name, signal in answer.signals.items() if signal.present is False]
    if ENTER in keys:
        assert (told, bool(denied)) == (["missing_metric", "missing_signals", "hedging"], True)
    else:
        assert (told, denied, "signals_heard" in answer.measures) == (["hedging"], [], False)


def test_pausing_stops_the_recording_and_goes_on(run):
    microphone = FakeMicrophone()
    run("p", "p", ENTER, "q", microphone=microphone)
    assert microphone.recorders[0].changes == ["pause", "resume"]


def test_hearing_again_pauses_the_recording_meanwhile(run):
    microphone = FakeMicrophone()
    _, said, _ = run("h", ENTER, "q", microphone=microphone)
    assert said == ["Question 1?", "Question 1?"]
    assert microphone.recorders[0].changes == ["pause", "resume"]


def test_a_question_that_nobody_can_say_again_is_shown_again(run, monkeypatch):
    monkeypatch.setattr(FakeSpeaker, "say", lambda self, text: self.said.append(text) or len(self.said) == 1)
    _, _, shown = run("h", ENTER, "q")
    assert [question.id for question in shown.of("unspoken")] == ["q1"]
    assert "There is no voice to say it with; the question is above." in shown.messages


@pytest.mark.parametrize(
    ("heard", "shown_as"), [("so we moved it", "so we moved it"), ("", "nothing yet; words appear")]
)
def test_the_words_so_far_are_shown_on_request(run, monkeypatch, heard, shown_as):
    monkeypatch.setattr(FakeEar, "partial", heard)
    _, _, shown = run("t", "x", ENTER, "q")
    assert shown.partials[0].startswith(shown_as)


def test_a_note_is_typed_with_its_keys_and_kept(run):
    report, _, shown = run("n", *"Slow downq", "\x7f", ENTER, "n", *"no", "\x1b", ENTER, "q")
    assert shown.messages == ["Noted: Slow down", "The note was discarded."]
    assert report.answers[0].candidate_notes == ("Your note at 0:12: Slow down",)
    assert not report.answers[0].notes, "what the candidate typed is nothing that could not be done"


@pytest.mark.parametrize(
    ("typed", "note"),
    [("ab\b", "a"), ("ab\x7fc", "ac"), ("\x7fa", "a"), ("a\x00\tb", "ab"), ("PNQ", "PNQ")],
)
def test_a_note_holds_what_was_typed_and_not_taken_back(run, typed, note):
    _, _, shown = run("n", *typed, ENTER, ENTER, "q")
    assert shown.messages == [f"Noted: {note}"]


def test_a_note_being_typed_is_kept_at_the_answers_end(run):
    report, _, _ = run("n", *"by how", "^C", "^C")
    assert report.answers[0].candidate_notes == ("Your note at 0:12: by how",)


def test_a_note_of_spaces_is_none(run):
    report, _, shown = run("n", " ", ENTER, ENTER, "q")
    assert not shown.messages
    assert not report.answers[0].candidate_notes


def test_a_pause_outlasts_hearing_the_question_again(run):
    microphone = FakeMicrophone()
    run("p", "h", "P", ENTER, "q", microphone=microphone)
    assert microphone.recorders[0].changes == ["pause", "pause", "pause", "resume"]


def test_the_words_so_far_are_hidden_again(run):
    _, _, shown = run("t", "T", "x", ENTER, "q")
    assert len(shown.partials) == 1


def test_sound_that_the_computer_missed_is_told(run, monkeypatch):
    _, _, shown = run(ENTER, "q")
    assert "too busy" not in shown.warnings
    for times, told in ((1, "1 time"), (2, "2 times")):
        monkeypatch.setattr(FakeRecorder, "overflows", times)
        _, _, shown = run(ENTER, "q")
        assert f"The computer was too busy {told}; some sound is missing." in shown.warnings


def test_a_lost_microphone_keeps_what_was_said_and_waits_for_another(run):
    report, _, shown = run(ENTER, ENTER, "q", microphone=FakeMicrophone(lost_at=0))
    assert [answer.take for answer in report.answers] == [1, 2]
    assert "The 12 s before that are kept." in shown.warnings


@pytest.mark.parametrize(("elapsed_s", "told"), [(0.4, ""), (0.6, " The 1 s before that is kept.")])
def test_what_a_lost_microphone_left_is_told_as_it_is(run, elapsed_s, told):
    _, _, shown = run(ENTER, ENTER, "q", microphone=FakeMicrophone(lost_at=0, elapsed_s=elapsed_s))
    assert f"The microphone stopped.{told}" in shown.of("warned")


@pytest.mark.parametrize("gone", [False, True])
def test_a_recording_that_ends_for_want_of_room_is_told_with_how_to_go_on(run, gone):
    class Full(FakeMicrophone):
        @contextmanager
        def record(self, path: Path, *, on_block=None):
            with super().record(path, on_block=on_block) as recorder:
                recorder.error, recorder.finished = SessionError("The recording ended.", hint="Is it full?"), True
                yield recorder
            if gone:
                shutil.rmtree(path.parent.parent)

    with pytest.raises(SessionError) as raised:
        run(microphone=Full())
    assert raised.value.hint.startswith("Is it full?")
    assert ("Then go on with: voicemock resume " in raised.value.hint) is not gone


def test_with_nobody_to_answer_on_the_session_finishes(run):
    report, _, _ = run("q", microphone=FakeMicrophone(lost_at=0))
    assert asked_ids(report) == ["q1"]


def missing_metric(path: Path, question: Question, take: int) -> AnswerReport:
    probe = FollowUp(text="By how much?", trigger="missing metric", signal=SignalName.METRIC)
    return msgspec.structs.replace(report_on(path, question, take), follow_ups=(probe, probe))


def test_the_gap_is_asked_for_aloud_and_the_report_says_why(run):
    report, said, shown = run(ENTER, ENTER, "q", analyse=missing_metric, manner=find_manner("neutral"))
    assert said == [find_manner("neutral").greeting, "Question 1?", "By how much?"]
    assert asked_ids(report) == ["q1", "q1-follow-up-1"]
    assert report.answers[1].question.target_s == (10.0, 60.0)
    assert "Asked to fill a gap (missing metric)" in render_markdown(report)
    assert not report.answers[1].question.tests
    assert "missing metric" not in str(shown.of("told")), "an interviewer does not say what they miss"
    assert report.answers[1].question.expects == (SignalName.METRIC,)


@pytest.mark.parametrize("name", ["warm", "neutral"])
def test_other_interviewers_probe_once(run, name):
    report, _, _ = run(ENTER, ENTER, "q", analyse=missing_metric, manner=find_manner(name))
    assert asked_ids(report) == ["q1", "q1-follow-up-1"]


def test_a_strict_interviewer_probes_twice(run):
    report, _, _ = run(ENTER, ENTER, ENTER, "q", analyse=missing_metric, manner=find_manner("strict"))
    assert asked_ids(report) == ["q1", "q1-follow-up-1", "q1-follow-up-2"]


class FakeWatch:
    """Tells of a speaker: at each poll the clock, the speech so far and the pause it ends in, all in seconds."""

    silent_s, spoken = 0.0, True

    def __init__(self, *moments: tuple[float, float, float]) -> None:
        self.moments = list(moments)
        self.recorder: FakeRecorder | None = None
        self.spoken_s = self.pause_s = 0.0

    def feed(self, block) -> None:
        pass

    def touch(self) -> None:
        pass

    def next(self) -> None:
        self.recorder.elapsed_s, self.spoken_s, self.pause_s = self.moments.pop(0)


class SpeakerKeys(FakeKeys):
    """Presses nothing while a speaker speaks, but the keys among the moments, then the keys given."""

    def __init__(self, watch: FakeWatch, microphone: FakeMicrophone, *keys: str) -> None:
        super().__init__(*keys)
        self._watch, self._microphone = watch, microphone

    def poll(self, timeout_s: float) -> str | None:
        if self._watch.moments and isinstance(self._watch.moments[0], str):
            return self._watch.moments.pop(0)
        if self._watch.moments:
            self._watch.recorder = self._microphone.recorders[-1]
            self._watch.next()
            return None
        return super().poll(timeout_s)


@pytest.fixture
def cut(run, monkeypatch):
    """Return what was said and shown to somebody who spoke so, then pressed Enter and finished."""

    def session(*moments: tuple[float, float, float], keys=(ENTER, "q"), analyse=report_on):
        watch, microphone = FakeWatch(*moments), FakeMicrophone()
        monkeypatch.setattr("voicemock.interview.takes.SilenceWatch", lambda: watch)
        given = SpeakerKeys(watch, microphone, *keys)
        return run(
            microphone=microphone,
            keys_from=given,
            analyse=analyse,
            manner=find_manner("strict"),
            setup=Setup(interruptions=True),
        )

    return session


CUT_IN = find_manner("strict").cut_in
GOING_ON = ((224.0, 200.0, 0.0), (226.0, 201.0, 0.0), (228.0, 203.0, 0.1), (228.3, 203.0, 0.4))
"""Past 1.5 times 2:30 the candidate speaks on, and ends a phrase."""


def test_whoever_goes_on_too_long_is_cut_short_at_the_end_of_a_phrase(cut):
    report, said, shown = cut(*GOING_ON)
    assert said.count(CUT_IN) == 1
    assert asked_ids(report) == ["q1", "q1-in-short"]
    assert shown.of("asked")[1][0] == "The interviewer cuts in"
    assert report.answers[1].question.target_s == (3.0, 20.0)


@pytest.mark.parametrize(
    "moments",
    [
        GOING_ON[:3],
        (*GOING_ON[:3], (229.2, 203.0, 1.2), (240.0, 203.0, 12.0)),
        ((220.0, 190.0, 0.2), (230.0, 190.0, 5.0), (230.5, 190.3, 0.4), (240.0, 190.3, 9.0)),
        ((200.0, 0.0, 200.0), (300.0, 0.0, 300.0)),
        ((200.0, 150.0, 0.4), (224.0, 170.0, 0.4)),
    ],
    ids=["in mid-phrase", "into silence", "after the end, at a cough", "before the first word", "within the limit"],
)
def test_nobody_is_cut_short(cut, moments):
    _, said, _ = cut(*moments)
    assert CUT_IN not in said


@pytest.mark.parametrize(("pause_s", "cut_short"), [(0.29, False), (0.3, True), (1.0, True), (1.01, False)])
def test_a_phrase_ends_in_a_pause_of_three_tenths_to_one_second(cut, pause_s, cut_short):
    _, said, _ = cut(*GOING_ON[:3], (228.3, 203.0, pause_s))
    assert (CUT_IN in said) is cut_short


@pytest.mark.parametrize(("past_s", "cut_short"), [(0.9, False), (1.0, True)])
def test_a_second_of_speech_past_the_limit_is_more_than_a_cough(cut, past_s, cut_short):
    _, said, _ = cut((225.1, 200.0, 0.0), (227.0, 200.0 + past_s, 0.4))
    assert (CUT_IN in said) is cut_short


def test_the_limit_itself_is_not_too_long(cut):
    _, said, _ = cut((225.0, 200.0, 0.0), (225.0, 202.0, 0.4))
    assert CUT_IN not in said


@pytest.mark.parametrize(
    ("past_s", "pause_s", "cut_short"), [(20.0, 0.0, False), (20.1, 0.0, True), (20.1, 1.1, False)]
)
def test_whoever_never_pauses_is_cut_off_in_the_end(cut, past_s, pause_s, cut_short):
    _, said, _ = cut((226.0, 226.0, 0.0), (226.0 + past_s, 226.0 + past_s, pause_s))
    assert (CUT_IN in said) is cut_short


def test_the_interviewer_speaks_before_the_answer_is_listened_to_and_its_summary_waits(cut, run):
    told: list[str] = []

    def analyse(path, question, take):
        if question.id == "q1":
            for _ in range(200):
                if CUT_IN in run.speaker.said:
                    break
                time.sleep(0.01)
            told.append(CUT_IN in run.speaker.said)
        return report_on(path, question, take)

    _, _, shown = cut(*GOING_ON, analyse=analyse)
    assert told == [True]
    kinds = [kind for kind, _ in shown.events]
    assert kinds.index("heard before") > kinds.index("recording", kinds.index("recording") + 1)
    assert kinds.count("heard") == 1, "what was cut short has its summary later"
    assert CUT_IN in run.speaker.prepared


def test_a_follow_up_is_not_cut_short_and_tells_no_test(run, cut):
    moments = ((10.0, 9.0, 1.0), ENTER, (91.0, 80.0, 0.0), (93.0, 82.0, 0.0), (93.4, 82.0, 0.4), ENTER)
    _, said, shown = cut(*moments, keys=(ENTER, "q"), analyse=missing_metric)
    assert said.count("By how much?") == 2
    assert CUT_IN not in said
    assert not any(question.tests for heading, question in shown.of("asked") if heading == "Follow-up")


def test_what_a_cut_off_answer_held_is_kept_when_it_cannot_be_analysed(cut):
    def analyse(path, question, take):
        if question.id == "q1":
            raise ZeroDivisionError
        return report_on(path, question, take)

    report, said, shown = cut(*GOING_ON, analyse=analyse)
    assert CUT_IN in said
    assert asked_ids(report) == ["q1-in-short"]
    assert "could not be analysed" in shown.warnings


def test_nobody_is_cut_short_unasked(run):
    _, said, _ = run(None, None, ENTER, "q", microphone=FakeMicrophone(elapsed_s=900.0))
    assert said == ["Question 1?"]


def test_the_next_question_is_made_ready_while_this_one_is_answered(run):
    run(ENTER, "q")
    assert run.speaker.prepared == ["Question 2?"]


def test_a_microphone_gone_before_an_answer_is_waited_for(run):
    report, _, shown = run(ENTER, ENTER, ENTER, ENTER, "q", microphone=FakeMicrophone(missing_at=1))
    assert "The microphone is gone." in shown.warnings
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
    assert "could not be analysed (ZeroDivisionError: division by zero)" in shown.warnings
    assert microphone.paths[0].exists()


def test_ctrl_c_while_listening_leaves_the_take_to_be_resumed(run):
    def interrupted(path, question, take):
        path.write_bytes(b"x" * 100)
        raise KeyboardInterrupt

    report, _, shown = run(ENTER, analyse=interrupted)
    assert report.answers == ()
    assert "voicemock resume" in shown.warnings
    (progress,) = sessions_dir().glob("*/progress.json")
    assert not msgspec.json.decode(progress.read_bytes())["finished"]


def test_a_take_that_cannot_be_analysed_is_not_probed_with_an_older_answers_gap(run):
    def analyse(path, question, take):
        if question.id == "q2":
            raise ZeroDivisionError
        return missing_metric(path, question, take)

    _, said, _ = run(ENTER, "s", ENTER, ENTER, "q", analyse=analyse, manner=find_manner("neutral"))
    assert said.count("By how much?") == 1


class SilentWatch(FakeWatch):
    """Tells of silence: at each poll how long it has lasted; spoken: whether words came before it."""

    def __init__(self, *silences: float, spoken: bool) -> None:
        super().__init__(*silences)
        self.spoken, self.silent_s = spoken, 0.0

    def next(self) -> None:
        self.silent_s = self.moments.pop(0)


@pytest.mark.parametrize(
    ("silences", "spoken", "left"),
    [
        ((7.9,), True, ()),
        ((7.9, 8.0), True, ("q1",)),
        ((8.1, 17.9), False, ()),
        ((8.1, 17.9, 18.1), False, ("q1",)),
    ],
    ids=["not yet", "after words", "thinking", "nothing came"],
)
def test_auto_stop_ends_an_answer_after_its_silence_and_gives_time_to_think(run, monkeypatch, silences, spoken, left):
    watch, microphone = SilentWatch(*silences, spoken=spoken), FakeMicrophone()
    monkeypatch.setattr("voicemock.interview.takes.SilenceWatch", lambda: watch)
    ended = ("q",) if left else (ENTER, "q")
    keys = SpeakerKeys(watch, microphone, *ended)
    report, _, _ = run(microphone=microphone, keys_from=keys, setup=Setup(auto_stop_s=8.0))
    assert asked_ids(report) == ["q1"]
    assert not keys._keys, "ended by itself where it should, and by Enter where not"


def test_auto_stop_waits_for_a_note_that_is_being_typed(run, monkeypatch):
    watch, microphone = SilentWatch("n", "a", 9.0, "q", ENTER, 9.0, spoken=True), FakeMicrophone()
    monkeypatch.setattr("voicemock.interview.takes.SilenceWatch", lambda: watch)
    keys = SpeakerKeys(watch, microphone, "q")
    report, _, _ = run(microphone=microphone, keys_from=keys, setup=Setup(auto_stop_s=8.0))
    assert report.answers[0].candidate_notes == ("Your note at 0:12: aq",)
    assert not keys._keys, "the answer ends by itself once the note is written"


def test_silence_is_counted_anew_once_the_question_was_heard_again(run, monkeypatch):
    monkeypatch.setattr("voicemock.interview.takes.SilenceWatch", FakeWatch)
    said_at: list[int] = []
    monkeypatch.setattr(FakeWatch, "touch", lambda self: said_at.append(len(run.speaker.said)))
    run("h", ENTER, "q", setup=Setup(auto_stop_s=8.0))
    assert len(said_at) >= 2
    assert said_at[1] == said_at[0] + 1, "while it is said nobody else speaks"


def test_only_the_last_seconds_of_a_silence_are_counted_down(run, monkeypatch):
    watch, microphone = SilentWatch(1.0, 4.9, 5.0, 7.5, 0.5, spoken=True), FakeMicrophone()
    monkeypatch.setattr("voicemock.interview.takes.SilenceWatch", lambda: watch)
    keys = SpeakerKeys(watch, microphone, ENTER, "q")
    _, _, shown = run(microphone=microphone, keys_from=keys, setup=Setup(auto_stop_s=8.0))
    assert shown.countdowns[:5] == [None, None, 3.0, 0.5, None]


def test_a_listener_that_fails_is_told_where_silence_was_wanted(run, monkeypatch):
    monkeypatch.setattr(FakeRecorder, "listener_error", ValueError("no detector"))
    _, _, shown = run(ENTER, "q")
    assert "Silence could not be told" not in shown.warnings
    _, _, shown = run(ENTER, "q", setup=Setup(auto_stop_s=8.0))
    assert "Silence could not be told from speech" in shown.warnings
