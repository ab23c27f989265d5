"""What a batch works on: files, folders, patterns, a table, who it is by the path, and recordings elsewhere."""

import csv
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import fsspec
import msgspec
import pytest
from typer.testing import CliRunner

from tests.builders import spoken
from tests.sounds import save_first_words
from tests.test_batch import Here
from voicemock.analyze import analyze
from voicemock.batch import remote
from voicemock.batch import run as batch_run
from voicemock.batch import work as batch_work
from voicemock.batch.candidates import PathPattern
from voicemock.batch.files import look
from voicemock.batch.globs import regex_of
from voicemock.batch.manifest import read_manifest
from voicemock.batch.remote import PREFIX, fetched, find_remote, is_address
from voicemock.batch.results import file_hash
from voicemock.batch.row import Line
from voicemock.batch.run import run_batch
from voicemock.batch.task import Job, Task
from voicemock.batch.tasks import Asked, gather
from voicemock.cli.main import app
from voicemock.errors import AudioError, SessionError, UsageError
from voicemock.models.catalogue import Model, find_model
from voicemock.questions.asked import asked
from voicemock.questions.sets import find_question
from voicemock.report import from_json
from voicemock.schema import AnswerReport, Recording

KNOWN = find_question("underperforming-engineer")
DEFAULT = asked("What went wrong?")


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(name.encode("utf-8", "surrogateescape"))


def names(found) -> list[str]:
    return [path.name for path in found.recordings]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tasks_of(asked: Asked, told: list[str] | None = None, out: str = "out") -> list[Task]:
    tell = told.append if told is not None else lambda said: None
    return gather(asked, out=Path(out), tell=tell)[0]


# Patterns and folders


@pytest.mark.parametrize(
    ("pattern", "taken"),
    [
        ("takes/*.wav", ["a.wav", "b.wav"]),
        ("takes/?.m4a", ["c.m4a"]),
        ("takes/[!a].wav", ["b.wav"]),
        ("takes/**/*.wav", ["a.wav", "b.wav", "d.wav", "e.wav"]),
        ("takes/*/*.wav", ["d.wav"]),
        ("takes/d*", ["d.wav", "e.wav"]),  # a folder, with all below
        ("t*/a.wav", ["a.wav"]),
    ],
)
def test_a_pattern_is_what_a_shell_would_make_of_it(here: Path, pattern: str, taken: list[str]):
    make(here, *(f"takes/{name}" for name in ("a.wav", "b.wav", "c.m4a", "deep/d.wav", "deep/er/e.wav", ".h.wav")))
    make(here, "other/f.wav")
    assert names(look(Path(pattern))) == taken


def test_a_pattern_leaves_out_what_a_folder_does_and_says_so(here: Path):
    make(here, "takes/a.wav", "takes/notes.txt", "takes/.b.wav", "takes/out/c.wav")
    found = look(Path("takes/*"), out=Path("takes/out"))
    assert (names(found), names(msgspec.structs.replace(found, recordings=found.others)), found.hidden) == (
        ["a.wav"],
        ["notes.txt"],
        1,
    )


def test_a_file_with_the_name_of_a_pattern_is_that_file(here: Path):
    make(here, "take[1].wav", "take1.wav")
    assert names(look(Path("take[1].wav"))) == ["take[1].wav"]


def test_a_pattern_nothing_matches_is_a_mistake(here: Path):
    make(here, "a.mp3")
    for pattern in ("*.wav", "no/*.wav"):
        with pytest.raises(UsageError, match="No recording found in"):
            tasks_of(Asked((pattern,)))
    told: list[str] = []
    assert len(tasks_of(Asked(("*.wav", "a.mp3")), told)) == 1
    assert told == ["No recording found in *.wav."]


def test_braces_and_brackets_in_a_pattern_are_letters_unless_they_mean_something():
    assert regex_of("a{b}[]x]") == r"a\{b\}[]x]"
    assert regex_of("[!a]") == "[^/a]"


