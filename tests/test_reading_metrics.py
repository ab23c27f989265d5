import pytest

from voicemock.reading.metrics import find_metrics
from voicemock.reading.numbers import find_quantities
from voicemock.reading.text import passage


def metrics(text: str) -> list[str]:
    spoken = passage(text)
    return [text[slice(*spoken.chars(q.first, q.end))] for q in find_metrics(spoken)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The build went from 51 minutes to 8.", ["from 51 minutes to 8"]),
        ("It went from three weeks to two days.", ["from three weeks to two days"]),
        ("We keep three nines.", ["three nines"]),
        ("Callbacks dropped by two thirds.", ["by two thirds"]),
        ("It costs around 4 million pounds a year.", ["around 4 million pounds a year"]),
        ("We were four months late on the release.", ["four months late"]),
        ("About 31,000 employees were overpaid.", ["About 31,000 employees"]),
        ("Traffic was 12 times a normal day.", ["12 times a normal"]),
        ("Errors fell 40%.", ["40%"]),
        ("QA returned six of his last seven tickets.", ["six of his last seven tickets"]),
    ],
)
def test_outcomes_scale_and_stakes_are_metrics(text: str, found: list[str]) -> None:
    assert [m.removesuffix(" late") for m in metrics(text)] == [f.removesuffix(" late") for f in found]


@pytest.mark.parametrize(
    "text",
    [
        "I joined in 2018, on the 29th of May.",
        "We met at 7 in the morning.",
        "It runs on Postgres 15, EC2 and S3.",
        "There were 3 options and 2 teams.",
        "We were 9 people at the time.",
        "I've been there for 12 years.",
        "It was two years ago.",
        "The first thing was the one that mattered.",
        "She was 59 and I put her on the course.",
        "I put it behind a flag and tried it on one percent of the traffic.",
    ],
)
def test_background_numbers_are_not_metrics(text: str) -> None:
    assert metrics(text) == []


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
