"""A user's machine on its first day, for a command that is watched on it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.sounds import save_first_words
from tests.virtual_audio import VirtualAudio, sound_card
from tests.watched import Watch, clean_environment, need_strace

WRITTEN = "Um, we moved the billing service in three weeks. Failed orders went from nine percent to two."
QUESTION_SET = """
schema_version = 1
id = "live"
title = "One question that expects nothing, so that none follows"

[[questions]]
id = "late"
text = "What was late?"
kind = "behavioural"
"""
DEVICES = ("/dev/null", "/dev/tty", "/dev/pts/", "/dev/snd/", "/dev/dsp", "/dev/shm/")
"""Written to, and nothing stays: terminals, sound cards, memory that processes share."""


class Home(NamedTuple):
    """A user's home on the first day, and a sound card: one for all commands, as with a user."""

    folder: Path
    card: VirtualAudio

    @property
    def own(self) -> dict[str, Path]:
        """voicemock's own folders in it."""
        places = {"data": ".local/share", "cache": ".cache", "config": ".config"}
        return {name: self.folder / place / "voicemock" for name, place in places.items()}


class Machine:
    """What a command finds: a home, a folder with recordings to work in, an empty folder for temporary files."""

    def __init__(self, folder: Path, home: Home) -> None:
        self.home = home
        self.work, self.temporary = folder / "work", folder / "tmp"
        shutil.copytree(home.folder.parent / "recordings", self.work)
        self.temporary.mkdir()
        self._folder = folder
        self._watches = 0
        sound = {name: value for name, value in home.card.env.items() if name.startswith(("PULSE_", "XDG_RUNTIME_"))}
        self.environment = clean_environment(home.folder, TMPDIR=str(self.temporary), **sound)

    def watch(self, *, network: bool = False) -> Watch:
        self._watches += 1
        folder = self._folder / f"watch-{self._watches}"
        folder.mkdir()
        return Watch(folder, network=network)

    def run(self, watch: Watch, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run Python with these arguments, watched, to its end."""
        return subprocess.run(
            watch.command(sys.executable, *arguments),
            env={**self.environment, **more},
            cwd=self.work,
            capture_output=True,
            text=True,
            timeout=300,
            input=WRITTEN,
        )

    def voicemock(self, *arguments: str, **more: str) -> str:
        """Run a command and return what it printed.

        Fails where it fails, or it or a process of its own reached out or wrote elsewhere.
        """
        watch = self.watch()
        done = self.run(watch, "-m", "voicemock", *arguments, **more)
        assert done.returncode == 0, done.stderr
        self.judge(watch)
        return done.stdout

    def practise(self, *arguments: str, at: "Callable[[pexpect.spawn[str]], None]") -> None:  # noqa: F821
        """Run a command in a terminal, as ``voicemock`` does; at: what happens at the keyboard and the microphone."""
        import pexpect

        watch = self.watch()
        program, *rest = watch.command(sys.executable, "-m", "voicemock", *arguments)
        terminal = pexpect.spawn(
            program, rest, env=self.environment, cwd=self.work, encoding="utf-8", timeout=120, dimensions=(24, 80)
        )
        try:
            at(terminal)
            terminal.expect("Report: ")
            terminal.expect(pexpect.EOF)
        finally:
            terminal.close()
        assert terminal.exitstatus == 0
        self.judge(watch)

    def judge(self, watch: Watch) -> None:
        reached_for = watch.reached_for(sound=self.home.card.folder)
        assert not reached_for, "\n".join(reached_for)
        self.judge_files(watch)

    def judge_files(self, watch: Watch) -> None:
        written = {str(path) for path in watch.written(folder=self.work) if not self._may_be_written(path)}
        elsewhere = {path for path in written if not path.startswith(DEVICES)}
        assert not elsewhere, "\n".join(elsewhere)
        assert not list(self.temporary.iterdir()), "something was left behind"
        for private in (self.home.own["data"] / "sessions", self.home.own["config"]):
            for path in [private, *private.rglob("*")] if private.exists() else ():
                assert path.stat().st_mode & 0o077 == 0, f"{path} can be read by others"

    def _may_be_written(self, path: Path) -> bool:
        own = any(path.is_relative_to(o) or o.is_relative_to(path) for o in self.home.own.values())
        return own or any(path.is_relative_to(o) for o in (self.work, self.temporary, self.home.card.folder))


@pytest.fixture(scope="module", name="home")
def home_of_the_first_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    need_strace()
    folder = tmp_path_factory.mktemp("machine")
    for name in ("recordings/answer.wav", "recordings/folder/answer.wav"):
        (folder / name).parent.mkdir()
        save_first_words(folder / name)
    (folder / "recordings/answer.txt").write_text(WRITTEN)
    (folder / "recordings/live.toml").write_text(QUESTION_SET)
    with sound_card() as card:
        home = Home(folder / "home", card)
        if (compiled := Path(os.environ["NUMBA_CACHE_DIR"])).is_dir():
            shutil.copytree(compiled, home.own["cache"] / "numba")
        yield home


@pytest.fixture(name="machine")
def machine_of_the_first_day(tmp_path: Path, home: Home) -> Machine:
    return Machine(tmp_path, home)


@contextmanager
def at_home(machine: Machine) -> Iterator[None]:
    """Let this process write sessions into that home, for its owner only, as voicemock does."""
    mask = os.umask(0o077)
    try:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("VOICEMOCK_DATA", str(machine.home.own["data"]))
            yield
    finally:
        os.umask(mask)
