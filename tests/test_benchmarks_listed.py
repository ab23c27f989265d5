"""benchmarks/README.md names every script, weights.toml every weight file, and the scripts still fit the package."""

import ast
import importlib.util
import re
import sys
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


@pytest.mark.parametrize("script", sorted(BENCHMARKS.glob("*.py")), ids=lambda path: path.stem)
def test_what_a_script_takes_from_the_package_is_there(script):
    """Few run them, so nobody would notice."""
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in ("voicemock", "tests"):
            module = importlib.import_module(node.module)
            names = [alias.name for alias in node.names]
            assert all(hasattr(module, n) or importlib.util.find_spec(f"{node.module}.{n}") for n in names), names


def test_the_readmes_live_screen_is_todays(monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path, str(BENCHMARKS)])
    pictures = importlib.import_module("pictures")
    drawn = (ROOT / "docs" / "pictures" / "live.svg").read_text(encoding="utf-8")
    assert pictures.live_screen() == drawn, "run `python benchmarks/pictures.py`"


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
