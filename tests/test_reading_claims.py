"""Claims of change without a number, in the words they are quoted back in."""

import pytest

from voicemock.reading import from_text, unmeasured_claim


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("And, um, our checkout got, you know, a lot faster.", "the checkout got faster"),
        ("After that checkout got a lot faster and everybody was happy.", "checkout got faster"),
        ("The error rate dropped after the release.", "the error rate dropped"),
        ("We rewrote it and it became more stable.", "it became more stable"),
        ("Calls went down. Then the release process has become much easier.", "the release process has become easier"),
        ("so our builds got quicker and the pages went down a lot", "the pages went down"),
    ],
)
def test_a_claimed_change_is_quoted(text: str, claim: str) -> None:
    assert unmeasured_claim(from_text(text)) == claim


@pytest.mark.parametrize(
    "text",
    [
        "Our checkout got faster, from 4 seconds to 2.",  # measured
        "I wanted to see whether the page got faster.",  # not said to be so
        "It would get better if the team got bigger.",
        "He got better and she got worse.",  # people
        "We dropped the idea and the courier dropped the parcel.",  # no change of a quantity
        "Everybody was happy.",
        "",
    ],
)
def test_what_is_no_such_claim_is_not(text: str) -> None:
    assert unmeasured_claim(from_text(text)) == ""
