"""A text of any length and any make is read in time that grows with its length, not with its square."""

import subprocess
import sys
import time

import pytest

from tests.fake_reader import Counting, counting_reader
from voicemock.analyze import analyze_text, assemble
from voicemock.cli.answer_lines import render_answer
from voicemock.reading import encoder
from voicemock.report import render_markdown, to_json

SHORT, TIMES = 6_000, 8
MOST = 3.0
"""Times what a linear reading of the longer text would take. With its square it is eight."""
UNMEASURABLE_S = 0.6
"""What the longer text may take in any case: less says nothing on a busy machine. The square costs far more."""

MADE_OF = {
    "words without a stop": "so we moved the service and then i told my team that it was fine ",
    "one word": "we ",
    "hesitations": "um ",
    "owned": "our ",
    "numbers in a range": "6 to ",
    "numbers in a row": "1 2 ",
    "fillers": "like um ",
    "no spaces": "a",
    "letters and apostrophes": "a'",
    "punctuation": "?!.-",
    "digits": "1",
    "quotes": "\"'\u2019 ",
    "new lines": "\n",
    "short lines": "a\n",
    "spaces": " ",
}


def read(text: str) -> float:
    """Return the seconds of CPU that a text takes to its JSON, its lines and its page."""
    began = time.process_time()
    answer = analyze_text(text)
    report = assemble([answer])
    render_answer(answer)
    to_json(report)
    render_markdown(report)
    return time.process_time() - began


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> Counting:
    """Take the network out: what it costs is windows, which are counted, and the clock times the rest."""
    reader = counting_reader()
    monkeypatch.setattr(encoder, "load_encoder", lambda: reader)
    yield reader._session


@pytest.mark.realtime
@pytest.mark.parametrize("kind", MADE_OF)
def test_the_time_and_the_windows_grow_with_the_length(kind: str, counted: Counting):
    unit = MADE_OF[kind]
    short, long = (f"We {unit * (size // len(unit))}" for size in (SHORT, SHORT * TIMES))
    read(short)
    short_s = read(short)
    counted.windows.clear()
    long_s = read(long)
    assert len(counted.windows) <= len(long) / 250 + 1
    assert long_s < max(UNMEASURABLE_S, MOST * TIMES * short_s), f"{short_s:.2f} s, the longer one {long_s:.2f} s"


def test_the_same_text_has_the_same_reading_in_every_process():
    """Python orders sets anew in each process; what is read must not depend on it."""
    code = (
        "import sys, msgspec; from voicemock.reading import from_text, read\n"
        "text = 'I moved the billing service last year because it cost us 40 thousand dollars, and um we left. '\n"
        "sys.stdout.buffer.write(msgspec.json.encode(read(from_text(text * 4))))"
    )
    readings = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(readings) == 1
    assert b"40 thousand dollars" in readings.pop()
