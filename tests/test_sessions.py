"""`voicemock sessions`: list, show, delete, export."""

import json
import re
import zipfile
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner, Result

from tests.practised import QUESTIONS, answered, begun, finished, killed, recorded, report_on
from voicemock.analyze import assemble
from voicemock.archive import listing as sessions_module
from voicemock.archive.listing import State, find_session, list_sessions
from voicemock.archive.progress import Ended
from voicemock.archive.store import new_session
from voicemock.cli.main import app
from voicemock.errors import SessionError, UnknownNameError, UsageError, VoicemockError
from voicemock.paths import sessions_dir


def run(*arguments: object, text: str = "") -> Result:
    """Run `voicemock sessions …`; an error for people is raised, as ``main.run`` gets it."""
    result = CliRunner().invoke(app, ["sessions", *map(str, arguments)], input=text)
    if isinstance(result.exception, VoicemockError):
        raise result.exception
    return result


def named(name: str, folder: Path) -> Path:
    """Give a session another id."""
    return folder.rename(folder.with_name(name))


@pytest.fixture
def three() -> list[str]:
    """Make three sessions: the newest unfinished, one finished, the oldest unfinished."""
    names = ["2026-11-22T09-00-00-em-core", "2026-11-21T10-03-12-em-hiring", "2026-11-20T08-00-00-em-core"]
    for name in names:
        store = finished() if "hiring" in name else begun()
        if "hiring" not in name:
            answered(store, 1)
        named(name, killed(store))
    return names


def test_sessions_are_listed_the_newest_first(three: list[str]):
    said = run("list").output
    assert re.findall(r"^\S.*T.*", said, re.MULTILINE)[:3] == three
    resume = "    resume with: voicemock resume 2026-11-22T09-00-00-em-core\n"
    assert f"1 of 3 questions answered · 1 answer · 1:00 spoken\n{resume}" in said
    assert "em_core · finished\n    3 of 3 questions answered · 3 answers · 3:00 spoken\n" in said
    assert "em_core" in said
    assert str(sessions_dir()) in said
    assert all(len(line) < 80 for line in said.splitlines() if str(sessions_dir()) not in line)


def test_a_list_without_sessions_says_how_to_start():
    assert "voicemock practice" in run("list").output


def test_whatever_lies_there_is_listed():
    running = begun()
    review = new_session(title="Review")
    review.write_report(assemble([report_on(recorded(running, 1))], session=review.info), finished=True)
    (review.folder / "progress.json").unlink()
    empty = new_session(title="Empty")
    newer = begun()
    recorded(newer, 1)
    (newer.folder / "progress.json").write_text('{"schema_version": 99}')
    (sessions_dir() / "a-file").write_text("")
    states = {listed.id: listed.state for listed in list_sessions()}
    assert states == {
        running.folder.name: State.RUNNING,
        review.folder.name: State.FINISHED,
        empty.folder.name: State.EMPTY,
        newer.folder.name: State.DAMAGED,
    }
    said = run("list").output
    assert "Review · finished\n    1 answer · 1:00 spoken\n" in said
    assert "running now" in said


def test_a_list_counts_what_the_report_counts():
    store = begun()
    answered(store, 1)
    probe = msgspec.structs.replace(QUESTIONS[0], id="q1-follow-up-1", text="By how much?")
    answered(store, 1, question=probe, text="By a third.")
    answered(store, 1, text="So we moved it, I decided that.")  # a second take
    store.end(recorded(store, 2), Ended.ANSWERED)  # could not be analysed
    cut_off = store.end(recorded(store, 3), Ended.OPEN)  # finished in mid-answer
    store.save(store.path(cut_off), report_on(cut_off))
    page = store.write_report(assemble(store.answers, session=store.info), finished=True)
    store.close()
    said = run("list").output
    assert "2 of 3 questions answered · 2 answers · 2 earlier takes · 4:00 spoken\n" in said
    assert "2 earlier takes" in page.read_text(encoding="utf-8")
    assert "4:00 spoken" in page.read_text(encoding="utf-8")
    assert said.splitlines()[2] in run("show", store.folder.name).output


@pytest.mark.parametrize("part", ["2026-11-21", "em-hiring", "2026-11-21T10-03-12-em-hiring"])
def test_an_id_may_be_shortened(part: str, three: list[str]):
    assert find_session(part).id == three[1]


