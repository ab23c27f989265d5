"""What the reader takes in is the same however an answer was written down."""

import re

import pytest

from voicemock.reading.pieces import pieces
from voicemock.reading.text import passage


def read(text: str) -> str:
    return " ".join(piece.read for piece in pieces(passage(text)))


@pytest.mark.parametrize(
    ("digits", "spelled"),
    [
        ("from 31,000 to 12", "from thirty-one thousand to twelve"),
        ("40%", "forty percent"),
        ("99.97% of requests", "ninety nine point nine seven percent of requests"),
        ("200ms", "two hundred milliseconds"),
        ("$2M", "two million dollars"),
        ("$2 million", "two million dollars"),
        ("125,000 rows", "a hundred and twenty-five thousand rows"),
        ("2.5-second", "two point five second"),
        ("p99", "p ninety-nine"),
        ("1,001 nights", "one thousand and one nights"),
        ("it grew 10x", "it grew ten times"),
    ],
)
def test_a_number_is_the_same_in_digits_and_words(digits: str, spelled: str) -> None:
    assert read(digits) == read(spelled)


@pytest.mark.parametrize(
    ("said", "taken_in"),
    [
        ("twelve", "twelve"),
        ("thirteen", "13"),
        ("nineteen", "19"),
        ("zero", "zero"),
        *((tens, str(10 * n)) for n, tens in enumerate(("twenty", "thirty", "forty", "fifty", "sixty"), 2)),
        *((tens, str(10 * n)) for n, tens in enumerate(("seventy", "eighty", "ninety"), 7)),
        ("a hundred", "100"),
        ("a thousand", "one thousand"),
        ("a million", "one million"),
        ("a billion", "one billion"),
        ("two hundred five", "205"),
        ("two hundred and", "200 and"),
        ("two hundred hundred", "200 hundred"),
        ("ten hundred", "one thousand"),
        ("one twenty", "one 20"),
        ("twenty ten", "20 ten"),
        ("twenty zero", "20 zero"),
        ("hundred and five", "hundred and five"),
        ("two thousand three hundred", "2.3 thousand"),
        ("two thousand thousand", "two thousand thousand"),
        ("five point three one", "5.31"),
        ("five point ten", "five point ten"),
        ("five point", "five point"),
        ("0", "zero"),
        ("999", "999"),
        ("2,500", "2.5 thousand"),
        ("1850", "1.85 thousand"),
        ("1950", "1950"),
        ("2099", "2099"),
        ("2100", "2.1 thousand"),
        ("1,500,000", "1.5 million"),
        ("3k", "three thousand"),
        ("3m", "three million"),
        ("3b", "three billion"),
        ("3bn", "three billion"),
        ("$5", "five dollars"),
        ("£5 pounds", "five pounds"),
        ("€5k", "five thousand euros"),
        ("5 hundred thousand", "500 thousand"),
        ("5% million", "five percent million"),
        ("5ms", "five milliseconds"),
        ("ipv4", "ipv 4"),
    ],
)
def test_a_number_is_taken_in_as_one(said: str, taken_in: str) -> None:
    assert read(said) == taken_in


@pytest.mark.parametrize(
    "kept",
    [
        "in 2019",
        "the 1st",
        "the 2nd",
        "the 3rd",
        "the 4th",
        "at 7:20",
        "one of them",
        "twenty five",
        "a team and a plan",
    ],
)
def test_other_things_stay_apart(kept: str) -> None:
    assert read(kept) == {"twenty five": "25"}.get(kept, kept)


def test_punctuation_capitals_and_hesitations_change_nothing() -> None:
    text = "So, um, we moved it. It took 3 weeks; I'd said two!"
    assert read(text) == read(re.sub(r"[^\w\s']", "", text.lower())) == read(text.replace("um, ", ""))


def test_each_piece_knows_the_tokens_it_stands_for() -> None:
    spoken = passage("It cost two hundred and five dollars, um, a day.")
    found = [(piece.read, " ".join(spoken.word(i) for i in range(piece.first, piece.end))) for piece in pieces(spoken)]
    assert found == [
        ("it", "it"),
        ("cost", "cost"),
        ("205", "two hundred and five"),
        ("dollars", "dollars"),
        ("a", "a"),
        ("day", "day"),
    ]


def test_every_token_but_a_hesitation_is_read_once_and_in_order() -> None:
    spoken = passage("Um, 3.5 million of 1,200,000 rows, er, cost $5m at 7:20, p99 200ms — twenty-five 'til 100k!")
    read_once = [i for piece in pieces(spoken) for i in range(piece.first, piece.end)]
    assert read_once == [i for i, token in enumerate(spoken.tokens) if token.word not in ("um", "er")]


ODD = ["", "um uh er", "?!", "😀 😀", "1" * 5_000, "million " * 50, "5 million " + "million " * 90]


@pytest.mark.parametrize("odd", ODD)
def test_odd_texts_are_taken_in_too(odd: str) -> None:
    spoken = passage(odd)
    assert all(piece.first < piece.end <= len(spoken.tokens) for piece in pieces(spoken))


@pytest.mark.parametrize(("value", "shown"), [(1_500_000, "1.5 million"), (2_000, "two thousand")])
def test_a_number_has_one_form_with_its_largest_name(value, shown):
    from voicemock.reading.pieces import _shown

    assert _shown(float(value)) == shown
