"""`voicemock feedback`: verdicts are kept, counted, and written as test cases; nothing kept is ever lost."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from tests.hostile import HOSTILE
from tests.judgeable import QUOTE, TEXT, finding, judgeable, verdict, with_findings
from tests.practised import QUESTIONS, begun, report_on
from voicemock.analyze import assemble
from voicemock.archive.cases import read_lines
from voicemock.archive.export import export_session
from voicemock.archive.feedback import FILE, Judged, judge, quiet_checks, read_feedback, wake
from voicemock.archive.listing import delete_session, find_session
from voicemock.archive.progress import DamagedFileError, read_progress
from voicemock.archive.resume import read_report
from voicemock.archive.store import Store, new_session
from voicemock.cli.main import app
from voicemock.errors import SessionError, UnknownNameError, UsageError
from voicemock.jobs.review import write_review
from voicemock.paths import user_data_dir
from voicemock.report import from_json
from voicemock.report.asked_back import AskedBack
from voicemock.schema import AnswerReport

TOLD: list[str] = []
ROOT = Path(__file__).parent.parent


def run(*arguments: object) -> Result:
    """Run `voicemock feedback …`; an error for people is raised, as ``main.run`` gets it."""
    result = CliRunner().invoke(app, ["feedback", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def flat(text: str) -> str:
    return " ".join(text.split())


def silenced(check: str = "hedging") -> list[Path]:
    """Make five sessions in which a finding of a check was wrong."""
    folders = [judgeable((check, "missing_metric")) for _ in range(5)]
    for folder in folders:
        run(folder.name, "--wrong", f"{check}-1.1")
    return folders


@pytest.fixture(autouse=True)
def nothing_told() -> None:
    TOLD.clear()


# What a finding is called


def test_a_finding_is_named_by_its_check_and_take_and_keeps_its_name():
    store = begun(questions=QUESTIONS[:2])
    folder = judgeable(questions=QUESTIONS[:2], store=store)
    report = read_report(folder, tell=TOLD.append)
    assert list(AskedBack(report).all) == ["hedging-1.1", "missing_metric-1.1", "hedging-2.1", "missing_metric-2.1"]
    later = msgspec.structs.replace(report, answers=report.answers[1:])
    assert set(AskedBack(later).all) < set(AskedBack(report).all)


def test_follow_ups_reviews_and_a_check_that_found_two_things_have_names_of_their_own():
    def at(path: str, *checks: str) -> AnswerReport:
        answer = with_findings(answered, checks)
        return msgspec.structs.replace(answer, recording=msgspec.structs.replace(answer.recording, path=path))

    store = begun()
    store.ask(1, QUESTIONS[0])
    answered = report_on(store.begin(), TEXT)
    answers = (
        at("01-q1/take-2.wav", "pace", "pace"),
        at("01-q1-follow-up-1/take-1.wav", "pace"),
        at("/home/ada/call.m4a", "pace"),
        at("01-q1/take-2.wav", "pace"),
        at("01-q1/take-" + "9" * 5000 + ".wav", "pace"),
    )
    asked = AskedBack(assemble(answers, session=store.info))
    assert list(asked.all) == ["pace-1.2", "pace-1.2-2", "pace-1f1.1", "pace-3", "pace-4", "pace-5"]


@pytest.mark.parametrize("name", ["$(touch x)", "a b", "a;b", "a,b", "-x", "", "ü", "a\n", "`x`", HOSTILE])
def test_what_a_shell_would_not_take_as_one_plain_word_is_no_name(name: str):
    store = begun()
    store.ask(1, QUESTIONS[0])
    answer = msgspec.structs.replace(report_on(store.begin(), TEXT), findings=(finding(name), finding("pace")))
    report = assemble([answer], session=store.info)
    named = [id for id in AskedBack(report).all if not id.startswith("pace")]
    assert not named or re.fullmatch(r"[\w.-]+", named[0], re.ASCII)
    elsewhere = msgspec.structs.replace(report, session=msgspec.structs.replace(store.info, id=name))
    assert (AskedBack(elsewhere).session, AskedBack(elsewhere).all) == ("", {})


# Kept


def test_verdicts_are_kept_beside_the_session_for_its_owner_only():
    folder = judgeable()
    assert "Kept: 2 verdicts" in run(folder.name, "--right", "hedging-1.1", "--wrong", "missing_metric-1.1").output
    path = folder / FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = json.loads(path.read_bytes())
    assert kept["schema_version"] == 1
    assert {one["id"]: one["right"] for one in kept["judged"]} == {"hedging-1.1": True, "missing_metric-1.1": False}
    assert kept["judged"][0]["said"] == "About hedging: say it plainly."
    assert not [p for p in folder.iterdir() if p.name.startswith(".feedback") and not p.name.endswith(".lock")]


def test_a_later_verdict_replaces_an_earlier_one_and_may_be_taken_back():
    folder = judgeable()
    run(folder.name, "--right", "hedging-1.1")
    run(folder.name, "--wrong", "hedging-1.1,missing_metric-1.1")
    assert not read_feedback(folder)["hedging-1.1"].right
    assert "1 taken back" in run(folder.name, "--clear", "hedging-1.1").output
    assert list(read_feedback(folder)) == ["missing_metric-1.1"]
    assert "0 taken back" in run(folder.name, "--clear", "hedging-1.1").output
    with pytest.raises(UnknownNameError):
        run(folder.name, "--clear", "hedgeing-1.1")


IDS = st.from_regex(r"[a-c]{1,2}-\d\.\d", fullmatch=True)
ONES = st.lists(
    st.builds(verdict, IDS, right=st.booleans(), at=st.just("2026-11-21T10:00:00.000000+00:00")),
    unique_by=lambda one: one.id,
    max_size=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ONES, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(tmp_path: Path, verdicts, dice):
    shuffled = list(verdicts)
    dice.shuffle(shuffled)
    files = []
    for order in (verdicts, shuffled):
        (tmp_path / FILE).unlink(missing_ok=True)
        for one in order:
            judge(tmp_path, [one], tell=TOLD.append)
        files.append((tmp_path / FILE).read_bytes() if verdicts else b"")
    assert files[0] == files[1]


def test_two_processes_at_once_lose_no_verdict():
    folder = judgeable()
    code = """