def test_a_whole_id_is_never_taken_for_the_beginning_of_another(three: list[str]):
    named(f"{three[1]}-2", killed(begun()))
    assert find_session(three[1]).id == three[1]


def test_an_id_that_fits_several_or_none_is_explained(three: list[str]):
    with pytest.raises(UsageError, match=f"'em-core' matches 2 sessions: {three[0]}, {three[2]}"):
        find_session("em-core")
    with pytest.raises(UsageError, match=rf"matches 3 sessions: {', '.join(three)}\.$"):
        find_session("2026")
    with pytest.raises(UnknownNameError) as caught:
        find_session("2026-11-21T10-03-12-em-hirimg")
    assert three[1] in caught.value.hint
    with pytest.raises(UnknownNameError):
        find_session("../sessions")


def test_of_many_that_fit_three_are_named(three: list[str]):
    named("2026-11-19T08-00-00-em-core", killed(begun()))
    with pytest.raises(UsageError, match=rf"matches 4 sessions: {', '.join(three)} and more\.$"):
        find_session("2026")


def test_an_empty_id_names_no_session_even_where_there_is_only_one():
    killed(begun())
    with pytest.raises(UnknownNameError):
        find_session("")


def test_a_demo_cut_short_is_not_what_resume_goes_on_with():
    new_session(title="Demo", questions=begun().progress.questions)
    assert find_session(None).info.title != "Demo"


def test_without_an_id_the_latest_unfinished_session_is_meant(three: list[str]):
    assert find_session(None).id == three[0]
    store = begun()  # running in this very process
    named("2026-11-23T09-00-00-em-core", store.folder)
    assert find_session(None).id == three[0]


def test_where_none_is_unfinished_that_is_said():
    finished()
    with pytest.raises(SessionError, match="There is no unfinished session"):
        find_session(None)


def test_show_tells_each_answer_in_short():
    store = begun()
    answered(store, 1, text="Um, I moved it and latency fell from 4 seconds to 1.")
    answered(store, 1, text="So I moved it.")
    killed(store)
    said = run("show", store.folder.name).output
    assert "Question 1?\n" in said
    assert "Question 1? (take 2)" in said
    assert "1 filled pause" in said
    assert "Too little was said to judge." in said
    assert f"Folder: {store.folder}" in said
    complete = finished().folder
    assert f"Report: {complete / 'report.html'}" in run("show", complete.name).output


def test_show_says_what_is_damaged_and_shows_the_rest():
    store = begun()
    take = answered(store, 1)
    answered(store, 2)
    store.path(take).with_suffix(".json").write_text("{")
    result = run("show", killed(store).name)
    assert "take-1.json cannot be read" in result.stderr
    assert "Question 2?" in result.stdout


def test_delete_asks_first(three: list[str]):
    said = run("delete", three[0], three[2], text="n\n").output
    assert "Delete these 2 sessions and their recordings for good?" in said
    assert "Nothing was deleted." in said
    assert len(list_sessions()) == 3
    assert run("delete", three[0]).exit_code == 1  # nobody there to answer
    assert len(list_sessions()) == 3
    run("delete", three[0], text="y\n")
    assert [listed.id for listed in list_sessions()] == three[1:]
    run("delete", "em-hiring", "em-hiring", "em-core", "--yes")
    assert list(sessions_dir().iterdir()) == []


def test_one_wrong_id_deletes_nothing(three: list[str]):
    with pytest.raises(UnknownNameError):
        run("delete", three[0], "no-such", "--yes")
    assert len(list_sessions()) == 3


def test_delete_never_follows_a_link_out(tmp_path: Path):
    outside = tmp_path / "precious"
    outside.mkdir()
    (outside / "file").write_text("mine")
    folder = killed(begun())
    (folder / "link").symlink_to(outside, target_is_directory=True)
    (sessions_dir() / "2026-01-01T00-00-00-linked").symlink_to(outside, target_is_directory=True)
    with pytest.raises(UnknownNameError):
        run("delete", "2026-01-01T00-00-00-linked", "--yes")
    run("delete", folder.name, "--yes")
    assert not folder.exists()
    assert (outside / "file").read_text() == "mine"


def test_a_running_session_is_not_deleted():
    store = begun()
    with pytest.raises(SessionError, match="running in another terminal"):
        run("delete", store.folder.name, "--yes")
    assert store.folder.exists()


