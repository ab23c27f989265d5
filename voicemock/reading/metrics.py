"""Metrics: quantities that measure an outcome, the scale or the stakes."""

__all__ = ["find_metrics"]

import re

from voicemock.reading.text import Passage

_NUMBER = (
    r"(?:[$£€]?\d[\d.,]*(?:%|k|m|bn|x|gb|tb|ms|s)?|half|third|quarter|one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|dozen|zero)"
)
_HEDGE = r"(?:about|around|roughly|maybe|almost|nearly|over|under|just|more than|less than|up to|close to|by|from)"
_UNIT = (
    r"(?:percent|per cent|%|times|x|fold|nines|million|billion|thousand|grand|k|dollars|pounds|euros"
    r"|users|customers|requests|orders|milliseconds?|seconds?|minutes?|hours?|days?|weeks?|months?)"
)
_METRIC = re.compile(
    rf"(?:\b{_HEDGE} )*(?:an? )?{_NUMBER}(?: (?:and )?{_NUMBER})*(?: (?:more |of )?{_UNIT})+"
    rf"(?: to (?:{_HEDGE} )*{_NUMBER}(?: {_UNIT})?)?"
)
_NOT_METRIC = re.compile(r"^(?:an? )?[\d.]+ (?:days?|weeks?|months?|hours?|minutes?)$")


def find_metrics(spoken: Passage) -> tuple[tuple[int, int], ...]:
    """Return each metric as (first, end) token indices."""
    words = [token.word for token in spoken.tokens]
    line = " ".join(words)
    starts = {}
    at = 0
    for i, word in enumerate(words):
        starts[at] = i
        at += len(word) + 1
    found = []
    for match in _METRIC.finditer(line):
        if match.start() in starts and not _NOT_METRIC.match(match.group()):
            first = starts[match.start()]
            found.append((first, first + len(match.group().split(" "))))
    return tuple(found)
