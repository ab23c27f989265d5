"""The history: every answer of every session, in order, and damage costs its own session alone."""

import hashlib
import json
import shutil
import stat
import sys
from pathlib import Path

import msgspec

from tests.practised import answered, begun, finished, killed
from voicemock.archive import kept_rows
from voicemock.archive.brief import read_brief
from voicemock.archive.history import history
from voicemock.archive.listing import delete_session, find_session
from voicemock.archive.practised import Practised
from voicemock.paths import sessions_dir, user_data_dir
from voicemock.reading.amounts import words_and_amounts

TESTS = Path(__file__).parent


def placed(name: str, folder, *, at: str = "") -> None:
    progress = msgspec.json.decode((folder / "progress.json").read_bytes())
    progress["session"] |= {"id": name, "started_at": at or f"{name}T10:00:00+00:00"}
    (folder / "progress.json").write_bytes(msgspec.json.encode(progress))
    folder.rename(sessions_dir() / name)


def two_weeks() -> None:
    """A finished session, and a later one with a retake and a follow-up."""
    placed("2026-11-20", killed(finished()))
    store = begun()
    first = store.progress.questions[0]
    answered(store, 1, text="So, um, we moved it.")
    answered(store, 1)
    answered(store, 1, question=msgspec.structs.replace(first, id=f"{first.id}-follow-up-1", text="By how much?"))
    placed("2026-11-27", killed(store))


def test_answers_of_all_sessions_come_the_oldest_first():
    two_weeks()
    rows = history()
    assert [(row.session.id, row.question.id, row.take) for row in rows] == [
        *(("2026-11-20", f"q{n}", 1) for n in (1, 2, 3)),
        ("2026-11-27", "q1", 1),
        ("2026-11-27", "q1", 2),
        ("2026-11-27", "q1-follow-up-1", 1),
    ]
    assert [row.replaced for row in rows] == [False, False, False, True, False, False]
    assert [row.follows for row in rows] == [None] * 5 + ["q1"]
    assert [row.words for row in rows[3:5]] == [5, 4]


def test_the_hour_that_comes_twice_and_another_time_zone_are_in_order():
    for name, at in (
        ("in Berlin", "2026-11-20T23:30:00+01:00"),
        ("later, in New York", "2026-11-20T18:00:00-05:00"),
        ("after it in winter time", "2026-10-25T02:10:00+01:00"),
        ("in summer time", "2026-10-25T02:40:00+02:00"),
        ("no date", "one day"),
    ):
        store = begun()
        answered(store, 1)
        placed(name, killed(store), at=at)
    names = list(dict.fromkeys(row.session.id for row in history()))
    assert names == ["no date", "in summer time", "after it in winter time", "in Berlin", "later, in New York"]


def test_a_damaged_session_is_told_and_the_others_remain():
    two_weeks()
    (sessions_dir() / "2026-11-20" / "progress.json").write_text('{"schema_version": 999}')
    (sessions_dir() / "2026-11-20" / "session.json").unlink()
    told: list[str] = []
    assert {row.session.id for row in history(tell=told.append)} == {"2026-11-27"}
    assert any("2026-11-20 is left out" in line for line in told)


def test_without_sessions_there_is_no_history():
    assert history() == ()


def opened_while(work) -> list[str]:
    """Return the files of sessions that some work opened."""
    seen: list[str] = []
    WATCHING.append(seen)
    try:
        work()
    finally:
        WATCHING.remove(seen)
    return [path for path in seen if path.startswith(str(sessions_dir()))]


WATCHING: list[list[str]] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and WATCHING and isinstance(arguments[0], str):
        for seen in WATCHING:
            seen.append(arguments[0])


sys.addaudithook(_watch)


