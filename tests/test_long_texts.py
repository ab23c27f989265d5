"""A text of any length and any make is read in time that grows with its length, not with its square."""

import subprocess
import sys
import time

import pytest

from voicemock.analyze import analyze_text, assemble
from voicemock.cli.answer_lines import render_answer
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


@pytest.mark.parametrize("kind", MADE_OF)
def test_the_time_grows_with_the_length(kind: str):
    unit = MADE_OF[kind]
    short, long = (f"We {unit * (size // len(unit))}" for size in (SHORT, SHORT * TIMES))
    read(short)
    short_s, long_s = read(short), read(long)
    assert long_s < max(UNMEASURABLE_S, MOST * TIMES * short_s), f"{short_s:.2f} s, ten times the text {long_s:.2f} s"


def test_the_same_text_has_the_same_reading_in_every_process():
    """Python orders sets anew in each process; sums must not depend on it."""
    code = (
        "import sys; from voicemock.reading.learned import Weights\n"
        "weights = Weights(0.1, {str(n): 0.1 + n / 7 for n in range(200)})\n"
        "print(weights.score(map(str, range(200))).hex())"
    )
    scores = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2", "3", "4")
    }
    assert len(scores) == 1
    assert scores != {b""}
