import msgspec
import numpy as np
import pytest

from voicemock.reading import from_text, read
from voicemock.reading.encoder import SPANS, Encoded
from voicemock.reading.fillers import find_fillers
from voicemock.reading.text import passage
from voicemock.schema import Certainty, Filler, FillerKind


def fillers(text: str) -> list[str]:
    return [f.text.lower() for f in read(from_text(text)).fillers]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Um, so we shipped it, uh, late.", ["um", "uh"]),
        ("Er, hmm, I think so.", ["er", "hmm"]),
        ("These, like, amazing dumplings.", ["like"]),
        ("I had been a lead for like 2 months.", ["like"]),
        ("He fixed it in like a hundred places.", ["like"]),
        ("Like, you know, every standup was the same.", ["like", "you know"]),
        ("So we kind of took stuff off his plate.", ["kind of"]),
        ("I sort of fell into managing.", ["sort of"]),
        ("So basically I had a chat with him.", ["basically"]),
        ("Actually it is a modern stack.", ["actually"]),
        ("It was Renata, actually, she came later.", ["actually"]),
        ("They are faster, right? And cheaper.", ["right"]),
        ("It worked out. So yeah.", ["so yeah"]),
    ],
)
def test_fillers_are_found(text: str, found: list[str]) -> None:
    assert fillers(text) == found


WORDS_THAT_MEAN_SOMETHING = (
    "I would like to thank the people who made it work, because it looks like an easy project from outside and it was"
    " nothing like that. The customers did not like the old screen, and we kept the data in the right place. I did not"
    " know what it would mean for the second team, so I asked them, and I knew it was the right call when they said"
    " that they would like to stay. It is likely that the likes of them are rare."
)
THE_SAME_WORDS_AS_FILLERS = (
    "So, um, I was, like, the only person who knew the billing code, and, you know, everybody came to me with, like,"
    " every single question. And it was, I mean, it was kind of exhausting, you know. So basically I wrote it all down,"
    " and, you know, the new people picked it up."
)


def test_words_that_mean_something_are_not_fillers() -> None:
    assert fillers(WORDS_THAT_MEAN_SOMETHING) == []


def test_the_same_words_are_fillers_where_nothing_is_meant() -> None:
    found = fillers(THE_SAME_WORDS_AS_FILLERS)
    assert found[0] == "um"
    assert {"like", "you know", "i mean", "basically"} <= set(found)
    assert len(found) >= 8


@pytest.mark.parametrize(
    "text",
    [
        "I'd like to join.",
        "Likely alike, the likes of them.",
        "There's a fallback box in each ER with the recent studies.",
        "Umbrella errors, uhlans and hmong.",
    ],
)
def test_words_that_look_like_fillers_are_none(text: str) -> None:
    assert fillers(text) == []


def test_what_is_no_filler_in_any_company_is_never_one() -> None:
    """However sure the network is: only what can be one is asked about."""
    spoken = passage("So I told, like, the team, you know, to stop.")
    sure = Encoded(
        spans=np.full((len(spoken.tokens), len(SPANS)), 20, np.float32),
        proofs=np.zeros((len(spoken.tokens), 1), np.float32),
        signals=np.zeros(1, np.float32),
    )
    found = find_fillers(spoken, from_text(spoken.text), sure, filled_pauses=None)
    assert [filler.text for filler in found] == ["like", "you know"]
    assert {filler.kind for filler in found} == {FillerKind.DISCOURSE}
    silent = msgspec.structs.replace(sure, spans=-sure.spans)
    assert find_fillers(spoken, from_text(spoken.text), silent, filled_pauses=None) == ()


def test_the_ums_that_were_heard_are_the_only_ones_counted() -> None:
    text = "So um we shipped, you know, um, late."
    heard = Filler(
        text="um",
        kind=FillerKind.FILLED_PAUSE,
        char_start=3,
        char_end=5,
        certainty=Certainty.POSSIBLE,
        start_s=0.4,
        end_s=0.7,
    )
    found = read(from_text(text), filled_pauses=(heard,)).fillers
    assert [f.text for f in found] == ["um", "you know"]
    assert found[0] == heard
    assert read(from_text(text), filled_pauses=()).fillers == found[1:]


def test_offsets_index_the_text_as_given() -> None:
    text = "\n So,\tum — “we” …  UM, näh.\n"
    for filler in read(from_text(text)).fillers:
        assert text[filler.char_start : filler.char_end] == filler.text
        assert filler.start_s is None
    assert fillers(text) == ["um", "um"]