def test_a_thousand_sessions_are_read_once_and_then_no_report_is_opened():
    two_weeks()
    one = sessions_dir() / "2026-11-20"
    for number in range(998):
        folder = sessions_dir() / f"{number:03}"
        shutil.copytree(one, folder, ignore=shutil.ignore_patterns("*.wav", "report.*"))
        plan = msgspec.json.decode((folder / "progress.json").read_bytes())
        plan["session"]["id"] = folder.name
        (folder / "progress.json").write_bytes(msgspec.json.encode(plan))
    assert len(opened_while(history)) >= 1000
    first = history()
    again: list[tuple] = []
    assert opened_while(lambda: again.append(history())) == []
    assert again == [first]
    assert len(first) == 999 * 3 + 3


def test_only_what_changed_is_read_again():
    two_weeks()
    history()
    changed = sessions_dir() / "2026-11-27"
    take = next(changed.glob("*/take-2.json"))
    take.write_text(take.read_text().replace("So we moved it.", "So they moved it."))
    opened = opened_while(lambda: history())
    assert {path.removeprefix(str(sessions_dir()))[1:11] for path in opened} == {"2026-11-27"}
    assert any("they" in row.said for row in history())


def test_kept_rows_are_private_and_made_anew_where_they_are_damaged_or_anothers(monkeypatch):
    two_weeks()
    first = history()
    kept = user_data_dir() / kept_rows.NAME
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    for damaged in (b"", b"\x00" * 40, kept.read_bytes()[:-9], kept.read_bytes().replace(b"session", b"sessiom")):
        kept.write_bytes(damaged)
        assert history() == first
        assert opened_while(history) == []
    monkeypatch.setattr(kept_rows, "FORMAT", "of a later day")
    assert opened_while(history)
    assert history() == first


def test_where_rows_cannot_be_kept_there_is_a_history_all_the_same(monkeypatch):
    two_weeks()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept_rows, "write_whole", full)
    assert len(history()) == 6


def test_damage_is_told_each_time():
    two_weeks()
    next((sessions_dir() / "2026-11-27").glob("*/take-2.json")).write_text("{")
    for _ in range(2):
        told: list[str] = []
        history(tell=told.append)
        assert any("take-2.json cannot be read" in line for line in told)


def test_a_deleted_session_leaves_no_words_behind():
    two_weeks()
    history()
    kept = user_data_dir() / kept_rows.NAME
    page = user_data_dir() / kept_rows.PAGE
    page.write_text("what was said")
    halves = [user_data_dir() / f".{name}.x1y2" for name in (kept_rows.NAME, kept_rows.PAGE, kept_rows.COMPARED)]
    for half in halves:
        half.write_text("what was said when the process was killed")
    assert b"2026-11-20" in kept.read_bytes()
    delete_session(find_session("2026-11-20"))
    assert b"2026-11-20" not in kept.read_bytes()
    assert not page.exists()
    assert not any(half.exists() for half in halves)
    rows: list[Practised] = []
    assert opened_while(lambda: rows.extend(history())) == [], "the others are still known"
    assert {row.session.id for row in rows} == {"2026-11-27"}
    delete_session(find_session("2026-11-27"))
    assert not kept.exists()


def test_a_deleted_session_leaves_no_words_behind_under_an_earlier_name():
    two_weeks()
    history()
    (sessions_dir() / "2026-11-20").rename(sessions_dir() / "a good day")
    delete_session(find_session("a good day"))
    assert b"2026-11-20" not in (user_data_dir() / kept_rows.NAME).read_bytes()


def test_a_deleted_session_leaves_no_words_behind_where_nothing_can_be_written(monkeypatch):
    two_weeks()
    history()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept_rows, "write_whole", full)
    delete_session(find_session("2026-11-20"))
    assert not (user_data_dir() / kept_rows.NAME).exists()


def test_with_a_deleted_session_damaged_rows_go_too():
    two_weeks()
    kept = user_data_dir() / kept_rows.NAME
    kept.write_bytes(b"2026-11-20 damaged")
    delete_session(find_session("2026-11-20"))
    assert not kept.exists()