import sys
from pathlib import Path
from voicemock.archive.feedback import Judged, judge
for n in range(12):
    one = Judged(id=f"{sys.argv[2]}-{n}", check="pace", right=True, at="", said="", voicemock="")
    judge(Path(sys.argv[1]), [one], tell=print)
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    both = [subprocess.Popen([sys.executable, "-c", code, folder, name], env=environment) for name in ("a", "b")]
    assert [process.wait(60) for process in both] == [0, 0]
    assert len(read_feedback(folder)) == 24


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[" * 100_000, b'{"schema_version": 1, "judged": 3}', b'{"judged": []}', b"\xff\xfe", b"null"],
)
def test_a_damaged_file_is_told_put_aside_and_never_lost(content: bytes):
    folder = judgeable()
    (folder / FILE).write_bytes(content)
    with pytest.raises(DamagedFileError):
        read_feedback(folder)
    assert quiet_checks(tell=TOLD.append) == ()
    assert FILE in TOLD[0] and "left out" in TOLD[0]
    for aside in ("feedback.damaged.json", "feedback.damaged-2.json"):
        said = run(folder.name, "--wrong", "hedging-1.1")
        assert f"put aside as {aside}" in flat(said.stderr)
        assert (folder / aside).read_bytes() == content
        assert list(read_feedback(folder)) == ["hedging-1.1"]
        (folder / FILE).write_bytes(content)


