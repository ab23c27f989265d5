"""Frames to say it better: the candidate's own sentence, the gap left open, and nothing invented."""

import re

import msgspec
import pytest

from tests import report_samples
from voicemock.coaching.frame import GAP
from voicemock.coaching.say_it_better import AFTER, OWN_PART, say_it_better
from voicemock.reading import from_text
from voicemock.report import render_html, render_markdown
from voicemock.schema import (
    Certainty,
    Filler,
    FillerKind,
    Finding,
    NextStep,
    Pronouns,
    Severity,
    Signal,
    SignalName,
)

S = SignalName
replace = msgspec.structs.replace


def finding(check: str, *evidence) -> Finding:
    return Finding(
        check=check, severity=Severity.PROBLEM, message="x", measured="x", limit="x", source="x", evidence=evidence
    )


def told(text: str, *, missing=(), fillers=(), **shown: str):
    """Return an answer whose signals are shown by the words given for each."""
    transcript = from_text(text)

    def proof(quote):
        return transcript.evidence(text.index(quote), text.index(quote) + len(quote))

    return replace(
        report_samples.written(),
        question=replace(report_samples.OUTAGE, expects=tuple(missing)),
        transcript=transcript,
        pronouns=Pronouns(),
        fillers=tuple(
            Filler(
                text=m[0],
                kind=FillerKind.DISCOURSE if m[0] == "like" else FillerKind.FILLED_PAUSE,
                char_start=m.start(),
                char_end=m.end(),
                certainty=Certainty.CONFIRMED,
            )
            for m in re.finditer("|".join(fillers) or "$^", text)
        ),
        signals={name: Signal() for name in S}
        | {name: Signal(present=False) for name in missing}
        | {S(name): Signal(present=True, evidence=(proof(quote),)) for name, quote in shown.items()},
    )


STORY = "It was late. So we decided to split the billing team. After that the checkout got a lot faster. It held."


def test_a_decision_is_repeated_with_its_price_left_open():
    frame = say_it_better(finding("missing_tradeoff"), told(STORY))
    assert frame.said.quote == "So we decided to split the billing team"
    assert frame.frame == (
        "We decided to split the billing team. "
        "The other way was ___. We did not take it because ___, and we gave up ___."
    )


def test_a_claim_is_repeated_with_its_numbers_left_open():
    frame = say_it_better(finding("missing_metric"), told(STORY))
    assert frame.frame == "After that the checkout got a lot faster. In numbers: from ___ to ___."


def test_an_outcome_that_was_heard_does_too():
    answer = told("We had a plan for it. In the end both teams shipped on the day.", result="both teams shipped")
    assert say_it_better(finding("missing_metric"), answer).frame.startswith(
        "In the end both teams shipped on the day. In"
    )


def test_the_speakers_own_part_is_asked_for_and_not_made_up():
    answer = told("We talked about it for a whole week. I was late.")
    quote = answer.transcript.evidence(0, 9)
    assert say_it_better(finding("i_vs_we", quote), answer).frame == f"We talked about it for a whole week. {OWN_PART}"
    mine = told("We talked, and I wrote the whole plan.")
    assert say_it_better(finding("i_vs_we", mine.transcript.evidence(0, 9)), mine) is None, "the part is there"


def test_of_several_gaps_the_first_with_a_frame_is_taken_and_none_that_a_follow_up_filled():
    answer = told(STORY, missing=(S.STAKEHOLDERS, S.RATIONALE, S.REFLECTION))
    assert say_it_better(finding("missing_signals"), answer).frame.endswith("team. We chose that because ___.")
    shown = replace(answer, signals=dict(answer.signals) | told(STORY, result="got a lot faster").signals)
    again = replace(
        shown, signals=dict(shown.signals) | {n: Signal(present=False) for n in (S.RATIONALE, S.REFLECTION)}
    )
    frame = say_it_better(finding("missing_signals"), again, filled={S.RATIONALE})
    assert frame.frame == "After that the checkout got a lot faster. Next time I would ___, because ___."


def test_ums_are_left_out_and_their_commas():
    answer = told("So, um, in March, uh, our checkout slowed down.", fillers=("um", "uh"))
    quote = answer.transcript.evidence(4, 6)
    assert say_it_better(finding("fillers", quote), answer).frame == "In March our checkout slowed down."
    assert say_it_better(finding("fillers", quote), answer).said.quote.startswith("So, um, in March")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("So we decided to split, to split the the team in two.", "a restart"),
        ("So we decided, like, to split the billing team.", "a like"),
        ("So we decided to … the billing team in two.", "words that were not heard"),
        ("So we decided to split.", "hardly a word"),
        (f"So we decided to split the team and {'then we went on and ' * 8} it held.", "too long"),
        ("Would you say we decided to split the billing team?", "a question"),
    ],
)
def test_no_frame_is_made_of_a_sentence_that_cannot_be_said_again(text, why):
    answer = told(text, fillers=("like",), action="decided")
    assert say_it_better(finding("missing_tradeoff"), answer) is None, why


