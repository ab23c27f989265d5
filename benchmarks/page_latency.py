"""Measure what the page adds to a terminal, in a real browser.

    python benchmarks/page_latency.py [--model tiny.en] [--seconds 30] [--takes 4] [--wait 0] [--sessions 30]
                                      [--summary-only]

Printed as Markdown:

- from the key to the summary of the same spoken answer, in a terminal (`practice --plain`) and on the page, in turn;
- what recording that answer for the page takes of a core: the process that records and serves, and the one that hears;
- from a change in voicemock to its sight in the browser, alone and while a recording shows its level;
- from `voicemock open` to a page that hears and answers, in a browser that is open already;
- the first paint of pages, with so many sessions on disk.

Needs PulseAudio's daemon and clients, Chromium and its driver, the `natural` extra and the `test` extra. About two
minutes and twice the length of all takes. A busy machine measures itself: the load is printed with the figures.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pexpect
from latency import RATE_HZ, speech
from selenium.webdriver import Chrome

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.browser import open_browser
from tests.page import open_page
from tests.practised import finished
from tests.virtual_audio import VirtualAudio
from voicemock.audio import devices
from voicemock.audio.wav import wav_bytes
from voicemock.page.board import Live, Phase, Put
from voicemock.paths import cache_dir

PUT = Put(heading="Question 1 of 1", text="Why?", target_s=(60, 150))
CHANGES = 40
LOOK_S = 3.0
SEEN = """
window.seenAt = 0;
new MutationObserver(() => { if (!document.querySelector("#brief").hidden) window.seenAt ||= Date.now(); })
  .observe(document.querySelector("#stage"), { subtree: true, attributes: true, childList: true });
addEventListener("keydown", () => { window.pressedAt = Date.now(); }, true);
"""
PAINT = "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
PAGES = ("", "practise", "sessions", "sessions/ID", "progress", "questions", "plan")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--seconds", type=float, default=30, help="length of the spoken answer")
    parser.add_argument("--takes", type=int, default=4)
    parser.add_argument("--sessions", type=int, default=30, help="on disk, for the first paint")
    parser.add_argument("--wait", type=float, default=0.0, help="seconds from the last word to the key")
    parser.add_argument("--summary-only", action="store_true", help="measure nothing but the summary")
    options = parser.parse_args()
    os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_dir() / "numba"))  # else the first take waits for a compiler
    with tempfile.TemporaryDirectory(prefix="vm-page-") as name:
        folder = Path(name)
        for part in ("data", "config"):
            (folder / part).mkdir()
            os.environ[f"VOICEMOCK_{part.upper()}"] = str(folder / part)
        (folder / "config" / "config.toml").write_text(f'model = "{options.model}"\n')
        with open_browser() as browser:
            for _ in range(options.sessions):
                finished()
            if not options.summary_only:
                paint(browser)
                change(browser)
            card = VirtualAudio(folder)
            try:
                os.environ |= card.env
                devices.refresh()
                key_to_summary(browser, card, folder, options)
            finally:
                card.close()


def until(true: "object") -> object:
    """Return what a function returns once that is true."""
    deadline = time.monotonic() + 60
    while not (found := true()):  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return found


def used_s(pid: int) -> float:
    """Return the processor time of a process until now, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def begun_by(pid: int) -> list[int]:
    """Return the processes that a process began, and theirs."""
    own = [int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()]
    return own + [one for child in own for one in begun_by(child)]


