"""The tables of a batch: every signal and measure a column, failures in a list of their own, Parquet with its types."""

import builtins
import csv
import json
import re
import stat
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.builders import spoken
from tests.cohort import cohort, row
from tests.documented import ROOT, code_on
from tests.test_batch import QUESTION, SAID, Here, files, job, pool, tasks, worker  # noqa: F401 (fixtures)
from voicemock.analyze import analyze
from voicemock.batch import parquet, run, work
from voicemock.batch.charts import charts_of
from voicemock.batch.cohort import gaps, stood_out
from voicemock.batch.columns import ALREADY_FIGURES, MEASURES, columns_of
from voicemock.batch.row import Line, Row, line_of
from voicemock.batch.run import Stopped, run_batch
from voicemock.batch.tables import write_tables
from voicemock.batch.task import Job, Task
from voicemock.checks import load_checks
from voicemock.cli.main import app
from voicemock.errors import AudioError, UsageError
from voicemock.models.catalogue import Model
from voicemock.report.figures import Figures
from voicemock.schema import Measure, SignalName, Status

FIRST = (
    "path candidate date question_id question expected target_min_s target_max_s sha256 hearing reading error report"
)
PAGE = ROOT / "docs" / "batch.md"


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def analysed(**measures: float) -> Line:
    """Return the line of an answer, with measures of somebody else's checks."""
    answer = analyze(spoken(SAID, lasts_s=30, question=QUESTION))
    others = {name: Measure(value=value, unit="x", status=Status.INFO) for name, value in measures.items()}
    answer = msgspec.structs.replace(answer, measures={**answer.measures, **others})
    one = Job(out=Path("out"), model=Model("tiny.en", Path("nowhere"), "folder"))
    return line_of(one, Task(path=Path("a.wav"), question=QUESTION, candidate="Anna"), answer, sha256="abc", report="")


def test_columns_are_the_same_whatever_the_rows_and_known_ones_come_first():
    names = [column.name for column in columns_of([])]
    assert " ".join(names).startswith(f"{FIRST} {' '.join(Figures.__struct_fields__)} situation task action ")
    assert names[-len(MEASURES) :] == list(MEASURES)
    assert set(SignalName) <= set(names)
    assert len(set(names)) == len(names)
    more = [column.name for column in columns_of([row(measures={"b": 1.0, "a": 2.0}), row(measures={"c": 3.0})])]
    assert more == [*names, "a", "b", "c"]


def test_every_measure_of_voicemock_has_a_column():
    """A new measure must be named in MEASURES, last: else its column would move whenever somebody adds a check."""
    answer = analyze(spoken(SAID * 8, lasts_s=80, question=QUESTION, response_latency_s=2.0, speech_rate_wpm=100.0))
    assert len(load_checks()) > 10
    assert set(answer.measures) <= {*MEASURES, *ALREADY_FIGURES}
    assert not set(MEASURES) & set(SignalName)


def test_signals_are_yes_no_or_empty(tmp_path: Path):
    write_tables([row(signals={SignalName.RESULT: True, SignalName.COST: False}, metric=False)], tmp_path)
    (line,) = table(tmp_path / "results.csv")
    assert [line[name] for name in ("result", "cost", "risk", "metric", "tradeoff")] == ["yes", "no", "", "no", ""]


def test_a_row_holds_what_the_answer_holds(tmp_path: Path):
    line = analysed(swearing=2.0)
    assert line.answer
    assert line.row.signals == {n: s.present for n, s in line.answer.signals.items() if s.present is not None}
    assert line.row.expected == ("result",)
    assert (line.row.target_min_s, line.row.target_max_s) == (60.0, 150.0)
    assert msgspec.json.decode(msgspec.json.encode(line), type=Row) == line.row
    assert hash(line.row)
    write_tables([line.row], tmp_path)
    (cells,) = table(tmp_path / "results.csv")
    assert cells["candidate"] == "Anna"
    assert cells["swearing"] == "2.0"
    assert float(cells["length"]) == line.answer.measures["length"].value


