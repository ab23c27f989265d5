"""The command line as a user meets it: output, JSON on its own, and every mistake explained."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.here import voicemock_here
from voicemock.audio.wav import wav_bytes

ROOT = Path(__file__).parent.parent
ANSWER = (
    "Last year our checkout was slow and customers left. I asked for traces before anyone touched the code. "
    "We could have bought a faster machine, but that would have hidden the cause, so I had one engineer profile it. "
    "Um, it turned out to be the tax call. I put a cache in front of it and response time went from 4 seconds to 1."
)

HESITANT = (
    "So, um, I guess we maybe had a slow system, I think, and, um, we probably looked at it, I guess, and, um, maybe"
    " somebody perhaps found the the the cause. Um, I think it was, um, maybe the disk, I guess. "
) * 2


def started(*arguments: object, text: str = "", **variables: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in a process of its own."""
    encoding = variables.get("PYTHONIOENCODING", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "voicemock", *map(str, arguments)],
        input=text.encode(),
        capture_output=True,
        env={**os.environ, **variables},
        timeout=120,
    )
    out, err = done.stdout.decode(encoding), done.stderr.decode(encoding)
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


def complaint(*arguments: object, **given) -> str:
    """Run a command that must fail for a user's mistake, and return what it said."""
    done = voicemock_here(*arguments, **given)
    assert done.returncode == 2, done.stdout
    assert "Traceback" not in done.stderr
    assert "fault in voicemock" not in done.stderr
    return " ".join(done.stderr.split())


def test_check_reads_standard_input_and_says_what_is_there():
    asked = ("read", "-", "--ask", "Tell me about a system that became slow.")
    done = started(*asked, text=HESITANT)
    assert done.returncode == 0, done.stderr
    assert "10 filled pauses" in done.stdout
    report = json.loads(voicemock_here(*asked, "--json", "-", text=HESITANT).stdout)
    steps = [step["text"] for step in report["next_steps"]]
    _, _, told = " ".join(done.stdout.split()).partition("To change next:")
    assert len(steps) == 3
    assert [told.count(step) for step in steps] == [1, 1, 1]
    assert sorted(steps, key=told.index) == steps


def test_json_stands_alone_on_standard_output_and_its_offsets_hold():
    text = "  \n" + ANSWER + "\n"
    done = started("read", "-", "--json", "-", text=text)
    report = json.loads(done.stdout)
    (answer,) = report["answers"]
    assert report["schema_version"] == 1
    assert answer["recording"] is None
    assert answer["transcript"]["text"] == text
    for filler in answer["fillers"]:
        assert text[filler["char_start"] : filler["char_end"]] == filler["text"]
    assert [f["text"] for f in answer["fillers"]] == ["Um"]
    for word in answer["transcript"]["words"]:
        assert text[word["char_start"] : word["char_end"]] == word["text"]
        assert word["start_s"] is None


def test_read_still_answers_to_its_earlier_name():
    assert voicemock_here("check", "-", text=ANSWER).stdout == voicemock_here("read", "-", text=ANSWER).stdout


def test_json_to_a_file_leaves_the_words_on_the_screen(tmp_path: Path):
    path = tmp_path / "report.json"
    done = voicemock_here("read", "-", "--json", path, text=ANSWER)
    assert json.loads(path.read_bytes())["answers"]
    assert "filled pause" in done.stdout


