"""The labels of ten more signals fit the answers they speak of."""

import json
import sys
from pathlib import Path

from tests.test_answers_checked import ROWS, check_answers

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import reading as benchmark

LABELS = Path(__file__).parent / "answers" / "ten_more" / "labels.jsonl"
TEN = {name.value for name in benchmark.TEN_MORE}


def test_ten_are_labelled_apart_and_twenty_with_the_answers() -> None:
    assert (len(TEN), len(check_answers.LABELS)) == (10, 20)
    assert all(set(row["labels"]) == check_answers.LABELS for row in ROWS)


def test_each_answer_is_labelled_once_and_every_proof_stands_in_it() -> None:
    rows = [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()]
    texts = {row["id"]: check_answers.unmark(row["marked"])[0] for row in ROWS}
    assert sorted(row["id"] for row in rows) == sorted(texts)
    for row in rows:
        assert set(row["true"]) <= TEN and set(row["unsure"]) <= TEN - set(row["true"]), row["id"]
        for quotes in row["true"].values():
            assert quotes and all(quote in texts[row["id"]] for quote in quotes), row["id"]
