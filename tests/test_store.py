"""Sessions on disk: private, whole, never overwritten, complete after every step."""

import errno
import os
import shutil
import stat
from pathlib import Path

import msgspec
import pytest

from tests.builders import written
from tests.practised import QUESTIONS, SETUP, answered, begun, recorded, report_on
from voicemock.analyze import analyze, assemble
from voicemock.archive import store as store_module
from voicemock.archive.lock import in_use
from voicemock.archive.progress import Ended, Progress, Setup, Step, read_progress
from voicemock.archive.resume import open_session
from voicemock.archive.store import Store, new_session
from voicemock.errors import SessionError
from voicemock.paths import sessions_dir, user_data_dir, whole_file, write_whole
from voicemock.schema import AnswerReport

PROBE = msgspec.structs.replace(QUESTIONS[0], id="q1-follow-up-1", text="By how much?")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def left(store: Store) -> list[str]:
    """Return what is left to ask, by what the disk holds."""
    return [f"{step.number} {step.question.id}" for step in read_progress(store.folder).remaining]


def test_only_the_owner_can_read_a_session():
    store = begun()
    take = answered(store, 1)
    store.write_report(assemble(store.answers, session=store.info), finished=True)
    assert store.path(take).relative_to(store.folder).as_posix() == "01-q1/take-1.wav"
    folders = {path for path in (store.folder, *store.folder.rglob("*")) if path.is_dir()}
    files = {path for path in store.folder.rglob("*") if path.is_file()} - {store.path(take)}
    assert {mode(path) for path in (*folders, sessions_dir(), user_data_dir())} == {0o700}
    assert {mode(path) for path in files} == {0o600}
    assert {path.name for path in files} >= {"progress.json", "take-1.json", "session.json", "report.html", ".lock"}


def test_the_plan_is_on_disk_before_the_first_question():
    store = begun()
    progress = read_progress(store.folder)
    assert (progress.questions, progress.setup, progress.session) == (QUESTIONS, SETUP, store.info)
    assert store.info.question_set == "em_core"
    assert [step.number for step in progress.remaining] == [1, 2, 3]


def test_a_review_has_no_plan():
    assert list(new_session(title="Review").folder.iterdir()) == []


def test_a_question_under_way_is_asked_again_until_it_is_answered():
    store = begun()
    assert left(store) == ["1 q1", "2 q2", "3 q3"]
    take = recorded(store, 1)
    assert left(store) == ["1 q1", "2 q2", "3 q3"]
    store.end(take, Ended.ANSWERED)
    assert left(store) == ["2 q2", "3 q3"]
    store.ask(2, QUESTIONS[1])
    assert left(store) == ["2 q2", "3 q3"]


def test_a_follow_up_under_way_comes_before_the_next_question():
    store = begun()
    answered(store, 1)
    store.ask(1, PROBE)
    assert left(store) == ["1 q1-follow-up-1", "2 q2", "3 q3"]
    assert store.progress.remaining[0].follow_up
    answered(store, 1, question=PROBE)
    assert left(store) == ["2 q2", "3 q3"]
    assert store.progress.answered == 1


def test_an_answer_taken_back_is_asked_for_again_and_one_skipped_is_not():
    store = begun()
    store.end(recorded(store, 1), Ended.AGAIN)
    assert left(store)[0] == "1 q1"
    store.end(recorded(store, 1), Ended.SKIPPED)
    assert left(store)[0] == "2 q2"
    assert store.info.skipped == ("q1",)
    assert (store.answers, store.waiting) == ((), ())
    answered(store, 1)
    assert store.info.skipped == ()


def test_each_take_has_a_file_of_its_own():
    store = begun()
    first, second = recorded(store, 1), recorded(store, 1)
    assert [store.path(take).name for take in (first, second)] == ["take-1.wav", "take-2.wav"]
    other_way = msgspec.structs.replace(first, take=9)
    store.path(other_way).write_bytes(b"from elsewhere")
    assert recorded(store, 1).take == 10


def test_a_take_that_never_got_sound_leaves_its_number_free():
    store = begun()
    store.ask(1, QUESTIONS[0])
    store.begin()
    assert store.begin().take == 1
    assert len(store.progress.takes) == 1


def test_text_that_cannot_be_utf_8_costs_no_session():
    store = begun()
    store.end(recorded(store, 1), Ended.ANSWERED, notes=["caf\udce9"])
    assert read_progress(store.folder).takes[0].notes == ("caf?",)


def test_answers_stand_in_the_order_given_with_the_take_beside_each():
    store = begun()
    late = store.end(recorded(store, 1), Ended.ANSWERED, notes=["Your note at 0:01: slower"])
    answered(store, 2)
    assert [take.file for take in store.waiting] == ["01-q1/take-1.wav"]
    assert store.waiting[0].notes == ("Your note at 0:01: slower",)
    store.save(store.path(late), report_on(late))
    assert [answer.question.id for answer in store.answers if answer.question] == ["q1", "q2"]
    assert [answer.recording.path for answer in store.answers if answer.recording] == [
        "01-q1/take-1.wav",
        "02-q2/take-1.wav",
    ]
    assert store.waiting == ()


