"""Plain counts, and the words an answer is compared by."""

import pytest

from voicemock.reading.amounts import words_and_amounts
from voicemock.schema import NumberKind


def counted(text):
    return [(amount.noun, amount.value) for amount in words_and_amounts(text)[1]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I led ten engineers.", [("engineers", 10)]),
        ("We had 1,200 customers and five services.", [("customers", 1200), ("services", 5)]),
        ("There were twelve people in the room.", [("people", 12)]),
        ("We had zero customers and one engineer.", []),
        ("It went from ten engineers to twelve.", []),  # a range: which is the count?
        ("A couple of engineers, several teams, hundreds of customers.", []),
        ("It took three weeks and 40 percent of two days.", []),
        ("There are three ways and two reasons.", []),
        ("About 2000 requests per second.", []),
        ("It has two pods.", [("pods", 2)]),
        ("We ate two pie.", []),
        ("It had ten gas and ten boss.", []),
        ("We had half a million users.", []),  # not a million
        ("I led two engineers.", [("engineers", 2)]),
        ("We had ten staff.", [("staff", 10)]),
    ],
)
def test_only_plain_counts_are_taken(text, found):
    assert counted(text) == found


def test_a_count_tells_what_it_is_of_and_what_stands_beside_it():
    (amount,) = words_and_amounts("Well. I was leading a team of about ten engineers in Berlin.")[1]
    assert (amount.kind, amount.noun, amount.rough) == (NumberKind.PEOPLE, "engineers", True)
    assert {"team", "berlin"} <= set(amount.beside)
    assert amount.quote == "I was leading a team of about ten engineers in Berlin"


def test_three_words_on_either_side_stand_beside_it():
    (amount,) = words_and_amounts("red green blue grey ten engineers gladly worked until Monday")[1]
    assert amount.beside == ("green", "blue", "grey", "gladly", "worked", "until")
    (first,) = words_and_amounts("Hello there. blue grey ten engineers")[1]
    assert first.rough is False
    assert first.quote == "blue grey ten engineers"


def test_words_are_lower_case_without_hesitations_and_sentences_end():
    assert words_and_amounts("So, um, we moved it. It's DONE!")[0] == "so we moved it . it's done ."
    assert words_and_amounts("")[0] == ""
