"""Draw the README's pictures from the demo: ``python benchmarks/pictures.py [docs/pictures]``.

``report.png``, the top of the report on the two sample answers (their voice is synthetic), and ``delivery.png``, the
first of them drawn along its time, both seen by a real browser; and ``live.svg``, the screen while the second one is
given. Needs a Whisper model, Chromium and its driver, and the ``test`` extra. A minute.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

from rich.console import Console

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.browser import open_browser, visit
from voicemock import review
from voicemock.analyze import assemble
from voicemock.cli.screen import LiveScreen, render_turn
from voicemock.demo.samples import load_samples, sample_questions
from voicemock.interview.stage import TurnView
from voicemock.report import write_report
from voicemock.schema import SessionInfo

WIDTH, HEIGHT = 880, 1165
"""Of the page, in CSS pixels."""

COLUMNS, ROWS = 84, 20
"""Of the terminal."""

SAYS_S = 55.0
"""So far into the answer."""


def report_page(top: Path, delivery: Path) -> None:
    """Photograph the top of the report, and an answer drawn along its time."""
    answers = [review(s.path, question=q) for s, q in zip(load_samples(), sample_questions(), strict=True)]
    session = SessionInfo(id="demo", title="Demo", started_at="2026-11-21T10:03:12+01:00", voice="natural")
    with tempfile.TemporaryDirectory() as folder, open_browser() as browser:
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False},
        )
        browser.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
        light = {"features": [{"name": "prefers-color-scheme", "value": "light"}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", light)
        visit(browser, write_report(assemble(answers, session=session), Path(folder)))
        browser.save_screenshot(str(top))
        player = browser.find_element("css selector", "#answer-1 .player")
        browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", player)
        player.screenshot(str(delivery))


def live_screen() -> str:
    """Draw what the candidate sees, as SVG."""
    question, sample = sample_questions()[1], load_samples()[1]
    said = re.sub(r"\s+", " ", sample.text)
    view = TurnView(
        SimpleNamespace(elapsed_s=SAYS_S, level_db=-21.0, clipped=False),
        question,
        counts=sum(pause.end_s < SAYS_S for pause in sample.filled_pauses),
        partial=said[: said.find(" I rolled it out")],
    )
    return drawn(view, heading="Question 2 of 2")


def drawn(view: TurnView, *, heading: str) -> str:
    """Return the question and the moving part under it as SVG that fetches nothing."""
    console = Console(record=True, width=COLUMNS, height=ROWS, file=io.StringIO(), force_terminal=True, highlight=False)
    LiveScreen(console).asked(view.question, heading)
    console.print(render_turn(view, height=ROWS))
    svg = console.export_svg(title="voicemock practice")
    return re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)  # rich would fetch its font from a host


def main() -> None:
    """Draw all three."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "live.svg").write_text(live_screen(), encoding="utf-8")
    report_page(folder / "report.png", folder / "delivery.png")
    for picture in sorted(folder.iterdir()):
        print(f"{picture}: {picture.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