def test_somebody_elses_measure_takes_no_column_of_ours(tmp_path: Path):
    write_tables([row(measures={"path": 1.0, "measure_path": 2.0, "Words": 3.0, "risk": 4.0, "=x": 5.0})], tmp_path)
    (line,) = table(tmp_path / "results.csv")
    assert line["path"] == "a.wav"
    assert line["words"] == line["risk"] == ""
    assert line["measure_measure_path"] == "1.0" or line["measure_path"] == "1.0"
    assert {line["measure_Words"], line["measure_risk"], line["'=x"]} == {"3.0", "4.0", "5.0"}
    names = [name.casefold() for name in line]
    assert len(set(names)) == len(names), "a database does not tell capitals from small letters"


def test_errors_have_a_table_of_their_own_only_while_there_are_any(tmp_path: Path):
    bad = row("=b.wav", candidate="Ben", date="2026-11-21", error="+no speech\nfound.")
    write_tables([row(), bad], tmp_path)
    assert (tmp_path / "errors.csv").read_text().splitlines() == [
        "path,candidate,date,error",
        "'=b.wav,Ben,2026-11-21,'+no speech found.",
    ]
    assert stat.S_IMODE((tmp_path / "errors.csv").stat().st_mode) == 0o600
    write_tables([row()], tmp_path)
    assert not (tmp_path / "errors.csv").exists()


def test_parquet_has_types_and_the_columns_of_the_csv(tmp_path: Path):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow.parquet import read_table

    rows = [
        row(duration_s=61.5, words=120, metric=True, findings=("fillers", "=x"), measures={"own": 2.0}),
        row("=b", error="e"),
    ]
    write_tables(rows, tmp_path, parquet=True)
    read = read_table(tmp_path / "results.parquet")
    assert read.column_names == list(table(tmp_path / "results.csv")[0])
    one, other = read.to_pylist()
    assert (one["duration_s"], one["words"], one["metric"], one["tradeoff"]) == (61.5, 120, True, None)
    assert (one["findings"], one["own"], other["own"], other["path"]) == (["fillers", "'=x"], 2.0, None, "'=b")
    assert read.schema.field("words").type == pyarrow.int64()
    assert read.schema.field("risk").type == pyarrow.bool_()
    assert read.schema.field("notes").type == pyarrow.list_(pyarrow.string())
    assert stat.S_IMODE((tmp_path / "results.parquet").stat().st_mode) == 0o600
    write_tables(rows, tmp_path)
    assert not (tmp_path / "results.parquet").exists(), "it would tell of another run"


def test_parquet_of_no_rows_has_its_columns_too(tmp_path: Path):
    from pyarrow.parquet import read_table

    write_tables([], tmp_path, parquet=True)
    assert read_table(tmp_path / "results.parquet").column_names == [column.name for column in columns_of([])]


def test_without_pyarrow_the_extra_is_named_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parquet.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"needs pyarrow") as told:
        CliRunner().invoke(app, ["batch", "a.wav", "--out", str(tmp_path), "--parquet"], catch_exceptions=False)
    assert 'pip install "voicemock[tables]"' in told.value.hint
    assert not list(tmp_path.iterdir())


HOSTILE = st.text(
    st.sampled_from("<script>\"'&;,|=+-@\t\r\n\u2028\u202e\u2066\x00\x1b[31m\x85é東")
    | st.characters(exclude_categories=["Cs"]),
    max_size=40,
)