def test_what_a_newer_voicemock_wrote_is_not_touched():
    folder = judgeable()
    newer = b'{"schema_version": 2, "judged": {"new": true}}'
    (folder / FILE).write_bytes(newer)
    with pytest.raises(SessionError, match="schema version 2"):
        run(folder.name, "--wrong", "hedging-1.1")
    assert (folder / FILE).read_bytes() == newer
    assert quiet_checks(tell=TOLD.append) == () and len(TOLD) == 1


def test_a_damaged_file_in_one_session_spoils_no_report_and_no_list():
    silenced()[0].joinpath(FILE).write_bytes(b"{")
    folder = judgeable()
    assert read_report(folder, tell=TOLD.append).quiet == ()
    said = CliRunner().invoke(app, ["checks"])
    assert said.exit_code == 0
    assert said.stderr.count("left out") == 1
    assert "Right about you 0 of 4 times" in flat(said.stdout)


def test_hostile_content_is_harmless():
    folder = judgeable()
    one = Judged(id=HOSTILE, check=HOSTILE, right=False, at="9", said=HOSTILE, voicemock=HOSTILE)
    judge(folder, [one, *(verdict(f"{HOSTILE}-{n}", check=HOSTILE) for n in range(9))], tell=TOLD.append)
    assert "hedging" in CliRunner().invoke(app, ["checks"]).output
    report = read_report(folder, tell=TOLD.append)
    assert [one.check for one in report.quiet] == [HOSTILE]
    assert len(report.next_steps) == 2
    assert "hedging-1.1" in run(folder.name, "--list").output
    said = run("export", "--to", "-")
    assert said.exit_code == 0 and "Left out: 10 findings" in said.stderr


def test_verdicts_go_with_the_session(tmp_path: Path):
    folder = judgeable()
    run(folder.name, "--wrong", "hedging-1.1")
    before = (folder / FILE).read_bytes()
    CliRunner().invoke(app, ["report", folder.name, "--out", str(tmp_path / "again.html")])
    assert (folder / FILE).read_bytes() == before
    export_session(folder, tmp_path / "a.zip", audio=False, tell=TOLD.append)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.read(f"{folder.name}/{FILE}") == before
        assert not [name for name in archive.namelist() if "lock" in name]
    delete_session(find_session(folder.name))
    assert not folder.exists()


def test_a_folder_that_cannot_be_written_is_told(monkeypatch: pytest.MonkeyPatch):
    folder = judgeable()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr("voicemock.archive.feedback.write_whole", full)
    with pytest.raises(SessionError, match=r"feedback\.json cannot be written: No space left") as caught:
        run(folder.name, "--wrong", "hedging-1.1")
    assert "Free some space" in caught.value.hint


# Which session, which finding


def test_the_latest_session_with_findings_is_meant():
    older = judgeable()
    newer = judgeable(())
    assert newer.name > older.name
    assert older.name in run("--list").output
    assert "has no finding to judge" in run(newer.name).output


def test_where_there_is_none_that_is_said():
    with pytest.raises(SessionError, match="No session has a finding"):
        run()


def test_a_demo_is_not_judged_and_does_not_count():
    demo = judgeable(store=new_session(title="Demo", questions=QUESTIONS[:1]))
    with pytest.raises(SessionError, match="cannot be judged"):
        run(demo.name, "--wrong", "hedging-1.1")
    with pytest.raises(SessionError, match="No session has a finding"):
        run("--list")
    judge(demo, [verdict(f"hedging-{n}") for n in range(9)], tell=TOLD.append)
    assert quiet_checks() == ()
    assert 'data-judge="' not in (demo / "report.html").read_text(encoding="utf-8")


def test_verdicts_in_a_copied_session_count_once():
    folder = judgeable()
    judge(folder, [verdict(f"hedging-{n}") for n in range(4)], tell=TOLD.append)
    shutil.copytree(folder, folder.with_name("a copy"))
    assert quiet_checks() == (), "four verdicts are too few, and eight would not be"
    folder.rename(folder.with_name("my first"))
    assert quiet_checks() == (), "none of the two is called as it was"
    (folder.with_name("my first") / "progress.json").unlink()
    (folder.with_name("a copy") / "progress.json").unlink()
    assert quiet_checks() == (), "a review has no plan"