@contextmanager
def opened() -> Iterator[tuple[str, float, int]]:
    """Run `voicemock open`, and yield its address, when it was begun, and its number."""
    began_at = time.time()
    command = [sys.executable, "-u", "-m", "voicemock", "open", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        server.stdout.readline()
        try:
            yield server.stdout.readline().strip(), began_at, server.pid
        finally:
            server.terminate()


def paint(browser: Chrome) -> None:
    """Print how long it takes to open, and to the first paint of pages."""
    took = []
    for _ in range(5):
        with opened() as (address, began_at, _):
            browser.get(address)
            until(lambda: "token" not in browser.current_url and browser.find_elements("id", "main"))
            until(lambda: browser.execute_script("return document.readyState") == "complete")
            home = browser.current_url
            browser.execute_async_script(
                "const done = arguments[0]; const line = new WebSocket(location.href.replace('http', 'ws') + 'live');"
                "line.onmessage = () => done(true)"
            )
            took.append(time.time() - began_at)
            if len(took) < 5:
                continue
            print(f"| from `voicemock open` to a page that answers, s | {listed(took)} |\n|---|---|", flush=True)
            session = next((Path(os.environ["VOICEMOCK_DATA"]) / "sessions").iterdir()).name
            for page in PAGES:
                times = []
                for _ in range(6):
                    browser.get(home + page.replace("ID", session))
                    times.append(float(until(lambda: browser.execute_script(PAINT))) / 1000)  # type: ignore[arg-type]
                print(f"| first paint of /{page}, s | {listed(times[1:])} |", flush=True)


def change(browser: Chrome) -> None:
    """Print how long a change takes to be seen, alone and while a level is shown."""
    live = Live(
        elapsed_s=1, level_db=-20, clipped=False, paused=False, unheard=False, counts=0, countdown_s=None, partial=None,
        message="",
    )  # fmt: skip
    with open_page() as visitor:
        browser.get(visitor.address)
        until(lambda: "token" not in browser.current_url and browser.find_elements("id", "main"))
        browser.get(f"{browser.current_url}practise")
        for name, moving in (("alone", False), ("just after a level was shown", True)):
            took = []
            for _ in range(CHANGES):
                visitor.house.board.turn(phase=Phase.RECORDING, put=PUT, live=live, summary=())
                until(lambda: browser.execute_script("return document.querySelector('#brief').hidden"))
                browser.execute_script(SEEN)
                if moving:
                    visitor.house.board.show(live=live)
                    time.sleep(random.uniform(0.0, 0.1))
                else:
                    time.sleep(0.3)
                shown_at = time.time()
                visitor.house.board.turn(phase=Phase.WAITING, keys=("enter",), live=None, summary=("2:14",))
                seen_at = until(lambda: browser.execute_script("return window.seenAt"))
                took.append(float(seen_at) / 1000 - shown_at)  # type: ignore[arg-type]
            print(f"| a change to its sight, {name}, ms | median {statistics.median(took) * 1000:.0f}, "
                  f"most {max(took) * 1000:.0f} |", flush=True)  # fmt: skip


def key_to_summary(browser: Chrome, card: VirtualAudio, folder: Path, options: argparse.Namespace) -> None:
    """Print how long the summary of the same answer takes in a terminal and on the page."""
    said = speech(options.seconds, seed=1)
    played = folder / "answer.wav"
    played.write_bytes(wav_bytes(said, RATE_HZ))
    lasts_s = len(said) / RATE_HZ + options.wait
    found: dict[str, list[float]] = {"terminal": [], "page": []}
    shares = []
    for _ in range(options.takes):
        found["terminal"].append(_terminal(card, played, lasts_s))
        took, *share = _page(browser, card, played, lasts_s)
        found["page"].append(took)
        shares.append(share)
    for what, share in zip(("recording and serving", "hearing meanwhile"), zip(*shares, strict=True), strict=True):
        print(f"| {what}, share of a core | {listed(share)} |", flush=True)
    for where, times in found.items():
        print(f"| key to summary, {where}, {lasts_s:.0f} s spoken, s | {listed(times)} |", flush=True)
    page, terminal = (statistics.median(found[where]) for where in ("page", "terminal"))
    print(f"| page to terminal, of the medians | {page / terminal:.2f} |\n| load | {os.getloadavg()[0]:.1f} |")


def _terminal(card: VirtualAudio, played: Path, lasts_s: float) -> float:
    command = "-m voicemock practice em_core -n 1 --text-only --plain --no-open"
    session = pexpect.spawn(sys.executable, command.split(), env=dict(os.environ), dimensions=(40, 100), timeout=60)
    session.expect("Recording")
    time.sleep(1)
    with card.start_playing_into_microphone(played):
        time.sleep(lasts_s)
        began_at = time.time()
        session.send("\r")
        session.expect("Listening back")
        session.expect(r"\d:\d\d")
        took = time.time() - began_at
    session.kill(9)
    session.close()
    return took


def _page(browser: Chrome, card: VirtualAudio, played: Path, lasts_s: float) -> tuple[float, float, float]:
    """Return the time from the key to the summary, and the shares of a core of recording and of hearing until then."""
    with opened() as (address, _, server):
        browser.get(address)
        until(lambda: "token" not in browser.current_url and browser.find_elements("id", "main"))
        browser.get(f"{browser.current_url}practise")
        until(lambda: browser.find_elements("css selector", '#voice option[value="none"]'))
        for name, value in (("set", "em_core"), ("microphone", ""), ("voice", "none")):
            browser.find_element("css selector", f'#{name} option[value="{value}"]').click()
        browser.find_element("css selector", "#choose .go").send_keys("\n")
        until(lambda: browser.find_element("id", "stage").get_attribute("data-phase") == "recording")
        browser.execute_script(SEEN)
        time.sleep(1)
        with card.start_playing_into_microphone(played):
            began_at, ears = time.monotonic(), begun_by(server)
            used = used_s(server), sum(map(used_s, ears))
            time.sleep(lasts_s)
            lasted_s = time.monotonic() - began_at
            shares = (used_s(server) - used[0]) / lasted_s, (sum(map(used_s, ears)) - used[1]) / lasted_s
            browser.find_element("id", "question").send_keys("\n")
            deadline = time.monotonic() + 60
            while not browser.execute_script("return window.seenAt"):
                assert time.monotonic() < deadline, browser.find_element("id", "stage").text
                time.sleep(LOOK_S)  # to ask for it all the while would keep a core from what is measured
            took = float(browser.execute_script("return (window.seenAt - window.pressedAt) / 1000"))
            return took, *shares


def listed(times: Sequence[float]) -> str:
    """Return times and their median."""
    return f"{', '.join(f'{one:.2f}' for one in times)}: median {statistics.median(times):.2f}"


if __name__ == "__main__":
    main()
