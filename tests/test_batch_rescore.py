"""`batch --rescore`: what was heard before is read again, nothing is heard, and what changed is said."""

from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from tests.builders import spoken
from tests.test_batch import Here
from voicemock.analyze import analyze, analyze_again
from voicemock.batch import pools as batch_pools
from voicemock.batch import task as batch_task
from voicemock.batch import work as batch_work
from voicemock.batch.rescore import changes, earlier_rows
from voicemock.batch.row import Line, Row
from voicemock.batch.run import run_batch
from voicemock.batch.task import Job, Task
from voicemock.batch.work import NOT_HEARD
from voicemock.cli.main import app
from voicemock.models import catalogue
from voicemock.models.catalogue import Model
from voicemock.schema import Finding, Question, Recording, Severity

SAID = "So, um, we moved it and it went well for all of us."


def row(name: str = "a.wav", **values) -> Row:
    return Row(**{"path": name, "sha256": name, "hearing": "h", "reading": "r"} | values)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Stand in for the recogniser: every file says the same; the list names the files it was given."""
    given: list[Path] = []

    def hear(path: Path, *, question: Question | None, **_: object):
        given.append(path)
        recording = Recording(path=str(path), duration_s=30, sample_rate_hz=16_000)
        return msgspec.structs.replace(analyze(spoken(SAID, lasts_s=30)), question=question, recording=recording)

    monkeypatch.setattr(batch_work, "analyze_recording", hear)
    monkeypatch.setattr(batch_work, "_recogniser", lambda *_: None)
    return given


@pytest.fixture
def job(tmp_path: Path) -> Job:
    return Job(out=tmp_path / "out", model=Model("tiny.en", Path("nowhere"), "folder"))


def tasks(tmp_path: Path, *names: str) -> list[Task]:
    for name in names:
        (tmp_path / name).write_text(name)
    return [Task(path=tmp_path / name) for name in names]


def run(tasks: list[Task], job: Job) -> list[Row]:
    return run_batch(tasks, job, progress=lambda row: None, pool=Here())


def rescore(tasks: list[Task], job: Job) -> tuple[list[Row], str]:
    before = earlier_rows(job.out)
    rows = run(tasks, msgspec.structs.replace(job, hear=False))
    return rows, changes(before, rows)


@pytest.fixture
def another_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have somebody's own check find something in every answer, though voicemock is what it was."""

    def again(report, **options):
        found = Finding(
            check="swearing", severity=Severity.PROBLEM, message="One.", measured="1", limit="0", source="mine"
        )
        return msgspec.structs.replace(analyze_again(report, **options), findings=(found,))

    monkeypatch.setattr(batch_work, "analyze_again", again)


def test_every_transcript_is_read_again_though_nothing_of_voicemocks_has_changed(tmp_path: Path, job: Job, heard):
    some = tasks(tmp_path, "a.wav", "b.wav")
    before = run(some, job)
    assert rescore(some, job) == (before, "Nothing changed in 2 recordings.")
    assert len(heard) == 2


def test_a_recording_never_heard_gets_a_row_that_says_so_and_is_heard_later(tmp_path: Path, job: Job, heard):
    run(tasks(tmp_path, "a.wav"), job)
    both = tasks(tmp_path, "a.wav", "new.wav")
    rows, said = rescore(both, job)
    assert [row.error for row in rows] == ["", NOT_HEARD]
    assert "run without --rescore" in NOT_HEARD
    assert said == "Nothing changed in 1 recording."
    assert [path.name for path in heard] == ["a.wav"]
    assert not any(row.error for row in run(both, job))


def test_a_transcript_of_another_version_is_read_again_and_stays_that_versions(
    tmp_path: Path, job: Job, heard, monkeypatch: pytest.MonkeyPatch
):
    some = tasks(tmp_path, "a.wav")
    (before,) = run(some, job)
    monkeypatch.setattr(batch_task, "__version__", "99.0")
    (after,), said = rescore(some, job)
    assert said == "Nothing changed in 1 recording."
    assert (after.error, after.hearing) == ("", before.hearing)
    assert after.reading != before.reading
    assert len((job.out / "results.jsonl").read_bytes().splitlines()) == 1
    (heard_anew,) = run(some, job)
    assert len(heard) == 2
    assert heard_anew.hearing.startswith("99.0 ")


def test_words_heard_with_other_settings_are_not_taken(tmp_path: Path, job: Job, heard):
    some = tasks(tmp_path, "a.wav")
    run(some, job)
    (after,), _ = rescore(some, msgspec.structs.replace(job, verbatim=False))
    assert after.error == NOT_HEARD


def test_a_file_that_changed_meanwhile_is_not_heard(tmp_path: Path, job: Job, heard):
    (task,) = tasks(tmp_path, "a.wav")
    run([task], job)
    task.path.write_text("another take")
    (after,), _ = rescore([task], job)
    assert after.error == NOT_HEARD
    assert len(heard) == 1


def test_what_changed_is_counted_and_what_changed_most_comes_first():
    before = [
        row("a", metric=False, findings=("fillers", "length"), words=9),
        row("b", metric=False, findings=("fillers",), words=9),
        row("c", metric=True, tradeoff=None, findings=("fillers", "length")),
        row("gone"),
    ]
    after = [
        row("a", metric=None, findings=("fillers", "length", "missing_tradeoff"), words=9),
        row("b", metric=None, findings=(), words=8),
        row("c", metric=True, tradeoff=True, findings=("length", "fillers")),
        row("new", metric=True),
        row("gone", error="There is no file gone."),
    ]
    assert changes(before, after) == (
        "3 of 3 changed: metric no -> could not tell 2, findings +missing_tradeoff 1, findings -fillers 1, "
        "tradeoff could not tell -> yes 1, words 1."
    )
    assert changes(before, before) == "Nothing changed in 4 recordings."
    assert changes([], after) == "Nothing changed in 0 recordings."


def test_a_recording_asked_two_questions_is_compared_with_its_own_row():
    before = [row(question_id="q", question="Why?", words=1), row(question_id="p", question="How?", words=2)]
    assert changes(before, [row(question_id="q", question="Why?", words=1)]) == "Nothing changed in 1 recording."
    assert changes(before, [row(question_id="n", question="When?", words=1)]) == "1 of 1 changed: words 1."


def test_the_command_says_what_changed_on_stdout(
    tmp_path: Path, job: Job, heard, another_check, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(batch_pools.LocalPool, "map", Here.map)
    monkeypatch.setattr(catalogue, "find_model", lambda name: job.model)
    (tmp_path / "in").mkdir()
    tasks(tmp_path / "in", "a.wav", "b.wav")
    command = ["batch", str(tmp_path / "in"), "--out", str(job.out)]
    assert CliRunner().invoke(app, command).exit_code == 0
    done = CliRunner().invoke(app, [*command, "--rescore"])
    assert done.exit_code == 0
    first, second = done.stdout.splitlines()
    assert first.startswith("2 of 2 changed: ") and "findings +swearing 2" in first
    assert second.startswith("2 of 2 analysed.")
    kept = [msgspec.json.decode(line, type=Line) for line in (job.out / "results.jsonl").read_bytes().splitlines()]
    assert [line.findings for line in kept] == [("swearing",)] * 2
