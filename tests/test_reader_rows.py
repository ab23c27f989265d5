"""What a reader learns from: every labelled answer as one kind of row, nothing of it measured on."""

import json
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "benchmarks" / "reader"


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(FOLDER))
    monkeypatch.delitem(sys.modules, "rows", raising=False)
    import rows

    yield rows
    for name in ("rows", "pack"):
        sys.modules.pop(name, None)


def test_every_invented_answer_is_a_row_with_thirty_labels(rows) -> None:
    found = rows.invented()
    assert len(found) == len({row.id for row in found}) == 1083
    for row in found:
        assert list(row.labels) == list(rows.SIGNALS)
        assert None not in [row.labels[name] for name in rows.TWENTY]
        assert all(row.labels[name] for name, places in row.proofs.items() if places), row.id


PASSAGE = {
    "id": "y0001",
    "question": "What broke?",
    "source": "ann/talks: one.md",
    "marks": "mt",
    "marked": "The queue grew to [[m:40 thousand]] by noon, and we paused it before we looked for the cause at all.",
    "labels": {"metric": True, "tradeoff": None, "mitigate_first": True},
    "evidence": {"mitigate_first": ["we paused it before we looked"]},
}


def test_what_was_not_marked_or_not_told_is_not_learned(rows, tmp_path: Path) -> None:
    (tmp_path / "built.jsonl").write_text(json.dumps(PASSAGE) + "\n", "utf-8")
    (row,) = rows.real(tmp_path / "built.jsonl")
    assert row.habit == "strict"
    assert [row.text[a:b] for a, b in row.spans["metric"]] == ["40 thousand"]
    assert [row.spans[kind] for kind in ("filler", "i", "we", "tradeoff")] == [None] * 4
    assert row.labels["tradeoff"] is None and row.labels["action"] is None
    assert [row.text[a:b] for a, b in row.proofs["mitigate_first"]] == ["we paused it before we looked"]
    assert rows.apart([row], [row]) == []