def test_results_among_the_recordings_are_no_recordings(here: Path):
    results = ("results.csv", "results.jsonl", "results.parquet", "errors.csv", "index.html", ".results.lock")
    make(here, "takes/a.wav", "takes/reports/b/c.wav", *(f"takes/{name}" for name in (*results, ".errors.csv.x")))
    make(here, "takes/results.wav", "takes/index.html.mp3", "takes/._results.wav", "takes/results.txt")
    found = look(Path("takes"), out=Path("takes"))
    assert names(found) == ["a.wav", "index.html.mp3", "results.wav"]
    assert (found.others, found.hidden) == ((Path("takes/results.txt"),), 1)
    assert "c.wav" in names(look(Path("takes"), out=Path()))


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_links_in_a_circle_are_walked_once_and_a_link_to_nothing_is_told(here: Path):
    make(here, "takes/a.wav")
    (here / "takes" / "again").symlink_to(here / "takes", target_is_directory=True)
    (here / "takes" / "round.wav").symlink_to("round.wav")
    (here / "takes" / "gone.wav").symlink_to("nowhere.wav")
    assert names(look(Path("takes"))) == names(look(Path("takes/**/*.wav"))) == ["a.wav", "gone.wav", "round.wav"]


def test_a_folder_that_may_not_be_read_is_a_row_and_a_hidden_one_is_not(here: Path, monkeypatch: pytest.MonkeyPatch):
    make(here, "takes/a.wav", "takes/locked/b.wav", "takes/.Trashes/c.wav")
    scandir = os.scandir

    def refused(path):
        if Path(path).name in ("locked", ".Trashes"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)
    good, locked = tasks_of(Asked(("takes",)))
    assert (good.path, good.problem) == (Path("takes/a.wav"), "")
    assert locked.problem == f"{Path('takes/locked')} may not be looked into: Permission denied."


STRANGE = ("with space.wav", 'it\'s "so".wav', "two\nlines.wav", "🎤.wav", "caf\udce9.wav", "-dash.wav", "=1+1.wav")


@pytest.mark.skipif(sys.platform != "linux", reason="makes file names that are no text")
def test_files_with_any_name_have_a_row_each(here: Path, worker):
    make(here, *(f"takes/{name}" for name in STRANGE))
    (here / "takes" / "empty.wav").touch()
    done = batch("takes", "../" + here.name + "/takes/🎤.wav")
    assert done.exit_code == 0, done.output
    lines = kept(here)
    assert len(lines) == len(STRANGE) + 1
    assert {line.path for line in lines} >= {"takes/two\nlines.wav", "takes/caf_.wav", "takes/🎤.wav"}


# The table


def table(here: Path, text: str | bytes, name: str = "people.csv") -> Path:
    path = here / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_row_says_whose_it_is_what_was_asked_and_when(here: Path):
    path = table(
        here,
        "Path,QUESTION,Notes,candidate,Date\r\n"
        "a.wav,underperforming-engineer,x,Anna,3 Nov\r\n"
        "\r\n"
        '"b.wav","What, and why?",,Björn,\r\n'
        ",,,,\r\n"
        "../c.wav\r\n",
    )
    manifest = read_manifest(path, question=DEFAULT)
    assert [(e.line, e.place, e.question, e.candidate, e.date) for e in manifest.entries] == [
        (2, here / "a.wav", KNOWN, "Anna", "3 Nov"),
        (4, here / "b.wav", asked("What, and why?"), "Björn", ""),
        (6, here / "../c.wav", DEFAULT, "", ""),
    ]
    assert manifest.told == (f"{path}:1: not used: Notes.",)


