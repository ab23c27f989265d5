"""A session taken up again: at the right question, with everything said, whatever was damaged."""

from pathlib import Path

import msgspec
import pytest

from tests.practised import QUESTIONS, answered, begun, finished, killed, recorded, report_on
from voicemock.analyze import assemble
from voicemock.archive.progress import Ended, Setup
from voicemock.archive.resume import open_session, read_answers, read_report
from voicemock.archive.store import Store, new_session
from voicemock.errors import SessionError
from voicemock.questions.sets import find_question
from voicemock.schema import SCHEMA_VERSION

PROBE = msgspec.structs.replace(QUESTIONS[1], id="q2-follow-up-1", text="By how much?")


class Told(list[str]):
    """What the candidate was told when a session was taken up again."""


@pytest.fixture
def told() -> Told:
    return Told()


def resumed(store: Store, told: Told) -> Store:
    return open_session(killed(store), tell=told.append)


def left(store: Store) -> list[str]:
    return [step.question.id for step in store.progress.remaining]


def test_killed_while_recording(told: Told):
    store = begun()
    answered(store, 1)
    recorded(store, 2, seconds=42)
    again = resumed(store, told)
    assert left(again) == ["q2", "q3"]
    assert [answer.question.id for answer in again.answers if answer.question] == ["q1"]
    assert [take.file for take in again.waiting] == ["02-q2/take-1.wav"]
    assert told == ["Your unfinished answer of 0:42 to question 2 is kept as take 1."]
    again.ask(2, QUESTIONS[1])
    assert again.begin().file == "02-q2/take-2.wav"


def test_killed_while_listening_back(told: Told):
    store = begun()
    answered(store, 1)
    store.end(recorded(store, 2, seconds=130), Ended.ANSWERED, notes=["Your note at 0:07: names!"])
    again = resumed(store, told)
    assert left(again) == ["q3"]
    (take,) = again.waiting
    assert take.notes == ("Your note at 0:07: names!",)
    assert told == ["Your answer of 2:10 to question 2 is kept. It has not been listened to yet, so that comes first."]
    again.save(again.path(take), report_on(take))
    assert len(again.answers) == 2


def test_killed_during_a_follow_up(told: Told):
    store = begun()
    answered(store, 1)
    answered(store, 2)
    recorded(store, 2, question=PROBE)
    again = resumed(store, told)
    assert left(again) == ["q2-follow-up-1", "q3"]
    assert again.progress.remaining[0].follow_up
    assert told == ["Your unfinished answer of 0:01 to a follow-up to question 2 is kept as take 1."]


def test_killed_again_after_the_part_answer_was_listened_to(told: Told):
    store = begun()
    take = recorded(store, 1)
    store.save(store.path(take), report_on(take))
    again = resumed(store, told)
    assert (left(again), again.waiting, told) == (["q1", "q2", "q3"], (), [])
    assert len(again.answers) == 1


def test_killed_before_anything_was_said(told: Told):
    again = resumed(begun(), told)
    assert (left(again), again.answers, again.waiting, told) == (["q1", "q2", "q3"], (), (), [])
    assert again.progress.setup.manner == "strict"


def test_killed_while_the_last_report_was_written(told: Told):
    store = begun()
    for number in (1, 2, 3):
        answered(store, number)
    again = resumed(store, told)
    assert (left(again), len(again.answers)) == ([], 3)


def test_a_session_ended_early_can_go_on_and_a_complete_one_cannot(told: Told):
    store = begun()
    answered(store, 1)
    store.write_report(assemble(store.answers, session=store.info), finished=True)
    assert left(resumed(store, told)) == ["q2", "q3"]
    with pytest.raises(SessionError, match="There is nothing left to do"):
        open_session(finished().folder, tell=told.append)


def test_a_review_is_no_session_to_go_on_with_and_keeps_its_report(told: Told):
    review = new_session(title="Review")
    review.write_report(assemble([report_on(recorded(begun(), 1))], session=review.info), finished=True)
    (review.folder / "progress.json").unlink()
    before = (review.folder / "session.json").read_bytes()
    with pytest.raises(SessionError, match="There is nothing left to do"):
        open_session(review.folder, tell=told.append)
    assert (review.folder / "session.json").read_bytes() == before
    assert len(read_report(review.folder, tell=told.append).answers) == 1


