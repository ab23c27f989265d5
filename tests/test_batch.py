"""Many recordings: a table, a report each, an index; resumable, and one bad file stops nothing."""

import csv
import os
import re
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import msgspec
import pytest

from tests.builders import spoken
from tests.sounds import save_first_words
from voicemock.analyze import analyze
from voicemock.audio.kinds import SUFFIXES
from voicemock.batch import pools as batch_pools
from voicemock.batch import run as batch_run
from voicemock.batch import task as batch_task
from voicemock.batch import work as batch_work
from voicemock.batch.files import Found
from voicemock.batch.index import write_index
from voicemock.batch.results import Results, file_hash
from voicemock.batch.row import Line, Row, line_of
from voicemock.batch.run import run_batch
from voicemock.batch.tables import write_tables
from voicemock.batch.task import Job, Task
from voicemock.batch.tasks import Asked, gather
from voicemock.cli.batch import _left_out
from voicemock.errors import AudioError, ModelError, SessionError, UsageError
from voicemock.models.catalogue import Model, find_model
from voicemock.report import from_json
from voicemock.report.html import style_hash
from voicemock.report.templates import asset
from voicemock.schema import AnswerReport, Kind, Question, Recording, SignalName

SAID = "So, um, we moved it and it went well for all of us."
QUESTION = Question(id="q", text="What went wrong?", kind=Kind.INCIDENT, expects=(SignalName.RESULT,))


def row(path: str = "a.wav", **values) -> Row:
    return Row(**{"path": path, "sha256": "abc", "hearing": "h", "reading": "r"} | values)


def line(path: str = "a.wav", **values) -> Line:
    return Line(**{"path": path, "sha256": "abc", "hearing": "h", "reading": "r"} | values)


def tasks(paths, question: Question | None = QUESTION) -> list[Task]:
    return [Task(path=path, question=question) for path in paths]


def gathered(*paths: Path, out: Path = Path("out")) -> tuple[list[Path], Found]:
    """Return the recordings a batch of these paths works on, and what was found."""
    tasks, found = gather(Asked(tuple(map(str, paths))), out=out, tell=lambda said: None)
    return [task.path for task in tasks], found


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(out=tmp_path / "out", model=Model("tiny.en", Path("nowhere"), "folder"))


