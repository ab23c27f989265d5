"""Measure how exactly a browser seeks in a recording, codec by codec.

    python benchmarks/seeking.py [SECONDS]

A sweep whose frequency tells the time is encoded each way the page could hold it; Chromium seeks to eight places,
and what is heard there is compared with the place asked for. The report uses the codec whose error stays below what
an ear notices between two words. Needs Chromium and its driver, and the `test` extra.
"""

import base64
import io
import sys
import tempfile
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.browser import open_browser
from tests.retold import HIGH_HZ, LOW_HZ, RATE
from tests.test_report_browser import HEAR, sweep_time_s
from voicemock.report.opus import encoded

CODECS = {
    "MP3 40 kbit/s": ("audio/mpeg", "mp3", "libmp3lame", 40_000),
    "AAC 40 kbit/s": ("audio/mp4", "mp4", "aac", 40_000),
    "Opus 32 kbit/s": ("audio/webm", "webm", "libopus", 32_000),
    "Opus as the page has it": ("audio/webm", "webm", "", None),
    "FLAC": ("audio/flac", "flac", "flac", None),
}
PLACES = (0.0, 0.003, 0.043, 0.148, 0.37, 0.52, 0.71, 0.97)


def main(seconds: float) -> None:
    """Print the size and the errors of each codec as a Markdown table."""
    t = np.arange(int(seconds * RATE)) / RATE
    sweep = (0.3 * np.sin(2 * np.pi * (LOW_HZ * t + (HIGH_HZ - LOW_HZ) / (2 * seconds) * t * t))).astype(np.float32)
    print(f"| codec, {seconds:.0f} s | kB | largest error, ms | median error, ms |\n|---|---|---|---|")
    with open_browser() as browser, tempfile.TemporaryDirectory() as folder:
        for name, (kind, container, codec, bit_rate) in CODECS.items():
            blocks = np.split(sweep, range(RATE, len(sweep), RATE))
            data = encode(blocks, container, codec, bit_rate) if codec else encoded(blocks)
            page = Path(folder) / "page.html"
            src = f"data:{kind};base64,{base64.b64encode(data).decode()}"
            page.write_text(f"<button onclick='0'>touch</button><audio src='{src}'></audio>")
            browser.get(page.as_uri())
            browser.find_element("css selector", "button").click()
            errors = [
                abs(sweep_time_s(*browser.execute_async_script(HEAR, place * seconds), seconds) - place * seconds)
                for place in PLACES
            ]
            print(f"| {name} | {len(data) // 1000} | {1000 * max(errors):.0f} | {1000 * np.median(errors):.0f} |")


def encode(blocks: list[NDArray[np.float32]], container: str, codec: str, bit_rate: int | None) -> bytes:
    """Return blocks of a second as a file in memory."""
    file = io.BytesIO()
    with av.open(file, "w", format=container) as output:
        stream: Any = output.add_stream(codec, rate=RATE, layout="mono")
        if bit_rate:
            stream.bit_rate = bit_rate
        for number, block in enumerate(blocks):
            frame = av.AudioFrame.from_ndarray(block[None], format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE, number * RATE
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return file.getvalue()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 120.0)
