"""CONTRIBUTING.md's walk-throughs work as they stand there."""

import re
import sys
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

import voicemock.checks
from tests.checks import test_contract as contract
from tests.documented import ROOT, code_on
from voicemock.cli.main import app
from voicemock.lenses import Lens
from voicemock.models.catalogue import Entry

PAGE = ROOT / "CONTRIBUTING.md"
FILES = {re.match(r"# (\S+)\n", block)[1]: block for block in code_on(PAGE, "python")}
CHECK, TEST = "voicemock/checks/apologies.py", "tests/checks/test_apologies.py"


@pytest.fixture
def with_the_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Drop the documented check beside the shipped ones, and nothing else."""
    (tmp_path / "apologies.py").write_text(FILES[CHECK], encoding="utf-8")
    monkeypatch.setattr(voicemock.checks, "__path__", [*voicemock.checks.__path__, str(tmp_path)])
    voicemock.checks.load_checks.cache_clear()
    yield next(check for check in voicemock.checks.load_checks() if check.id == "apologies")
    voicemock.checks.load_checks.cache_clear()
    sys.modules.pop("voicemock.checks.apologies", None)
    if hasattr(voicemock.checks, "apologies"):
        del voicemock.checks.apologies


def test_the_check_is_found_by_its_file_and_keeps_the_contract(with_the_check):
    contract.test_explains_itself(with_the_check)
    contract.test_findings_are_complete_and_short(with_the_check, contract.written)
    answer = voicemock.check("We moved it. Sorry, I'm rambling.")
    (finding,) = [finding for finding in answer.findings if finding.check == "apologies"]
    assert len(finding.message.split()) < 25
    explained = CliRunner().invoke(app, ["explain", "apologies"])
    assert "They point the listener" in explained.output


def test_its_test_passes(with_the_check):
    names: dict[str, object] = {}
    exec(compile(FILES[TEST], TEST, "exec"), names)
    tests = [test for name, test in names.items() if name.startswith("test_")]
    assert len(tests) == 2
    for test in tests:
        test()


def test_the_model_is_one_the_catalogue_takes():
    block, _ = code_on(PAGE, "toml")
    (model,) = msgspec.toml.decode(block)["models"]
    assert msgspec.convert(model, Entry).name == "small"


def test_the_lens_is_one_the_catalogue_takes():
    _, block = code_on(PAGE, "toml")
    assert [point.name for point in msgspec.toml.decode(block, type=Lens).points] == [
        "what it cost",
        "when it pays for itself",
    ]


def test_every_place_it_names_is_there():
    text = PAGE.read_text(encoding="utf-8")
    paths = {p for p in re.findall(r"`([\w./*]+/[\w.*/]*)`", text) if not re.search(r"NAME|apologies|\.venv", p)}
    roots = (ROOT, ROOT / "voicemock")
    assert len(paths) > 20
    assert not {path for path in paths if not any(list(root.glob(path.rstrip("/"))) for root in roots)}