@pytest.mark.parametrize("separator", [";", ",", "\t"], ids=["semicolons", "commas", "tabs"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_a_table_from_any_spreadsheet_is_read(here: Path, separator: str, ends: str, encoding: str):
    cells = (("path", "candidate", "question"), ('"ä, b.wav"', "Zoë", '"Why; so, then?"'))
    text = "".join(separator.join(row) + ends for row in cells)
    data = text.encode(encoding)
    if encoding == "utf-16-be":
        data = b"\xfe\xff" + data
    manifest = read_manifest(table(here, data))
    (entry,) = manifest.entries
    assert (entry.place, entry.candidate) == (here / "ä, b.wav", "Zoë")
    assert entry.question == asked("Why; so, then?")
    line = 1 if ends == "\r" else 2
    expected = [f"{here / 'people.csv'}:{line}: not UTF-8; the table is read as Windows-1252."]
    assert list(manifest.told) == (expected if encoding == "cp1252" else [])


def test_the_line_excel_puts_first_is_heeded_and_counted(here: Path):
    with pytest.raises(UsageError, match=r"people.csv:3: the path is empty\."):
        read_manifest(table(here, "sep=;\r\npath;candidate\r\n;Anna\r\n"))


def test_everything_wrong_is_told_at_once_by_its_line_before_any_work(here: Path):
    make(here, "a.wav")
    rows = (
        "path,question,candidate",
        "a.wav,underperforming-enginer,Anna",
        '"b.wav","What\nhappened?",Anna',
        ",,Anna",
        "c.wav,Tell me, and why,Anna",
        "d.wav,???,",
        "https://example.org/a.wav,,",
        "s3://bucket/a.wav,,",
    )
    path = table(here, "\n".join(rows))
    with pytest.raises(UsageError) as caught:
        tasks_of(Asked((), manifest=path))
    assert caught.value.message.splitlines() == [
        f"{path}:2: There is no question 'underperforming-enginer'.",
        f"{path}:5: the path is empty.",
        f"{path}:6: 4 cells, but only 3 columns.",
        f"{path}:7: the question '???' has no words.",
        f"{path}:8: https://example.org/a.wav: voicemock does not fetch from https addresses.",
        f"{path}:9: s3://bucket/a.wav is not on this machine.",
    ]
    assert "underperforming-engineer" in caught.value.hint


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", 'people.csv:1: there is no column "path": the file is empty.'),
        (b"file,who\na.wav,Anna\n", 'people.csv:1: there is no column "path": the columns are file, who.'),
        (b"path,Path\na.wav,b.wav\n", 'people.csv:1: there are 2 columns "path".'),
        (b"path\n\n", "people.csv:1: there is no recording in this table."),
        (b'path,question\na.wav,"open\nb.wav,\n', "people.csv:2: not a table: unexpected end of data."),
        (b"PK\x03\x04...", "people.csv is a spreadsheet's own file, not a table in text."),
        (b"path\na\0.wav", "people.csv is not text."),
    ],
)
def test_what_is_no_table_is_told(here: Path, content: bytes, said: str):
    with pytest.raises(UsageError) as caught:
        read_manifest(table(here, content))
    assert caught.value.message == f"{here}{os.sep}{said}"
    assert caught.value.hint


def test_a_table_that_is_not_there_is_told(here: Path):
    with pytest.raises(UsageError, match=r"nowhere\.csv cannot be read: No such file"):
        read_manifest(Path("nowhere.csv"))
    with pytest.raises(UsageError, match=r"nothing to analyse"):
        tasks_of(Asked(()))


def test_a_row_said_twice_counts_once_and_another_question_counts(here: Path):
    make(here, "a.wav")
    path = table(here, "path,question,candidate\na.wav,Why?,Anna\nx/../a.wav,Why?,Bo\na.wav,How?,Anna\n")
    told: list[str] = []
    tasks = tasks_of(Asked((), manifest=path), told)
    assert [(task.question.text, task.candidate) for task in tasks] == [("Why?", "Anna"), ("How?", "Anna")]
    assert told == [f"{path}:3: the same as line 2; taken once."]


def test_a_table_and_paths_go_together_and_what_the_table_says_counts(here: Path):
    make(here, "takes/a.wav", "takes/b.wav", "bo/c.wav", "bo/d.wav")
    path = table(here, "path,question,candidate\ntakes/b.wav,Why?,Anna\nbo,,Bo\n")
    tasks = tasks_of(Asked(("takes",), DEFAULT, path))
    assert [(task.path.name, task.candidate, task.question.text) for task in tasks] == [
        ("b.wav", "Anna", "Why?"),
        ("c.wav", "Bo", DEFAULT.text),
        ("d.wav", "Bo", DEFAULT.text),
        ("a.wav", "", DEFAULT.text),
    ]


def test_a_file_of_a_table_that_is_missing_is_a_row(here: Path, worker):
    make(here, "a.wav", "none/notes.txt")
    table(here, "path,candidate\na.wav,Anna\ngone.wav,Bo\nnone,Cy\n")
    done = batch("--manifest", "people.csv")
    assert done.exit_code == 3
    assert [(line.path, line.candidate, line.error) for line in kept(here)] == [
        ("a.wav", "Anna", ""),
        ("gone.wav", "Bo", "There is no file gone.wav."),
        ("none", "Cy", "There is no recording in none."),
    ]


# Who it is, by the path


