"""`voicemock report`: any stored report, in any format, to any place; the session stays as it is."""

import hashlib
import json
import re
import shutil
import sys
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests import report_samples
from tests.practised import answered, begun, finished, killed
from tests.test_cli import started as in_a_process
from voicemock.archive.export import export_session
from voicemock.archive.listing import find_session
from voicemock.cli.main import app
from voicemock.errors import VoicemockError
from voicemock.report import from_json, to_json

FULL = to_json(report_samples.full())


def state(folder: Path) -> dict[str, tuple[str, int]]:
    return {
        str(p.relative_to(folder)): (hashlib.sha256(p.read_bytes()).hexdigest(), p.stat().st_mtime_ns)
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


@pytest.fixture
def full(here: Path) -> Path:
    path = here / "session.json"
    path.write_bytes(FULL)
    return path


def run(*arguments: object) -> Result:
    """Run the command; an error for people is raised, as ``main.run`` gets it."""
    result = CliRunner().invoke(app, ["report", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def done(*arguments: object) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def complaint(*arguments: object) -> str:
    with pytest.raises(VoicemockError) as error:
        run(*arguments)
    return f"{error.value.message} {error.value.hint}"


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_each_way_to_name_a_session_gives_its_page_with_sound_and_changes_nothing(here: Path):
    session = finished().folder
    export_session(session, here / "a.zip", audio=True, tell=print)
    before = state(session)
    pages = []
    for number, source in enumerate((session.name, "em-core", session, here / "a.zip", session / "session.json")):
        said = done(source, "--out", f"{number}.html", "--no-open")
        assert said == f"Written: {number}.html\n"
        pages.append((here / f"{number}.html").read_text())
    assert all(page.count("data:audio/webm") == 3 for page in pages)
    assert len({re.sub('data:audio[^"]+', "", page) for page in pages}) == 1
    assert state(session) == before
    assert files(here) == ["0.html", "1.html", "2.html", "3.html", "4.html", "a.zip"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has permissions of its own")
def test_what_is_written_is_for_its_owner(full: Path, here: Path):
    done(full, "--format", "srt")
    done(full, "--format", "txt")
    for path in here.rglob("*"):
        if path != full:
            assert path.stat().st_mode & 0o077 == 0, path


def test_an_unfinished_session_has_a_report_too(here: Path):
    store = begun()
    answered(store, 1)
    assert "So we moved it." in done(killed(store), "--format", "txt", "--out", "-")


def test_the_format_is_as_the_file_is_called(full: Path, here: Path):
    for name, begins in (
        ("a.html", "<!doctype html>"),
        ("a.md", "# Engineering"),
        ("a.json", "{\n"),
        ("a.txt", "Engineering"),
        ("a", "<!doctype html>"),
    ):
        done(full, "--out", name, "--no-open")
        assert (here / name).read_text().lstrip().lower().startswith(begins.lower())
    assert (here / "a.json").read_bytes() == FULL
    done(full, "--out", "b.html", "--format", "md")
    assert (here / "b.html").read_text().startswith("# Engineering")


@pytest.mark.parametrize("kind", ["html", "md", "json", "txt"])
def test_a_dash_prints_it_and_nothing_else(full: Path, here: Path, kind: str):
    printed = done(full, "--format", kind, "--out", "-")
    done(full, "--format", kind, "--out", f"x.{kind}", "--no-open")
    assert printed == (here / f"x.{kind}").read_text()


def test_without_out_a_new_file_in_this_folder_is_named_by_the_session(full: Path, here: Path):
    for _ in range(2):
        done(full, "--no-open")
    assert files(here) == [
        "2026-11-21T10-03-12-em-core-2.html",
        "2026-11-21T10-03-12-em-core.html",
        "session.json",
    ]


def test_an_id_in_a_file_leads_nowhere_else(here: Path):
    report = json.loads(FULL)
    report["session"]["id"] = "../../../etc/x y"
    (here / "a.json").write_text(json.dumps(report))
    assert done("a.json", "--format", "md") == "Written: etc-x-y.md\n"


def test_captions_are_a_file_an_answer_as_the_recordings_lie(full: Path, here: Path):
    assert "Answer 3 has no captions" in run(full, "--format", "srt").stderr
    folder = "2026-11-21T10-03-12-em-core-srt"
    assert files(here / folder) == ["01-latency-spike/take-1.srt", "02-conflict-peer/take-1.srt"]
    done(full, "--format", "vtt", "--out", here)
    assert (here / "01-latency-spike/take-1.vtt").read_text().startswith("WEBVTT\n\n00:00:01.400 -->")


def test_captions_of_one_answer_are_a_file(full: Path, here: Path):
    done(full, "--answer", "2", "--out", "two.srt")
    assert "We had a disagreement" in (here / "two.srt").read_text()
    assert done(full, "--answer", "2", "--format", "srt", "--out", "-") == (here / "two.srt").read_text()
    done(full, "--answer", "2", "--format", "vtt")
    assert (here / "2026-11-21T10-03-12-em-core.vtt").is_file()


def test_answers_of_the_same_recording_get_captions_of_their_own(here: Path):
    report = report_samples.session(report_samples.outage("call.m4a"), report_samples.conflict("call.m4a"))
    (here / "a.json").write_bytes(to_json(report))
    done("a.json", "--format", "srt", "--out", "captions")
    assert files(here / "captions") == ["call-answer-2.srt", "call.srt"]


def test_names_are_replaced_and_what_was_done_is_told(full: Path, here: Path):
    (here / "names.txt").write_text("\ufeffGrace Hopper\n\n  Dana \n", encoding="utf-8")
    said = done(full, "--redact", "--names", "names.txt", "--name", "checkout", "--out", "a.html", "--no-open")
    page = (here / "a.html").read_text()
    assert "[name 3]&#39;s team" in page and "Dana" not in page and "checkout" not in page
    assert "data:audio" not in page and "The sound was left out" in page
    assert "[name 1]  checkout\n  [name 3]  Dana\n" in said
    assert "Not in the report: Grace Hopper." in said
    assert "March" in said and "not a guarantee" in said


def test_sound_is_left_out_of_a_redacted_page(here: Path):
    session = finished().folder
    assert "data:audio" not in done(session, "--redact", "--out", "-")
    assert "data:audio" in done(session, "--out", "-")


def test_with_a_dash_what_was_replaced_is_told_beside_it(full: Path, here: Path):
    result = run(full, "--format", "json", "--out", "-", "--name", "Dana")
    assert from_json(result.stdout.encode()).session.id == "2026-11-21T10-03-12-em-core"
    assert "[name 1]  Dana" in result.stderr


def test_files_without_names_are_not_named_by_them(here: Path):
    (here / "ada.json").write_bytes(to_json(report_samples.session(report_samples.outage())))
    report = json.loads((here / "ada.json").read_text())
    report["session"]["id"] = "2026-ada-core"
    (here / "ada.json").write_text(json.dumps(report))
    assert done("ada.json", "--name", "Ada", "--format", "txt").startswith("Written: 2026-name-1-core.txt\n")
    report["session"] = None
    (here / "ada.json").write_text(json.dumps(report))
    assert done("ada.json", "--name", "Ada", "--format", "txt").startswith("Written: report.txt\n")


def test_a_zip_hears_nothing_that_is_not_in_it(here: Path):
    """A recording of the same name in this folder is another one."""
    session = finished().folder
    (here / "answer.wav").write_bytes((session / "01-q1/take-1.wav").read_bytes())
    for path in ("answer.wav", str(here / "answer.wav")):
        with zipfile.ZipFile(here / "a.zip", "w") as archive:
            archive.writestr("session.json", to_json(report_samples.session(report_samples.outage(path))))
        assert "data:audio" not in done("a.zip", "--out", "-")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["gone.zip"], "no file or folder gone.zip"),
        (["no-such"], "There is no session 'no-such'"),
        (["sub"], "There is no session in sub"),
        (["session.json", "--format", "doc"], "There is no format 'doc'"),
        (["session.json", "--format", "pdf", "--out", "-"], "A pdf is not text"),
        (["session.json", "--format", "md", "--answer", "1"], "--answer does not go with md"),
        (["session.json", "--format", "srt", "--answer", "9"], "There is no answer 9. The report has 3"),
        (["session.json", "--format", "txt", "--answer", "9"], "There is no answer 9"),
        (["session.json", "--format", "srt", "--answer", "3"], "nothing to caption"),
        (["session.json", "--format", "srt", "--out", "-"], "There are 2 answers"),
        (["session.json", "--format", "srt", "--out", "session.json"], "session.json is a file"),
        (["session.json", "--format", "json", "--out", "session.json"], "belongs to the stored report"),
        (["session.json", "--out", "gone/a.html"], "gone/a.html cannot be written"),
        (["session.json", "--out", "gone/a.pdf"], "gone/a.pdf cannot be written"),
        (["session.json", "--keep", "Java"], "--keep goes with --redact"),
        (["session.json", "--names", "gone.txt"], "gone.txt cannot be read"),
        (["session.json", "--names", "empty.txt"], "empty.txt holds no name"),
        (["session.json", "--names", "bad.txt"], "bad.txt is not text"),
        (["session.json", "--name", "42"], "'42' holds no letter"),
        (["bad.txt"], "bad.txt: This is not a voicemock report"),
        (["newer.json"], "newer.json: This report has schema version 2"),
        (["damaged.zip"], "damaged.zip is not a zip file that can be read"),
        (["up.zip"], "up.zip holds a name that leads out of its folder"),
        (["empty.zip"], "empty.zip holds no session"),
        (["broken.zip"], "broken.zip: This is not a voicemock report"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_said_in_a_sentence(full: Path, here: Path, arguments: list[str], said: str):
    (here / "sub").mkdir()
    (here / "bad.txt").write_bytes(b"\xff\xfe")
    (here / "empty.txt").write_bytes(b"\n \n")
    (here / "newer.json").write_bytes(b'{"schema_version": 2}')
    (here / "damaged.zip").write_bytes(b"PK\x03\x04")
    for name, inside in (("up.zip", "../x"), ("empty.zip", "x"), ("broken.zip", "session.json")):
        with zipfile.ZipFile(here / name, "w") as archive:
            archive.writestr(inside, "{")
    before = state(here)
    assert said in complaint(*arguments)
    assert state(here) == before


def test_a_session_is_not_written_over(here: Path):
    session = finished().folder
    (session / "feedback.json").write_text("kept")
    (session / "predictions.json").write_text("kept")
    before = state(session)
    theirs = ("report.html", "report.md", "session.json", "progress.json", "feedback.json", "predictions.json")
    for name in (*theirs, "01-q1/take-1.json"):
        assert "belongs to the stored report" in complaint(session, "--format", "md", "--out", session / name)
    assert state(session) == before


def test_captions_may_lie_beside_the_recordings(here: Path):
    session = finished().folder
    before = state(session)
    for _ in range(2):
        done(session, "--format", "srt", "--out", session)
    after = state(session)
    assert set(after) - set(before) == {f"0{n}-q{n}/take-1.srt" for n in (1, 2, 3)}
    assert {name: after[name] for name in before} == before
    assert find_session(session.name).counts


def test_without_a_browser_a_pdf_says_what_to_install(full: Path, here: Path):
    failed = in_a_process("report", full, "--out", "a.pdf", PATH=str(here))
    assert failed.returncode == 2 and failed.stdout == ""
    assert failed.stderr.startswith("voicemock: No browser was found that can print to PDF.\nInstall Chromium, Chrome")
    assert files(here) == ["session.json"]


@pytest.mark.real
@pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is missing")
def test_a_pdf_is_written(full: Path, here: Path):
    done(full, "--redact", "--out", "a.pdf")
    assert (here / "a.pdf").read_bytes().startswith(b"%PDF")
    assert files(here) == ["a.pdf", "session.json"]
