"""The labels of ten more signals fit the answers they speak of."""

import json
from pathlib import Path

from tests.test_answers_checked import ROWS, check_answers

LABELS = Path(__file__).parent / "answers" / "ten_more" / "labels.jsonl"
TEN = {
    "diagnosis",
    "direction",
    "empathy",
    "hiring_evidence",
    "migration",
    "mitigate_first",
    "shared_goal",
    "target",
    "team_burden",
    "uncertainty",
}


def test_each_answer_is_labelled_once_and_every_proof_stands_in_it() -> None:
    rows = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    texts = {row["id"]: check_answers.unmark(row["marked"])[0] for row in ROWS}
    assert sorted(row["id"] for row in rows) == sorted(texts)
    for row in rows:
        assert set(row["true"]) <= TEN and set(row["unsure"]) <= TEN - set(row["true"]), row["id"]
        for quotes in row["true"].values():
            assert quotes and all(quote in texts[row["id"]] for quote in quotes), row["id"]
