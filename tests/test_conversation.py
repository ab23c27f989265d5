"""A recording of several people as turns, and one answer out of it."""

import msgspec

from tests.conversations import conversation
from voicemock.analyze import analyze_own
from voicemock.reading.conversation import answer_of, spoken_turns
from voicemock.schema import AsideKind
from voicemock.speech.listen import Heard

ASKED = "So why did you move it to March and not to May as they had asked you to?"
FIRST = "We moved it because it was slow and the team had told me so since the year before last. " * 3
SECOND = "It took us three weeks and nobody was woken at night by it after that, not even once."


def call() -> Heard:
    return conversation(f"B: {ASKED} [1.0] A: {FIRST} [0.8] B: {ASKED} [1.2] A: {SECOND} [0.9] B: Good. {ASKED}")


def test_turns_are_told_apart_with_their_times():
    turns = spoken_turns([call()])
    assert [one.turn.speaker for one in turns] == ["Speaker 2", "Speaker 1", "Speaker 2", "Speaker 1", "Speaker 2"]
    assert [one.turn.text for one in turns] == [ASKED, FIRST.strip(), ASKED, SECOND, f"Good. {ASKED}"]
    assert turns[1].turn.start_s > turns[0].turn.end_s


def test_one_voice_or_no_word_is_no_conversation():
    assert spoken_turns([conversation(f"A: {FIRST}")]) == ()
    assert spoken_turns([conversation(f"A: {FIRST} B: {ASKED}", voices=False)]) == ()
    silent = call()
    assert spoken_turns([msgspec.structs.replace(silent, sound=None)]) == ()


def test_people_on_tracks_of_their_own_are_put_together_by_time():
    first, second = conversation("A: So why? [3.0] A: And then?"), conversation("[1.2] B: It was slow.")
    turns = spoken_turns([first, second])
    assert [(one.turn.speaker, one.turn.text, one.heard) for one in turns] == [
        ("Speaker 1", "So why?", 0),
        ("Speaker 2", "It was slow.", 1),
        ("Speaker 1", "And then?", 0),
    ]
    own = answer_of(turns, [first, second], mine=[1], first=0)
    assert own.heard.transcript.text == "It was slow."
    assert [(one.kind, one.text) for one in own.asides] == [(AsideKind.QUESTION, "So why?")]


def test_one_answer_is_heard_as_if_nothing_else_had_been_said():
    heard = call()
    turns = spoken_turns([heard])
    own = answer_of(turns, [heard], mine=[3], first=2)
    assert own.heard.transcript.text == SECOND
    assert own.heard.prosody.response_latency_s < 2
    assert [(one.kind, one.text) for one in own.asides] == [(AsideKind.QUESTION, ASKED)]
    both = answer_of(turns, [heard], mine=[1, 3], first=0)
    assert [one.kind for one in both.asides] == [AsideKind.QUESTION, AsideKind.OTHER]
    assert both.heard.transcript.text == f"{FIRST.strip()} {SECOND}"
    report = analyze_own(both)
    assert report.asides == both.asides
    assert report.duration_s < sum(turns[n].turn.end_s - turns[n].turn.start_s for n in (1, 3)) + 3
