"""Speech without words: found behind words drawn out over it, told with its place, poor where it is much."""

import pytest

from voicemock.speech.recognise import Said
from voicemock.speech.unread import Gap, find_gaps, tell, uncovered


def said(*words: tuple[str, float, float]) -> list[Said]:
    return [Said(text, start_s, end_s, 0.9) for text, start_s, end_s in words]


def test_words_that_fill_the_speech_leave_no_gap() -> None:
    words = said(("we", 0.0, 0.3), ("led", 0.3, 2.4), ("it", 2.4, 2.7))
    assert find_gaps(words, [(0.1, 0.6), (2.3, 2.7)]) == (words, [])


def test_a_word_drawn_out_over_a_passage_hides_a_gap() -> None:
    words = said(("ask", 0.0, 0.4), ("help.", 0.4, 7.0), ("So", 7.0, 7.3))
    found, gaps = find_gaps(words, [(0.1, 0.9), (2.0, 4.5), (5.0, 6.0), (7.0, 8.0)])
    assert gaps == [Gap(2, 2, 0.9, 7.0)]
    assert [(word.text, word.start_s, word.end_s) for word in found][1] == ("help.", 0.4, 0.9)


def test_before_the_first_word_the_gap_comes_first() -> None:
    found, gaps = find_gaps(said(("Can", 0.0, 6.8), ("you", 6.8, 7.0)), [(0.5, 3.0), (6.4, 7.0)])
    assert gaps == [Gap(0, 0, 0.0, 6.4)]
    assert (found[0].start_s, found[0].end_s) == (6.4, 6.8)


def test_an_early_end_is_a_gap() -> None:
    _, gaps = find_gaps(said(("it.", 0.2, 0.5)), [(0.2, 0.5), (2.0, 3.5)])
    assert gaps == [Gap(1, 1, 0.5, 3.5)]


def test_where_alignment_is_lost_in_the_middle_of_speech_the_words_around_are_read_again() -> None:
    words = said(
        ("Right.", 0.2, 0.6), ("Okay.", 0.6, 3.4), ("I'm", 3.4, 3.4), ("just", 3.4, 5.0), ("thinking", 5.0, 5.5)
    )
    _, gaps = find_gaps(words, [(0.2, 8.0)])
    assert gaps[0] == Gap(1, 4, 0.6, 5.0)
    assert gaps[0].holds(3.3, 3.5)
    assert not gaps[0].holds(5.0, 5.5)


def test_a_gap_that_is_all_there_is_is_not_read_again() -> None:
    assert find_gaps(said(("you", 0.0, 2.0)), [(0.0, 2.0)])[1] == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], [(1.0, 9.0)]),
        ([(1.0, 3.0), (5.0, 6.4), (8.0, 9.0)], []),
        ([(1.0, 3.0), (8.0, 9.0)], [(5.0, 7.0)]),
        ([(5.0, 7.0), (8.0, 9.0)], [(1.0, 3.0)]),
        ([(1.0, 3.0), (5.0, 5.2)], [(5.2, 9.0)]),
    ],
)
def test_speech_without_words_is_found(words, expected) -> None:
    assert uncovered(words, [(1.0, 3.0), (5.0, 7.0), (8.0, 9.0)]) == expected


def test_no_speech_leaves_nothing_unread() -> None:
    assert uncovered([], []) == []
    assert tell([], []) == ((), ())


def test_what_could_not_be_read_is_told_with_its_place() -> None:
    speech = [(0.0, 30.0), (31.0, 35.0), (40.0, 60.0), (70.0, 72.0)]
    (note,), problems = tell([(31.0, 35.0), (70.0, 72.0)], speech)
    assert "4 s at 0:31 and 2 s at 1:10" in note
    assert problems == ()


def test_a_recording_of_which_a_fifth_could_not_be_read_is_poor() -> None:
    notes, (problem,) = tell([(31.0, 41.0)], [(0.0, 30.0), (31.0, 41.0)])
    assert notes == ()
    assert "10 s at 0:31" in problem
