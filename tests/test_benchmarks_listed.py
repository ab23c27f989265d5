"""benchmarks/README.md names every script, and weights.toml every weight file as it is."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BENCHMARKS = ROOT / "benchmarks"
TEXT = (BENCHMARKS / "weights.toml").read_text(encoding="utf-8")
GROUPS = tomllib.loads(TEXT)["groups"]
RENEW = "run `python benchmarks/manifest.py`, and say in weights.toml what made it"


@pytest.fixture(scope="module")
def manifest():
    spec = importlib.util.spec_from_file_location("manifest", BENCHMARKS / "manifest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_readme_names_every_script_and_no_other():
    named = set(re.findall(r"`(\w+\.py)`", (BENCHMARKS / "README.md").read_text(encoding="utf-8")))
    assert named == {path.name for path in BENCHMARKS.glob("*.py")}


def test_every_weight_file_is_named(manifest):
    assert not manifest.unnamed(), RENEW


def test_every_weight_file_is_the_one_listed(manifest):
    stale = {was for was, now in zip(TEXT.splitlines(), manifest.renewed(TEXT).splitlines(), strict=True) if was != now}
    assert not stale, RENEW


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group["what"])
def test_a_group_tells_where_its_files_come_from(group):
    assert set(group) == {"what", "made_by", "made_from", "licence", "files"}
    assert all(group.values())
    for script in re.findall(r"benchmarks/\w+\.py", group["made_by"]):
        assert (ROOT / script).exists()


def test_a_changed_file_is_noticed(manifest, monkeypatch, tmp_path):
    monkeypatch.setattr(manifest, "ROOT", tmp_path)
    (tmp_path / "a.json").write_bytes(b"{}\r\n")
    line = manifest.entry("a.json")
    (tmp_path / "a.json").write_bytes(b"{}\n")
    assert manifest.renewed(line) == line, "line ends are Git's business"
    (tmp_path / "a.json").write_bytes(b"{1}\n")
    assert manifest.renewed(line) != line