def test_a_folder_that_may_not_be_looked_into_is_told_and_costs_its_own_verdicts_alone(monkeypatch):
    judge(judgeable(), [verdict(f"hedging-{n}") for n in range(5)], tell=TOLD.append)
    shut = judgeable()

    def refused(path: Path) -> None:
        if path.parent == shut:
            raise PermissionError(13, "Permission denied")

    exists, read = Path.exists, Path.read_bytes
    monkeypatch.setattr(Path, "exists", lambda path: refused(path) or exists(path))
    monkeypatch.setattr(Path, "read_bytes", lambda path: refused(path) or read(path))
    assert [one.check for one in quiet_checks(tell=TOLD.append)] == ["hedging"]
    assert "Permission denied" in TOLD[0] and "Its verdicts are left out." in TOLD[0]


def test_a_review_is_judged_too(monkeypatch: pytest.MonkeyPatch):
    report = from_json((judgeable() / "session.json").read_bytes())
    page, _ = write_review(report.answers, None)
    monkeypatch.setattr("voicemock.jobs.judging.session_folders", lambda: [page.parent])
    assert "hedging-1.1" in run("--list").output
    run(page.parent.name, "--wrong", "hedging-1.1")
    assert list(read_feedback(page.parent)) == ["hedging-1.1"]


def test_a_finding_that_is_not_there_is_explained_and_nothing_is_kept():
    folder = judgeable()
    with pytest.raises(UnknownNameError) as caught:
        run(folder.name, "--wrong", "hedging-1.1,hedging-1.2")
    assert "Did you mean hedging-1.1" in caught.value.hint and f"feedback {folder.name} --list" in caught.value.hint
    assert not (folder / FILE).exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--wrong", "hedging-1.1"),
        ("SESSION", "--wrong", "hedging-1.1", "--right", "hedging-1.1"),
        ("SESSION", "--wake", "hedging"),
        ("SESSION", "--to", "a.jsonl"),
        ("export", "--wrong", "hedging-1.1"),
        ("export", "--list"),
        ("--name", "Ada"),
    ],
)
def test_options_that_do_not_fit_together_are_refused(arguments: tuple[str, ...]):
    folder = judgeable()
    with pytest.raises(UsageError):
        run(*(folder.name if part == "SESSION" else part for part in arguments))
    assert not (folder / FILE).exists()


def test_the_list_shows_verdicts():
    folder = judgeable()
    run(folder.name, "--wrong", "hedging-1.1")
    said = run("--list").output
    assert re.search(r"^hedging-1.1 +wrong ", said, re.MULTILINE)
    assert re.search(r"^missing_metric-1.1 +open ", said, re.MULTILINE)
    assert all(len(line) < 80 for line in said.splitlines())


# Quiet, and awake again


def test_a_check_that_is_often_wrong_goes_quiet_and_is_never_dropped():
    silenced()
    folder = judgeable()
    report = read_report(folder, tell=TOLD.append)
    assert [(one.check, one.wrong, one.judged) for one in report.quiet] == [("hedging", 5, 5)]
    assert [step.check for step in report.next_steps] == ["missing_metric"]
    assert {f.check for f in report.answers[0].findings} == {"hedging", "missing_metric"}
    page = CliRunner().invoke(app, ["report", folder.name, "--out", "-"]).output
    quiet = re.search(r'<details class="hushed">.*?</details>', page, re.DOTALL)[0]
    assert "Quiet for you: Hedging (you disagreed 5 of 5 times)" in quiet and QUOTE in quiet
    assert 'data-judge="hedging-1.1"' in quiet
    text = CliRunner().invoke(app, ["report", folder.name, "--format", "md", "--out", "-"]).output
    assert "Quiet for you: Hedging (you disagreed 5 of 5 times)" in text and QUOTE in text
    shown = flat(CliRunner().invoke(app, ["sessions", "show", folder.name]).output)
    assert "Quiet for you: Hedging (you disagreed 5 of 5 times)." in shown
    assert "To change: About missing_metric" in shown


