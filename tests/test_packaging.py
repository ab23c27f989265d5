"""What the package says of itself, and what a newcomer meets on the forge."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager

import voicemock

ROOT = Path(__file__).parent.parent
DATA = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))


@pytest.fixture(scope="module")
def metadata() -> ProjectMetadata:
    return ProjectMetadata(str(ROOT), PluginManager())


def test_the_version_stands_in_one_place(metadata):
    assert metadata.version == voicemock.__version__
    assert "version" not in DATA["project"]


def test_the_package_index_would_take_it(metadata):
    metadata.validate_fields()  # classifiers, licence, names of extras
    assert "Typing :: Typed" in metadata.core.classifiers
    assert (ROOT / "voicemock" / "py.typed").exists()


def test_ci_runs_every_python_the_package_names():
    jobs = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8"))["jobs"]
    named = re.findall(r":: (3\.\d+)$", "\n".join(DATA["project"]["classifiers"]), re.MULTILINE)
    assert all(job["strategy"]["matrix"]["python"] == named for job in jobs.values())
    assert "make test" in jobs["linux"]["steps"][-1]["run"]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_a_form_can_be_filled_in(form):
    data = yaml.safe_load(form.read_text(encoding="utf-8"))
    if form.stem == "config":
        return
    asked = [field for field in data["body"] if field["type"] != "markdown"]
    assert data["name"]
    assert data["description"]
    assert len({field["id"] for field in asked}) == len(asked)
    assert all(field["attributes"]["label"] for field in asked)
    text = form.read_text(encoding="utf-8")
    assert "--version" not in text, "there is no such option"


def test_hooks_run_what_make_check_runs():
    (repo,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    tools = [re.search(r"\.venv/bin/(\w+(?: (?:check|format))?)", hook["entry"])[1] for hook in repo["hooks"]]
    assert tools == ["ruff check", "ruff format", "mypy"]
    assert all(f"$(BIN)/{tool}" in makefile for tool in tools)