def test_half_written_files_are_cleared_away_and_no_others(told: Told):
    store = begun()
    take = recorded(store, 1)
    half = [store.folder / ".progress.json.ab12", store.path(take).with_name(".take-1.json.x_y")]
    own = store.folder / ".notes"
    for path in (*half, own):
        path.write_bytes(b"{")
    resumed(store, told)
    assert [path.exists() for path in (*half, own)] == [False, False, True]


def test_a_damaged_take_is_listened_to_again(told: Told):
    store = begun()
    take = answered(store, 1)
    store.path(take).with_suffix(".json").write_bytes(b'{"question": ')
    again = resumed(store, told)
    assert [take.file for take in again.waiting] == ["01-q1/take-1.wav"]
    assert left(again) == ["q2", "q3"]
    assert "take-1.json cannot be read" in told[0]
    assert "listened to again" in told[0]


def test_a_damaged_recording_is_offered_all_the_same(told: Told):
    store = begun()
    take = store.end(recorded(store, 1), Ended.ANSWERED)
    store.path(take).write_bytes(bytes(1000))
    again = resumed(store, told)
    assert len(again.waiting) == 1
    assert "Your answer to question 1 is kept" in told[0]


def test_a_recording_that_is_gone_is_named(told: Told):
    store = begun()
    take = store.end(recorded(store, 1), Ended.ANSWERED)
    store.path(take).unlink()
    resumed(store, told)
    assert told == [f"{store.path(take)} is gone."]


@pytest.mark.parametrize(
    "damage", [b"", b'{"schema_version": 1, "session"', b"\xff\xfe", b'{"schema_version": 1}', None]
)
def test_without_its_plan_a_session_is_made_up_from_its_recordings(damage: bytes | None, told: Told):
    known = find_question("biggest-mistake")
    store = begun(questions=(QUESTIONS[0], known))
    answered(store, 1)
    recorded(store, 2)
    recorded(store, 2)
    recorded(store, 2, question=PROBE)
    plan = store.folder / "progress.json"
    plan.write_bytes(damage) if damage is not None else plan.unlink()
    again = resumed(store, told)
    assert left(again) == []
    assert [answer.question for answer in again.answers] == [QUESTIONS[0]]
    assert [(take.step.number, take.take) for take in again.progress.takes] == [(1, 1), (2, 1), (2, 2)]
    assert {take.step.question for take in again.waiting} == {known}
    assert again.info.started_at[:19] == store.info.started_at[:19]
    assert told[0].startswith(f"{plan} {'is missing' if damage is None else 'cannot be read'}")
    assert "The plan is lost" in told[1]
    lost = next(line for line in told if "voicemock review" in line)
    assert str(store.folder / "02-q2-follow-up-1" / "take-1.wav") in lost
    if damage is not None:
        assert (store.folder / "progress.damaged.json").read_bytes() == damage
    again.write_report(assemble(again.answers, session=again.info), finished=True)
    assert len(read_report(store.folder, tell=told.append).answers) == 1


def test_what_a_newer_voicemock_wrote_is_left_alone(told: Told):
    store = begun()
    plan = store.folder / "progress.json"
    plan.write_bytes(b'{"schema_version": %d, "other": 1}' % (SCHEMA_VERSION + 1))
    with pytest.raises(SessionError, match="schema version 2"):
        resumed(store, told)
    assert b"other" in plan.read_bytes()


def test_the_answers_of_a_session_can_be_read_without_its_report():
    store = begun()
    answered(store, 1)
    answered(store, 2)
    assert [answer.question.id for answer in read_answers(killed(store))] == ["q1", "q2"]


def test_a_plan_from_before_a_choice_could_be_made_goes_on_without_it():
    assert msgspec.json.decode(b"{}", type=Setup) == Setup()


def test_reading_a_report_changes_nothing(told: Told):
    store = begun()
    answered(store, 1)
    (store.folder / "progress.json").write_bytes(b"damaged")

    def files(folder: Path) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    before = files(store.folder)
    assert len(read_report(store.folder, tell=told.append).answers) == 1
    assert files(store.folder) == before
    assert told
