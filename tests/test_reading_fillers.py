import pytest

from voicemock.reading import from_text, read
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
        ("It was awkward, I mean, I don't like that.", ["i mean"]),
        ("So we kind of took stuff off his plate.", ["kind of"]),
        ("I sort of fell into managing.", ["sort of"]),
        ("So basically I had a chat with him.", ["basically"]),
        ("Actually it is a modern stack.", ["actually"]),
        ("It was Renata, actually, she came later.", ["actually"]),
        ("They are faster, right? And cheaper.", ["right"]),
        ("It worked out. So yeah.", ["so yeah"]),
        ("and the um team was like you know tired", ["um", "you know"]),
    ],
)
def test_fillers_are_found(text: str, found: list[str]) -> None:
    assert fillers(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "I'd like to join.",
        "It looks like a great culture.",
        "He was like, dude, this can't go on.",
        "I know what it was like before.",
        "Something like that.",
        "Likely alike, the likes of them.",
        "A kind of database.",
        "That kind of code is hard.",
        "You know the type.",
        "Do you know what I mean?",
        "By tie I mean a proper tie.",
        "When I say consumers I mean the software.",
        "It's about being agile, but actually agile.",
        "It was the right call, right there.",
        "There's a fallback box in each ER with the recent studies.",
        "Umbrella errors, uhlans and hmong.",
    ],
)
def test_words_that_mean_something_are_not_fillers(text: str) -> None:
    assert fillers(text) == []


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
    text = "\n So,\tum — “like” …  UM, näh.\n"
    for filler in read(from_text(text)).fillers:
        assert text[filler.char_start : filler.char_end] == filler.text
        assert filler.start_s is None
    assert fillers(text) == ["um", "um"]
