"""How times, counts and long lines are said."""

import pytest

from voicemock.phrases import WIDTH, clock, day, plural, singular, spelled, wrap


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0.4, "0:00"), (59.6, "1:00"), (134, "2:14"), (3599.4, "59:59"), (3734, "1:02:14")]
)
def test_minutes_and_seconds(seconds, shown):
    assert clock(seconds) == shown


def test_a_count_agrees_with_its_noun():
    assert [plural(n, "pause") for n in (0, 1, 2)] == ["0 pauses", "1 pause", "2 pauses"]
    assert [plural(2, noun) for noun in ("story", "day", "key")] == ["2 stories", "2 days", "2 keys"]
    assert plural(1, "story") == "1 story"
    assert singular("pauses of 2 s or more") == "pause of 2 s or more"
    assert singular("per minute") == "per minute"
    assert [spelled(n) for n in (1, 3, 4)] == ["One", "Three", "4"]


def test_a_day_is_said_in_one_way_and_what_is_none_stands_as_it_is():
    assert day("2026-11-01T10:03:12") == "1 November 2026, 10:03"
    assert day("yesterday") == "yesterday"


def test_lines_fit_the_terminal_and_ids_keep_their_hyphens():
    text = "voicemock resume 2026-11-22T09-00-00-em-core " * 4
    lines = wrap(text, first="- ", indent="  ").splitlines()
    assert all(len(line) <= WIDTH < 80 for line in lines)
    assert lines[0].startswith("- voicemock")
    assert all(line.startswith("  ") for line in lines[1:])
    assert not any(line.endswith("-") for line in lines)
    assert wrap("word", indent="    ") == "    word"