@pytest.mark.parametrize(
    ("pattern", "path", "told"),
    [
        ("{candidate}/{date}-*.wav", "/x/Anna B/2026-11-03-take-1.wav", ("Anna B", "2026-11-03")),
        ("{candidate}/{date}-*.wav", "/x/anna/20261103-1.WAV", ("anna", "20261103")),
        ("{candidate}/*.wav", "/x/anna/a.wav", ("anna", "")),
        ("{candidate}-{date}", "/x/anna-maria-3.11.2026.m4a", ("anna-maria", "3.11.2026")),
        ("{candidate}-*.wav", "/x/anna-maria-1.wav", ("anna", "")),
        ("{candidate}/**/*.wav", "/x/anna/a.wav", None),
        ("./{candidate}/*", "s3://bucket/anna/a.wav", ("anna", "")),
        ("{candidate}/{date}-*.wav", "/x/anna/take-1.wav", None),
        ("takes/{candidate}/*", "/takes/anna/a.wav", ("anna", "")),
        ("takes/{candidate}/*", "/mistakes/anna/a.wav", None),
        ("{candidate}.wav", "/x/a+b.wav", ("a+b", "")),
    ],
)
def test_a_path_tells_whose_it_is(pattern: str, path: str, told):
    if "**" in pattern:
        assert PathPattern(f"x/{pattern}").told_by("/x/anna/deep/er/a.wav") == ("anna", "")
        return
    assert PathPattern(pattern).told_by(path) == told


@pytest.mark.parametrize(
    "pattern", ["", "*.wav", "{date}.wav", "{who}/*.wav", "{}/{candidate}", "{candidate}{candidate}"]
)
def test_a_pattern_that_tells_nothing_is_a_mistake(pattern: str):
    with pytest.raises(UsageError, match="--candidate-from"):
        PathPattern(pattern)


def test_paths_fill_what_a_table_leaves_open_and_those_that_tell_nothing_are_counted(here: Path):
    make(here, "anna/2026-11-03-1.wav", "bo/2026-11-04-1.wav", "cy/take.wav", "loose.wav")
    path = table(here, "path,candidate,date\nbo/2026-11-04-1.wav,Bo Berg,\nloose.wav,Di,\n")
    told: list[str] = []
    tasks = tasks_of(Asked(("anna", "cy"), None, path, "{candidate}/{date}-*.wav"), told)
    assert [(task.candidate, task.date) for task in tasks] == [
        ("Bo Berg", "2026-11-04"),
        ("Di", ""),
        ("anna", "2026-11-03"),
        ("", ""),
    ]
    assert told == ["1 of 4 do not match --candidate-from {candidate}/{date}-*.wav: their candidate is empty."]


def test_a_folder_one_stands_in_tells_whose_it_is_too(here: Path, monkeypatch: pytest.MonkeyPatch):
    make(here, "anna/a.wav")
    monkeypatch.chdir(here / "anna")
    (task,) = tasks_of(Asked((".",), candidate_from="{candidate}/*.wav"))
    assert (task.path, task.candidate) == (Path("a.wav"), "anna")


# Elsewhere


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Give a storage in this process's memory, and a place of our own for what is fetched from it."""
    storage = fsspec.filesystem("memory")
    storage.store.clear()
    storage.pseudo_dirs[:] = [""]
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    yield storage
    storage.store.clear()
    storage.pseudo_dirs[:] = [""]


def put(storage, *paths: str) -> None:
    for path in paths:
        storage.pipe(path, path.encode())


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("memory://takes/", ["takes/a.wav", "takes/deep/b.mp3"]),
        ("memory://takes", ["takes/a.wav", "takes/deep/b.mp3"]),
        ("memory://takes/*.wav", ["takes/a.wav"]),
        ("memory://takes/**/*.mp3", ["takes/deep/b.mp3"]),
        ("memory://takes/d*", ["takes/deep/b.mp3"]),
        ("memory://takes/a.wav", ["takes/a.wav"]),
        ("memory://takes/gone.wav", ["takes/gone.wav"]),  # whoever fetches it says so
    ],
)
def test_folders_patterns_and_files_elsewhere_are_found(bucket, address: str, taken: list[str]):
    put(bucket, "/takes/a.wav", "/takes/deep/b.mp3", "/takes/.hidden.wav", "/takes/notes.txt", "/other/c.wav")
    found = find_remote(address)
    assert found.recordings == tuple(f"memory://{path}" for path in taken)
    if address.endswith("takes/"):
        assert ([path.name for path in found.others], found.hidden) == (["notes.txt"], 1)


