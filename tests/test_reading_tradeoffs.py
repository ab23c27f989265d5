import pytest

from voicemock.reading.sentences import cut
from voicemock.reading.text import passage
from voicemock.reading.tradeoffs import find_tradeoffs

STORY = "I run the kitchen software at a school. We had one release left before the holidays. "
AFTER = " Then the new term began. The cooks came in at six and the tablets were charged."


def weighed(text: str) -> list[str]:
    spoken = passage(text)
    return [text[slice(*spoken.chars(*span))] for span in find_tradeoffs(cut(spoken), None)]


@pytest.mark.parametrize(
    "told",
    [
        "We could have switched everything over on one night and been done by Friday. But if it is wrong the children"
        " get no lunch, so we ran both for a month and everybody complained.",
        "There were two ways to go, buy the tool and be live in a week, or build it and be late. I picked building it,"
        " because the check is the one thing we sell, and we lost a quarter over it.",
    ],
)
def test_an_alternative_weighed_is_found_where_it_stands(told: str) -> None:
    (span,) = weighed(STORY + told + AFTER)
    assert told.removesuffix(".") in span
    assert len(span) < len(told) + len(STORY)


@pytest.mark.parametrize(
    "told",
    [
        "There are always trade-offs, speed versus quality, and a leader has to balance those.",
        "I traded shifts with Declan so I was there instead of him.",
        "We used the oven instead of the stove that day.",
    ],
)
def test_the_vocabulary_alone_is_none(told: str) -> None:
    assert weighed(STORY + told + AFTER) == []