def test_every_check_can_be_explained():
    listed = voicemock_here("checks").stdout
    names = re.findall(r"^(\w+)  ", listed, re.MULTILINE)
    assert {"fillers", "length", "i_vs_we", "missing_tradeoff", "missing_metric", "pace", "monotone"} <= set(names)
    explained = voicemock_here("explain", "missing_metric").stdout
    assert all(head in explained for head in ("What it does", "Why it matters", "Example", "Better", "Source"))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("read", "no-such.txt"), "no-such.txt cannot be read: No such file or directory."),
        (("read", "-"), "Standard input contains no words."),
        (("review", "no-such.wav"), "no-such.wav"),
        (("explain", "filers"), "Did you mean fillers?"),
        (("read", "-", "--question", "a", "--ask", "b"), "both name a question"),
        (("practice", "em_coer"), "Did you mean em_core"),
        (("practice", "em_core", "--competency", "juggling"), "There is no competency 'juggling'."),
        (("practice", "em_core", "--round", "hring"), "Did you mean hiring"),
        (("practice", "em_core", "--dimension", "juggling"), "There is no dimension 'juggling'."),
        (("practice", "em_core", "--question", "a", "--round", "people"), "--question and --round both choose what"),
        (("practice", "em_drills", "--round", "motivation"), "No question here is for --round motivation."),
        (("review", "a.wav", "--model", "tinny.en"), "tiny.en"),
        (("batch", "no-such-folder", "--out", "out"), "no-such-folder"),
        (("read", "-", "--json", "/no/such/folder/x.json"), "cannot be written"),
        (("review", "no-such.wav", "--json", "/no/such/folder/x.json"), "x.json cannot be written: No such file"),
        (("review", "no-such.wav", "--json", "."), ". cannot be written: Is a directory"),
        (("review", "no-such.wav", "--out", "/dev/null/report"), "/dev/null/report cannot be written: Not a directory"),
    ],
)
def test_mistakes_are_explained(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = ANSWER if "--json" in arguments or "--ask" in arguments else ""
    assert said in complaint(*arguments, text=text)


def test_punctuation_alone_is_no_answer():
    assert "Standard input contains no words." in complaint("read", "-", text="... !\n")


def test_a_byte_order_mark_is_no_part_of_the_first_word():
    done = voicemock_here("read", "-", "--json", "-", text="\ufeff" + ANSWER)
    transcript = json.loads(done.stdout)["answers"][0]["transcript"]
    assert transcript["text"] == ANSWER
    assert transcript["words"][0]["text"] == "Last"


def test_letters_the_terminal_lacks_do_not_stop_it():
    done = started("read", "-", "--ask", "How did you move to Łęg?", text=ANSWER, PYTHONIOENCODING="cp1252")
    assert done.returncode == 0, done.stderr
    assert "??g?" in done.stdout


def test_json_through_a_link_leaves_the_link(tmp_path: Path):
    target, link = tmp_path / "report.json", tmp_path / "link.json"
    link.symlink_to(target)
    assert voicemock_here("read", "-", "--json", link, text=ANSWER).returncode == 0
    assert link.is_symlink()
    assert json.loads(target.read_bytes())["answers"]


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes there")
def test_json_goes_into_a_pipe_and_leaves_it(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)  # a report fits into the pipe's buffer
    try:
        done = voicemock_here("read", "-", "--json", pipe, text="I cut it.")
        assert done.returncode == 0, done.stderr
        assert pipe.is_fifo()
        assert json.loads(os.read(reader, 1 << 20))["answers"]
    finally:
        os.close(reader)


@pytest.fixture
def hearing(monkeypatch: pytest.MonkeyPatch):
    """Review without Whisper: each file holds what is heard in it, and one makes the analysis crash."""
    from voicemock import analyze
    from voicemock.models import catalogue as models
    from voicemock.speech import recognise

    def heard(path: Path, **_):
        text = path.read_text()
        return analyze.analyze_text(text if text != "crash" else 1 / 0)

    monkeypatch.setattr(analyze, "analyze_recording", heard)
    monkeypatch.setattr(models, "find_model", lambda _: None)
    monkeypatch.setattr(recognise, "Recogniser", lambda *_, **__: None)


@pytest.mark.usefixtures("hearing")
def test_a_crash_on_one_recording_costs_only_that_one(tmp_path: Path):
    from typer.testing import CliRunner

    from voicemock.cli.main import app

    bad, good, out, target = (tmp_path / name for name in ("bad.wav", "good.wav", "out", "report.json"))
    bad.write_text("crash")
    good.write_text(ANSWER)
    done = CliRunner().invoke(app, ["review", str(bad), str(good), "--out", str(out), "--json", str(target)])
    assert done.exit_code == 2
    assert f"{bad} was not analysed (ZeroDivisionError: division by zero)." in done.output
    assert (out / "report.html").exists()
    assert len(json.loads(target.read_bytes())["answers"]) == 1


@pytest.mark.usefixtures("hearing")
def test_json_on_standard_output_keeps_the_report_that_was_asked_for(tmp_path: Path):
    from typer.testing import CliRunner

    from voicemock.cli.main import app

    good, out = tmp_path / "good.wav", tmp_path / "out"
    good.write_text(ANSWER)
    done = CliRunner().invoke(app, ["review", str(good), "--out", str(out), "--json", "-"])
    assert json.loads(done.stdout)["answers"]
    assert (out / "report.html").exists()
    (out / "report.md").write_text("mine")
    again = CliRunner().invoke(app, ["review", str(good), "--out", str(out), "--json", "-"])
    assert "report.html, report.md, session.json already" in again.exception.message
    assert (out / "report.md").read_text() == "mine"


def test_a_sound_file_is_no_text_and_a_text_no_sound(tmp_path: Path):
    sound, text = tmp_path / "answer.wav", tmp_path / "text.wav"
    import numpy as np

    sound.write_bytes(wav_bytes(np.full(16_000, 0.5, np.float32), 16_000))
    text.write_text(ANSWER)
    assert "Give a text file saved as UTF-8" in complaint("read", sound)
    assert str(text) in complaint("review", text)


@pytest.mark.real
def test_review_of_silence_finds_no_speech_and_invents_none(tmp_path: Path):
    import numpy as np

    path = tmp_path / "silence.wav"
    path.write_bytes(wav_bytes(np.zeros(16_000 * 5, np.float32), 16_000))
    assert "no speech found" in complaint("review", path)


def test_a_faulty_settings_file_names_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "config.toml").write_text('\nmodle = "x"\n')
    monkeypatch.setenv("VOICEMOCK_CONFIG", str(tmp_path))
    said = complaint("review", "a.wav")
    assert "config.toml:2: unknown key 'modle'; did you mean 'model'?" in said