class Here:
    """Does the work of a pool in this process."""

    def map(self, work, tasks):
        return ((task, work(task, threads=1)) for task in tasks)


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Line]:
    """Do a worker's part in this process; every file says the same."""

    def heard(path: Path, *, question: Question | None, **options: object) -> AnswerReport:
        answer = analyze(spoken(SAID, lasts_s=30))
        analysed.options = options
        analysed.heard.append(path)
        if not path.exists():
            raise AudioError(f"There is no file {path}.")
        recording = Recording(path=str(path), duration_s=30, sample_rate_hz=16_000)
        return msgspec.structs.replace(answer, question=question, recording=recording)

    def analysed(path: Path, job: Job, question: Question | None = QUESTION) -> Line:
        return batch_work.analyse(job, Task(path=path, question=question), threads=1)

    analysed.heard = []
    monkeypatch.setattr(batch_work, "analyze_recording", heard)
    monkeypatch.setattr(batch_work, "_recogniser", lambda *_: None)
    return analysed


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Stand in for the worker processes; the list names the files they were given."""
    given: list[Path] = []

    def analyse(job, task, *, threads):
        given.append(task.path)
        answer = analyze(spoken(SAID, lasts_s=30))
        report = f"reports/{task.path.stem}/report.html"
        (job.out / report).parent.mkdir(parents=True, exist_ok=True)
        (job.out / report).write_text("report")
        return line_of(job, task, answer, sha256=file_hash(task.path), report=report)

    monkeypatch.setattr(batch_run, "LocalPool", lambda workers: Here())
    monkeypatch.setattr(batch_run, "analyse", analyse)
    return given


def files(tmp_path: Path, *names: str) -> list[Path]:
    for name in names:
        (tmp_path / name).write_text(name)
    return [tmp_path / name for name in names]


def test_recordings_are_found_below_folders_and_other_files_are_not(tmp_path: Path):
    (tmp_path / "deep").mkdir()
    for name in ("b.MP3", "a.wav", "notes.txt", "deep/c.m4a"):
        (tmp_path / name).write_text("")
    recordings, _ = gathered(tmp_path, tmp_path / "a.wav")
    assert [p.name for p in recordings] == ["a.wav", "b.MP3", "c.m4a"]


def test_hidden_files_other_files_and_the_results_are_left_out_and_told(tmp_path: Path):
    results = tmp_path / "results"
    for folder in (".Trashes", "deep", "results"):
        (tmp_path / folder).mkdir()
    for name in ("a.m4a", "._a.m4a", ".DS_Store", ".Trashes/b.wav", "notes.txt", "deep/cover.jpg", "results/c.wav"):
        (tmp_path / name).write_text("")
    recordings, found = gathered(tmp_path, out=results)
    assert [p.name for p in recordings] == ["a.m4a"]
    assert [p.name for p in found.others] == ["cover.jpg", "notes.txt"]
    assert found.hidden == 3


def test_what_is_left_out_is_said_in_a_line_each(tmp_path: Path):
    others = tuple(tmp_path / name for name in ("a.txt", "x" * 90 + "-end.pdf", "c\x1b[31m.jpg", "d", "e", "f", "g"))
    files, hidden = _left_out(Found((tmp_path / "a.wav",), others, hidden=1))
    assert files.startswith(f"Left out 7 files that are not recordings: a.txt, {'x' * 31}…-end.pdf, c.jpg, d, e and 2")
    assert hidden == "Left out 1 hidden file."
    assert _left_out(Found((tmp_path / "a.wav",))) == []


def test_a_hidden_file_named_itself_is_taken(tmp_path: Path):
    (tmp_path / ".a.wav").write_text("")
    assert gathered(tmp_path / ".a.wav")[0] == [tmp_path / ".a.wav"]


def test_every_kind_that_is_read_is_found_in_a_folder():
    """By FFmpeg's own names for its readers' files, and by those people have beside them."""
    import av

    readers = """
        aac ac3 aptx asf avi dfpwm dts dtshd eac3 flac flv g722 gsm iamf lc3 matroska mlp mov mp3 mpc nistsphere nut
        ogg oma pvf qoa rso sbc shn sln tak truehd tta vqf wv
    """
    pictures_and_games = {"acm", "avif", "heic", "heif", "mj2", "mks", "vqe"}
    for reader in readers.split():
        for name in av.format.ContainerFormat(reader, "r").extensions - pictures_and_games:
            assert f".{name}" in SUFFIXES, reader
    others = """
        wav wave w64 rf64 aif aiff aifc caf m4b m4r 3gpp amr awb ape au snd mpg mpeg vob ts mts m2ts spx oga opus weba
        qt wma wmv voc ra rm dsf mxf dv
    """
    assert {f".{name}" for name in others.split()} <= SUFFIXES
    assert not {".txt", ".jpg", ".pdf", ".srt", ".nfo", ".html", ".csv", ".json", ".h264", ".gif"} & SUFFIXES


def test_a_name_as_long_as_names_can_be_has_a_report(tmp_path: Path, job: Job, worker):
    rows = [worker(path, job) for path in files(tmp_path, "a" * 251 + ".wav", "ü" * 125 + ".wav", "short.wav")]
    for row in rows:
        assert row.error == ""
        assert (job.out / row.report).is_file()
    folders = [Path(row.report).parent.name for row in rows]
    assert [len(name.encode()) for name in folders] == [118, 118, 23]
    assert folders[1].startswith("ü" * 50 + "-")


def test_the_track_and_channel_asked_for_are_another_result_and_reach_the_analysis(tmp_path: Path, job: Job, worker):
    (path,) = files(tmp_path, "a.wav")
    other = msgspec.structs.replace(job, track=2, channel="left")
    assert len({worker(path, one).report for one in (job, other)}) == 2
    assert (worker.options["track"], worker.options["channel"]) == (2, "left")


def test_a_folder_without_recordings_is_a_mistake(tmp_path: Path):
    with pytest.raises(UsageError, match="No recording found in"):
        gathered(tmp_path)


def test_a_second_run_does_only_what_changed(tmp_path: Path, job: Job, pool: list[Path]):
    paths = files(tmp_path, "a.wav", "b.wav")
    first = run_batch(tasks(paths), job, progress=lambda row: None)
    paths[1].write_text("another take")
    again = run_batch(tasks(paths), job, progress=lambda row: None)
    assert [p.name for p in pool] == ["a.wav", "b.wav", "b.wav"]
    assert again[0] == first[0]
    assert again[1].sha256 != first[1].sha256


def test_a_recording_still_being_saved_is_heard_again(tmp_path: Path, job: Job, worker, monkeypatch):
    (path,) = files(tmp_path, "a.wav")
    begun, heard = file_hash(path), batch_work.analyze_recording

    def while_more_comes(path: Path, **options) -> AnswerReport:
        path.write_text("a.wav and the rest")
        return heard(path, **options)

    monkeypatch.setattr(batch_work, "analyze_recording", while_more_comes)
    assert worker(path, job).sha256 == begun != file_hash(path)


@pytest.mark.skipif(sys.platform == "win32", reason="makes a pipe")
def test_what_has_no_end_is_told_and_not_read(tmp_path: Path, job: Job, monkeypatch: pytest.MonkeyPatch):
    os.mkfifo(tmp_path / "pipe.wav")
    monkeypatch.setattr(batch_work, "_recogniser", lambda *_: None)
    paths = [tmp_path / "pipe.wav", Path("/dev/zero")]
    done = run_batch(tasks(paths), job, progress=lambda row: None, pool=Here())
    assert [row.error for row in done] == [f"{path} is not a file." for path in paths]


def test_a_renamed_file_is_not_analysed_again(tmp_path: Path, job: Job, pool: list[Path]):
    (path,) = files(tmp_path, "a.wav")
    run_batch(tasks([path]), job, progress=lambda row: None)
    (row,) = run_batch(tasks([path.rename(tmp_path / "b.wav")]), job, progress=lambda row: None)
    assert row.path.endswith("b.wav")
    assert len(pool) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"verbatim": False},
        {"speaker": 2},
        {"track": 1},
        {"model": Model("base.en", Path("nowhere"), "folder")},
        {"model": Model("tiny.en", Path("elsewhere"), "folder")},
    ],
)
def test_what_is_to_be_heard_otherwise_is_heard_again(tmp_path: Path, job: Job, worker, monkeypatch, change):
    monkeypatch.setattr(batch_run, "LocalPool", lambda workers: Here())
    paths = files(tmp_path, "a.wav")
    for one in (job, msgspec.structs.replace(job, **change), job):
        run_batch(tasks(paths), one, progress=lambda row: None)
    assert len(worker.heard) == 2


@pytest.mark.parametrize(
    "question",
    [
        None,
        msgspec.structs.replace(QUESTION, text="Why?"),
        msgspec.structs.replace(QUESTION, expects=(SignalName.METRIC,)),
        msgspec.structs.replace(QUESTION, target_s=(30.0, 60.0)),
    ],
)
def test_what_is_to_be_judged_otherwise_is_not_heard_again(tmp_path: Path, job: Job, worker, monkeypatch, question):
    monkeypatch.setattr(batch_run, "LocalPool", lambda workers: Here())
    paths = files(tmp_path, "a.wav")
    (before,) = run_batch(tasks(paths), job, progress=lambda row: None)
    (after,) = run_batch(tasks(paths, question), job, progress=lambda row: None)
    assert len(worker.heard) == 1
    assert before.reading != after.reading
    saved = from_json((job.out / after.report).with_name("session.json").read_bytes())
    assert saved.answers[0].question == question
    assert saved.answers[0].transcript.text == SAID


def test_another_reader_reads_again_what_was_heard_and_replaces_what_the_old_one_said(
    tmp_path: Path, job: Job, worker, monkeypatch
):
    monkeypatch.setattr(batch_run, "LocalPool", lambda workers: Here())
    paths = files(tmp_path, "a.wav")
    (before,) = run_batch(tasks(paths), job, progress=lambda row: None)
    monkeypatch.setattr(batch_task, "reader_version", lambda: "another")
    (after,) = run_batch(tasks(paths), job, progress=lambda row: None)
    assert len(worker.heard) == 1
    assert (after.report, after.words) == (before.report, before.words)
    assert "another" in after.reading
    (kept,) = (job.out / "results.jsonl").read_bytes().splitlines()
    assert msgspec.json.decode(kept, type=Row) == after


def test_a_line_holds_the_whole_report_and_its_figures(tmp_path: Path, job: Job, worker, monkeypatch):
    monkeypatch.setattr(batch_run, "LocalPool", lambda workers: Here())
    (row,) = run_batch(tasks(files(tmp_path, "a.wav")), job, progress=lambda row: None)
    (data,) = (job.out / "results.jsonl").read_bytes().splitlines()
    kept = msgspec.json.decode(data, type=Line)
    assert kept.row == row
    assert kept.answer == from_json((job.out / row.report).with_name("session.json").read_bytes()).answers[0]
    assert msgspec.json.decode(data)["schema_version"] == 1


def test_a_model_of_the_catalogue_is_the_same_wherever_it_lies(job: Job):
    pulled, shipped = (Model("tiny.en", Path(place), place) for place in ("cache", "wheel"))
    of_each = [msgspec.structs.replace(job, model=model).hearing for model in (pulled, shipped)]
    assert of_each[0] == of_each[1]


def test_each_question_has_a_report_of_its_own(tmp_path: Path, job: Job, worker):
    (path,) = files(tmp_path, "a.wav")
    rows = [worker(path, job), worker(path, job, None)]
    for row, asked in zip(rows, (QUESTION, None), strict=True):
        saved = from_json((job.out / row.report).with_name("session.json").read_bytes())
        assert saved.answers[0].question == asked


@pytest.mark.skipif(sys.platform != "linux", reason="makes file names that are no text")
def test_a_name_that_is_no_utf_8_is_analysed_like_any_other(tmp_path: Path, job: Job, worker, monkeypatch):
    paths = [tmp_path / os.fsdecode(name) for name in (b"caf\xe9.wav", b"gone\xff.wav", b"caf\xff.wav")]
    paths[0].write_text("a")
    paths[2].write_text("c")
    monkeypatch.setattr(batch_run, "LocalPool", lambda workers: Here())
    for _ in range(2):
        good, gone, other = run_batch(tasks(paths), job, progress=lambda row: None)
        page = write_index([good, gone, other], job.out, title="3 recordings").read_text(encoding="utf-8")
    assert good.path == other.path == str(tmp_path / "caf_.wav")
    assert good.sha256 != other.sha256
    assert "gone_.wav" in gone.error
    assert "caf_.wav" in (job.out / "results.csv").read_text(encoding="utf-8")
    assert (job.out / good.report).is_file()
    assert good.report in page


def test_a_run_cut_off_in_mid_line_goes_on(tmp_path: Path):
    results = Results(tmp_path)
    results.add(line("a.wav"))
    with (tmp_path / "results.jsonl").open("ab") as file:
        file.write(b'{"path":"b.wav","sha')
    again = Results(tmp_path)
    assert again.done("abc", "h", "r")
    again.add(line("c.wav", sha256="def"))
    assert Results(tmp_path).done("def", "h", "r")


def test_a_second_batch_into_the_same_folder_keeps_the_rows_of_the_first(tmp_path: Path, job: Job, pool: list[Path]):
    paths = files(tmp_path, "a.wav", "b.wav", "copy.wav")
    paths[2].write_text("a.wav")
    for batch in ([paths[0], paths[2]], [paths[1]], [paths[0]]):
        run_batch(tasks(batch), job, progress=lambda row: None)
    lines = (job.out / "results.jsonl").read_bytes().splitlines()
    assert [Path(msgspec.json.decode(line)["path"]).name for line in lines] == ["copy.wav", "b.wav", "a.wav"]
    table = csv.DictReader((job.out / "results.csv").read_text(encoding="utf-8").splitlines())
    assert [line["path"] for line in table] == [str(paths[0])]
    assert len(pool) == 3


def test_an_output_folder_that_cannot_be_is_told_before_the_work(tmp_path: Path, job: Job, pool: list[Path]):
    paths = files(tmp_path, "a.wav", "out")
    with pytest.raises(SessionError, match="out cannot be written: File exists") as caught:
        run_batch(tasks(paths[:1]), job, progress=lambda row: None)
    assert "--out" in caught.value.hint
    assert not pool


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="/proc is the folder nobody may write to, not even root")
def test_a_folder_nobody_may_write_to_is_told_before_the_work(tmp_path: Path, job: Job, pool: list[Path]):
    with pytest.raises(SessionError, match="/proc/self cannot be written: "):
        run_batch(
            tasks(files(tmp_path, "a.wav")),
            msgspec.structs.replace(job, out=Path("/proc/self")),
            progress=lambda row: None,
        )
    assert not pool


@pytest.mark.parametrize("name", ["results.csv", "results.jsonl", "index.html"])
def test_a_file_that_cannot_be_written_is_told(tmp_path: Path, job: Job, pool: list[Path], name: str):
    (job.out / name / "in the way").mkdir(parents=True)
    with pytest.raises(SessionError, match=r"out.* cannot be written: Is a directory"):
        rows = run_batch(tasks(files(tmp_path, "a.wav")), job, progress=lambda row: None)
        write_index(rows, job.out, title="")


def test_a_line_from_elsewhere_is_named(tmp_path: Path):
    (tmp_path / "results.jsonl").write_text('{"no": 1}\n{"neither": 2}\n')
    with pytest.raises(SessionError, match=r"results.jsonl:1: this line was not written by voicemock"):
        Results(tmp_path)


def test_the_table_is_safe_in_a_spreadsheet(tmp_path: Path):
    write_tables([row("=cmd()|x", error="+1", metric=True, findings=("fillers", "length"))], tmp_path)
    (line,) = csv.DictReader((tmp_path / "results.csv").read_text(encoding="utf-8").splitlines())
    assert line["path"] == "'=cmd()|x"
    assert line["error"] == "'+1"
    assert line["metric"] == "yes"
    assert line["tradeoff"] == ""
    assert line["findings"] == "fillers length"


def test_the_index_escapes_names_and_links_reports(tmp_path: Path):
    rows = [
        row("<script>.wav", error="bad & broken"),
        row("b.wav", report="reports/b c/report.html", duration_s=61.0, metric=False),
    ]
    page = write_index(rows, tmp_path, title="2 recordings").read_text(encoding="utf-8")
    assert "&lt;script&gt;.wav" in page
    assert "<script>.wav" not in page
    assert 'Not analysed</span> <span class="name">bad &amp; broken</span>' in page
    assert 'href="reports/b%20c/report.html"' in page
    assert "1:01" in page


def test_the_index_looks_like_the_report_and_can_be_read_aloud(tmp_path: Path):
    rows = [row("a.wav", report="r", duration_s=61.0, findings=("missing_tradeoff", "i_vs_we"), quality="poor")]
    page = write_index(rows, tmp_path, title="1 recording").read_text(encoding="utf-8")
    assert asset("report.css") in page
    assert style_hash(asset("report.css")).replace("'", "&#39;") in page, "else the browser refuses the style"
    assert '<html lang="en">' in page and 'aria-labelledby="recordings-title"' in page and 'scope="row"' in page
    assert page.count('scope="col"') == 8
    assert "Missing trade-off, I and we" in page and "Poor audio" in page
    assert not re.search(r"https?:|<script src|unsafe-inline", page)


@pytest.mark.real
def test_real_files_with_real_processes(tmp_path: Path):
    """One good recording, one that is none."""
    folder = tmp_path / "recordings"
    folder.mkdir()
    save_first_words(folder / "good.wav")
    (folder / "text.wav").write_text("this is no sound")
    os.mkfifo(folder / "pipe.wav")  # not a file: left out
    job = Job(out=tmp_path / "out", model=find_model("tiny.en"), workers=2)
    seen: list[str] = []
    rows = run_batch(tasks(gathered(folder)[0]), job, progress=lambda row: seen.append(row.path))
    good, text = rows
    assert len(seen) == 2
    assert good.words > 8
    assert not good.error
    assert (job.out / good.report).is_file()
    assert "text.wav" in text.error


def test_a_file_that_kills_its_process_costs_only_itself(tmp_path: Path, job: Job, monkeypatch: pytest.MonkeyPatch):
    """Six files, two workers: the deadly one breaks the first pool and the one it is tried in alone, no more."""
    paths = files(tmp_path, "a.wav", "deadly.wav", "c.wav", "d.wav", "e.wav", "f.wav")
    pools: list[int] = []

    def counted(workers: int, **settings) -> ProcessPoolExecutor:
        pools.append(workers)
        return ProcessPoolExecutor(workers, **settings)

    monkeypatch.setattr(batch_pools, "ProcessPoolExecutor", counted)
    monkeypatch.setattr(batch_run, "analyse", _die_on_deadly)
    rows = run_batch(tasks(paths), msgspec.structs.replace(job, workers=2), progress=lambda row: None)
    assert [row.error for row in rows] == ["", batch_run.CRASHED, "", "", "", ""]
    assert pools[:2] == [2, 1] and len(pools) <= 4  # one more where the other suspect's turn comes after it


def test_a_model_that_does_not_load_is_told_as_itself(tmp_path: Path, job: Job, capfd: pytest.CaptureFixture[str]):
    seen: list[Row] = []
    with pytest.raises(ModelError, match=r"nowhere is incomplete: model\.bin") as caught:
        run_batch(tasks(files(tmp_path, "a.wav", "b.wav", "c.wav")), job, progress=seen.append)
    assert "voicemock models list" in caught.value.hint
    assert not seen
    assert not capfd.readouterr().err


def _die_on_deadly(job: Job, task: Task, *, threads: int) -> Line:
    if task.path.name == "deadly.wav":
        os._exit(9)
    time.sleep(0.2)  # the others are still at work when it is found dead
    return line(str(task.path), sha256="")


def test_a_model_that_breaks_in_mid_batch_costs_no_row_and_the_same_command_goes_on(
    tmp_path: Path, job: Job, pool: list[Path]
):
    paths = files(tmp_path, "a.wav", "b.wav")

    class BreaksAfterOne(Here):
        def map(self, work, tasks):
            yield next(super().map(work, tasks))
            raise ModelError("The model in nowhere cannot be loaded.")

    seen: list[Row] = []
    with pytest.raises(ModelError, match="cannot be loaded"):
        run_batch(tasks(paths), job, progress=seen.append, pool=BreaksAfterOne())
    assert [Path(row.path).name for row in seen] == ["a.wav"]
    rows = run_batch(tasks(paths), job, progress=lambda row: None)
    assert rows[0] == seen[0]
    assert [path.name for path in pool] == ["a.wav", "b.wav"]
