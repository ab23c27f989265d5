"""The parts of an answer: a story goes on sooner than it goes back, and one sure sentence tears nothing in two."""

import pytest

from voicemock.reading import from_text
from voicemock.reading.parts import find_parts
from voicemock.reading.text import passage
from voicemock.schema import SignalName

SITUATION, TASK, ACTION, RESULT = SignalName.SITUATION, SignalName.TASK, SignalName.ACTION, SignalName.RESULT


def parts(scores: dict[SignalName, list[float]]) -> list[tuple[str, int]]:
    """Return each part with the number of sentences in it, all of one length."""
    length = len(next(iter(scores.values())))
    text = " ".join(["We went on from there."] * length)
    spoken = passage(text)
    found = find_parts(spoken, from_text(text), scores)
    assert sum(part.share for part in found) == pytest.approx(1.0)
    return [(part.name, round(part.share * length)) for part in found]


def test_a_story_told_in_order_is_cut_where_it_turns() -> None:
    assert parts(
        {SITUATION: [3, 3, -3, -3, -3, -3], ACTION: [-3, -3, 3, 3, -3, -3], RESULT: [-3, -3, -3, -3, 3, 3]}
    ) == [
        (SITUATION, 2),
        (ACTION, 2),
        (RESULT, 2),
    ]


def test_one_sentence_at_the_end_may_be_the_result() -> None:
    on = {ACTION: [2.0] * 6 + [-3.0], RESULT: [-3.0] * 6 + [2.0]}
    assert parts(on) == [(ACTION, 6), (RESULT, 1)]


@pytest.mark.parametrize(
    "told",
    [
        [(SITUATION, 4), (RESULT, 5)],
        [(SITUATION, 6), (ACTION, 15)],
        [(TASK, 12), (RESULT, 9)],
        [(ACTION, 15), (RESULT, 6)],
        [(SITUATION, 3), (ACTION, 3), (RESULT, 3)],
    ],
)
def test_where_nothing_else_tells_a_sentence_belongs_to_the_part_told_there(told: list[tuple[str, int]]) -> None:
    assert parts({name: [0.0] * sum(count for _, count in told) for name, _ in told}) == told


@pytest.mark.parametrize("loud", [1, 10])
@pytest.mark.parametrize(("early", "back"), [(1, False), (2, True)])
def test_a_story_goes_back_after_a_passage_and_not_after_one_sentence(early: int, back: bool, loud: int) -> None:
    result = [loud * score for score in (-3.0, -3.0, *[3.0] * early, *[-3.0] * 4, 2.0)]
    names = [name for name, _ in parts({ACTION: [-score for score in result], RESULT: result})]
    assert names == ([ACTION, RESULT, ACTION, RESULT] if back else [ACTION, RESULT])
