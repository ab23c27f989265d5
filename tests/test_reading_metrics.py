import msgspec
import numpy as np
import pytest

from voicemock.reading.encoder import SPANS, Encoded, encode
from voicemock.reading.metrics import find_metrics
from voicemock.reading.numbers import find_quantities
from voicemock.reading.text import Passage, passage

OUTCOMES = (
    "Our checkout was slow, and customers left before they had paid. I found that one query did most of the damage, so"
    " I rewrote it and put a cache in front of it. The page went from 4 seconds to 600 milliseconds, the conversion"
    " rate rose by 12 percent, and support calls fell by two thirds. It saved us around 2 million dollars a year, and"
    " we served 40,000 orders a day with the same machines."
)
BACKGROUND = (
    "I joined the company in 2018, on the 29th of May, and we sat on the 3rd floor. We met on Mondays at 9 and again on"
    " Thursdays at 2:30. There were two options on the table, and I wrote them down on page 7 of the plan. We ran it on"
    " Postgres 15 and Python 3.11, and step 4 was the one that nobody had tested. I turned 40 that year, and my office"
    " was number 12."
)


def metrics(text: str) -> list[str]:
    spoken = passage(text)
    return quoted(spoken, encode("", spoken))


def quoted(spoken: Passage, found: Encoded) -> list[str]:
    return [spoken.text[slice(*spoken.chars(*place))] for place in find_metrics(spoken, found)]


def test_outcomes_scale_and_stakes_are_metrics() -> None:
    assert metrics(OUTCOMES) == [
        "from 4 seconds to 600 milliseconds",
        "by 12 percent",
        "by two thirds",
        "around 2 million dollars a year",
        "40,000 orders a day",
    ]


def test_background_numbers_are_not_metrics() -> None:
    assert metrics(BACKGROUND) == []


def test_only_a_quantity_can_be_a_metric_however_sure_the_network_is() -> None:
    spoken = passage("The build went from 51 minutes to 8, and nobody waits any more.")
    spans = np.full((len(spoken.tokens), len(SPANS)), -20, np.float32)
    found = Encoded(spans=spans, proofs=np.zeros((len(spans), 1), np.float32), signals=np.zeros(1, np.float32))
    assert quoted(spoken, found) == []
    spans[:, SPANS.index("metric")] = 20
    assert quoted(spoken, found) == ["from 51 minutes to 8"]
    assert quoted(passage("We kept the one before, and now nobody else has to wait."), found) == []


@pytest.mark.parametrize(
    ("said", "quantities"),
    [
        ("We served several hundred million requests.", ["several hundred million"]),
        ("It was down for weeks, and for a minute twice.", ["weeks", "a minute", "twice"]),
        ("Weeks went by.", ["Weeks"]),
        ("We paid a couple of thousand dollars for a few days.", ["a couple of thousand dollars", "a few days"]),
        ("There were a few people and several teams in many places.", []),
        ("It gave up after a few megabytes of terabytes.", ["a few megabytes", "terabytes"]),
        ("It rang many times a night, several times per week.", ["many times a night", "several times per week"]),
        ("It rang many times a colleague slept.", []),
    ],
)
def test_a_quantity_needs_no_number_but_more_of_the_network(said: str, quantities: list[str]) -> None:
    spoken = passage(said)
    spans = np.full((len(spoken.tokens), len(SPANS)), 0.6, np.float32)
    found = Encoded(spans=spans, proofs=np.zeros((len(spans), 1), np.float32), signals=np.zeros(1, np.float32))
    assert quoted(spoken, found) == quantities
    less = quoted(spoken, msgspec.structs.replace(found, spans=spans - 0.2))
    assert {"several hundred million", "weeks", "a few days"}.isdisjoint(less)


def test_numbers_that_belong_together_are_one() -> None:
    for said in ("from 51 minutes to 8", "20 minutes and 30 minutes", "20 to 30 minutes", "two or three days"):
        (quantity,) = find_quantities(passage(f"It took {said}."))
        assert len(quantity.values) == 2, said


@pytest.mark.parametrize(
    ("said", "quantities"),
    [
        ("It broke in twenty nineteen, and in 2021 for 2000 seconds.", ["2000 seconds"]),
        ("They waited until 4 pm, 5 a.m. and six o'clock.", []),
        ("It was half past nine, ten past six, and past 90 parcels.", ["past 90 parcels"]),
        ("It cost 4k a month in 4k.", ["4k a month"]),
        ("Our 99.5th percentile was 90 milliseconds.", ["90 milliseconds"]),
    ],
)
def test_years_times_of_day_and_ranks_measure_nothing(said: str, quantities: list[str]) -> None:
    spoken = passage(said)
    spans = np.full((len(spoken.tokens), len(SPANS)), 20, np.float32)
    found = Encoded(spans=spans, proofs=np.zeros((len(spans), 1), np.float32), signals=np.zeros(1, np.float32))
    assert quoted(spoken, found) == quantities


