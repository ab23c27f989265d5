"""The report as PDF: printed by a real browser, an answer a page; where there is none, what to do is said."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from tests import report_samples
from tests.conftest import need
from voicemock.errors import VoicemockError
from voicemock.report import pdf, render_html
from voicemock.report.pdf import find_browser, print_page


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", content))


@pytest.mark.real
@pytest.mark.parametrize(("name", "most"), [("full", 3), ("practised", 2), ("empty", 1)])
def test_chromium_prints_an_answer_a_page(name: str, most: int, tmp_path: Path):
    need(shutil.which("chromium"), "Chromium (Debian: chromium)")
    page = render_html(getattr(report_samples, name)(), folder=None)
    content = print_page(page, browser=find_browser(), beside=tmp_path)
    assert content.startswith(b"%PDF") and content.rstrip().endswith(b"%%EOF")
    assert 1 <= pages(content) <= most
    if name == "full":
        assert pages(content) == len(report_samples.full().answers)
    assert not list(tmp_path.iterdir())


def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.shutil, "which", lambda _: None)
    monkeypatch.setattr(pdf, "_usual_places", list)


def test_without_a_browser_what_to_install_is_said(monkeypatch: pytest.MonkeyPatch):
    no_browser(monkeypatch)
    with pytest.raises(VoicemockError, match="No browser was found") as error:
        find_browser()
    assert "Install Chromium, Chrome or Edge" in error.value.hint and "any browser" in error.value.hint


def test_a_browser_in_its_usual_place_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    no_browser(monkeypatch)
    browser = tmp_path / "chrome.exe"
    browser.touch()
    monkeypatch.setattr(pdf, "_usual_places", lambda: [tmp_path / "gone", browser])
    assert find_browser() == browser


@pytest.mark.parametrize("system", ["darwin", "win32", "linux"])
def test_usual_places_are_of_the_system(system: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pdf.sys, "platform", system)
    monkeypatch.setenv("PROGRAMFILES", "/programs")
    places = [str(path) for path in pdf._usual_places()]
    assert {"darwin": "Google Chrome.app", "win32": "chrome.exe", "linux": ""}[system] in " ".join(places)
    assert bool(places) == (system != "linux")


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for the browser")
@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo no display >&2; exit 1", "no display"),
        ("echo x:FATAL:socket path too long >&2; echo gone >&2; exit 1", "socket path too long"),
        ("sleep 9", "stopped after"),
        ('for a; do case $a in --print-to-pdf=*) echo broken > "${a#*=}";; esac; done', "said nothing"),
    ],
)
def test_a_browser_that_does_not_print_is_told_of(
    script: str, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(pdf, "LONGEST_S", 0.5)
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\n{script}\n")
    browser.chmod(0o700)
    with pytest.raises(VoicemockError, match=f"did not print the page.*{said}") as error:
        print_page("<p>", browser=browser, beside=tmp_path)
    assert "any browser" in error.value.hint
    assert list(tmp_path.iterdir()) == [browser]


def test_a_browser_that_cannot_be_started_is_told_of(tmp_path: Path):
    with pytest.raises(VoicemockError, match="cannot be started"):
        print_page("<p>", browser=tmp_path / "gone", beside=tmp_path)