@pytest.mark.parametrize("address", ["s3://b/a.wav", "sftp://me@host/a.wav", "HTTP://x/a", "simplecache::s3://b/a.wav"])
def test_an_address_is_told_from_a_path(address: str):
    assert is_address(address)
    assert not any(map(is_address, ("C:\\takes", "C:/takes", "c://takes", "a.wav", "s3:/b/a.wav", "take: 1//2.wav")))


REFUSED = {
    "http://example.org/a.wav": "http://example.org/a.wav: voicemock does not fetch from http addresses.",
    "https://example.org/a.wav?key=geheim": "https://example.org/a.wav: voicemock does not fetch from https addresses.",
    "simplecache::http://example.org/a.wav": "does not fetch from simplecache addresses.",
    "memory://a.zip::http://example.org/a.wav": "does not fetch from memory addresses.",
    "github://me:repo@main/a.wav": "does not fetch from github addresses.",
    "data://x": "does not fetch from data addresses.",
    "sftp://me:geheim@host/a.wav": "sftp://host/a.wav: a password does not belong in an address.",
    "ftp://me:geh#eim@host/a.wav": "ftp://host/a.wav: a password does not belong in an address.",
    "memory://*/a.wav": "memory://*/a.wav does not say which server.",
}


@pytest.mark.parametrize("address", REFUSED)
def test_what_is_not_fetched_from_is_told_before_any_connection(here: Path, monkeypatch, address: str):
    monkeypatch.setattr(remote, "_opened", lambda url: pytest.fail("opened"))
    path = table(here, f"path\n{address}\n")
    for given in (Asked((address,), remote=True), Asked((), manifest=path, remote=True)):
        with pytest.raises(UsageError) as caught:
            tasks_of(given)
        said = f"{caught.value.message} {caught.value.hint}"
        assert REFUSED[address].rstrip(".") in said
        assert "geh" not in said and "eim" not in said


def test_nothing_is_connected_to_unless_asked_and_it_is_said_before(here: Path, bucket, monkeypatch):
    put(bucket, "/takes/a.wav")
    told: list[str] = []
    opened = remote._opened
    monkeypatch.setattr(remote, "_opened", lambda url: (told.append(f"opened {url}"), opened(url))[1])
    with pytest.raises(UsageError, match=r"memory://takes/ is not on this machine\.") as caught:
        tasks_of(Asked(("memory://takes/",)), told)
    assert "--remote" in caught.value.hint
    assert told == []
    tasks = tasks_of(Asked(("memory://takes/",), remote=True), told)
    assert told == ["Fetching from memory://takes.", "opened memory://takes/"]
    assert [(task.source, task.path, task.name) for task in tasks] == [
        ("memory://takes/a.wav", Path("a.wav"), "memory://takes/a.wav")
    ]


@pytest.mark.parametrize(
    ("kind", "package"), [("s3", "s3fs"), ("gs", "gcsfs"), ("abfss", "adlfs"), ("sftp", "paramiko")]
)
def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, kind: str, package: str):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UsageError, match=rf"Fetching from {kind}:// needs the package {package}\.") as caught:
        remote.check_address(f"{kind}://bucket/a.wav", allowed=True)
    assert caught.value.hint == f"Install it: pip install {package}"
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(UsageError, match="needs the package fsspec") as caught:
        remote.check_address(f"{kind}://bucket/a.wav", allowed=True)
    assert "voicemock[remote]" in caught.value.hint


def test_every_kind_is_one_that_fsspec_knows():
    assert set(remote.PACKAGES) - {"abfss"} <= set(fsspec.available_protocols())  # that one comes with adlfs


@pytest.mark.skipif(sys.platform == "win32", reason="modes are for POSIX")
def test_what_is_fetched_can_be_read_by_its_owner_alone_and_is_gone_after(bucket, tmp_path: Path):
    put(bucket, "/takes/a.wav")
    with fetched("memory://takes/a.wav") as path:
        assert path.read_bytes() == b"/takes/a.wav"
        assert path.suffix == ".wav"
        assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
        assert path.is_relative_to(tmp_path / "temporary")
    assert not list((tmp_path / "temporary").iterdir())
    with pytest.raises(ZeroDivisionError), fetched("memory://takes/a.wav"):
        raise ZeroDivisionError
    with pytest.raises(AudioError, match=r"There is no file memory://takes/b\.wav\."), fetched("memory://takes/b.wav"):
        pass
    assert not list((tmp_path / "temporary").iterdir())


