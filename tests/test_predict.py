"""Predict, then reveal: what a candidate says of an answer before seeing it, kept, and counted over time."""

import json
import shutil
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from tests.builders import written
from tests.drilled import said
from tests.practised import finished
from tests.stage import RecordedStage
from tests.test_interview import FakeEar, FakeKeys, FakeMicrophone, FakeSpeaker
from voicemock.analyze import analyze
from voicemock.archive.predictions import FILE, About, Predicted, all_predictions, keep_predictions
from voicemock.archive.store import new_session
from voicemock.cli.main import app
from voicemock.coaching.trust import HitRate, interval
from voicemock.interview.interview import Interview
from voicemock.interview.manners import find_manner
from voicemock.interview.stage import ENTER, Room
from voicemock.jobs.predicting import PredictingStage
from voicemock.paths import user_data_dir
from voicemock.progress.calibration import FILLED_PAUSES, calibration, outcome, says
from voicemock.schema import (
    Certainty,
    Filler,
    FillerKind,
    FollowUp,
    Kind,
    Measure,
    Question,
    Signal,
    SignalName,
    Status,
)

S = SignalName
ASKED = Question(id="q1", text="Question 1?", kind=Kind.BEHAVIOURAL, expects=(S.METRIC, S.TRADEOFF))
PLAIN = Question(id="q2", text="Question 2?", kind=Kind.MOTIVATION, expects=(S.RATIONALE,))
replace = msgspec.structs.replace


def answer(
    *, sure: int = 0, possible: int = 0, status: Status | None = Status.GOOD, question: Question = ASKED, **signals
):
    fillers = [
        Filler(text="um", kind=FillerKind.FILLED_PAUSE, certainty=certainty, char_start=0, char_end=1)
        for certainty in (*[Certainty.CONFIRMED] * sure, *[Certainty.POSSIBLE] * possible)
    ]
    fillers.append(
        Filler(text="like", kind=FillerKind.DISCOURSE, certainty=Certainty.CONFIRMED, char_start=0, char_end=1)
    )
    report = said("So we moved it.", question)
    measures = {"length": Measure(value=112.0 if status else None, unit="s", status=status or Status.NOT_ASSESSED)}
    told = {SignalName(name): Signal(present=present) for name, present in signals.items()}
    return replace(report, fillers=tuple(fillers), measures=measures, signals=told)


@pytest.mark.parametrize(
    ("status", "says", "right"),
    [
        (Status.GOOD, "yes", True),
        (Status.FINE, "yes", True),
        (Status.FINE, "no", False),
        (Status.WATCH, "yes", False),
        (Status.PROBLEM, "no", True),
        (None, "yes", None),
    ],
)
def test_a_length_is_on_target_where_nothing_is_found_about_it(status, says, right):
    heard, found = outcome(answer(status=status), About.LENGTH, says)
    assert found is right
    assert heard == ("could not tell" if right is None else "1:52 (aim for 1:00–2:30)")


@pytest.mark.parametrize(
    ("present", "says", "right", "words"),
    [
        (True, "yes", True, "heard"),
        (True, "no", False, "heard"),
        (False, "no", True, "not heard"),
        (False, "yes", False, "not heard"),
        (None, "yes", None, "could not tell"),
    ],
)
def test_what_could_not_be_told_is_nobodys_mistake(present, says, right, words):
    assert outcome(answer(metric=present, tradeoff=not present), About.METRIC, says) == (words, right)
    assert outcome(answer(tradeoff=present), About.TRADEOFF, says) == (words, right)
    assert outcome(answer(), About.METRIC, says) == ("could not tell", None)


@pytest.mark.parametrize(
    ("sure", "possible", "groups"),
    [
        *((0, 0, "0"), (1, 0, "1"), (2, 0, "1"), (3, 0, "2"), (5, 0, "2"), (6, 0, "3"), (10, 0, "3"), (11, 0, "4")),
        *((2, 1, "12"), (0, 3, "012")),
    ],
)
def test_filled_pauses_are_predicted_in_groups_and_the_possible_ones_may_be_none(sure, possible, groups):
    given = answer(sure=sure, possible=possible)
    right = "".join(str(n) for n, group in enumerate(FILLED_PAUSES) if outcome(given, About.FILLED_PAUSES, group)[1])
    assert right == groups
    heard = outcome(given, About.FILLED_PAUSES, "none")[0]
    assert heard == f"{sure + possible} heard" + (f", {possible} of them only possible" if possible else "")


