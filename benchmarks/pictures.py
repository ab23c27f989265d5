"""Draw the pictures of the README and the pages: ``python benchmarks/pictures.py [docs/pictures]``.

Of the demo's two sample answers, whose voice is synthetic: ``report.png``, the top of the report; ``delivery.png``, the
first one drawn along its time; ``feedback.png``, findings with verdicts; ``compare.png``, the first one beside itself
with a part cut out; ``live.svg``, the screen while the second one is given, and ``page.png``, the same on the page. Of
a simulated history: ``progress.png``.
All but the screen are seen by a real browser. Needs a Whisper model, Chromium and its driver, and the ``test`` extra.
Two minutes.
"""

from __future__ import annotations

import datetime
import io
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import msgspec
import numpy as np
from rich.console import Console
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.browser import open_browser, visit
from tests.page import open_page
from tests.weeks import weeks
from voicemock import review
from voicemock.analyze import assemble
from voicemock.archive.history import history
from voicemock.archive.progress import Ended
from voicemock.archive.store import new_session
from voicemock.archive.takes import read_takes
from voicemock.audio.load import RATE_HZ, AudioFile
from voicemock.audio.wav import wav_bytes
from voicemock.cli.screen import LiveScreen, render_turn
from voicemock.demo.samples import load_samples, sample_questions
from voicemock.interview.stage import TurnView
from voicemock.page.board import Live, Phase, Put
from voicemock.progress.compare import compare
from voicemock.progress.compare_page import render_compared
from voicemock.progress.page import render_progress
from voicemock.progress.summary import progress_of
from voicemock.report import write_report
from voicemock.schema import SessionInfo, SessionReport

WIDTH, HEIGHT = 880, 1165
"""Of the page, in CSS pixels."""

COLUMNS, ROWS = 84, 20
"""Of the terminal."""

TODAY = datetime.date(2026, 12, 1)
"""Of the simulated history."""

SAYS_S = 55.0
"""So far into the answer."""


def demo_report() -> SessionReport:
    """Return the report on the two sample answers."""
    answers = [review(s.path, question=q) for s, q in zip(load_samples(), sample_questions(), strict=True)]
    session = SessionInfo(id="demo", title="Demo", started_at="2026-11-21T10:03:12+01:00", voice="natural")
    return assemble(answers, session=session)


def report_page(folder: Path, top: Path, delivery: Path, session: SessionReport) -> None:
    """Photograph the top of the report, and an answer drawn along its time."""
    with seen(WIDTH, HEIGHT) as browser:
        visit(browser, write_report(session, folder))
        browser.save_screenshot(str(top))
        player = browser.find_element("css selector", "#answer-1 .player")
        browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", player)
        player.screenshot(str(delivery))


def feedback_page(folder: Path, picture: Path, session: SessionReport) -> None:
    """Photograph findings of which two were judged on the page."""
    with seen(800, 640) as browser:
        own = msgspec.structs.replace(session.session, id="core", title="Core", question_set="em_core")
        page = write_report(msgspec.structs.replace(session, session=own), folder / "sessions" / "core")
        visit(browser, page)
        finding = browser.find_element("css selector", ".findings h3")
        browser.execute_script("arguments[0].scrollIntoView({block: 'start', behavior: 'instant'})", finding)
        for verdict, judge in zip(("right", "wrong"), browser.find_elements("css selector", ".judge"), strict=False):
            judge.find_element("css selector", f"[data-verdict={verdict}]").click()
        browser.execute_script("arguments[0].scrollIntoView({block: 'start', behavior: 'instant'})", finding)
        browser.execute_script("document.activeElement.blur()")
        browser.save_screenshot(str(picture))