def test_what_a_killed_worker_fetched_is_deleted_a_day_later(bucket, tmp_path: Path):
    put(bucket, "/takes/a.wav")
    old, young, other = (tmp_path / "temporary" / name for name in (f"{PREFIX}1", f"{PREFIX}2", "other"))
    for folder in (old, young, other):
        make(folder, "recording.wav")
    for folder in (old, other):
        os.utime(folder, (time.time() - 90_000,) * 2)
    with fetched("memory://takes/a.wav"):
        assert not old.exists()
        assert young.exists() and other.exists()


def test_a_failure_says_why_and_no_secret(bucket, monkeypatch: pytest.MonkeyPatch):
    def fails(*_):
        raise fails.error

    monkeypatch.setattr(type(bucket), "get_file", fails)
    fails.error = RuntimeError("refused at https://host/a.wav?sig=geheim for ftp://me:geheim@host/a\nTraceback")
    with pytest.raises(AudioError) as caught, fetched("memory://takes/a.wav"):
        pass
    assert (
        caught.value.message
        == "memory://takes/a.wav cannot be fetched: refused at https://host/a.wav for ftp://host/a."
    )
    fails.error = PermissionError(13, "Permission denied")
    with (
        pytest.raises(AudioError, match=r"a\.wav cannot be fetched: Permission denied\."),
        fetched("memory://takes/a.wav"),
    ):
        pass
    fails.error = OSError(28, "No space left on device")
    full = pytest.raises(SessionError, match=r"temporary cannot be written: No space left")
    with full as caught, fetched("memory://takes/a.wav"):
        pass
    assert "TMPDIR" in caught.value.hint


