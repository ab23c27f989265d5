"""The library face: what a program or a notebook calls, and what docs/python.md shows of it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

import voicemock
from tests.documented import ROOT, code_on
from tests.test_docs import folder, recordings, session  # noqa: F401 (fixtures)
from voicemock import library
from voicemock.models.catalogue import Model

SHOWN = code_on(ROOT / "docs" / "python.md", "python")


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Count the models that are loaded, without loading one."""
    names: list[str] = []
    monkeypatch.setattr("voicemock.speech.recognise.Recogniser", lambda model: names.append(model.name))
    monkeypatch.setattr(
        "voicemock.models.catalogue.find_model", lambda name: Model(name or "tiny.en", Path(), "folder")
    )
    library._recogniser.cache_clear()
    yield names
    library._recogniser.cache_clear()


def test_a_model_is_loaded_once(loaded, monkeypatch):
    answer = voicemock.check("We moved it.")
    asked = []
    monkeypatch.setattr(
        "voicemock.analyze.analyze_recording", lambda path, **rest: asked.append((path, rest)) or answer
    )
    for model in (None, "base", "tiny.en", "base"):
        assert voicemock.review("a.wav", model=model, speaker="all", channel="left") is answer
    assert loaded == ["tiny.en", "base"]
    path, rest = asked[0]
    assert (path, rest["speaker"], rest["channel"], rest["question"]) == (Path("a.wav"), 0, "left", None)


def test_a_recording_without_speech_is_an_error(loaded, monkeypatch):
    silent = msgspec.structs.replace(voicemock.check("x"), transcript=voicemock.Transcript(text=""))
    monkeypatch.setattr("voicemock.analyze.analyze_recording", lambda path, **rest: silent)
    with pytest.raises(voicemock.VoicemockError, match=r"a\.wav: no speech"):
        voicemock.review("a.wav")


def test_the_question_is_given_in_three_ways():
    mine = voicemock.Question(id="mine", text="Why?", kind=voicemock.Kind.MOTIVATION)
    assert voicemock.check("Because.", question=mine).question is mine
    assert voicemock.check("Because.", question="latency-hunt").question.id == "latency-hunt"
    assert voicemock.check("Because.", ask="Tell me about an outage.").question.kind is voicemock.Kind.INCIDENT


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: voicemock.check(" … "), "no words"),
        (lambda: voicemock.check("So.", ask="?"), "in ask is empty"),
        (lambda: voicemock.check("So.", ask="Why?", question="q"), "both name"),
        (lambda: voicemock.check("So.", question="latency-hunts"), "no question 'latency-hunts'"),
        (lambda: voicemock.review("a.wav", speaker=0), "speaker=0"),
        (lambda: voicemock.review("a.wav", speaker="2"), "speaker='2'"),
    ],
)
def test_what_is_wrong_is_said_without_options_of_the_command_line(call, says):
    with pytest.raises(voicemock.VoicemockError, match=says) as caught:
        call()
    assert "--" not in f"{caught.value.message} {caught.value.hint}"
    assert caught.value.hint


def test_every_name_is_there_and_only_those():
    for name in voicemock.__all__:
        assert getattr(voicemock, name).__doc__ or name == "__version__"
    assert set(voicemock.__all__) <= set(dir(voicemock))
    with pytest.raises(AttributeError, match="no attribute 'reveiw'"):
        _ = voicemock.reveiw


def test_types_are_known_to_a_strict_checker(tmp_path):
    """What docs/python.md shows is right, and what does not exist is caught."""
    good, bad = tmp_path / "good.py", tmp_path / "bad.py"
    good.write_text("\n".join(SHOWN))
    bad.write_text(
        "import voicemock\n\nvoicemock.check('So.').finding\nvoicemock.reveiw('a.wav')\nvoicemock.check(1)\n"
    )
    run = [sys.executable, "-m", "mypy", "--strict", "--config-file", str(ROOT / "pyproject.toml")]
    done = subprocess.run([*run, good, bad], capture_output=True, text=True, cwd=ROOT, timeout=300)
    lines = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert [line.split("bad.py:")[-1][0] for line in lines] == ["3", "4", "5"], done.stdout + done.stderr


@pytest.mark.real
def test_the_documented_code_runs(folder, monkeypatch, capsys):  # noqa: F811
    monkeypatch.chdir(folder)
    library._recogniser.cache_clear()
    names: dict[str, object] = {}
    for block in SHOWN:
        exec(compile(block, "docs/python.md", "exec"), names)
    said = capsys.readouterr().out
    assert "our team was moving" in said
    assert "answer.wav" in said
    assert ", customer, " in said
    assert "in numbers?" in said
    assert "fillers" in said
    assert library._recogniser.cache_info().misses == 1
    library._recogniser.cache_clear()


@pytest.mark.real
def test_a_file_that_is_no_recording_is_an_error_to_catch(tmp_path):
    (tmp_path / "notes.wav").write_text("no sound")
    with pytest.raises(voicemock.VoicemockError, match=r"notes\.wav"):
        voicemock.review(tmp_path / "notes.wav")