def test_a_finished_sessions_report_tells_what_its_takes_tell():
    two_weeks()
    folder = sessions_dir() / "2026-11-20"
    from_report = history()
    (folder / "session.json").write_text("damaged")
    assert history() == from_report


def test_of_several_sessions_the_one_that_changed_is_read_once_more_and_kept():
    two_weeks()
    history()
    take = next((sessions_dir() / "2026-11-27").glob("*/take-2.json"))
    take.write_bytes(take.read_bytes() + b" ")
    assert any("2026-11-27" in path and path.endswith("take-2.json") for path in opened_while(history))
    assert not any(path.endswith("take-2.json") for path in opened_while(history))


def test_a_plan_that_does_not_say_so_is_not_over():
    two_weeks()
    plan = sessions_dir() / "2026-11-20" / "progress.json"
    fields = msgspec.json.decode(plan.read_bytes())
    assert read_brief(plan.parent, tell=print)[1]
    del fields["finished"]
    plan.write_bytes(msgspec.json.encode(fields))
    assert not read_brief(plan.parent, tell=print)[1]


def test_of_an_answer_about_something_else_no_signal_is_missing():
    two_weeks()
    take = next((sessions_dir() / "2026-11-27").glob("*/take-2.json"))
    answer = msgspec.json.decode(take.read_bytes())
    answer["question"]["expects"] = ["metric", "action"]
    answer["signals"] = {"metric": {"present": False}, "action": {"present": True}}
    take.write_bytes(msgspec.json.encode(answer))
    heard = [row.expected for row in history() if row.take == 2]
    assert heard == [{"metric": False, "action": True}]
    answer["signals"]["on_topic"] = {"present": False}
    take.write_bytes(msgspec.json.encode(answer))
    assert [row.expected for row in history() if row.take == 2] == [{"metric": None, "action": None}]


def test_a_review_a_newer_voicemock_wrote_is_left_out():
    two_weeks()
    review = sessions_dir() / "2026-11-28"
    review.mkdir()
    (review / "session.json").write_text('{"schema_version": 999, "answers": []}')
    told: list[str] = []
    assert len(history(tell=told.append)) == 6
    assert any("2026-11-28 is left out" in line for line in told)


def test_a_session_that_was_copied_counts_once_and_that_is_said():
    two_weeks()
    original, copy = sessions_dir() / "2026-11-20", sessions_dir() / "2026-11-19 before the update"
    shutil.copytree(original, copy)
    told: list[str] = []
    assert len(history(tell=told.append)) == 6
    assert told == [f"{copy.name} is a copy of 2026-11-20, and counts once."]
    plan = msgspec.json.decode((copy / "progress.json").read_bytes())
    at = plan["session"]["started_at"]
    plan["session"]["started_at"] = "2026-11-19T08:00:00+00:00"  # another one of that name
    (copy / "progress.json").write_bytes(msgspec.json.encode(plan))
    assert len(history()) == 9
    plan["session"]["started_at"] = at
    (copy / "progress.json").write_bytes(msgspec.json.encode(plan))
    shutil.rmtree(original)
    told.clear()
    assert len(history(tell=told.append)) == 6
    assert told == []


def test_rows_kept_by_an_earlier_voicemock_are_as_this_one_makes_them():
    """Where this fails, other rows are made than before: raise ``kept_rows.FORMAT``, and write the new digest here."""
    folder = sessions_dir() / "2026-11-20"
    folder.mkdir(parents=True)
    shutil.copy(TESTS / "golden" / "schema-1.json", folder / "session.json")
    answers = (TESTS / "answers" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    counted = [words_and_amounts(json.loads(line)["marked"]) for line in answers]
    made = msgspec.msgpack.encode((history(), counted), order="deterministic")
    assert (kept_rows.FORMAT, hashlib.sha256(made).hexdigest()[:12]) == ("4", "d096c2562deb")
