"""The primed reading adds hesitations, repeats and cut-off words; it never changes a plain word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicemock.speech.recognise import PrimedWord, Said
from voicemock.speech.verbatim import FAINTEST, Extra, compare, is_filled_pause, plain_form


def said(text: str) -> list[Said]:
    return [Said(word, float(i), i + 1.0, 0.9) for i, word in enumerate(text.split())]


def read(text: str, **chances: float) -> list[PrimedWord]:
    """Words of a primed reading; fillers are sure of themselves, other words as given by their letters."""
    chance = {word: 0.9 if is_filled_pause(word) else chances.get(plain_form(word), 0.0) for word in text.split()}
    return [PrimedWord(word, chance[word]) for word in text.split()]


def extras(plain: str, primed: str, **chances: float) -> list[tuple[int, str]]:
    return [(extra.gap, extra.text) for extra in compare(said(plain), read(primed, **chances))[1]]


@pytest.mark.parametrize("word", ["um", "Um,", "uh", "Uhh...", "umm", "er", "erm,", "ehm"])
def test_filled_pauses(word: str) -> None:
    assert is_filled_pause(word)


@pytest.mark.parametrize(
    "word", ["mm-hmm", "uh-huh", "umbrella", "her", "a", "summer", "hum", "errand", "hmm", "ah", "U.S.", ""]
)
def test_no_filled_pauses(word: str) -> None:
    assert not is_filled_pause(word)


def test_fillers_go_between_the_words_they_were_heard_between() -> None:
    assert extras("so I led the team", "So, um, I led, uh, the team, um.") == [(1, "um,"), (3, "uh,"), (5, "um.")]


def test_other_words_of_the_primed_reading_are_left_out() -> None:
    plain, found = compare(said("I led the team"), read("I let a big scheme"))
    assert [word.text for word in plain] == ["I", "led", "the", "team"]
    assert found == []


def test_a_repeat_and_a_restart_are_put_back() -> None:
    assert extras("there's a process", "there's a a process") == [(2, "a")]
    assert extras("so if you're back", "so if you're, um, if you're back") == [
        (3, "um,"),
        (3, "if"),
        (3, "you're"),
    ]


def test_in_a_sentence_begun_again_the_filler_comes_after_the_first_try() -> None:
    assert extras("so if you're back", "So, if you, um, if you're back") == [(2, "um,")]


def test_a_filler_after_misheard_words_comes_after_them() -> None:
    assert extras("telling the director that we would", "telling the director of the rat, uh, we would") == [(4, "uh,")]


def test_a_filler_written_instead_of_a_word_is_marked() -> None:
    _, found = compare(said("from the specification"), read("from uh, specification"))
    assert [(extra.gap, extra.instead) for extra in found] == [(1, True)]
    _, found = compare(said("from the specification"), read("from uh, a specification"))
    assert [extra.instead for extra in found] == [False]


def test_a_cut_off_word_is_put_back() -> None:
    assert extras("we moved everything", "we mo- moved everything") == [(1, "mo-")]


def test_how_often_a_word_comes_again_and_again_the_plain_reading_says() -> None:
    assert extras("more words words words and", "more words words words words words and") == []
    assert extras("it was very late", "it was very very late") == [(3, "very")]


def test_a_skipped_passage_is_not_a_repeat() -> None:
    assert extras("and it ended", "and we did it again and again so it ended") == []


def test_a_faint_hesitation_is_kept_for_the_sound_to_decide() -> None:
    _, found = compare(said("the acoustic corpus"), read("the acoustic corpus", acoustic=0.24))
    assert found == [Extra(1, "uh,", 0.24)]
    assert extras("the acoustic corpus", "the acoustic corpus", acoustic=FAINTEST - 0.01) == []


def test_a_hesitation_after_the_last_word() -> None:
    assert compare(said("that is it"), read("that is it"), after_last=0.6)[1] == [Extra(3, "uh", 0.6)]


def test_a_filler_the_plain_reading_wrote_is_heard_once() -> None:
    plain, found = compare(said("Um, I led it"), read("Um, I led it"))
    assert [word.text for word in plain] == ["I", "led", "it"]
    assert found == [Extra(0, "Um,", 0.9)]


def test_a_filler_only_the_plain_reading_wrote_is_not_lost() -> None:
    assert compare(said("Um, I led it"), read("I led it"))[1] == [Extra(0, "Um,", 1.0)]


def test_without_a_primed_reading_nothing_is_added() -> None:
    assert compare(said("I led the team"), []) == (said("I led the team"), [])


WORDS = st.lists(
    st.sampled_from(["the", "a", "team", "um", "uh", "we", "led", "so", "it", "was", "and", "er"]), max_size=25
)


@given(plain=WORDS, primed=WORDS)
def test_no_plain_word_is_lost_or_moved(plain: list[str], primed: list[str]) -> None:
    words, found = compare(said(" ".join(plain)), read(" ".join(primed)))
    assert [word.text for word in words] == [word for word in plain if not is_filled_pause(word)]
    assert [extra.gap for extra in found] == sorted(extra.gap for extra in found)
    assert all(0 <= extra.gap <= len(words) for extra in found)


def test_four_words_begun_again_are_a_restart_and_five_a_passage_skipped() -> None:
    assert [text for _, text in extras("then we had to stop it", "then we had to then we had to stop it")] == [
        *("then", "we", "had", "to")
    ]
    assert extras("then we had to stop it all", "then we had to stop then we had to stop it all") == []