@pytest.mark.parametrize("word", ["51", "minutes", "8"])
def test_a_quantity_is_a_metric_if_any_of_its_words_is(word: str) -> None:
    spoken = passage("The build went from 51 minutes to 8, and nobody waits any more.")
    spans = np.full((len(spoken.tokens), len(SPANS)), -20, np.float32)
    spans[[token.word for token in spoken.tokens].index(word), SPANS.index("metric")] = 20
    found = Encoded(spans=spans, proofs=np.zeros((len(spans), 1), np.float32), signals=np.zeros(1, np.float32))
    assert quoted(spoken, found) == ["from 51 minutes to 8"]


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("three hundred and twelve thousand users", (312_000.0,), "users"),
        ("from 98 percent to zero", (98.0, 0.0), "percent"),
        ("twenty-two lakh meters", (2_200_000.0,), "meters"),
        ("1.8 million", (1_800_000.0,), ""),
        ("$5m", (5_000_000.0,), ""),
        ("a couple hundred thousand rand", (200_000.0,), "rand"),
        ("a few hundred orders went out", (300.0,), "orders"),
        ("one in sixty", (1.0, 60.0), ""),
        ("two and a half hours", (2.5,), "hours"),
        ("ninety-nine point nine five percent", (99.95,), "percent"),
        ("twenty nineteen", (2019.0,), ""),
        ("three in twenty nineteen", (3.0,), ""),
        ("three in 2000 parcels", (3.0,), ""),
        ("three of 2000", (3.0, 2000.0), "of"),
        ("twenty twenty-one", (2021.0,), ""),
        ("nineteen eighty four", (1984.0,), ""),
        ("twenty ten minute slots", (20.0,), ""),
        ("thirty nineteen", (30.0,), ""),
        ("twenty thirty people", (20.0, 30.0), "people"),
        ("thirty twenty people", (30.0,), ""),
        ("20 30 people", (20.0, 30.0), "people"),
        ("ten ten people", (10.0,), ""),
        ("ninety 100 people", (90.0,), ""),
        ("two thousand five hundred and ten users", (2_510.0,), "users"),
        ("two million three hundred thousand users", (2_300_000.0,), "users"),
        ("five hundred and six hundred", (500.0, 600.0), ""),
        ("eleven in a hundred to four in a hundred", (11.0, 100.0, 4.0, 100.0), ""),
        ("sixty-two of a hundred and ten", (62.0, 110.0), "of"),
    ],
)
def test_spoken_numbers_have_values(text: str, values: tuple[float, ...], unit: str) -> None:
    (quantity, *_) = find_quantities(passage(text))
    assert quantity.values == values
    assert quantity.unit == unit


TO_NINETEEN = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