def test_a_folder_elsewhere_that_cannot_be_listed_is_told(bucket, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(type(bucket), "isdir", lambda *_: (_ for _ in ()).throw(ValueError("no credentials")))
    with pytest.raises(UsageError, match=r"memory://takes/ cannot be looked into: no credentials\."):
        find_remote("memory://takes/")


# Through the command line


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """Do the workers' part in this process; every file says the same. The list names the files that were heard."""
    heard: list[Path] = []

    def hear(path: Path, *, question, **options: object) -> AnswerReport:
        if not path.exists():
            raise AudioError(f"There is no file {path}.")
        heard.append(path)
        if b"broken" in path.read_bytes():
            raise AudioError(f"{path} is broken.")
        answer = analyze(spoken("So, um, we moved it and it went well.", lasts_s=30))
        recording = Recording(path=str(path), duration_s=30, sample_rate_hz=16_000)
        return msgspec.structs.replace(answer, question=question, recording=recording)

    monkeypatch.setattr(batch_work, "analyze_recording", hear)
    monkeypatch.setattr(batch_work, "_recogniser", lambda *_: None)
    monkeypatch.setattr(batch_run, "LocalPool", lambda workers: Here())
    monkeypatch.setattr(
        "voicemock.models.catalogue.find_model", lambda name: Model("tiny.en", tmp_path / "nowhere", "folder")
    )
    return heard


def batch(*arguments: str):
    return CliRunner().invoke(app, ["batch", *arguments, "--out", "out"], catch_exceptions=False)


def kept(here: Path) -> list[Line]:
    return [msgspec.json.decode(line, type=Line) for line in (here / "out" / "results.jsonl").read_bytes().splitlines()]


def test_recordings_elsewhere_from_a_table_through_the_command_line(here: Path, bucket, worker, monkeypatch):
    put(bucket, "/takes/anna/a.wav", "/takes/bo/broken.wav")
    make(here, "c.wav")
    table(here, "path,candidate\nmemory://takes/anna/a.wav,Anna\nmemory://takes/bo/,\nc.wav,\n")
    done = batch("--manifest", "people.csv", "--remote", "--candidate-from", "{candidate}/*.wav", "--ask", "Why?")
    assert done.exit_code == 3, done.output
    assert "Fetching from memory://takes." in done.stderr
    anna, bo, local = kept(here)
    assert (anna.path, anna.candidate, anna.question) == ("memory://takes/anna/a.wav", "Anna", "Why?")
    assert (bo.path, bo.candidate, bo.error) == (
        "memory://takes/bo/broken.wav",
        "bo",
        "memory://takes/bo/broken.wav is broken.",
    )
    assert anna.answer.recording.path == anna.path
    assert local.path == "c.wav"
    with bucket.open("/takes/anna/a.wav") as file:
        (here / "copy").write_bytes(file.read())
    assert anna.sha256 == file_hash(here / "copy")
    assert not list((here / "temporary").iterdir())
    saved = from_json((here / "out" / anna.report).with_name("session.json").read_bytes())
    assert saved.answers[0].recording.path == anna.path
    assert not [path for path in (here / "out").rglob("*") if path.is_file() and b"temporary" in path.read_bytes()]


def test_what_was_heard_elsewhere_is_not_heard_again_unless_it_changed(here: Path, bucket, worker, monkeypatch):
    put(bucket, "/takes/a.wav", "/takes/b.wav")
    assert batch("memory://takes/", "--remote").exit_code == 0
    bucket.pipe("/takes/b.wav", b"another take")
    monkeypatch.setattr(batch_work, "analyze_again", lambda *_, **__: pytest.fail("read again"))
    before = kept(here)
    assert batch("memory://takes/", "--remote").exit_code == 0
    assert len(worker) == 3
    lines = {(line.path, line.sha256): line for line in kept(here)}
    assert len(lines) == 3  # and what b.wav was before
    assert lines[before[0].path, before[0].sha256] == before[0]


def test_another_question_of_what_is_elsewhere_is_read_and_not_heard(here: Path, bucket, worker):
    put(bucket, "/takes/a.wav")
    assert batch("memory://takes/", "--remote").exit_code == 0
    assert batch("memory://takes/", "--remote", "--ask", "Why did it fail?").exit_code == 0
    assert len(worker) == 1
    assert [line.question for line in kept(here)] == ["", "Why did it fail?"]


def test_two_recordings_elsewhere_of_one_name_are_two_rows(here: Path, bucket, worker):
    put(bucket, "/takes/anna/a.wav", "/takes/bo/a.wav")
    assert batch("memory://takes/", "--remote").exit_code == 0
    rows = kept(here)
    assert [row.path for row in rows] == ["memory://takes/anna/a.wav", "memory://takes/bo/a.wav"]
    assert rows[0].report != rows[1].report
    table = csv.DictReader((here / "out" / "results.csv").read_text(encoding="utf-8").splitlines())
    assert [line["path"] for line in table] == [row.path for row in rows]


def test_a_worker_that_dies_over_what_is_elsewhere_hashes_no_file_of_that_name_here(here: Path):
    make(here, "a.wav")
    job = Job(out=here / "out", model=Model("tiny.en", Path("nowhere"), "folder"))

    class Dies:
        def map(self, work, tasks):
            return ((task, None) for task in tasks)

    task = Task(path=Path("a.wav"), source="memory://takes/a.wav")
    (row,) = run_batch([task], job, progress=lambda row: None, pool=Dies())
    assert (row.path, row.sha256) == ("memory://takes/a.wav", "")


@pytest.mark.real
def test_real_recordings_elsewhere_with_real_processes_keep_their_sound(here: Path, bucket):
    """With file:// for a server: the workers are other processes, and share no memory with this one."""
    (here / "server").mkdir()
    save_first_words(here / "server" / "a.wav")
    make(here, "server/text.wav")
    job = Job(out=here / "out", model=find_model("tiny.en"), workers=2)
    address = f"file://{here.as_posix()}/server/"
    tasks = tasks_of(Asked((address,), remote=True))
    good, text = run_batch(tasks, job, progress=lambda row: None)
    assert (good.path, good.error) == (f"{address}a.wav", "")
    assert good.words > 8
    assert f"{address}text.wav" in text.error and "/tmp" not in text.error.replace(address, "")
    page = (here / "out" / good.report).read_text(encoding="utf-8")
    assert "data:audio/webm;base64," in page


def test_help_and_local_batches_load_no_fsspec():
    code = (
        "import sys; from pathlib import Path; from voicemock.batch.tasks import Asked, gather\n"
        "gather(Asked(('x.wav',)), out=Path('out'), tell=print); sys.exit('fsspec' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent.parent).returncode == 0
