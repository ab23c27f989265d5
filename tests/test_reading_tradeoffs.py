import numpy as np
import pytest

from voicemock.reading.encoder import SPANS, Encoded, encode, load_bars
from voicemock.reading.text import passage
from voicemock.reading.tradeoffs import find_tradeoffs

STORY = "I run the kitchen software at a school. We had one release left before the holidays. "
AFTER = (
    " Then the new term began. The cooks came in at six and the tablets were charged. They had the menus for the week"
    " on the screen, and the first morning was quiet. The manager rang me at ten to say thank you."
)


def weighed(text: str) -> list[str]:
    spoken = passage(text)
    return [text[slice(*spoken.chars(*span))] for span in find_tradeoffs(spoken, encode("", spoken))]


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
        "",
    ],
)
def test_the_vocabulary_alone_is_none(told: str) -> None:
    assert weighed(STORY + told + AFTER) == []


def runs(*scores: float) -> list[tuple[int, int]]:
    """Return the trade-offs in sentences of five words, told by how much each speaks for one."""
    spoken = passage(" ".join(["We went on from there."] * len(scores)))
    spans = np.zeros((len(spoken.tokens), len(SPANS)), np.float32)
    bar = load_bars().spans["tradeoff"]
    spans[:, SPANS.index("tradeoff")] = np.repeat(np.array(scores, np.float32) + bar, 5)
    found = Encoded(spans=spans, proofs=np.zeros((len(spans), 1), np.float32), signals=np.zeros(1, np.float32))
    return [(first // 5, end // 5) for first, end in find_tradeoffs(spoken, found)]


def test_sentences_that_weigh_in_a_row_are_one_trade_off() -> None:
    assert runs(-3, 3, 3, 3, -3) == [(1, 4)]
    assert runs(4, 4, -6, -6, 4) == [(0, 2), (4, 5)]


def test_one_doubtful_sentence_inside_does_not_cut_a_trade_off_in_two() -> None:
    assert runs(-3, 3, -0.3, 3, -3) == [(1, 4)]


@pytest.mark.parametrize(
    ("scores", "found"),
    [
        ((-9, 2.9, -9), []),
        ((-9, 3.1, -9), [(1, 2)]),
        ((-9, 5, -1.9), [(1, 3)]),
        ((-9, 5, -2.1), [(1, 2)]),
        ((3.1,), [(0, 1)]),
        ((9, -4.9, 9), [(0, 3)]),
        ((9, -5.1, -5.1, 9), [(0, 1), (3, 4)]),
    ],
)
def test_to_open_a_trade_off_costs_three_and_to_stay_in_it_pays_two(
    scores: tuple[float, ...], found: list[tuple[int, int]]
) -> None:
    assert runs(*scores) == found


def test_a_sentence_that_hardly_weighs_opens_none() -> None:
    assert runs(-3, 0.3, -3, -3) == []
    assert runs() == []
