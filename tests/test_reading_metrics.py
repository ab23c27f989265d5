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


@pytest.mark.parametrize(
    ("said", "quantities"),
    [
        ("We served several hundred million requests.", ["several hundred million"]),
        ("It was down for weeks, and for a minute twice.", ["weeks", "a minute", "twice"]),
        ("We paid a couple of thousand dollars for a few days.", ["a couple of thousand dollars", "a few days"]),
        ("There were a few people and several teams in many places.", []),
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
    ],
)
def test_spoken_numbers_have_values(text: str, values: tuple[float, ...], unit: str) -> None:
    (quantity, *_) = find_quantities(passage(text))
    assert quantity.values == values
    assert quantity.unit == unit


@pytest.mark.parametrize(
    ("part", "value"), [("a half", 1 / 2), ("two thirds", 2 / 3), ("a fifth", 1 / 5), ("a tenth", 1 / 10)]
)
def test_a_part_has_its_value(part: str, value: float) -> None:
    (quantity,) = find_quantities(passage(f"It fell by {part} of that."))
    assert quantity.values == pytest.approx((value,))
