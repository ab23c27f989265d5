"""benchmarks/check_answers.py finds each kind of fault, and none in the answers of this repository."""

import copy
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
import check_answers

ROWS, PROOFS = check_answers.load([check_answers.ANSWERS, check_answers.ANSWERS / "registers"])
GOOD = next(row for row in ROWS if row["id"] == "rf01")
PROOF = PROOFS["rf01"]


def faults_of(row, proof):
    return check_answers.faults([row], {"rf01": proof})


def test_the_labelled_answers_hold_together() -> None:
    assert not check_answers.faults(ROWS, PROOFS)
    assert sum(row["folder"] == "registers" for row in ROWS) == 390


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda row, proof: row.update(marked=row["marked"] + " [[m:Two"), "does not close"),
        (lambda row, proof: row.update(marked=row["marked"] + " [[f: ]]"), "holds nothing"),
        (lambda row, proof: row["labels"].pop("cost"), "labels: ['cost']"),
        (lambda row, proof: row["labels"].update(cost="yes"), "not all true or false"),
        (lambda row, proof: row["labels"].update(metric=False), "metric is False"),
        (lambda row, proof: row["labels"].update(tradeoff=False), "tradeoff is False"),
        (lambda row, proof: (row["labels"].update(customer=False), proof.pop("customer")), "without customer"),
        (lambda row, proof: proof["scale"].append("Capacity was not"), "scale: not in it"),
        (lambda row, proof: proof.update(cost=proof["task"]), "cost is proved and does not hold"),
        (lambda row, proof: proof.pop("scale"), "scale holds and is not proved"),
        (lambda row, proof: proof.update(scale=[]), "scale holds and is not proved"),
    ],
)
def test_a_fault_is_found(change, said) -> None:
    row, proof = copy.deepcopy((GOOD, PROOF))
    assert not faults_of(row, proof)
    change(row, proof)
    assert said in "\n".join(faults_of(row, proof))


def test_answers_outside_the_registers_need_no_full_proof() -> None:
    assert not faults_of(GOOD | {"folder": "answers"}, {})


def test_an_id_is_used_once_and_a_proof_has_its_answer() -> None:
    found = "\n".join(check_answers.faults([GOOD, GOOD], {"rf01": PROOF, "zz99": {}}))
    assert "rf01: used 2 times" in found
    assert "zz99: proved, and not among the answers" in found


def test_an_answer_told_again_is_found() -> None:
    again = GOOD | {"id": "zz01", "folder": "answers", "marked": GOOD["marked"].replace("winter", "autumn")}
    assert "shares" in "\n".join(check_answers.faults([GOOD, again], {"rf01": PROOF}))
