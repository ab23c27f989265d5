"""Golden files: what a page looked like when somebody last looked at it."""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def check_golden(path: Path, actual: bytes) -> None:
    """Compare with a golden file; with REWRITE_GOLDEN=1 write it instead."""
    if os.environ.get("REWRITE_GOLDEN") == "1":
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(actual)
    expected = path.read_bytes().decode().splitlines()
    assert actual.decode().splitlines() == expected, (
        f"{path.name} changed. If that was meant: REWRITE_GOLDEN=1 python -m pytest tests"
    )
