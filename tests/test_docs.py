"""Every command in README.md and docs/ works as it stands there."""

import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from typer.main import get_command

from tests import calls
from tests.documented import PAGES, ROOT, Shown, code_on, shown
from tests.here import InThisProcess, voicemock_here
from tests.judgeable import finished_with_findings
from tests.posting_files import as_docx, as_pdf
from tests.practised import QUESTIONS
from tests.watched import clean_environment, need_strace
from voicemock.audio.load import decode
from voicemock.audio.wav import wav_bytes
from voicemock.batch import run as run_batch
from voicemock.cli.main import app
from voicemock.demo.samples import load_samples
from voicemock.paths import sessions_dir
from voicemock.questions.sets import find_question

SHOWN = shown()
COMMANDS = [command for command in SHOWN if command.program == "voicemock"]
INSTALLS = [command for command in SHOWN if re.search(r"\binstall\b", command.rest)]
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]

NOT_RUN = {
    "practice": "needs a voice at a microphone: tests/test_practice_live.py",
    "resume": "the same: tests/test_resume_live.py",
    "drill": "the same: tests/test_drills.py",
    "loop": "the same: tests/test_rounds.py",
    "reverse": "the same: tests/test_reverse.py",
    "open": "serves until it is closed: tests/test_page_live.py, tests/test_privacy.py",
    "models pull": "needs a network: tests/test_pull.py, tests/test_privacy.py",
}
"""Shown in a block, and only parsed here: what stands in the way, and which test runs it instead.

What is given to a cluster is run in tests/test_batch_dask.py, with the cluster of the same page.
"""

ANSWERED = {"sessions delete": "y\n"}
"""What is typed where a command asks."""


def leaves(group, name: str = "") -> Iterator[tuple[str, set[str]]]:
    """Yield every command's name and its options."""
    for part, command in group.commands.items():
        full = f"{name} {part}".strip()
        if hasattr(command, "commands"):
            yield from leaves(command, full)
        else:
            options = {o for p in command.params for o in (*p.opts, *p.secondary_opts) if o.startswith("-")}
            yield full, options | {"--help"}


OPTIONS = dict(leaves(get_command(app)))


def command_of(shown: Shown) -> str:
    """Return which command this is; fail where voicemock has none of that name."""
    words = shown.rest.split()
    for name in (" ".join(words[:2]), words[0]):
        if name in OPTIONS:
            return name
    pytest.fail(f"{shown}: there is no such command")


