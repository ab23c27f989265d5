"""Claims of change without a number, in the words they are quoted back in."""

import pytest

from voicemock.reading import from_text, unexplained_decision, unmeasured_claim, unproven_claim


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


@pytest.mark.parametrize(("between", "measured"), [(29, True), (30, False)])
def test_a_number_is_that_of_a_change_thirty_words_away_at_most(between: int, measured: bool) -> None:
    claim, so = "After that the checkout got faster.", "So. " * between
    assert bool(unmeasured_claim(from_text(f"{claim} {so}40"))) is not measured
    assert bool(unmeasured_claim(from_text(f"There were 40. {so}{claim}"))) is not measured


@pytest.mark.parametrize("aside", ["you know", "I mean", "kind of", "sort of"])
def test_an_aside_is_left_out_of_the_quote(aside: str) -> None:
    assert unmeasured_claim(from_text(f"After that the checkout got, {aside}, faster.")) == "the checkout got faster"


@pytest.mark.parametrize(
    "text",
    [
        "Our checkout got faster, from 4 seconds to 2.",  # measured
        "I wanted to see whether the page got faster.",  # not said to be so
        "It would get better if the team got bigger.",
        "He got better and she got worse.",  # people
        "Marcus became more productive. And Nobody got faster.",
        "I wanted to make sure that checkout got faster.",
        "The checkout never got faster, and nothing improved. The page would have got faster.",
        "And checkout got faster. It took four seconds before and takes one now.",  # measured beside it
        "We dropped the idea and the courier dropped the parcel.",  # no change of a quantity
        "Everybody was happy.",
        "",
    ],
)
def test_what_is_no_such_claim_is_not(text: str) -> None:
    assert unmeasured_claim(from_text(text)) == ""


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("So, um, in the end we decided to split the team. It took a month.", "we decided to split the team"),
        ("In May, We decided to move Maria to Postgres.", "we decided to move Maria to Postgres"),
        ("I went with the second vendor and told everyone.", "I went with the second vendor"),
        ("We decided to split the team. It was May. June had no reason to come.", "we decided to split the team"),
        (
            "We chose to wait because of the audit. Then I opted for a small pilot first.",
            "I opted for a small pilot first",
        ),
    ],
)
def test_a_decision_without_its_reason_is_quoted(text: str, decision: str) -> None:
    assert unexplained_decision(from_text(text)) == decision


@pytest.mark.parametrize(
    "text",
    [
        "We decided to split the team because the on-call load was too high.",
        "We decided to split the team. The reason was the on-call load.",  # the next sentence gives it
        "It was May. The load was the reason. So we decided to split the team.",  # the one before does
        "What we decided to do there was boring.",  # no decision yet
        "The old system cost us a fortune, that was the reason. So we decided to split the team.",
        "If we decided to move later we would lose them.",
        "We decided to wait, the vendor was late.",  # what was decided ends nowhere plain
        "I decided to.",
        "They decided to split the team.",
    ],
)
def test_a_decision_with_its_reason_or_none_at_all_is_not(text: str) -> None:
    assert unexplained_decision(from_text(text)) == ""


def test_what_others_felt_is_asked_about_as_theirs() -> None:
    assert unproven_claim(from_text("And my team was a lot happier after that.")) == "the team was a lot happier"
    assert unproven_claim(from_text("I thought that the team was happy. I made sure that everyone was engaged.")) == ""
    assert unproven_claim(from_text("I hoped that everybody was happy. We shipped.")) == ""
    assert unproven_claim(from_text("I was happy.")) == ""
