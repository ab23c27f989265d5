"""Shared by all tests: a private home, no network, and the rule that CI skips nothing."""

import compileall
import importlib
import importlib.util
import os
import signal
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

import voicemock
from tests.virtual_audio import virtual_audio  # noqa: F401 (a fixture)
from voicemock.paths import config_file

if TYPE_CHECKING:
    from voicemock.speech.recognise import Recogniser

# One thread for numpy, as the commands have it: several processes at once wait for each other's threads otherwise.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# What librosa compiles at first use takes seconds: once for all tests, not once for each private home.
os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(__file__).parent.parent / ".pytest_cache" / "numba"))


def pytest_configure(config: pytest.Config) -> None:
    """Compile voicemock once, as pip does where it installs it: not in each process of a command that is tried.

    Where PYTHONDONTWRITEBYTECODE is set, as it is for every command that is watched, none keeps what it compiled.
    """
    if not hasattr(config, "workerinput"):  # else the run that started this one has done it
        compileall.compile_dir(Path(voicemock.__file__).parent, quiet=2)


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tell what lives in real time, and let it try once more: the machine may be busy with something else.

    pyproject.toml allows two such tries in a whole run; who needs a third has a fault.
    """
    for item in items:
        if "virtual_audio" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.realtime)
        if item.get_closest_marker("realtime"):
            item.add_marker(pytest.mark.real)
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(autouse=True, scope="session")
def signals_are_noticed() -> None:
    """Undo what nohup and a shell's "&" do to all processes they start: tests must see SIGHUP and Ctrl-C."""
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def private_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the user's own sessions, models and settings.

    voicemock was used here before: with no settings `practice` would ask in a terminal what no option answers.
    """
    home = tmp_path_factory.mktemp("home")
    for variable in ("VOICEMOCK_DATA", "VOICEMOCK_CACHE", "VOICEMOCK_CONFIG"):
        monkeypatch.setenv(variable, str(home / variable.lower()))
    config_file().parent.mkdir()
    config_file().touch()
    return home


@pytest.fixture
def never_used_before(private_home: Path) -> None:
    """Take the settings away, and their folder."""
    config_file().unlink()
    config_file().parent.rmdir()


@pytest.fixture(scope="session")
def recogniser() -> "Recogniser":
    """Return Whisper tiny.en, loaded once."""
    from voicemock.models.catalogue import catalog, find_model, installed
    from voicemock.speech.recognise import Recogniser

    need(installed(catalog().entry("tiny.en")), "Whisper tiny.en (the offline extra)")
    return Recogniser(find_model("tiny.en"))


def need(present: object, what: str) -> None:
    """Skip where a real part is missing on a developer's machine; fail where CI promises it."""
    if not present:
        message = f"{what} is missing"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)


def needed(package: str) -> ModuleType:
    """Import a package that a test cannot do without; where it is missing, do as ``need`` does."""
    need(importlib.util.find_spec(package), package)
    return importlib.import_module(package)
