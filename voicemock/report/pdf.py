"""A page printed to PDF by a browser of this machine; voicemock brings none."""

__all__ = ["find_browser", "print_page"]

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from voicemock.errors import VoicemockError

COMMANDS = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge", "brave-browser"),
)
MAC = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")
WINDOWS = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")

FLAGS = (
    *("--headless", "--disable-gpu", "--mute-audio", "--no-first-run", "--no-default-browser-check"),
    *(
        "--no-pdf-header-footer",
        "--print-to-pdf-no-header",
        "--disable-extensions",
        "--disable-sync",
        "--disable-component-update",
    ),
    *("--disable-background-networking", "--disable-domain-reliability", "--disable-breakpad"),
    *("--host-resolver-rules=MAP * ~NOTFOUND", "--no-proxy-server"),
)
"""Quiet, and without a way to other machines: no name can be looked up."""

LONGEST_S = 120.0
BY_HAND = "Open the html report in any browser, and print it to a file from there."


def find_browser() -> Path:
    """Return a browser that prints without a window. Raises VoicemockError if there is none."""
    found = next(filter(None, map(shutil.which, COMMANDS)), None)
    if found:
        return Path(found)
    for path in _usual_places():
        if path.is_file():
            return path
    raise VoicemockError(
        "No browser was found that can print to PDF.", hint=f"Install Chromium, Chrome or Edge. Or: {BY_HAND}"
    )


def print_page(page: str, *, browser: Path, beside: Path) -> bytes:
    """Print an HTML page by its own print style. Raises VoicemockError if the browser does not.

    beside: a folder for the page and the print, which are gone afterwards; some browsers may not read temporary files.
    """
    with (
        tempfile.TemporaryDirectory(prefix="voicemock-", ignore_cleanup_errors=sys.platform == "win32") as profile,
        tempfile.TemporaryDirectory(prefix="voicemock-pdf-", dir=beside) as work,
    ):
        source, printed = Path(work).resolve() / "report.html", Path(work).resolve() / "report.pdf"
        source.write_bytes(page.encode("utf-8", "replace"))
        command = [str(browser), *FLAGS, *_as_root(), f"--user-data-dir={profile}", f"--print-to-pdf={printed}"]
        said = _run([*command, source.as_uri()], home=Path(profile))
        content = printed.read_bytes() if printed.is_file() else b""
    if not content.startswith(b"%PDF"):
        raise VoicemockError(f"{browser} did not print the page. {_reason(said)}", hint=BY_HAND)
    return content


def _run(command: list[str], *, home: Path) -> str:
    """Run a browser to its end, and return what it complained of; home: what it may fill with files of its own."""
    own = {f"XDG_{name}": str(home) for name in ("CONFIG_HOME", "CACHE_HOME", "DATA_HOME", "RUNTIME_DIR")}
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **own},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LONGEST_S,
        )
    except subprocess.TimeoutExpired:
        return f"It was stopped after {LONGEST_S:.0f} seconds."
    except OSError as error:
        return f"It cannot be started: {error.strerror}."
    return done.stderr


def _reason(said: str) -> str:
    """Return the line of a browser's complaints that tells most: the one it died of, or the last."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return next((line for line in lines if "FATAL" in line), lines[-1] if lines else "It said nothing.")


def _as_root() -> tuple[str, ...]:
    """Return what a browser needs to run as root, as it does in a container."""
    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()


def _usual_places() -> list[Path]:
    if sys.platform == "darwin":
        return [
            top / "Applications" / f"{name}.app" / "Contents" / "MacOS" / name
            for top in (Path("/"), Path.home())
            for name in MAC
        ]
    if sys.platform == "win32":
        tops = [os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]
        return [Path(top) / place for top in tops if top for place in WINDOWS]
    return []