def test_a_cut_off_take_counts_where_something_was_said():
    store = begun()
    silent, spoke = recorded(store, 1), recorded(store, 1)
    store.save(store.path(silent), analyze(written("")))
    store.save(store.path(spoke), report_on(spoke))
    assert [answer.take for answer in store.answers] == [2]


def test_an_empty_recording_waits_for_nobody():
    store = begun()
    take = recorded(store, 1, seconds=0)
    assert store.waiting == ()
    store.path(take).unlink()
    assert store.waiting == ()


def test_a_saved_answer_reads_back_as_it_was():
    store = begun()
    take = recorded(store, 1)
    answer = analyze(written("So we moved it."))
    store.save(store.path(take), answer)
    assert msgspec.json.decode((store.folder / "01-q1/take-1.json").read_bytes(), type=AnswerReport) == answer


def test_a_session_ended_by_the_candidate_is_finished_until_it_is_taken_up_again():
    store = begun()
    answered(store, 1)
    report = assemble(store.answers, session=store.info)
    store.write_report(report, finished=False)
    assert not read_progress(store.folder).finished
    store.write_report(report, finished=True)
    assert read_progress(store.folder).finished
    store.ask(2, QUESTIONS[1])
    assert not read_progress(store.folder).finished


def test_two_sessions_in_one_second_do_not_meet():
    stores = [begun() for _ in range(3)]
    assert len({store.folder for store in stores}) == 3
    assert all(store.info.id == store.folder.name for store in stores)


def test_a_folder_that_cannot_be_made_is_explained(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SessionError, match="A session folder cannot be created"):
        new_session(title="Practice", folder=tmp_path / "file" / "deeper")


def test_a_session_belongs_to_one_process_at_a_time():
    store = begun()
    assert in_use(store.folder)
    with pytest.raises(SessionError, match="another terminal"):
        open_session(store.folder, tell=print)
    store.close()
    assert not in_use(store.folder)
    open_session(store.folder, tell=print).close()


def test_a_folder_that_is_deleted_twice_is_made_again_twice():
    store = begun()
    for number in (1, 2):
        shutil.rmtree(store.folder)
        answered(store, number)
        names = {path.name for path in store.folder.rglob("*.json")}
        assert {"progress.json", "take-1.json"} <= names, number
    assert len(list(store.folder.rglob("take-1.json"))) == 2


def test_a_session_that_is_not_ours_to_lock_is_not_in_use(monkeypatch):
    class Refused:
        def __init__(self, *_, **__) -> None:
            pass

        def __enter__(self):
            raise PermissionError(13, "Permission denied")

        def __exit__(self, *_) -> None:
            pass

    store = begun()
    monkeypatch.setattr("filelock.FileLock", Refused)
    assert not in_use(store.folder)


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "a.json"
    write_whole(path, "before")
    with pytest.raises(ZeroDivisionError), whole_file(path) as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "said"),
    [(errno.ENOSPC, "on that disk, then go on with: voicemock resume"), (errno.EROFS, "writable again")],
)
def test_a_disk_that_refuses_is_explained(number, said, monkeypatch):
    store = begun()
    take = recorded(store, 1)

    def refuse(path: Path, content: bytes) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(store_module, "write_whole", refuse)
    monkeypatch.setattr("voicemock.report.write.write_whole", refuse)
    failing = {
        "progress.json": lambda: store.end(take, Ended.ANSWERED),
        "take-1.json": lambda: store.save(store.path(take), report_on(take)),
        "report.html": lambda: store.write_report(assemble([]), finished=True),
    }
    for name, step in failing.items():
        with pytest.raises(SessionError) as caught:
            step()
        assert f"{name} cannot be written: {os.strerror(number)}." in caught.value.message
        assert f"kept in {store.folder}" in caught.value.hint
        assert said in caught.value.hint
    assert store.path(take).exists()


def test_progress_is_described():
    """Every field of the file is named on the page about it."""
    page = (Path(__file__).parent.parent / "docs" / "sessions.md").read_text(encoding="utf-8")
    for struct in (Progress, Step, store_module.Take, store_module.Setup):
        for field in msgspec.structs.fields(struct):
            assert f"`{field.name}`" in page, field.name


def test_whoever_chooses_nothing_is_neither_interrupted_nor_cut_off_nor_counted():
    assert Setup() == Setup(
        model=None,
        voice=None,
        manner="neutral",
        auto_stop_s=None,
        interruptions=False,
        live_counts=False,
        text_only=False,
        blind=False,
    )
    assert not Step(number=1, question=QUESTIONS[0]).follow_up


def test_an_answered_follow_up_is_no_answered_question():
    store = begun()
    answered(store, 1)
    answered(store, 1, question=msgspec.structs.replace(QUESTIONS[0], id="q1-follow-up-1"))
    store.end(recorded(store, 2), Ended.SKIPPED)
    assert store.progress.answered == 1
    assert store.progress.skipped == ("q2",)


def test_a_question_under_way_is_not_skipped():
    store = begun()
    recorded(store, 1)
    assert store.progress.skipped == ()