def options_in(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", re.sub(r'"[^"]*"', "", text)))


@pytest.mark.parametrize("shown", [c for c in COMMANDS if c.rest and not c.rest.startswith("-")], ids=str)
def test_names_a_command_and_options_that_exist(shown: Shown):
    ours = shown.rest if shown.in_text else shown.rest.partition("|")[0]
    assert options_in(ours) <= OPTIONS[command_of(shown)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_an_option_named_in_the_text_is_some_commands(page: Path):
    text = page.read_text(encoding="utf-8")
    known = {option for options in OPTIONS.values() for option in options}
    for script in set(re.findall(r"benchmarks/\w+\.py", text)):
        known |= set(re.findall(r'"(--[a-z-]+)"', (ROOT / script).read_text(encoding="utf-8")))
    others = [c for c in SHOWN if c.program == "dask" and c.page.endswith(page.name)]
    known |= {option for command in others for option in options_in(command.rest)}
    assert set(re.findall(r"`(--[a-z][a-z-]*)(?: [^`]*)?`", text)) <= known


def test_the_readme_names_every_command():
    rows = [line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if "| `voicemock " in line]
    for name in OPTIONS:
        first, _, second = name.partition(" ")
        assert any(
            f"`voicemock {first}" in row and (not second or f"{first} {second}" in row or f"`{second}`" in row)
            for row in rows
        ), name


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make what a reader would have: a recording, a call, a folder of recordings."""
    folder = tmp_path_factory.mktemp("reader")
    samples, rate_hz = decode(load_samples()[0].path, rate_hz=16_000)
    said = samples[: 6 * rate_hz]
    (folder / "recordings").mkdir()
    (folder / "recordings" / "answer.wav").write_bytes(wav_bytes(said, rate_hz))
    (folder / "bo").mkdir()
    (folder / "bo" / "answer.wav").write_bytes(wav_bytes(said, rate_hz))
    (folder / "interview.vtt").write_bytes(calls.written("teams.vtt"))
    for name, made, source in (("job.pdf", as_pdf, "payments"), ("cv.docx", as_docx, "payments-cv")):
        text = (ROOT / "tests" / "postings" / f"{source}.md").read_text(encoding="utf-8")
        (folder / name).write_bytes(made(text))
    (folder / "people.csv").write_text(*code_on(ROOT / "docs" / "batch.md", "csv"))
    for name, channels in (("answer", said[None]), ("call", np.stack([said, said[::-1]]))):
        layout = "mono" if len(channels) == 1 else "stereo"
        with av.open(str(folder / f"{name}.m4a"), "w", format="ipod") as file:
            stream = file.add_stream("aac", rate=rate_hz, layout=layout)
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(channels), format="fltp", layout=layout)
            frame.sample_rate = rate_hz
            file.mux([*stream.encode(frame), *stream.encode(None)])
    return folder


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VOICEMOCK_DATA", str(tmp_path_factory.mktemp("session")))
        return finished_with_findings((*QUESTIONS[:2], find_question("underperforming-engineer")))


@pytest.fixture
def folder(recordings: Path, session: Path, tmp_path: Path) -> Path:
    """Give each reader their own recordings, and sessions."""
    shutil.copytree(recordings, tmp_path, dirs_exist_ok=True)
    shutil.copytree(session, sessions_dir() / "2026-11-21T10-03-12-em-core")
    return tmp_path


@pytest.mark.real
@pytest.mark.parametrize(
    "shown",
    [c for c in COMMANDS if not (c.in_text or c.watched_by or c.rest.startswith(tuple(NOT_RUN)) or "--dask" in c.rest)],
    ids=str,
)
def test_runs_as_documented(shown: Shown, folder: Path, monkeypatch: pytest.MonkeyPatch):
    command, _, piped_to = shown.rest.partition("|")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(run_batch, "LocalPool", lambda workers: InThisProcess())  # tests/test_batch.py has processes
    done = voicemock_here(*shlex.split(command), text=ANSWERED.get(command_of(shown), ""))
    assert done.returncode == 0, done.stderr
    if piped_to:
        fields = re.fullmatch(r" jq '((?:\.\w+(?:\[\d*\])?)+)'", piped_to)
        assert fields, f"{piped_to} is not understood here"
        assert list(found_at(fields[1], json.loads(done.stdout)))


@pytest.mark.real
@pytest.mark.skipif(sys.platform != "linux", reason="strace is for Linux")
@pytest.mark.parametrize("shown", [c for c in COMMANDS if c.watched_by], ids=str)
def test_what_a_reader_may_check_is_so(shown: Shown, folder: Path):
    need_strace()
    voicemock = f"{shlex.quote(sys.executable)} -m voicemock {shown.rest}"
    environment = {**os.environ, **clean_environment(folder)}
    for name in ("CI", "GITHUB_ACTIONS"):
        environment.pop(name, None)
    done = subprocess.run(
        shown.watched_by + voicemock,
        shell=True,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    if "| grep" in shown.rest:
        assert (done.returncode, done.stdout) == (1, ""), done.stdout
    else:
        assert done.returncode == 0, done.stderr


def found_at(path: str, value) -> Iterator[object]:
    """Yield what jq finds there."""
    step = re.match(r"\.(\w+)(\[(\d*)\])?", path)
    if not step:
        yield value
        return
    value = value[step[1]]
    inside = [value] if not step[2] else value if not step[3] else [value[int(step[3])]]
    for each in inside:
        yield from found_at(path[step.end() :], each)


def test_what_is_not_run_is_shown():
    names = {command_of(c) for c in COMMANDS if not c.in_text}
    assert set(NOT_RUN) <= names


@pytest.mark.parametrize(
    "shown", [c for c in SHOWN if c.program == "python" and c.rest.startswith("benchmarks/")], ids=str
)
def test_names_a_script_and_options_that_exist(shown: Shown):
    script, *_ = re.findall(r"\S+\.py", shown.rest)
    text = (ROOT / script).read_text(encoding="utf-8")
    assert all(f'"{option}"' in text for option in options_in(shown.rest))


@pytest.mark.parametrize("shown", [c for c in SHOWN if c.program == "make" and c.rest], ids=str)
def test_names_a_target_that_exists(shown: Shown):
    assert re.search(rf"^{shown.rest}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


# pip, pipx (1.4 and 1.18) and uv (0.13) all take this form, tried with each; none takes "voicemock[extra] @ .".
CHECKOUT = re.compile(r'(?:tool )?install "\.\[([\w,-]+)\]"')
ADDS_AN_EXTRA = re.compile(r'install "voicemock\[([\w,-]+)\]"')
"""Where voicemock is installed already."""


@pytest.mark.parametrize("shown", INSTALLS, ids=str)
def test_installs_extras_that_exist(shown: Shown):
    found = CHECKOUT.fullmatch(shown.rest) or (shown.program == "pip" and ADDS_AN_EXTRA.fullmatch(shown.rest))
    assert found, "give the form that pip, pipx and uv all take, and that is run below"
    assert set(found[1].split(",")) <= set(EXTRAS)


def test_installs_into_a_clean_environment_and_runs_there(tmp_path: Path):
    """Run the README's pip line as it stands, but without the dependencies: they would come from a network.

    What runs then is the wheel, with the data it carries, on the dependencies that the tests have.
    """
    (line,) = {c.rest for c in INSTALLS if c.page == "README.md" and c.program == "pip" and not c.in_text}
    venv.create(tmp_path / "clean", symlinks=True)
    python = tmp_path / "clean" / "bin" / "python"
    builds = tmp_path / "builds"
    builds.mkdir()
    for package in ("hatchling", "packaging", "pathspec", "pluggy", "trove_classifiers"):
        (builds / package).symlink_to(Path(importlib.util.find_spec(package).origin).parent)
    offline = ["--no-deps", "--no-index", "--no-build-isolation", "--quiet"]
    command = [sys.executable, "-m", "pip", "--python", str(python), *shlex.split(line), *offline]
    subprocess.run(command, cwd=ROOT, check=True, timeout=120, env={**os.environ, "PYTHONPATH": str(builds)})
    libraries = os.pathsep.join(path for path in sys.path if path.endswith("site-packages"))
    for arguments in (["questions", "list"], ["models", "list"], ["explain", "fillers"]):
        run = subprocess.run(
            [str(python.with_name("voicemock")), *arguments],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": libraries},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert run.returncode == 0, run.stderr
    where = subprocess.run(
        [python, "-c", "import voicemock; print(voicemock.__file__)"], cwd=tmp_path, capture_output=True
    )
    assert where.stdout.startswith(os.fsencode(tmp_path))