def test_a_report_with_nothing_but_quiet_findings_does_not_say_that_nothing_stood_out():
    silenced()
    folder = judgeable(("hedging",))
    page = CliRunner().invoke(app, ["report", folder.name, "--out", "-"]).output
    assert page.count("Nothing else stood out to change") == 2
    assert "Nothing else stood out to change." in CliRunner().invoke(app, ["sessions", "show", folder.name]).output


def test_going_quiet_is_told_once_and_checks_shows_it():
    *folders, last = [judgeable() for _ in range(5)]
    for folder in folders:
        assert "quiet" not in run(folder.name, "--wrong", "hedging-1.1").output
    assert "Hedging is quiet for you from now on" in run(last.name, "--wrong", "hedging-1.1").output
    assert "from now on" not in run(last.name, "--wrong", "hedging-1.1").output
    said = flat(CliRunner().invoke(app, ["checks"]).output)
    assert "Right about you 0 of 5 times (90 % interval 0 to 35 %)." in said
    assert "Quiet for you: you disagreed 5 of 5 times. To wake it: voicemock feedback --wake hedging" in said


def test_a_check_wakes_and_only_new_verdicts_silence_it_again():
    folders = silenced()
    assert "is awake" in run("--wake", "hedging").output
    assert quiet_checks() == ()
    assert "hedging is not quiet" in run("--wake", "hedging").output
    assert "Right about you 0 of 5 times" in flat(CliRunner().invoke(app, ["checks"]).output)
    for folder in folders[:4]:
        run(folder.name, "--wrong", "hedging-1.1")
    assert quiet_checks() == ()
    run(folders[4].name, "--wrong", "hedging-1.1")
    assert [one.check for one in quiet_checks()] == ["hedging"]
    assert stat.S_IMODE((user_data_dir() / "woken.json").stat().st_mode) == 0o600


def test_a_check_that_is_right_again_speaks_again():
    folders = silenced()
    for folder in folders[:3]:
        run(folder.name, "--right", "hedging-1.1")
    assert quiet_checks() == ()


def test_only_a_check_can_be_woken():
    with pytest.raises(UnknownNameError):
        run("--wake", "hedgin")


def test_a_damaged_list_of_woken_checks_is_told_and_put_aside():
    silenced()
    run("--wake", "hedging")
    path = user_data_dir() / "woken.json"
    path.write_bytes(b"{")
    assert [one.check for one in quiet_checks(tell=TOLD.append)] == ["hedging"]
    assert "may be quiet again" in TOLD[0]
    wake("hedging", tell=TOLD.append)
    assert path.with_name("woken.damaged.json").read_bytes() == b"{"
    assert quiet_checks() == ()


def test_somebody_elses_report_keeps_its_own_silence(tmp_path: Path):
    silenced()
    away = judgeable().rename(tmp_path / "theirs")
    assert read_report(away, tell=TOLD.append).quiet == ()


def test_a_stored_review_follows_what_is_quiet_now():
    answers = from_json((judgeable() / "session.json").read_bytes()).answers
    page, before = write_review(answers, None)
    assert len(before.next_steps) == 2
    silenced()
    after = read_report(page.parent, tell=TOLD.append)
    assert [step.check for step in after.next_steps] == ["missing_metric"]
    run("--wake", "hedging")
    assert read_report(page.parent, tell=TOLD.append) == before


# Disagreements as test cases


