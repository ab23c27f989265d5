"""Shared by all tests: a private home, no network, and the rule that CI skips nothing."""

import os
from pathlib import Path

import pytest

from tests.virtual_audio import virtual_audio  # noqa: F401 (a fixture)


@pytest.fixture(autouse=True)
def private_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the user's own sessions, models and settings."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("VOICEMOCK_DATA", "VOICEMOCK_CACHE", "VOICEMOCK_CONFIG"):
        monkeypatch.setenv(variable, str(home / variable.lower()))
    return home


def need(present: object, what: str) -> None:
    """Skip where a real part is missing on a developer's machine; fail where CI promises it."""
    if not present:
        message = f"{what} is missing"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
