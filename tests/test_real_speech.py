"""Labels of real speech are kept as word positions: they come back whole, and no text is kept."""

import importlib.util
import json
from itertools import pairwise
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "benchmarks" / "real_speech"
SAID = "**Ann:** So we, um, moved\nthe billing first. It took 3 weeks rather than one. I paid for that. **Bob:** Why?"
ROW = {
    "id": "x01",
    "question": "What did you move first?",
    "kind": "strategy",
    "quality": "mixed",
    "source": "ann/talks: one.md",
    "marked": "So [[w:we]], [[f:um]], moved the billing first. "
    "[[t:It took [[m:3 weeks]] rather than one. [[i:I]] paid for that.]]",
    "labels": {"action": True, "cost": False},
    "evidence": {"action": ["moved the billing first"]},
}


@pytest.fixture(scope="module")
def pack():
    spec = importlib.util.spec_from_file_location("pack", FOLDER / "pack.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def files(tmp_path):
    (tmp_path / "one.md").write_text(SAID, "utf-8")
    (tmp_path / "labelled.jsonl").write_text(json.dumps(ROW) + "\n", "utf-8")
    return tmp_path


def test_a_passage_comes_back_from_its_source(pack, files):
    pack.main("pack", files / "labelled.jsonl", files, files / "packed.json")
    assert "billing" not in (files / "packed.json").read_text("utf-8")
    pack.main("build", files / "packed.json", files, files / "back.jsonl")
    assert json.loads((files / "back.jsonl").read_text("utf-8")) == ROW


def test_a_source_that_has_changed_is_refused(pack, files):
    pack.main("pack", files / "labelled.jsonl", files, files / "packed.json")
    (files / "one.md").write_text(SAID.replace("billing", "booking"), "utf-8")
    with pytest.raises(SystemExit, match="x01: the source has changed"):
        pack.main("build", files / "packed.json", files, files / "back.jsonl")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("packed_*.json")), ids=lambda path: path.name)
def test_what_is_kept_holds_no_running_text(path):
    for row in json.loads(path.read_text("utf-8")):
        texts = [(a, b) for a, b in pairwise(row["ops"]) if isinstance(a, str) and isinstance(b, str)]
        assert len(texts) < 3, row["id"]