def test_disagreements_are_written_and_read_back(tmp_path: Path):
    folder = judgeable()
    run(folder.name, "--wrong", "hedging-1.1,missing_metric-1.1")
    other = judgeable()
    run(other.name, "--right", "hedging-1.1")
    target = tmp_path / "cases.jsonl"
    said = run("export", "--to", target).output
    assert "2 test cases" in said and "attach" in flat(said) and "Nothing was sent" in flat(said)
    hedging, metric = read_lines(target.read_bytes())
    assert (hedging.check, hedging.verdict, hedging.quotes) == ("hedging", "wrong", (QUOTE,))
    assert hedging.words == ("We had one service. I think it was maybe slow, as [name] said. So we moved it.",)
    assert hedging.said == "About hedging: say it plainly." and hedging.question == "Question 1?"
    assert metric.words == (TEXT.replace("Ada Lovelace", "[name]"),) and metric.quotes == ()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert "[name]: Ada Lovelace" in flat(said)
    assert len(target.read_bytes().splitlines()) == 2


def test_a_case_gives_the_check_the_words_it_was_wrong_about():
    """The round trip: what is exported finds the same thing again when the check reads it."""
    from tests.builders import written
    from voicemock.checks.hedging import check

    store = begun(questions=QUESTIONS[:1])
    store.ask(1, QUESTIONS[0])
    take = store.begin()
    said = "I think it was, maybe, sort of fine. I guess we were probably kind of late, perhaps."
    answer = report_on(take, said)
    found = check(written(said)).findings
    assert found
    store.save(store.path(take), msgspec.structs.replace(answer, findings=found))
    store.path(take).write_bytes(b"")
    folder = store.folder
    store.write_report(assemble(store.answers, session=store.info), finished=True)
    store.close()
    run(folder.name, "--wrong", "hedging-1.1")
    (case,) = read_lines(run("export", "--to", "-").stdout.encode())
    (again,) = check(written(" ".join(case.words))).findings
    assert (again.message, again.measured) == (case.said, case.measured)
    assert tuple(evidence.quote for evidence in again.evidence) == case.quotes


def test_names_are_listed_and_words_kept(tmp_path: Path):
    folder = judgeable()
    run(folder.name, "--wrong", "missing_metric-1.1")
    (case,) = read_lines(
        run("export", "--to", "-", "--name", "service", "--keep", "Ada", "--keep", "Lovelace").stdout.encode()
    )
    assert "one [name 1]" in case.words[0] and "Ada Lovelace" in case.words[0]


def test_without_a_place_a_new_file_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    folder = judgeable()
    assert "There are no disagreements" in run("export").output and not list(tmp_path.glob("*.jsonl"))
    run(folder.name, "--wrong", "hedging-1.1")
    run("export")
    run("export")
    assert sorted(p.name for p in tmp_path.glob("*.jsonl")) == [
        "voicemock-feedback-2.jsonl",
        "voicemock-feedback.jsonl",
    ]


def test_a_finding_that_says_something_else_now_is_no_test_case():
    folder = judgeable()
    run(folder.name, "--wrong", "hedging-1.1,missing_metric-1.1")
    path = folder / "01-q1" / "take-1.json"
    path.write_bytes(path.read_bytes().replace(b"About hedging: say", b"About hedging: never say"))
    said = run("export", "--to", "-")
    assert [case.check for case in read_lines(said.stdout.encode())] == ["missing_metric"]
    assert "Left out: 1 finding that" in said.stderr


def test_a_session_that_cannot_be_read_costs_only_itself():
    folders = [judgeable(), judgeable()]
    for folder in folders:
        run(folder.name, "--wrong", "hedging-1.1")
    (folders[0] / "progress.json").write_text('{"schema_version": 99}')
    said = run("export", "--to", "-")
    assert len(read_lines(said.stdout.encode())) == 1
    assert folders[0].name in said.stderr


# At the keyboard


