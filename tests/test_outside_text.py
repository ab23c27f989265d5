"""Names and files from outside reach the terminal, the tables and the pages as harmless text; none breaks a command."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.builders import spoken
from tests.here import voicemock_here
from tests.practised import finished
from voicemock.analyze import analyze, assemble
from voicemock.archive.listing import State, list_sessions
from voicemock.archive.resume import open_session, read_report
from voicemock.batch.index import write_index
from voicemock.batch.results import LINES, Results
from voicemock.batch.row import Line, Row
from voicemock.batch.tables import write_tables
from voicemock.cli.sessions import _when
from voicemock.cli.sessions import list_sessions as list_command
from voicemock.errors import SessionError, VoicemockError
from voicemock.models.files import read_manifest
from voicemock.paths import config_file, sessions_dir
from voicemock.printable import one_line, plain, printable, upright
from voicemock.report import from_json, render_html
from voicemock.schema import Kind, Question, SessionInfo

EVIL = "a\x1b]0;owned\x07\x1b[31m\x1b[2Jb\rc\u202egnp.exe\u2066d\x9b31me\x08f"
UNSAFE = set("\x1b\x07\r\x08\x9b\u202e\u2066")
DEEP = "[" * 100_000 + "]" * 100_000


def voicemock(*arguments: str, text: str = "") -> tuple[int, str]:
    """Run the command; return its exit code and all it printed."""
    done = voicemock_here(*arguments, text=text)
    return done.returncode, done.stdout + done.stderr


def test_text_is_made_safe_in_four_ways():
    assert not UNSAFE & set(printable(EVIL))
    assert printable("two\nlines\tand a tab") == "two\nlines\tand a tab"
    assert len(one_line(EVIL)) == len(upright(EVIL)) == len(EVIL)
    assert not UNSAFE & set(one_line(EVIL) + upright(EVIL))
    assert one_line("two\nlines") == "two lines"
    assert upright("two\nlines") == "two\nlines"
    assert plain(" a \n\x1b[31m b ") == "a b"
    assert printable("Grüße, 東京, שלום") == "Grüße, 東京, שלום"


@pytest.mark.skipif(sys.platform == "win32", reason="such names cannot be made there")
def test_nothing_a_command_prints_moves_the_cursor(tmp_path: Path):
    name = EVIL.replace("/", "")
    (tmp_path / f"{name}.wav").write_text("no sound")
    (tmp_path / f"{name}.toml").write_text("id = 1")
    (sessions_dir() / name).mkdir(parents=True)
    for arguments in (
        ("read", f"{tmp_path}/{name}.txt"),
        ("read", "-", "--ask", f"Why {name}?"),
        ("questions", "validate", f"{tmp_path}/{name}.toml"),
        ("sessions", "list"),
        ("models", "path", name),
        ("voices", name),
        (name,),
    ):
        _, shown = voicemock(*arguments, text="We moved it.")
        assert shown
        assert not UNSAFE & set(shown), arguments


def test_a_name_breaks_no_row_and_runs_no_formula(tmp_path: Path):
    names = ["a\r=cmd()|x", "\r=1+1", " =2", "b\n@c", "\uff1d1", "-\u202ed", "plain.wav"]
    write_tables([Row(path=name, sha256=str(n), hearing="h", reading="r") for n, name in enumerate(names)], tmp_path)
    with (tmp_path / "results.csv").open(newline="", encoding="utf-8") as file:
        raw = file.read()
    assert raw.count("\n") == len(names) + 1
    assert not UNSAFE & set(raw)
    cells = [line["path"] for line in csv.DictReader(raw.splitlines())]
    assert len(cells) == len(names)
    assert not any(cell.strip().startswith(("=", "+", "-", "@", "\uff1d")) for cell in cells)
    assert cells[-1] == "plain.wav"


def test_pages_are_not_turned_around(tmp_path: Path):
    question = Question(id="q", text=f"Why {EVIL}?", kind=Kind.BEHAVIOURAL)
    report = assemble(
        [analyze(spoken("We moved it.", question=question))], session=SessionInfo(id=EVIL, title=EVIL, started_at=EVIL)
    )
    assert not UNSAFE & set(render_html(report, folder=tmp_path))
    page = write_index([Row(path=EVIL, sha256="a", hearing="h", reading="r", error=EVIL)], tmp_path, title=EVIL)
    assert not UNSAFE & set(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("started_at", ["", "yesterday", "2026-13-45", "9" * 400, EVIL])
def test_one_session_with_a_bad_date_hides_no_other(started_at: str, capsys: pytest.CaptureFixture[str]):
    good, bad = finished(), finished()
    progress = json.loads((bad.folder / "progress.json").read_bytes())
    progress["session"]["started_at"] = started_at
    (bad.folder / "progress.json").write_text(json.dumps(progress))
    list_command()
    shown = capsys.readouterr().out
    assert good.folder.name in shown
    assert bad.folder.name in shown
    assert "\n" not in _when(started_at)


@pytest.mark.parametrize("file", ["progress.json", "session.json", "01-q1/take-1.json"])
@pytest.mark.parametrize("content", [DEEP, '{"schema_version": 1, "session": ' + DEEP + "}", '{"a":' * 50_000])
def test_json_nested_too_deep_is_damage_like_any_other(file: str, content: str):
    store = finished()
    (store.folder / file).write_text(content)
    if file != "01-q1/take-1.json":
        with pytest.raises(VoicemockError):
            from_json(content.encode())
    assert next(listed.state for listed in list_sessions()) in (State.FINISHED, State.DAMAGED, State.EMPTY)
    told: list[str] = []
    read_report(store.folder, tell=told.append)
    if file != "session.json":
        assert told
        try:
            open_session(store.folder, tell=told.append).close()
        except SessionError as error:
            assert "There is nothing left to do" in error.message


def test_json_nested_too_deep_elsewhere_is_told(tmp_path: Path):
    (tmp_path / LINES).write_text(DEEP + "\n")
    with pytest.raises(SessionError, match=r"results\.jsonl:1: this line was not written by voicemock"):
        Results(tmp_path)
    (tmp_path / "manifest.json").write_text(DEEP)
    with pytest.raises(VoicemockError, match="is damaged"):
        read_manifest(tmp_path)
    config_file().parent.mkdir(parents=True, exist_ok=True)
    config_file().write_text(f"model = {DEEP}")
    for command in (["read", "-"], ["voices"]):
        code, shown = voicemock(*command, text="We moved it.")
        assert code == 2
        assert "nested too deeply" in shown
    code, shown = voicemock("explain", "pace")
    assert code == 0  # needs no settings


def test_two_batches_in_one_folder_keep_each_others_rows(tmp_path: Path):
    """Each began before the other wrote anything; the last to end writes the rows of both."""
    one, other = Results(tmp_path), Results(tmp_path)
    rows = [Line(path=f"{n}.wav", sha256=str(n), hearing="h", reading="r") for n in range(6)]
    for results, own in ((one, rows[:3]), (other, rows[3:])):
        for row in own:
            results.add(row)
    one.finish(rows[:3])
    late = Line(path="late.wav", sha256="late", hearing="h", reading="r")
    one.add(late)
    other.finish(rows[3:])
    lines = (tmp_path / LINES).read_bytes().splitlines()
    assert sorted(msgspec.json.decode(line)["path"] for line in lines) == sorted([r.path for r in rows] + ["late.wav"])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="runs the same code in many processes")
def test_rows_of_many_processes_at_once_are_all_there(tmp_path: Path):
    code = (
        "import sys; from pathlib import Path; from voicemock.batch.results import Results; "
        "from voicemock.batch.row import Line\n"
        "results = Results(Path(sys.argv[1]))\n"
        "names = [f'{sys.argv[2]}-{n}' for n in range(20)]\n"
        "rows = [Line(path=f'{name}.wav', sha256=name, hearing='h', reading='r') for name in names]\n"
        "for row in rows: results.add(row)\n"
        "results.finish(rows)\n"
    )
    batches = [subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(n)]) for n in range(4)]
    assert [batch.wait(60) for batch in batches] == [0] * 4
    lines = (tmp_path / LINES).read_bytes().splitlines()
    assert len(lines) == len({msgspec.json.decode(line)["path"] for line in lines}) == 80
