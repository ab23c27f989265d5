"""Checks that other packages bring, whole or broken."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from voicemock.analyze import analyze_text, assemble
from voicemock.checks import find_check, load_checks
from voicemock.cli.main import app
from voicemock.report import render_markdown

SWEARING = '''"""Words one would not say to a customer.

What it does. Counts them.
Why it matters. They are what is remembered.
Example. "It was a damn mess."
Better. "It was a mess."
Source. The house, unvalidated.
"""

from voicemock.checks import DEFAULT, Verdict
from voicemock.schema import Finding, Measure, Severity, Status


def check(answer):
    count = answer.transcript.text.count("damn")
    measure = Measure(value=float(count), unit="swear words", status=Status.INFO)
    finding = Finding(
        check="anything", severity=Severity.INFO, message="Leave it out.", measured="1", limit="none", source=DEFAULT
    )
    return Verdict(measures={"swearing": measure, "length": measure}, findings=(finding,) if count else ())
'''
TEXT = "The release was a damn mess, so we rolled it back and I told the customer what had happened."

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Put a package with some checks on the path, as pip would."""

    def put(**modules: str) -> None:
        points = ["[voicemock.checks]"]
        for name, source in modules.items():
            (tmp_path / f"house_{name}.py").write_text(source)
            points.append(f"{name} = house_{name}")
        info = tmp_path / "house_checks-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: house-checks\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text("\n".join(points))
        monkeypatch.syspath_prepend(str(tmp_path))
        load_checks.cache_clear()

    yield put
    load_checks.cache_clear()
    for name in [name for name in sys.modules if name.startswith("house_")]:
        del sys.modules[name]


def test_a_check_of_another_package_speaks_under_its_own_name(install):
    plain = analyze_text(TEXT)
    install(swearing=SWEARING)
    report = analyze_text(TEXT)
    (finding,) = (f for f in report.findings if f.check == "swearing")
    assert finding.message == "Leave it out."
    assert report.measures["swearing"].value == 1
    assert report.measures["length"] == plain.measures["length"], "it takes no other check's measure"
    assert list(report.measures)[:-1] == list(plain.measures)
    assert "Leave it out." in render_markdown(assemble([report]))


def test_it_is_listed_and_explained_like_any_other(install):
    install(swearing=SWEARING)
    assert load_checks()[-1].id == "swearing"
    run = CliRunner().invoke
    assert re.search(r"^swearing +Words one would not say to a customer\.$", run(app, ["checks"]).output, re.MULTILINE)
    explained = run(app, ["explain", "swearing"]).output
    assert "swearing: Words one would not say to a customer." in explained
    assert "Why it matters\n  They are what is remembered." in explained


def test_they_come_last_and_by_name(install):
    ours = [check.id for check in load_checks()]
    install(swearing=SWEARING, bragging=SWEARING)
    assert [check.id for check in load_checks()] == [*ours, "bragging", "swearing"]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("import nothing_of_this_name", "No module named 'nothing_of_this_name'"),
        ("raise SystemExit('no licence')", "SystemExit: no licence"),
        ('"""No check."""', "has no attribute 'check'"),
        ("def check(answer):\n    return answer.nothing", "has no attribute 'nothing'"),
        ("def check(answer):\n    return None", "Expected `object`, got `null`"),
        ("def check(answer):\n    return {'measures': {'x': 5}}", "Expected `object`, got `int` - at `$.measures"),
    ],
)
def test_a_broken_one_becomes_a_note_and_the_others_still_speak(install, source, why):
    plain = analyze_text(TEXT)
    install(odd=source, swearing=SWEARING)
    report = analyze_text(TEXT)
    (note,) = set(report.notes) - set(plain.notes)
    assert note.startswith("The check 'odd' failed and was left out (")
    assert why in note
    assert "swearing" in report.measures
    assert CliRunner().invoke(app, ["checks"]).exit_code == 0
    assert CliRunner().invoke(app, ["explain", "odd"]).exit_code == 0


def test_none_takes_the_place_of_voicemocks_own(install):
    install(fillers=SWEARING)
    assert find_check("fillers").summary.startswith("Filled pauses")
    broken = find_check("fillers of house-checks")
    assert "another check is already named fillers" in broken.summary
    assert broken.sections == {"Where it comes from": "The package house-checks."}


def test_help_looks_for_no_package():
    code = (
        "import importlib.metadata\n"
        "def refuse(**group): raise SystemExit(f'looked for {group}')\n"
        "importlib.metadata.entry_points = refuse\n"
        "from voicemock.cli.main import app\n"
    )
    for command, fails in (("--help", False), ("checks", True)):
        done = subprocess.run([sys.executable, "-c", f"{code}app(['{command}'])"], capture_output=True, text=True)
        assert ("looked for" in done.stderr) is fails