def piped(keys: str, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "voicemock", "feedback", *arguments]
    done = subprocess.run(command, env=environment, input=keys, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_keys_that_are_piped_in_are_taken_and_their_end_ends_it():
    folder = judgeable(questions=QUESTIONS[:2])
    asked = [one.split("·")[1:3] for one in piped("xy\nn").splitlines() if " · answer " in one]
    assert len(asked) == 4
    assert [one.right for one in read_feedback(folder).values()].count(True) == 1
    assert len(read_feedback(folder)) == 2
    assert "you said right" in piped("")


def test_findings_are_gone_through_in_a_terminal():
    pexpect = pytest.importorskip("pexpect")
    folder = judgeable()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
    terminal = pexpect.spawn(
        sys.executable,
        ["-m", "voicemock", "feedback", folder.name],
        env=environment,
        encoding="utf-8",
        timeout=60,
        dimensions=(24, 80),
    )
    terminal.expect("1 of 2")
    terminal.expect("Hedging|Missing metric")
    first = {"Hedging": "hedging-1.1"}.get(terminal.after, "missing_metric-1.1")
    terminal.expect("limit none")
    terminal.send("h")
    terminal.expect("no sound|loudspeaker|PortAudio|cannot")
    terminal.send("n")
    terminal.expect("wrong")
    assert read_feedback(folder)[first].right is False  # on disk before the next is asked for
    terminal.expect("2 of 2")
    terminal.sendintr()
    terminal.expect("Kept: 1 verdict")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0
    assert list(read_feedback(folder)) == [first]


def test_a_quote_is_heard_from_a_second_before_it(monkeypatch: pytest.MonkeyPatch):
    from voicemock.audio.load import decode
    from voicemock.cli.judging import hear
    from voicemock.jobs.judging import find_to_judge

    folder = judgeable(("hedging",))
    played = []
    monkeypatch.setattr("voicemock.audio.play.play", lambda path, **_: played.append(decode(path)))
    answer = read_report(folder, tell=TOLD.append).answers[0]
    at = msgspec.structs.replace(answer.findings[0].evidence[0], start_s=0.2, end_s=0.4)
    answer = msgspec.structs.replace(answer, findings=(finding("hedging", evidence=(at,)),))
    path = folder / "01-q1" / "take-1.json"
    place = msgspec.structs.replace(answer.recording, path="01-q1/take-1.wav")
    path.write_bytes(msgspec.json.encode(msgspec.structs.replace(answer, recording=place)))
    hear(find_to_judge(folder.name, tell=TOLD.append).findings[0], folder)
    ((samples, rate_hz),) = played
    assert rate_hz == 16_000 and abs(len(samples) / rate_hz - 1.0) < 0.01  # the whole of a recording of one second


def shown_on(page: Path) -> str:
    (kept,) = re.findall(r' data-kept="([^"]*)"', page.read_text(encoding="utf-8"))
    return kept


def test_a_verdict_given_in_the_terminal_is_on_the_sessions_page_and_on_one_made_again():
    folder = judgeable()
    page = folder / "report.html"
    before = page.read_text(encoding="utf-8")
    judge(folder, [verdict("hedging-1.1"), verdict("missing_metric-1.1", right=True)], tell=print)
    assert shown_on(page) == "hedging-1.1:wrong missing_metric-1.1:right"
    judge(folder, clear=["hedging-1.1"], tell=print)
    assert shown_on(page) == "missing_metric-1.1:right"
    assert page.read_text(encoding="utf-8").replace("missing_metric-1.1:right", "", 1) == before
    Store(folder, read_progress(folder)).write_report(read_report(folder, tell=print), finished=True)
    assert shown_on(page) == "missing_metric-1.1:right"
    judge(folder, clear=["missing_metric-1.1"], tell=print)
    assert shown_on(page) == ""


def test_what_stands_in_a_file_of_verdicts_is_no_markup_on_the_page():
    folder = judgeable()
    judge(folder, [verdict('x"><script>alert(1)</script>'), verdict("hedging-1.1")], tell=print)
    assert shown_on(folder / "report.html") == "hedging-1.1:wrong"


def test_without_a_page_verdicts_are_kept_all_the_same():
    folder = judgeable()
    (folder / "report.html").unlink()
    judge(folder, [verdict("hedging-1.1")], tell=print)
    assert read_feedback(folder).keys() == {"hedging-1.1"}
    assert not (folder / "report.html").exists()