@given(names=st.lists(HOSTILE, min_size=1, max_size=5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_a_row_or_runs_as_a_formula(tmp_path: Path, names: list[str]):
    write_tables(
        [row(n, candidate=n, question=n, findings=(n,), notes=(n,), measures={n: 1.0}, error=n) for n in names],
        tmp_path,
        parquet=True,
    )
    for name in ("results.csv", "errors.csv"):
        raw = (tmp_path / name).read_bytes().decode()
        failed = sum(bool(n) for n in names)
        assert raw.count("\n") == 1 + (failed if name == "errors.csv" and failed else len(names))
        rows = list(csv.reader(raw.splitlines(), strict=True))
        assert len({len(cells) for cells in rows}) == 1
        assert not [cell for line in rows for cell in line if re.match(r"\s*[=+@\uff1d\uff0b\uff0d\uff20-]", cell)]
        assert not re.search("[\u202e\u2066\u2028\x1b\x00\r\x85]", raw)
        if not failed:
            break


# What the cohort leaves out.


def test_the_cohort_counts_only_answers_that_were_asked():
    asked = {"expected": ("metric",)}
    rows = [
        row(**asked, signals={SignalName.METRIC: False}, findings=("fillers", "length")),
        row(**asked, signals={SignalName.METRIC: True}, findings=("fillers",)),
        row(**asked),
        row(signals={SignalName.METRIC: False}),
        row(**asked, error="no speech"),
    ]
    (gap,) = gaps(rows)
    assert (gap.signal, gap.asked, gap.missing, gap.unknown, gap.given) == (SignalName.METRIC, 3, 1, 1, 1)
    assert [tuple(found) for found in stood_out(rows)] == [("fillers", 2), ("length", 1)]


def test_charts_say_in_words_what_they_show():
    values = (30.0, 70.0, 90.0, 200.0, 5000.0)
    rows = [row(measures={"length": v}, target_min_s=60.0, target_max_s=150.0) for v in values]
    (chart,) = charts_of(rows)
    assert chart.says == (
        "Half of the answers are between 1:10 and 3:20; the middle one is 1:30. "
        "Shorter than 1:00: 1. Longer than 2:30: 2."
    )
    assert sum(int(part.rpartition(" ")[2]) for part in chart.spelled.split("; ")) == len(values)
    assert chart.target and 0 <= chart.target[0] < sum(chart.target) <= 240
    assert chart.ticks == ("0:00", "3:00", "6:00+"), "the last bar takes what is longer still"
    mixed = [*rows, row(measures={"length": 70.0}, target_min_s=80.0, target_max_s=150.0)]
    (chart,) = charts_of(mixed)
    assert chart.target is None
    assert "Shorter than their question asks: 2. As long: 2. Longer: 2." in chart.says
    assert charts_of(rows[:1]) == ()


# Without reports, and stopped.


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, worker) -> None:  # noqa: F811
    monkeypatch.setattr(run, "LocalPool", lambda workers: Here())
    monkeypatch.setattr("voicemock.models.catalogue.find_model", lambda name: Model("tiny.en", Path("no"), "folder"))


def batch(tmp_path: Path, *options: str):
    arguments = ["batch", str(tmp_path / "in"), "--out", str(tmp_path / "out"), *options]
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


@pytest.fixture
def recordings(tmp_path: Path) -> list[Path]:
    (tmp_path / "in").mkdir()
    return files(tmp_path / "in", "a.wav", "b.wav")


@pytest.mark.usefixtures("here")
def test_without_reports_there_are_tables_and_names_are_no_links(tmp_path: Path, recordings: list[Path]):
    done = batch(tmp_path, "--no-reports", "--parquet")
    assert done.exit_code == 0
    assert {path.name for path in (tmp_path / "out").iterdir() if path.suffix != ".lock"} == {
        "results.csv",
        "results.jsonl",
        "results.parquet",
        "index.html",
    }
    assert "report.html" not in (tmp_path / "out" / "index.html").read_text()
    assert batch(tmp_path).exit_code == 0
    page = (tmp_path / "out" / "index.html").read_text()
    assert page.count("report.html") == 2
    assert batch(tmp_path, "--no-reports").exit_code == 0
    assert page.count("report.html") == 2, "a report that is there is still linked"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("bad", "code"), [((), 0), (("a.wav",), 3), (("a.wav", "b.wav"), 2)])
def test_the_exit_code_tells_some_from_all(
    tmp_path: Path, recordings: list[Path], bad: tuple[str, ...], code: int, monkeypatch: pytest.MonkeyPatch
):
    heard = work.analyze_recording

    def hears(path: Path, **options: object):
        if path.name in bad:
            raise AudioError(f"{path}: no speech found.")
        return heard(path, **options)

    monkeypatch.setattr(work, "analyze_recording", hears)
    done = batch(tmp_path)
    assert done.exit_code == code
    assert f"{2 - len(bad)} of 2 analysed." in done.stdout
    assert ("errors.csv says why" in done.stderr) == bool(bad)
    assert done.stderr.count("no speech found") == len(bad)
    quiet = batch(tmp_path, "--quiet")
    assert quiet.stdout == ""
    assert len(quiet.stderr.splitlines()) == (len(bad) + 1 if bad else 0)
    assert quiet.exit_code == code


