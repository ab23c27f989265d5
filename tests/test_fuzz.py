import subprocess
import sys
from pathlib import Path

import pytest

from tests.practised import finished

FUZZ = Path(__file__).parent.parent / "benchmarks" / "fuzz.py"


@pytest.mark.real
def test_damaged_files_and_hostile_names_get_an_answer_or_a_sentence() -> None:
    counts = ("--sounds", "5", "--data", "5", "--names", "5", "--seed", "7", "--workers", "1")
    command = [sys.executable, str(FUZZ), *counts, "--session", str(finished().folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)

    assert done.returncode == 0, f"{done.stdout[-3000:]}{done.stderr[-3000:]}"
    assert '"runs": 15, "faulty": 0' in done.stdout
