"""What a person may call a stored report, what is read then, and what is said where there is none."""

from pathlib import Path

import msgspec
import pytest

from tests import report_samples
from tests.practised import answered, begun, finished, killed
from voicemock.archive.export import export_session
from voicemock.archive.sources import Source, file_name, open_source
from voicemock.errors import SessionError, UnknownNameError, UsageError
from voicemock.report import to_json
from voicemock.schema import SessionReport


def opened(name: object, **given: bool) -> Source:
    with open_source(str(name), sound=given.get("sound", False), tell=print) as source:
        return source


@pytest.mark.parametrize("name", ["gone.zip", "gone.json", "a/gone", "a\\gone"])
def test_what_looks_like_a_path_is_called_a_file_that_is_not_there(name: str):
    with pytest.raises(UsageError, match="There is no file or folder"):
        opened(name)


def test_what_looks_like_a_session_is_called_an_unknown_one():
    finished()
    with pytest.raises(UnknownNameError):
        opened("gone")


def test_no_file_of_a_session_may_be_replaced_by_a_new_one():
    session = finished().folder
    for name in ("feedback.json", "predictions.json"):
        (session / name).write_text("kept")
    files = {path for path in session.rglob("*.*") if path.is_file() and not path.name.startswith(".")}
    assert {path.name for path in files} >= {"session.json", "progress.json", "report.html", "report.md"}
    for name in (session.name, session):
        assert opened(name).own >= files, name
    top = {path for path in files if path.parent == session}
    assert opened(session / "session.json").own == top


def test_of_other_files_only_they_themselves_may_not(tmp_path: Path):
    for name, content in (("a.json", to_json(report_samples.full())), ("a.zip", b"")):
        path = tmp_path / name
        path.write_bytes(content)
        if name == "a.zip":
            export_session(finished().folder, path, audio=False, tell=print)
        source = opened(path)
        assert source.own == {path}
        assert source.elsewhere is (name == "a.json"), "the sound of a zip file is nowhere but in it"


def test_a_folder_without_plan_or_report_is_a_session_if_something_was_recorded(tmp_path: Path):
    with pytest.raises(SessionError, match="There is no session in"):
        opened(tmp_path)
    store = begun()
    answered(store, 1)
    folder = killed(store)
    assert len(opened(folder).report.answers) == 1
    (folder / "progress.json").unlink()
    assert len(opened(folder).report.answers) == 1
    (tmp_path / "session.json").write_bytes(to_json(report_samples.full()))
    assert opened(tmp_path).report == report_samples.full()


def test_a_file_is_a_zip_file_by_its_beginning_or_by_its_name(tmp_path: Path):
    zipped = tmp_path / "a.dat"
    export_session(finished().folder, zipped, audio=False, tell=print)
    assert len(opened(zipped).report.answers) == 3
    (tmp_path / "b.ZIP").write_bytes(b"{}")
    with pytest.raises(SessionError, match="is not a zip file"):
        opened(tmp_path / "b.ZIP")


def test_the_sound_of_a_zip_file_is_unpacked_only_where_it_is_wanted(tmp_path: Path):
    export_session(finished().folder, tmp_path / "a.zip", audio=True, tell=print)
    for sound, found in ((True, 3), (False, 0)):
        with open_source(str(tmp_path / "a.zip"), sound=sound, tell=print) as source:
            assert len(list(source.folder.rglob("*.wav"))) == found


@pytest.mark.parametrize(
    ("id", "otherwise", "name"),
    [
        ("2026-11-21T10-03", "x", "2026-11-21T10-03"),
        ("../a b//c.", "x", "a-b-c"),
        ("n" * 121, "x", "n" * 120),
        ("", "talk", "talk"),
        (None, "talk", "talk"),
        ("...", "talk", "report"),
    ],
)
def test_files_are_named_by_the_session(id: str | None, otherwise: str, name: str):
    report: SessionReport = report_samples.full()
    session = msgspec.structs.replace(report.session, id=id) if id is not None else None
    assert file_name(msgspec.structs.replace(report, session=session), otherwise) == name