@pytest.mark.usefixtures("here")
def test_a_batch_that_is_stopped_keeps_what_is_done_and_says_how_to_go_on(
    tmp_path: Path, recordings: list[Path], monkeypatch: pytest.MonkeyPatch
):
    class StoppedAfterOne(Here):
        def map(self, work, tasks):
            yield next(super().map(work, tasks))
            raise KeyboardInterrupt

    monkeypatch.setattr(run, "LocalPool", lambda workers: StoppedAfterOne())
    done = batch(tmp_path)
    assert done.exit_code == 130
    assert "1 of 2 recordings are done and listed in " in done.stderr
    assert "Run the same command to go on" in done.stderr
    assert [line["path"] for line in table(tmp_path / "out" / "results.csv")] == [str(recordings[0])]
    assert "b.wav" not in (tmp_path / "out" / "index.html").read_text()
    monkeypatch.setattr(run, "LocalPool", lambda workers: Here())
    assert batch(tmp_path).exit_code == 0
    assert len(table(tmp_path / "out" / "results.csv")) == 2


def test_what_is_done_is_told_apart_from_what_was_known(tmp_path: Path, job: Job, pool: list[Path]):  # noqa: F811
    paths = files(tmp_path, "a.wav", "b.wav")
    run_batch(tasks(paths[:1]), job, progress=lambda row: None)
    done, kept = [], []
    run_batch(tasks(paths), job, progress=done.append, kept=kept.append)
    assert ([Path(r.path).name for r in kept], [Path(r.path).name for r in done]) == (["a.wav"], ["b.wav"])


def test_stopped_before_anything_was_done_leaves_the_tables_alone(tmp_path: Path, job: Job):  # noqa: F811
    class StoppedAtOnce:
        def map(self, work, tasks):
            raise KeyboardInterrupt

    job.out.mkdir()
    write_tables([row("earlier.wav")], job.out)
    with pytest.raises(Stopped) as stopped:
        run_batch(tasks(files(tmp_path, "a.wav")), job, progress=lambda row: None, pool=StoppedAtOnce())
    assert stopped.value.rows == []
    assert [line["path"] for line in table(job.out / "results.csv")] == ["earlier.wav"]


# What docs/batch.md shows.


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    out = tmp_path / "results"
    out.mkdir()
    rows = cohort(24)
    write_tables(rows, out, parquet=True)
    answer = analysed().answer
    lines = [Line(**msgspec.structs.asdict(one), answer=None if one.error else answer) for one in rows]
    (out / "results.jsonl").write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
    monkeypatch.chdir(tmp_path)
    return out


def examples() -> list[str]:
    return code_on(PAGE, "python")


def test_the_page_shows_duckdb_and_pandas_on_every_table():
    shown = "\n".join(examples())
    for name in ("import duckdb", "import pandas", "results.csv", "results.jsonl", "results.parquet"):
        assert name in shown
    assert all(len(example.splitlines()) <= 12 for example in examples())


@pytest.mark.parametrize("example", examples(), ids=lambda text: text.split()[1])
def test_what_the_page_shows_runs(example: str, results: Path, monkeypatch: pytest.MonkeyPatch):
    printed: list[object] = []
    monkeypatch.setattr(builtins, "print", lambda *values, **_: printed.extend(values))
    exec(compile(example, str(PAGE), "exec"), {})
    monkeypatch.undo()
    assert len(printed) == 3
    assert all(len(shown) for shown in printed), "each finds something"


def test_the_page_describes_every_column():
    told = set(re.findall(r"`(\w+)`", PAGE.read_text(encoding="utf-8")))
    names = {column.name for column in columns_of([])} - {name.value for name in SignalName}
    assert names <= told


def test_the_lines_of_results_jsonl_carry_signals_and_measures(results: Path):
    line = json.loads((results / "results.jsonl").read_text().splitlines()[0])
    assert line["measures"]["length"]
    assert set(line["signals"].values()) <= {True, False}
