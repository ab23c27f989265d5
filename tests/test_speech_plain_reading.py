"""The words are read with time stamps, unless that reading stops early, loops or is a guess."""

from typing import Any

import pytest

from voicemock.speech.plain_reading import read_plain
from voicemock.speech.recognise import Decoded

SPEECH = [(0.5, 9.0), (10.0, 19.5)]


class Reader:
    """Reads one text with time stamps and another without."""

    def __init__(self, *, until_s: float, text: str = "timed", log_probability: float = -0.3) -> None:
        self.timed = Decoded((1,), text, log_probability, 0.1, until_s=until_s)

    def decode(self, encoded: Any, *, timed: bool = False) -> Decoded:
        return self.timed if timed else Decoded((1,), "untimed", -0.2, 0.1)


@pytest.mark.parametrize(
    ("reader", "speech", "expected"),
    [
        (Reader(until_s=19.0), SPEECH, "timed"),
        (Reader(until_s=11.4), SPEECH, "untimed"),  # it stopped in the middle
        (Reader(until_s=0.0), SPEECH, "untimed"),  # it does not tell
        (Reader(until_s=19.0, log_probability=-1.2), SPEECH, "untimed"),
        (Reader(until_s=19.0, text="you know " * 20), SPEECH, "untimed"),
        (Reader(until_s=3.0), [(0.0, 3.0)], "untimed"),  # a few words
        (Reader(until_s=19.0), [], "untimed"),
    ],
)
def test_the_reading_with_time_stamps_is_taken_where_it_went_well(reader, speech, expected) -> None:
    assert read_plain(reader, None, speech).text == expected