def test_a_folder_that_cannot_be_deleted_is_named(monkeypatch: pytest.MonkeyPatch):
    def refuse(path: Path) -> None:
        raise OSError(13, "Permission denied", str(path))

    monkeypatch.setattr(sessions_module.shutil, "rmtree", refuse)
    with pytest.raises(SessionError, match="cannot be deleted: Permission denied"):
        run("delete", killed(begun()).name, "--yes")


def zipped(path: Path) -> dict[str, bytes]:
    """Return the files of a zip, by name inside its one folder."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        folders = {name.split("/")[0] for name in archive.namelist()}
        assert len(folders) == 1
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


def test_export_is_one_zip_with_everything(tmp_path: Path):
    store = finished()
    target = tmp_path / "out.zip"
    assert str(target) in run("export", store.folder.name, "--to", target).output
    files = zipped(target)
    assert {"report.html", "report.md", "session.json", "progress.json"} <= set(files)
    assert files["01-q1/take-1.wav"] == (store.folder / "01-q1" / "take-1.wav").read_bytes()
    assert files["01-q1/take-1.json"] == (store.folder / "01-q1" / "take-1.json").read_bytes()
    assert b"data:audio" in files["report.html"]
    assert not any(name.startswith(".") for name in files)
    assert target.stat().st_mode & 0o077 == 0
    assert str(store.folder).encode() not in b"".join(files.values()), "the zip tells where the user keeps things"


def test_export_without_audio_holds_no_voice_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    store = finished()
    monkeypatch.chdir(store.folder)  # where the recordings could be found by their names
    run("export", store.folder.name, "--no-audio", "--to", tmp_path / "out.zip")
    files = zipped(tmp_path / "out.zip")
    assert not [name for name in files if name.endswith(".wav")]
    assert b"data:audio" not in files["report.html"]
    assert b"left out" in files["report.html"]
    assert json.loads(files["session.json"])["answers"]


def test_an_unfinished_session_is_exported_with_a_report_so_far(tmp_path: Path):
    store = begun()
    answered(store, 1)
    store.end(recorded(store, 2), Ended.AGAIN)
    run("export", killed(store).name, "--to", tmp_path / "out.zip")
    files = zipped(tmp_path / "out.zip")
    assert len(json.loads(files["session.json"])["answers"]) == 1
    assert "02-q2/take-1.wav" in files
    assert not (store.folder / "report.html").exists()


def test_links_are_not_exported(tmp_path: Path):
    folder = killed(begun())
    (tmp_path / "secret").write_text("mine")
    (folder / "link").symlink_to(tmp_path / "secret")
    run("export", folder.name, "--to", tmp_path / "out.zip")
    assert "link" not in zipped(tmp_path / "out.zip")


def test_export_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    store = finished()
    target = tmp_path / "out.zip"

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "write", fail)
    with pytest.raises(SessionError, match=r"out\.zip cannot be written: No space left on device"):
        run("export", store.folder.name, "--to", target)
    assert list(tmp_path.iterdir()) == []


def test_export_names_the_file_it_may_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    store = finished()

    def shut(_: object, path: Path, *__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(zipfile.ZipFile, "write", shut)
    with pytest.raises(SessionError, match=r"take-1\.json cannot be read: Permission denied\. Nothing was exported"):
        run("export", store.folder.name, "--to", tmp_path / "out.zip")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "said"), [("out.tar", "does not end in .zip"), ("there.zip", "already exists")])
def test_export_overwrites_nothing(name: str, said: str, tmp_path: Path):
    (tmp_path / "there.zip").write_text("mine")
    with pytest.raises(UsageError, match=said):
        run("export", killed(begun()).name, "--to", tmp_path / name)
    assert (tmp_path / "there.zip").read_text() == "mine"


def test_a_session_that_runs_is_exported_without_its_lock(tmp_path: Path):
    store = begun()
    answered(store, 1)
    assert (store.folder / ".lock").exists()
    run("export", store.folder.name, "--to", tmp_path / "out.zip")
    names = zipped(tmp_path / "out.zip")
    assert "01-q1/take-1.wav" in names
    assert not [name for name in names if name.startswith(".") or "/." in name]
    answered(store, 2)  # and it still holds the session
    with pytest.raises(SessionError, match="running in another terminal"):
        run("delete", store.folder.name, "--yes")
