from voicemock.coaching.follow_ups import follow_ups
from voicemock.reading import from_text, main_noun
from voicemock.schema import Answer, FollowUp, Kind, Part, Pronouns, Question, Reading, Signal, SignalName, Span

BATTERY = "The battery died. My battery went flat and the battery was old. "


def probes(
    *,
    missing: tuple[SignalName, ...] = (),
    untold: tuple[SignalName, ...] = (),
    expects: tuple[SignalName, ...] = (SignalName.METRIC, SignalName.TRADEOFF, SignalName.REFLECTION),
    own: dict[SignalName, str] | None = None,
    text: str = "It was fine.",
    i: int = 5,
    we: int = 0,
    asked: str = "What happened?",
) -> tuple[FollowUp, ...]:
    question = Question(id="q", text=asked, kind=Kind.BEHAVIOURAL, expects=expects, follow_ups=own or {})
    signals = {name: Signal(present=None if name in untold else name not in missing) for name in SignalName}
    spans = [Span(char_start=n, char_end=n + 1) for n in range(i + we)]
    reading = Reading(
        signals=signals,
        pronouns=Pronouns(i=tuple(spans[:i]), we=tuple(spans[i:])),
        parts=(Part(name=SignalName.ACTION, char_start=0, char_end=100, share=1.0),),
    )
    return follow_ups(Answer(question=question, transcript=from_text(text), reading=reading))


def test_a_full_answer_gets_none() -> None:
    assert probes() == ()


def test_the_probe_names_the_gap() -> None:
    (probe,) = probes(missing=(SignalName.TRADEOFF,))
    assert probe == FollowUp(
        text="What else did you consider, and what did you give up?",
        trigger="not heard: what was weighed",
        signal=SignalName.TRADEOFF,
    )


def test_it_speaks_of_the_candidates_own_thing() -> None:
    (probe,) = probes(missing=(SignalName.METRIC,), text=BATTERY)
    assert probe.text == "What did that do to the battery, in numbers?"
    (plain,) = probes(missing=(SignalName.METRIC,))
    assert plain.text == "What did that change, in numbers?"


def test_a_change_without_a_number_is_quoted_back() -> None:
    (probe,) = probes(
        missing=(SignalName.METRIC,),
        text="And after that checkout got a lot faster.",
        own={SignalName.METRIC: "How many?"},
    )
    assert probe.text == "You said checkout got faster. By how much?"


def test_what_was_left_open_is_taken_up_before_what_was_not_said() -> None:
    said = "And after that checkout got a lot faster. We decided to keep both teams. Everybody was happy."
    first, second = probes(
        missing=(SignalName.METRIC, SignalName.TRADEOFF),
        untold=(SignalName.RATIONALE,),
        expects=(SignalName.METRIC, SignalName.TRADEOFF, SignalName.RATIONALE),
        text=said,
    )
    assert first.text == "You said checkout got faster. By how much?"
    assert second.text == 'You said "we decided to keep both teams". Why?'
    assert second.trigger == "a decision: we decided to keep both teams"
    (felt,) = probes(missing=(SignalName.METRIC,), text="Everybody was happy.")
    assert felt.text == "You said everybody was happy. How could you tell?"


def test_of_what_could_not_be_told_one_thing_is_asked_after_what_was_missed() -> None:
    untold = (SignalName.TRADEOFF, SignalName.REFLECTION)
    (probe,) = probes(untold=untold)
    assert probe.trigger == "could not tell: what was weighed"
    first, second = probes(untold=untold, missing=(SignalName.METRIC,))
    assert (first.signal, second.signal) == (SignalName.METRIC, SignalName.TRADEOFF)
    assert probes(untold=tuple(SignalName)) == (), "nothing was assessed"


def test_a_claim_is_taken_up_where_it_cannot_be_told_whether_a_number_was_said() -> None:
    (probe,) = probes(untold=(SignalName.METRIC,), text="And checkout got faster.")
    assert probe.signal is SignalName.METRIC
    assert probes(text="And checkout got faster.") == (), "a number was heard"
    assert probes(untold=(SignalName.METRIC,), expects=(SignalName.TRADEOFF,), text="And checkout got faster.") == ()


