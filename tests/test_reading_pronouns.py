import pytest

from voicemock.reading import from_text, read


def owned(text: str) -> tuple[list[str], list[str]]:
    pronouns = read(from_text(text)).pronouns
    return (
        [text[s.char_start : s.char_end] for s in pronouns.i],
        [text[s.char_start : s.char_end] for s in pronouns.we],
    )


@pytest.mark.parametrize(
    ("text", "alone", "together"),
    [
        ("I'd approved it and we shipped.", ["I'd"], ["we"]),
        ("My team said that was my mistake, it's mine.", ["My", "my", "mine"], []),
        ("So they took ours, our design.", [], ["ours", "our"]),
        ("She told me to wait, so I waited.", ["I"], []),
        ("I was asked to fix it, and I did.", ["I"], []),
        ("I'd been told twice.", [], []),
        ("It was, I'd say, good. When I say good I mean fast.", [], []),
        ("My wife and my last boss and my company agreed.", [], []),
        ("Our head of support called our customers.", [], []),
        ("He said, I am not the person who talks. So I didn't push.", ["I"], []),
        ("We all avoid the hard stuff, don't we?", [], []),
        ("As leaders we have to inspire. We rebuilt it.", [], ["We"]),
        ("Most of us in this business haven't, we just talk.", [], []),
        ("we moved one base at a time and i signed it off", ["i"], ["we"]),
    ],
)
def test_only_acting_and_owning_counts(text: str, alone: list[str], together: list[str]) -> None:
    assert owned(text) == (alone, together)


def test_the_share_of_i() -> None:
    assert read(from_text("I built it. We ran it. I fixed it. We left.")).pronouns.i_share == 0.5
    assert read(from_text("It rained.")).pronouns.i_share is None