@pytest.mark.parametrize(("words", "fits"), [(4, False), (5, True), (28, True), (29, False)])
def test_a_sentence_to_be_said_again_has_five_to_twenty_eight_words(words, fits):
    answer = told(f"{' '.join(('we decided to keep ' + 'one more than ' * 9).split()[:words])}.".capitalize())
    frame = say_it_better(finding("i_vs_we", answer.transcript.evidence(0, 9)), answer)
    assert (frame is not None) is fits


def test_a_sentence_that_was_hardly_recognised_is_not_put_in_anybodys_mouth():
    answer = told(STORY)
    unsure = tuple(replace(word, probability=0.3) for word in answer.transcript.words)
    answer = replace(answer, transcript=replace(answer.transcript, words=unsure))
    assert say_it_better(finding("missing_tradeoff"), answer) is None


@pytest.mark.parametrize("check", ["length", "pace", "monotone", "hedging", "off_topic", "a_check_of_somebody_else"])
def test_what_no_sentence_mends_has_no_frame(check):
    assert say_it_better(finding(check), told(STORY, result="got a lot faster", action="decided")) is None


def test_nothing_is_in_a_frame_but_own_words_and_the_frames():
    """Every word before the gap is the candidate's; what follows is one of a handful of texts without a fact."""
    texts = {then.format(I=i, i=i.lower() if i == "We" else i) for _, then in AFTER.values() for i in ("I", "We")}
    for check in ("missing_tradeoff", "missing_metric"):
        frame = say_it_better(finding(check), told(STORY))
        own, then = next((frame.frame[: -len(t) - 1], t) for t in texts if frame.frame.endswith(t))
        assert own.rstrip(".").lower() in STORY.lower() and GAP in then
    assert not any(char.isdigit() for text in (*texts, OWN_PART) for char in text)


def test_the_report_shows_the_frame_beside_the_step():
    answer = told(STORY)
    answer = replace(answer, findings=(finding("missing_tradeoff"),))
    step = NextStep(text="No other option was heard.", check="missing_tradeoff", answer=0)
    report = report_samples.session(answer, steps=(step,))
    page = render_html(report, folder=None)
    assert "You said: <q>So we decided to split the billing team</q>" in page
    assert page.count('class="blank"') == 3 and GAP not in page
    assert r"The other way was \_\__" in render_markdown(report).replace(r"\_\_\_", r"\_\__")


@pytest.mark.parametrize(
    ("said", "again"),
    [
        ("So, and then we moved it to the cloud", "we moved it to the cloud"),
        ("Now I asked them what had changed", "I asked them what had changed"),
        ("But for her I would have quit", "But for her I would have quit"),
        ("So far we had cut the costs", "So far we had cut the costs"),
        ("Now that we had metrics it was plain", "Now that we had metrics it was plain"),
        ("Well before the deadline I called them", "Well before the deadline I called them"),
    ],
)
def test_a_word_before_the_sentence_goes_only_if_it_says_nothing(said, again):
    from voicemock.coaching.own_sentences import _LEAD

    assert _LEAD.sub("", said) == again


def test_of_two_sentences_with_a_claim_the_last_is_repeated():
    from voicemock.coaching.own_sentences import OwnSentences

    answer = told("In March the checkout got faster for everybody. In June the checkout got faster for good.")
    (sentence,) = OwnSentences(answer).holding("checkout got faster")
    assert sentence.plain.startswith("In June")


def test_a_claim_may_be_the_whole_sentence():
    from voicemock.coaching.own_sentences import OwnSentences

    (sentence,) = OwnSentences(told("Our pages got much faster.")).holding("our pages got much faster")
    assert sentence.plain == "Our pages got much faster"


def test_of_two_quotes_that_prove_a_signal_the_last_is_repeated():
    from voicemock.coaching.own_sentences import OwnSentences

    answer = told("In March the wait fell by half. In June the wait fell once more.")
    proofs = tuple(answer.transcript.evidence(at, at + 8) for at in (0, 32))
    heard = replace(answer, signals={S.RESULT: Signal(present=True, evidence=proofs)})
    assert [one.plain[:7] for one in OwnSentences(heard).proving([S.RESULT])] == ["In June", "In Marc"]