def test_the_questions_own_probe_comes_first() -> None:
    (probe,) = probes(missing=(SignalName.METRIC,), own={SignalName.METRIC: "How many?"})
    assert probe.text == "How many?"


def test_at_most_two_and_only_what_the_question_expects() -> None:
    assert len(probes(missing=tuple(n for n in SignalName if n is not SignalName.ON_TOPIC))) == 2
    assert probes(missing=(SignalName.COST, SignalName.SCALE)) == ()


def test_we_without_i_is_asked_about() -> None:
    (probe,) = probes(i=1, we=9)
    assert "your own part" in probe.text
    assert probe.trigger == 'where you say what was done: "I" 1, "we" 9'
    assert probes(i=4, we=6) == ()
    assert probes(i=1, we=9, asked="How do you hire?") == (), "nobody's part is asked for"
    assert probes(i=0, we=4) == (), "four pronouns say nothing"


def test_an_answer_too_short_to_judge_gets_none() -> None:
    question = Question(id="q", text="?", kind=Kind.PEOPLE, expects=tuple(SignalName))
    answer = Answer(question=question, transcript=from_text("Fine."), reading=Reading(signals={}))
    assert follow_ups(answer) == ()


def test_the_main_noun_must_be_plain() -> None:
    assert main_noun(from_text(BATTERY)) == "battery"
    assert main_noun(from_text("The thing and the thing and my wife, my wife, my wife.")) == ""
    assert main_noun(from_text("")) == ""


def test_the_main_noun_stands_by_itself_and_is_written_as_it_was() -> None:
    kafka = "The Kafka died. The Kafka is old, and the Kafka was mine."
    assert main_noun(from_text(kafka)) == "Kafka"
    assert main_noun(from_text("The error budget, the error budget: our error, the error is mine.")) == ""
    assert main_noun(from_text("The error budget and the error. Our error, the error is mine.")) == "error"
    assert main_noun(from_text("That would work. That would do. That would be it, the would.")) == ""
    assert main_noun(from_text("Our most, the most, and the most of it.")) == ""
    assert main_noun(from_text("My career, the career, our career.")) == "", "nothing was done to it"


def test_five_pronouns_are_enough_to_ask() -> None:
    assert probes(i=1, we=4)
    assert probes(i=1, we=3) == ()
    assert probes(i=2, we=3) == (), "two fifths"


def test_who_acts_is_counted_only_where_something_is_done() -> None:
    question = Question(id="q", text="?", kind=Kind.BEHAVIOURAL, expects=(SignalName.RESULT,))
    spans = tuple(Span(char_start=n, char_end=n + 1) for n in range(60))
    parts = tuple(
        Part(name=name, char_start=start, char_end=start + 20, share=0.3)
        for name, start in ((SignalName.SITUATION, 0), (SignalName.ACTION, 20), (SignalName.RESULT, 40))
    )
    for i, we, asked in ((spans[:20], spans[20:30], True), (spans[20:30], spans[40:], False), (spans[40:], (), False)):
        pronouns = Pronouns(i=i, we=we)
        reading = Reading(signals={}, pronouns=pronouns, parts=parts)
        found = follow_ups(Answer(question=question, transcript=from_text("Fine."), reading=reading))
        assert bool(found) is asked


def test_a_claim_is_not_taken_up_in_what_answers_a_follow_up_or_was_hardly_heard() -> None:
    claim = "And checkout got faster."
    assert probes(untold=tuple(SignalName), text=claim) == ()
    asked = Question(id="q-follow-up-1", text="?", kind=Kind.BEHAVIOURAL, expects=(SignalName.METRIC,))
    signals = {name: Signal(present=name is not SignalName.METRIC or None) for name in SignalName}
    answer = Answer(question=asked, transcript=from_text(claim), reading=Reading(signals=signals))
    assert follow_ups(answer) == ()