@pytest.mark.parametrize(
    ("said", "value"),
    [
        *((word, value) for value, word in enumerate(TO_NINETEEN)),
        *((word, 10 * tens) for tens, word in enumerate(TENS, 2)),
        *((word, 2) for word in ("twice", "double", "doubled")),
        *((word, 3) for word in ("triple", "tripled")),
        ("halved", 0.5),
        ("two hundred", 200),
        ("two dozen", 24),
        ("two grand", 2_000),
        ("two thousand", 2_000),
        ("two lakh", 200_000),
        ("two million", 2e6),
        ("two crore", 2e7),
        ("two billion", 2e9),
        ("hundreds of", 100),
        ("dozens of", 12),
        ("thousands of", 1e3),
        ("lakhs of", 1e5),
        ("millions of", 1e6),
        ("crores of", 1e7),
        ("billions of", 1e9),
        ("3k", 3_000),
        ("3m", 3e6),
        ("3bn", 3e9),
        ("a hundred", 100),
        ("a couple of", 2),
        ("a couple hundred", 200),
        ("three point five", 3.5),
        ("one and a half", 1.5),
        ("two and a half million", 2.5e6),
        ("2 and a half million", 2.5e6),
        ("half a million", 500_000),
        ("half million", 500_000),
        ("a half million", 500_000),
        ("a quarter of a million", 250_000),
        ("three quarters of a million", 750_000),
        ("3 quarters of a million", 750_000),
        ("half a dozen", 6),
        ("1.2,000", 1_200),
        ("1.2,000,000", 1_200_000),
        ("ninety-nine", 99),
        ("two hundred twelve", 212),
        ("two hundred and thirty-one", 231),
        ("31,000", 31_000),
        ("2 thirds", 2 / 3),
    ],
)
def test_every_word_for_a_number_has_its_value(said: str, value: float) -> None:
    (quantity,) = find_quantities(passage(f"There were {said} of them."))
    assert quantity.values == pytest.approx((value,))


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("a half", 1 / 2),
        ("three halves", 3 / 2),
        ("a third", 1 / 3),
        ("two thirds", 2 / 3),
        ("a quarter", 1 / 4),
        ("three quarters", 3 / 4),
        ("a fifth", 1 / 5),
        ("two fifths", 2 / 5),
        ("a sixth", 1 / 6),
        ("an eighth", 1 / 8),
        ("a tenth", 1 / 10),
    ],
)
def test_a_part_has_its_value(part: str, value: float) -> None:
    (quantity,) = find_quantities(passage(f"It fell by {part} of that."))
    assert quantity.values == pytest.approx((value,))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("it went from 19 hours to just under 11", [("from 19 hours to just under 11", "hours")]),
        ("over about 40 users left", [("over about 40 users", "users")]),
        ("he grew it from about 40", [("from about 40", "")]),
        ("So. About 40", [("About 40", "")]),
        ("About. 40", [("40", "")]),
        ("40 plus users", [("40 plus users", "users")]),
        ("40 and some users", [("40 and some users", "users")]),
        ("some eight hundred per second", [("some eight hundred per second", "")]),
        ("300K a year", [("300K a year", "")]),
        ("six of his last seven tickets", [("six of his last seven tickets", "tickets")]),
        ("ten out of eleven times", [("ten out of eleven times", "times")]),
        ("seven in six", [("seven", ""), ("six", "")]),
        ("one of one", [("one", "of"), ("one", "")]),
        ("20, 30 seconds", [("20, 30 seconds", "seconds")]),
        ("20 seconds, 30 seconds", [("20 seconds", "seconds"), ("30 seconds", "seconds")]),
        ("5 and 6 users", [("5", ""), ("6 users", "users")]),
        ("5 or 6 users", [("5 or 6 users", "users")]),
        ("5 users and 6 users", [("5 users and 6 users", "users")]),
        ("5 users and 6 pods", [("5 users", "users"), ("6 pods", "pods")]),
        ("from 8 in the one week to 19", [("from 8 in the one week to 19", "")]),
        ("from 8 in the one bad week to 19", [("from 8", ""), ("one bad week to 19", "week")]),
        ("from 5. To 6", [("from 5", ""), ("6", "")]),
        ("5 more bad engineers", [("5 more bad engineers", "engineers")]),
        ("5 extra full solid straight whole", [("5 extra full solid", "solid")]),
        ("5 percentage points", [("5 percentage points", "points")]),
        ("half an hour", [("half an hour", "")]),
        ("quarter of an hour", [("quarter of an hour", "hour")]),
        ("the other half of it", [("half", "of")]),
        ("this and half", []),
        ("the half", [("the half", "")]),
        ("the third", []),
        ("two of an hour", [("two of an hour", "hour")]),
        ("two hours and a half", [("two hours and a half", "hours")]),
        ("a few users", []),
        ("a second", [("a second", "second")]),
        ("a second bank", []),
        ("a second, bank", [("a second", "second")]),
        ("the 2nd in 4k or 3d of 1.2.3", []),
        ("two point users", [("two point", "point")]),
        ("twenty, two", [("twenty, two", "")]),
        ("three hundred and, twelve", [("three hundred and, twelve", "")]),
        ("5 orders, a day", [("5 orders", "orders"), ("a day", "day")]),
        ("5 orders a 6", [("5 orders", "orders"), ("6", "")]),
        ("5 the day", [("5", "")]),
        ("1, 2, 3, 4", [("1, 2, 3, 4", "")]),
        ("20 and so we left", [("20", "")]),
        ("20, and some of us left", [("20", "")]),
        ("30k and one very long lunch", [("30k", ""), ("one", "")]),
        ("ten or eleven most nights", [("ten or eleven", "")]),
        ("one in ten parcels", [("one in ten parcels", "parcels")]),
        ("one in ten days", [("one", ""), ("ten days", "days")]),
        ("the one in ten depots", [("one", ""), ("ten depots", "depots")]),
        ("two in ten parcels", [("two", ""), ("ten parcels", "parcels")]),
        ("800 orders/second, 3 pods/node", [("800 orders/second", "orders"), ("3 pods", "pods")]),
    ],
)
def test_a_quantity_is_taken_whole_with_its_hedge_and_its_unit(text: str, found: list[tuple[str, str]]) -> None:
    spoken = passage(text)
    quantities = find_quantities(spoken)
    assert [(text[slice(*spoken.chars(q.first, q.end))], q.unit) for q in quantities] == found


def test_a_text_that_only_counts_is_cut_into_ranges() -> None:
    counted = find_quantities(passage(", ".join(map(str, range(45)))))
    assert [len(quantity.values) for quantity in counted] == [20, 20, 5]
