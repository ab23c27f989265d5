"""What goes into a session's zip file, and in which order."""

import zipfile
from pathlib import Path

from tests.practised import finished
from voicemock.archive.export import export_session


def exported(folder: Path, target: Path, *, audio: bool = True) -> list[str]:
    export_session(folder, target, audio=audio, tell=print)
    with zipfile.ZipFile(target) as archive:
        return [name.removeprefix(f"{folder.name}/") for name in archive.namelist()]


def test_the_report_comes_first_and_once_then_the_rest_by_name(tmp_path: Path) -> None:
    names = exported(finished().folder, tmp_path / "out.zip")
    assert names[:3] == ["report.html", "report.md", "session.json"]
    assert names[3:] == sorted(names[3:], key=Path)
    assert "01-q1/take-1.wav" in names[3:] and not {"report.html", "report.md", "session.json"} & set(names[3:])


def test_nothing_hidden_goes_with_it_however_deep(tmp_path: Path) -> None:
    folder = finished().folder
    for hidden in (".cache/notes.txt", "01-q1/.take-1.wav.part", ".notes"):
        (folder / hidden).parent.mkdir(exist_ok=True)
        (folder / hidden).write_text("mine")
    assert not [name for name in exported(folder, tmp_path / "out.zip") if "/." in f"/{name}"]


def test_a_voice_goes_with_it_only_where_it_is_wanted(tmp_path: Path) -> None:
    folder = finished().folder
    (folder / "dropped on the page.M4A").write_bytes(b"a voice")
    voice = exported(folder, tmp_path / "voice.zip")
    assert {Path(name).suffix for name in voice} >= {".wav", ".M4A"}
    silent = exported(folder, tmp_path / "silent.zip", audio=False)
    assert {Path(name).suffix for name in silent} == {".html", ".md", ".json"}
    assert "01-q1/take-1.json" in silent