def interviewed(*keys: str, questions=(ASKED,), follow_up: bool = False) -> tuple[RecordedStage, Path]:
    shown = RecordedStage()

    def hear(_, question, take):
        report = answer(sure=1, metric=True, tradeoff=None, question=question)
        return replace(report, take=take, follow_ups=(FollowUp(text="Why?", trigger="x"),) if follow_up else ())

    store = new_session(title="Practice", questions=questions)
    pressed = FakeKeys(*keys)
    stage = PredictingStage(shown, pressed, lambda found: keep_predictions(store.folder, found, tell=shown.warned))
    Interview(
        store, Room(FakeMicrophone, FakeSpeaker(), FakeEar(hear), pressed, stage), manner=find_manner("neutral")
    ).run()
    store.close()
    return shown, store.folder


def kept(folder: Path) -> list[tuple[str, str, bool | None]]:
    data = json.loads((folder / FILE).read_bytes())
    return [(one["about"], one["said"], one["right"]) for one in data["predicted"]]


def test_predictions_are_asked_before_the_answer_is_shown_and_stand_beside_it_after():
    shown, folder = interviewed(ENTER, "n", "y", "y", "1", ENTER)
    assert kept(folder) == [
        ("length", "no", False),
        ("metric", "yes", True),
        ("tradeoff", "yes", None),
        ("filled_pauses", "one or two", True),
    ]
    kinds = [kind for kind, _ in shown.events]
    texts = [str(about) for _, about in shown.events]
    heard = kinds.index("heard")
    asked = next(n for n, text in enumerate(texts) if "on target?" in text)
    after = next(n for n, text in enumerate(texts) if "You said, and was heard:" in text)
    assert asked < heard < after
    beside = texts[after]
    assert "length on target: you said no; 1:52 (aim for 1:00–2:30): not so" in beside
    assert "a number: you said yes; heard: right" in beside
    assert "a trade-off: you said yes; could not tell: nobody can say" in beside
    assert (folder / FILE).stat().st_mode & 0o777 == 0o600


def test_enter_skips_one_q_skips_the_rest_and_nothing_said_is_nothing_kept():
    _, folder = interviewed(ENTER, ENTER, "y", "q", ENTER)
    assert kept(folder) == [("metric", "yes", True)]
    shown, folder = interviewed(ENTER, "q", ENTER)
    assert not (folder / FILE).exists()
    assert "You said" not in str(shown.events)


def test_only_what_a_question_asks_for_is_predicted_and_no_follow_up_is():
    shown, folder = interviewed(ENTER, "y", "0", ENTER, ENTER, questions=(PLAIN,), follow_up=True)
    assert [about for about, _, _ in kept(folder)] == ["length", "filled_pauses"]
    assert sum("Before you see it" in str(about) for _, about in shown.events) == 1
    assert len(shown.of("heard")) == 2


def test_what_was_said_before_a_crash_or_not_at_all_is_shown_without_asking():
    shown = RecordedStage()
    stage = PredictingStage(shown, FakeKeys(), lambda _: pytest.fail("nothing was predicted"))
    stage.heard(answer())  # listened to first when a session is resumed
    stage.asked(ASKED, "Question 1")
    stage.heard(answer(), earlier=True)
    stage.asked(ASKED, "Question 1")

    stage.heard(analyze(written("", question=ASKED)))
    assert len(shown.of("heard")) + len(shown.of("heard before")) == 3


def predicted(*rights: bool | None, about: About = About.METRIC) -> list[Predicted]:
    return [Predicted(question="q", take=1, about=about, said="yes", heard="heard", right=right) for right in rights]


