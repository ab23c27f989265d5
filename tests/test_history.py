"""The history: every answer of every session, in order, and damage costs its own session alone."""

import msgspec

from tests.practised import answered, begun, finished, killed
from voicemock.archive.history import history
from voicemock.paths import sessions_dir


def placed(name: str, folder) -> None:
    progress = msgspec.json.decode((folder / "progress.json").read_bytes())
    progress["session"] |= {"id": name, "started_at": f"{name}T10:00:00+00:00"}
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


def test_a_damaged_session_is_told_and_the_others_remain():
    two_weeks()
    (sessions_dir() / "2026-11-20" / "progress.json").write_text('{"schema_version": 999}')
    (sessions_dir() / "2026-11-20" / "session.json").unlink()
    told: list[str] = []
    assert {row.session.id for row in history(tell=told.append)} == {"2026-11-27"}
    assert any("2026-11-20 is left out" in line for line in told)


def test_without_sessions_there_is_no_history():
    assert history() == ()