def compare_page(folder: Path, picture: Path) -> None:
    """Photograph two takes of one question: the sample, and the sample without its second quarter."""
    sample, question = load_samples()[0], sample_questions()[0]
    whole = np.concatenate(list(AudioFile(sample.path).blocks()))
    quarter = len(whole) // 4
    os.environ["VOICEMOCK_DATA"] = str(folder)
    folder.mkdir()
    days = ("2026-11-14T19:30:00+01:00", "2026-11-21T10:03:12+01:00")
    for day, sound in zip(days, (whole, np.concatenate([whole[:quarter], whole[2 * quarter :]])), strict=True):
        store = new_session(title="Core", question_set="em_core", questions=(question,))
        dated = msgspec.structs.replace(store.progress.session, started_at=day)
        store.progress = msgspec.structs.replace(store.progress, session=dated)
        store.ask(1, question)
        take = store.begin()
        store.path(take).write_bytes(wav_bytes(sound, RATE_HZ))
        store.save(store.path(store.end(take, Ended.ANSWERED)), review(store.path(take), question=question))
        store.close()
    compared = compare(history(), question.id)
    assert compared
    told = list(read_takes([(take.session, take.place) for take in compared.takes], tell=print))
    page = folder / "compare.html"
    page.write_text(render_compared(compared, told, page_in=folder), encoding="utf-8")
    with seen(1200, 740) as browser:
        visit(browser, page)
        browser.execute_script("document.querySelector('.over').scrollIntoView({behavior: 'instant'})")
        browser.save_screenshot(str(picture))


def progress_page(folder: Path, picture: Path) -> None:
    """Photograph the top of the progress over six simulated weeks."""
    page = folder / "progress.html"
    page.write_text(render_progress(progress_of(weeks(1), today=TODAY), today=TODAY), encoding="utf-8")
    with seen(WIDTH, 1000) as browser:
        visit(browser, page)
        browser.save_screenshot(str(picture))


def practice_page(folder: Path, picture: Path) -> None:
    """Photograph the page while the second answer is given."""
    for name in ("VOICEMOCK_DATA", "VOICEMOCK_CONFIG"):
        os.environ[name] = str(folder / name)
    question = sample_questions()[1]
    view = live_view()
    put = Put(heading="Question 2 of 2", text=question.text, tests=question.tests, target_s=question.target_s)
    live = Live(
        elapsed_s=SAYS_S,
        level_db=-21.0,
        clipped=False,
        paused=False,
        unheard=False,
        counts=view.counts,
        countdown_s=None,
        partial=view.partial,
        message="",
    )
    with open_page() as visitor, seen(WIDTH, 930) as browser:
        browser.get(visitor.address)
        wait = WebDriverWait(browser, 20)
        wait.until(lambda _: browser.find_elements("id", "main"))
        browser.get(f"{visitor.origin}{visitor.home}/practise")
        visitor.house.board.turn(phase=Phase.RECORDING, put=put, live=live)
        wait.until(lambda _: browser.find_element("id", "stage").get_attribute("data-phase") == "recording")
        browser.save_screenshot(str(picture))


@contextmanager
def seen(width: int, height: int) -> Iterator[webdriver.Chrome]:
    """Yield a browser with a window of that size, in light colours and without scrollbars."""
    with open_browser() as browser:
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )
        browser.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
        light = {"features": [{"name": "prefers-color-scheme", "value": "light"}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", light)
        yield browser


def live_view() -> TurnView:
    """Return the second answer as it is given."""
    question, sample = sample_questions()[1], load_samples()[1]
    said = re.sub(r"\s+", " ", sample.text)
    return TurnView(
        SimpleNamespace(elapsed_s=SAYS_S, level_db=-21.0, clipped=False),
        question,
        counts=sum(pause.end_s < SAYS_S for pause in sample.filled_pauses),
        partial=said[: said.find(" I rolled it out")],
    )


def live_screen() -> str:
    """Draw what the candidate sees, as SVG."""
    return drawn(live_view(), heading="Question 2 of 2")


def drawn(view: TurnView, *, heading: str) -> str:
    """Return the question and the moving part under it as SVG that fetches nothing."""
    console = Console(record=True, width=COLUMNS, height=ROWS, file=io.StringIO(), force_terminal=True, highlight=False)
    LiveScreen(console).asked(view.question, heading)
    console.print(render_turn(view, height=ROWS))
    svg = console.export_svg(title="voicemock practice")
    return re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # rich would fetch its font from a host


def main() -> None:
    """Draw all of them."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "live.svg").write_text(live_screen(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as made:
        practice_page(Path(made), folder / "page.png")
    session = demo_report()
    with tempfile.TemporaryDirectory() as made:
        report_page(Path(made), folder / "report.png", folder / "delivery.png", session)
        feedback_page(Path(made), folder / "feedback.png", session)
        compare_page(Path(made) / "data", folder / "compare.png")
        progress_page(Path(made), folder / "progress.png")
    for picture in sorted(folder.iterdir()):
        print(f"{picture}: {picture.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
