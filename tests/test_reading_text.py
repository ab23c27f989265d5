"""Words and sentences of a transcript, however it was punctuated."""

import pytest

from voicemock.reading.text import passage


def lengths(text: str) -> list[int]:
    return [end - first for first, end in passage(text).sentences]


@pytest.mark.parametrize("end", [".", "?", "!", "…", '." '])
def test_a_sentence_ends_with_its_stop(end: str) -> None:
    spoken = passage(f"We went{end} They, too, stayed")
    assert spoken.sentences == ((0, 2), (2, 5))
    assert [token.opens for token in spoken.tokens] == [True, False, True, False, False]
    assert [token.closes for token in spoken.tokens] == [False, True, False, False, True]


def test_a_word_beyond_either_end_is_none() -> None:
    spoken = passage("Don’t GO dont")
    assert [spoken.word(at) for at in (-1, 0, 1, 2, 3)] == ["", "don't", "go", "don't", ""]


def counted(*, before: int, after: int, opens: str = "and we") -> list[int]:
    """Return the lengths of the sentences that a run of words without a stop is cut into."""
    return lengths(f"{'word ' * before}{opens} {'word ' * (after - 2)}")


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [(20, 25, [45]), (20, 26, [20, 26]), (8, 40, [8, 40]), (7, 40, [47]), (40, 9, [40, 9]), (40, 8, [48])],
)
def test_a_sentence_of_more_than_forty_five_words_is_cut_where_a_clause_opens(
    before: int, after: int, found: list[int]
) -> None:
    assert counted(before=before, after=after) == found


@pytest.mark.parametrize(("opens", "cut"), [("so I", True), ("but the", True), ("and word", False), ("word we", False)])
def test_a_clause_opens_with_a_joining_word_and_a_subject(opens: str, cut: bool) -> None:
    assert (len(counted(before=30, after=30, opens=opens)) == 2) is cut


def test_no_piece_is_shorter_than_eight_words() -> None:
    assert lengths("word " * 20 + "and we go " + "and we go on and on with it " + "word " * 30) == [20, 41]


def test_whatever_is_still_too_long_is_cut_anywhere() -> None:
    assert lengths("word " * 90) == [90]
    assert lengths("word " * 91) == [90, 1]