def test_a_fault_of_its_own_is_told_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    from voicemock.cli import main

    monkeypatch.delenv("VOICEMOCK_DEBUG", raising=False)
    monkeypatch.setattr(main, "app", lambda: 1 / 0)
    with pytest.raises(SystemExit, match="2"):
        main.run()
    assert "This is a bug in voicemock (ZeroDivisionError" in capsys.readouterr().err


def test_every_command_is_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^  (\w+)  ", voicemock_here("--help").stdout.partition("Commands:")[2], re.MULTILINE)
    assert len(listed) >= 9
    for command in listed:
        assert f"`voicemock {command}" in readme, command
    rows = re.findall(r"^\| `voicemock ([^`]+)` \|", readme, re.MULTILINE)
    assert len(set(rows)) == len(rows)


@pytest.mark.parametrize("group", [(), ("models",), ("questions",), ("sessions",), ("stories",)])
def test_what_a_command_does_is_said_in_a_line_that_fits(group):
    listed = voicemock_here(*group, "--help").stdout.partition("Commands:")[2].split("\n")
    assert len(listed) > 4
    assert [line for line in listed if line and not line.endswith(".")] == []
    assert [line for line in listed if line.endswith("...")] == []


def test_a_file_whose_name_begins_with_a_dash_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    for name in ("-answer.txt", "--ask", "--gone"):
        Path(name).write_text(ANSWER)
    Path("--gone").unlink()
    for arguments in (["-answer.txt"], ["--ask", "Why?", "-answer.txt"], ["--", "-answer.txt"]):
        done = voicemock_here("read", *arguments)
        assert done.returncode == 0, done.stderr
        assert "1 filled pause" in done.stdout
    assert "No such option: --gone" in complaint("read", "--gone")
