"""Another try is for bad luck: few tests get one, each is told, and a run that needs many fails."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
UNLUCKY = """
import pathlib
import pytest

@pytest.mark.flaky(reruns=1)
@pytest.mark.parametrize("number", range(4))
def test_luck(number):
    tried = pathlib.Path(__file__).with_name(f"tried-{{number}}")
    if number < {unlucky} and not tried.exists():
        tried.touch()
        pytest.fail("bad luck")
"""


@pytest.mark.parametrize(("unlucky", "code"), [(2, 0), (3, 1)])
def test_a_run_with_more_than_two_reruns_fails(unlucky: int, code: int, tmp_path: Path) -> None:
    (tmp_path / "test_luck.py").write_text(UNLUCKY.format(unlucky=unlucky))
    command = [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "--rootdir", tmp_path, tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=120)
    assert done.returncode == code, done.stdout
    assert "2 rerun" in done.stdout.splitlines()[-1]
    assert done.stdout.count("RERUN ") == 2


def test_only_what_lives_in_real_time_is_tried_again(request: pytest.FixtureRequest) -> None:
    for item in request.session.items:
        tried_again = item.get_closest_marker("flaky") is not None
        assert tried_again is (item.get_closest_marker("realtime") is not None), item.nodeid
        assert not tried_again or item.get_closest_marker("real"), item.nodeid
