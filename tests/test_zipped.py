"""A zip file from anybody: read where it is an exported session, and refused in one sentence where it is not."""

import struct
import warnings
import zipfile
import zlib
from pathlib import Path

import msgspec
import pytest

from tests import report_samples
from tests.practised import finished
from voicemock.archive import zipped
from voicemock.archive.export import export_session
from voicemock.archive.zipped import Zipped
from voicemock.errors import SessionError, VoicemockError
from voicemock.report import to_json
from voicemock.schema import SessionReport

GOOD = to_json(report_samples.full())


def packed(path: Path, files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(VoicemockError) as error, Zipped(path) as opened:
        opened.report()
    return error.value.message


def test_an_exported_session_is_read_with_its_sound(tmp_path: Path):
    session = finished().folder
    export_session(session, tmp_path / "a.zip", audio=True, tell=print)
    with Zipped(tmp_path / "a.zip") as opened:
        report = opened.report()
        opened.unpack_sound(report, tmp_path / "out")
    assert [a.question.id for a in report.answers] == ["q1", "q2", "q3"]
    names = sorted(p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.*"))
    assert names == ["01-q1/take-1.wav", "02-q2/take-1.wav", "03-q3/take-1.wav"]
    assert (tmp_path / "out" / names[0]).read_bytes() == (session / names[0]).read_bytes()


@pytest.mark.parametrize("top", ["", "a session/"])
def test_the_report_may_lie_at_the_top_or_in_one_folder(tmp_path: Path, top: str):
    with Zipped(packed(tmp_path / "a.zip", {f"{top}session.json": GOOD, "__MACOSX/._session.json": b""})) as opened:
        assert opened.report() == report_samples.full()


@pytest.mark.parametrize(
    "name", ["../session.json", "a/../../b", "/etc/passwd", "\\\\host\\b", "C:\\b", "a\\..\\..\\b", ".."]
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str):
    assert "leads out of its folder" in refusal(packed(tmp_path / "a.zip", {"s/session.json": GOOD, name: b"x"}))


def test_a_report_that_would_fill_the_memory_is_refused(tmp_path: Path):
    bomb = packed(tmp_path / "a.zip", {"session.json": b" " * (zipped.MOST_REPORT_BYTES + 1)})
    assert bomb.stat().st_size < 100_000
    assert "more than 64 MB" in refusal(bomb)


def test_a_report_of_just_the_size_that_is_allowed_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = packed(tmp_path / "a.zip", {"session.json": GOOD})
    monkeypatch.setattr(zipped, "MOST_REPORT_BYTES", len(GOOD))
    with Zipped(path) as opened:
        assert opened.report() == report_samples.full()
    monkeypatch.setattr(zipped, "MOST_REPORT_BYTES", len(GOOD) - 1)
    assert "is not unpacked" in refusal(path)


def test_a_report_that_lies_about_its_size_is_refused(tmp_path: Path):
    path = packed(tmp_path / "a.zip", {"session.json": GOOD + b" " * 10_000_000})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    path.write_bytes(data)
    assert "damaged" in refusal(path)


def test_sound_that_would_fill_the_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(zipped, "MOST_BYTES", 30_000)
    files = {"session.json": GOOD}
    files |= {name: bytes(20_000) for name in ("01-latency-spike/take-1.wav", "02-conflict-peer/take-1.wav")}
    with Zipped(packed(tmp_path / "a.zip", files)) as opened, pytest.raises(SessionError, match="is not unpacked"):
        opened.unpack_sound(opened.report(), tmp_path / "out")


def named(path: str, duration_s: float = 9.0) -> SessionReport:
    answer = report_samples.outage(path)
    recording = msgspec.structs.replace(answer.recording, duration_s=duration_s)
    return report_samples.session(msgspec.structs.replace(answer, recording=recording))


@pytest.mark.parametrize(
    "report",
    [named("../x.wav"), named("/x.wav"), named("gone.wav"), named("x.wav", 9_999.0)],
    ids=["up", "top", "gone", "long"],
)
def test_only_what_a_page_can_hold_is_unpacked(tmp_path: Path, report: SessionReport):
    with Zipped(packed(tmp_path / "a.zip", {"s/session.json": to_json(report), "s/x.wav": b"x"})) as opened:
        opened.unpack_sound(opened.report(), tmp_path / "out")
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    "error", [zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError]
)
def test_whatever_reading_it_stumbles_over_is_told_as_damage(tmp_path: Path, monkeypatch, error: type[Exception]):
    def stumble(*_: object, **__: object):
        raise error("broken")

    path = packed(tmp_path / "a.zip", {"session.json": GOOD})
    monkeypatch.setattr(zipfile.ZipFile, "open", stumble)
    assert "is damaged: session.json cannot be read (broken)" in refusal(path)


def test_a_recording_that_would_be_enormous_is_refused(tmp_path: Path):
    path = packed(tmp_path / "a.zip", {"session.json": to_json(named("x.wav")), "x.wav": b"x"})
    data = bytearray(path.read_bytes())
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 2**28 + 1)
    path.write_bytes(data)
    with Zipped(path) as opened, pytest.raises(SessionError, match="more than 256 MB"):
        opened.unpack_sound(opened.report(), tmp_path / "out")


@pytest.mark.parametrize("size", [200, 201])
def test_a_recording_of_just_the_size_that_is_left_is_unpacked(tmp_path: Path, monkeypatch, size: int):
    monkeypatch.setattr(zipped, "MOST_SOUND_BYTES", 200)
    packed(tmp_path / "a.zip", {"session.json": to_json(named("x.wav")), "x.wav": bytes(size)})
    with Zipped(tmp_path / "a.zip") as opened:
        if size > 200:
            with pytest.raises(SessionError, match="is not unpacked"):
                opened.unpack_sound(opened.report(), tmp_path / "out")
        else:
            opened.unpack_sound(opened.report(), tmp_path / "out")
            assert (tmp_path / "out" / "x.wav").stat().st_size == 200


def test_an_encrypted_one_is_refused(tmp_path: Path):
    path = packed(tmp_path / "a.zip", {"session.json": GOOD}, method=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    path.write_bytes(data)
    assert "is encrypted" in refusal(path)


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ({}, "holds no session"),
        ({"notes.txt": b"x"}, "holds no session"),
        ({"a/b/session.json": GOOD}, "holds no session"),
        ({"a/session.json": GOOD, "b/session.json": GOOD}, "holds 2 sessions"),
        ({"session.json": b"{"}, "not a voicemock report"),
        ({"session.json": b'{"schema_version": 99}'}, "schema version 99"),
    ],
)
def test_what_is_no_session_is_refused(tmp_path: Path, files: dict[str, bytes], what: str):
    assert what in refusal(packed(tmp_path / "a.zip", files))


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(zipped, "MOST_NAMES", 3)
    assert "4 files" in refusal(packed(tmp_path / "a.zip", {f"a/{n}": b"" for n in range(4)}))
    assert "no session" in refusal(packed(tmp_path / "a.zip", {f"a/{n}": b"" for n in range(3)}))


def test_a_damaged_one_is_refused_wherever_it_is_damaged(tmp_path: Path):
    whole = packed(tmp_path / "a.zip", {"session.json": GOOD}).read_bytes()
    broken = tmp_path / "b.zip"
    for at in range(0, len(whole), 61):
        for content in (whole[:at], whole[:at] + b"\xff" + whole[at + 1 :]):
            broken.write_bytes(content)
            try:
                with warnings.catch_warnings(action="ignore"), Zipped(broken) as opened:
                    opened.report()
            except VoicemockError:
                pass