def test_a_share_is_told_only_of_five_or_more_and_halves_of_ten():
    (four,) = calibration(predicted(True, True, False, True, None))
    assert (four.right, four.told, four.unknown, four.low, four.early) == (3, 4, 1, None, None)
    (five,) = calibration(predicted(True, True, False, True, True))
    assert (five.low, five.high) == interval(HitRate(4, 1))
    (nine,) = calibration(predicted(*[True] * 9))
    assert nine.early is None
    (ten,) = calibration(predicted(*[False] * 5, None, *[True] * 5))
    assert (ten.early, ten.late) == (0, 5)
    (eleven,) = calibration(predicted(*[False] * 5, *[True] * 6))
    assert (eleven.early, eleven.late) == (0, 6)
    assert calibration([]) == ()


def test_each_kind_is_counted_by_itself_and_said_in_words():
    mixed = [*predicted(*[True] * 10), *predicted(True, None, about=About.LENGTH)]
    assert list(map(says, calibration(mixed))) == [
        "length on target: 1 of 1; too few to say how often: 5 are needed; could not tell 1 more",
        "a number: 10 of 10; between 79% and 100% at 90 % confidence; 5 of the first 5, 5 of the last 5",
    ]


def test_progress_shows_what_was_predicted_in_all_sessions(monkeypatch):
    first, second = finished().folder, finished().folder
    keep_predictions(second, predicted(False, False), tell=print)
    keep_predictions(first, predicted(True), tell=print)
    keep_predictions(first, predicted(True, True), tell=print)
    assert [one.right for one in all_predictions(tell=print)] == [True, True, True, False, False]
    done = CliRunner().invoke(app, ["progress", "--no-open"], catch_exceptions=False)
    assert "a number: 3 of 5; between" in done.stdout
    assert "a number: 3 of 5; between" in (user_data_dir() / "progress.html").read_text()


def test_what_was_predicted_in_a_copied_session_counts_once():
    folder = finished().folder
    keep_predictions(folder, predicted(True), tell=print)
    shutil.copytree(folder, folder.with_name("a copy"))
    assert len(all_predictions(tell=print)) == 1
    folder.rename(folder.with_name("my first"))
    assert len(all_predictions(tell=print)) == 1, "none of the two is called as it was"
    shutil.rmtree(folder.with_name("my first"))
    assert len(all_predictions(tell=print)) == 1, "one that was only renamed counts"


def test_a_damaged_file_is_told_and_put_aside_and_a_newer_one_is_left_alone():
    folder = finished().folder
    (folder / FILE).write_text("{")
    told: list[str] = []
    assert all_predictions(tell=told.append) == ()
    assert "Its predictions are left out." in told[0]
    keep_predictions(folder, predicted(True), tell=told.append)
    assert "put aside" in told[1]
    assert (folder / "predictions.damaged.json").read_text() == "{"
    (folder / FILE).write_text("[")
    keep_predictions(folder, predicted(True), tell=print)
    aside = [(folder / f"predictions.damaged{number}.json").read_text() for number in ("", "-2")]
    assert aside == ["{", "["], "the second damaged file leaves the first alone"
    assert len(all_predictions(tell=told.append)) == 1
    newer = (folder / FILE).read_text().replace('"schema_version": 1', '"schema_version": 2')
    (folder / FILE).write_text(newer)
    keep_predictions(folder, predicted(True), tell=told.append)
    assert "newer voicemock" in told[-1]
    assert (folder / FILE).read_text() == newer


def test_a_full_disk_costs_the_predictions_alone(monkeypatch):
    folder, told = finished().folder, []

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("voicemock.archive.predictions.write_whole", full)
    keep_predictions(folder, predicted(True), tell=told.append)
    assert "No space left on device. What you predicted is not kept." in told[0]
    (folder / FILE).write_text("{")
    monkeypatch.setattr("pathlib.Path.replace", full)
    keep_predictions(folder, predicted(True), tell=told.append)
    assert "What you predicted is not kept." in told[-1]
    assert (folder / FILE).read_text() == "{"
