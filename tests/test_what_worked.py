"""What is praised: heard beyond doubt, asked for, little of it, and nothing twice."""

import re

import msgspec
import pytest

from tests.builders import question, spoken
from voicemock.analyze import analyze, assemble
from voicemock.cli.answer_lines import render_next_steps, render_summary
from voicemock.coaching.what_worked import TELLING_FIRST, what_worked
from voicemock.phrases import shortened
from voicemock.reading import from_text
from voicemock.reading.concrete import told_apart
from voicemock.report import from_json, render_html, render_markdown, to_json
from voicemock.schema import (
    CORE_SIGNALS,
    AnswerReport,
    Certainty,
    Filler,
    FillerKind,
    Number,
    NumberKind,
    Signal,
    SignalName,
)

S = SignalName
TEXT = (
    "Last spring the shop was slow. We could have stayed on Postgres and lived with the delay. I moved the reads to a "
    "cache. The wait fell by ninety percent. I learned to ask sooner. In Leeds customers were leaving unpaid."
)
QUOTES = {
    S.SITUATION: "Last spring the shop was slow",
    S.TRADEOFF: "We could have stayed on Postgres and lived with the delay",
    S.RATIONALE: "We could have stayed on Postgres and lived with the delay",
    S.ACTION: "I moved the reads to a cache",
    S.METRIC: "by ninety percent",
    S.REFLECTION: "I learned to ask sooner",
    S.CUSTOMER: "customers were leaving unpaid",
}


def answer(*sure: SignalName, id: str = "q1", take: int = 1, doubted: tuple[SignalName, ...] = ()) -> AnswerReport:
    asked = msgspec.structs.replace(question(*QUOTES), id=id)
    report = analyze(spoken(TEXT, question=asked), take=take)
    signals = {
        name: Signal(present=True, sure=name in sure, evidence=(_quote(report, QUOTES[name]),))
        for name in (*sure, *doubted)
    }
    return msgspec.structs.replace(report, signals=signals, findings=())


def _quote(report: AnswerReport, quote: str):
    at = report.transcript.text.index(quote)
    return report.transcript.evidence(at, at + len(quote))


def with_signals(report: AnswerReport, **signals: Signal) -> AnswerReport:
    return msgspec.structs.replace(report, signals=report.signals | {S(name): s for name, s in signals.items()})


def praised(*answers: AnswerReport) -> list[tuple[SignalName, int]]:
    return [(strength.signal, strength.answer) for strength in what_worked(answers)]


def test_every_signal_but_staying_on_topic_can_be_praised_once():
    assert sorted(TELLING_FIRST) == sorted(set(S) - {S.ON_TOPIC})
    on_topic = with_signals(answer(), on_topic=Signal(present=True, sure=True))
    asked = msgspec.structs.replace(question(S.ON_TOPIC), id="q1")
    assert praised(msgspec.structs.replace(on_topic, question=asked)) == []


def test_the_more_telling_comes_first_and_two_of_one_answer_are_enough():
    assert praised(answer(S.SITUATION, S.ACTION, S.REFLECTION, S.METRIC)) == [(S.METRIC, 0), (S.REFLECTION, 0)]


def test_three_are_enough_for_a_session_and_each_signal_once():
    all_of_it = [answer(*QUOTES), answer(*QUOTES, id="q2"), answer(*QUOTES, id="q3")]
    assert praised(*all_of_it) == [(S.TRADEOFF, 0), (S.METRIC, 0), (S.REFLECTION, 1)]


def test_what_may_be_wrong_is_not_praised():
    assert praised(answer(doubted=tuple(QUOTES))) == []
    unheard = Signal(present=None, sure=True, evidence=answer(S.METRIC).signals[S.METRIC].evidence)
    assert praised(with_signals(answer(), metric=unheard)) == []


def test_what_every_story_has_is_praised_only_beside_something_telling():
    assert praised(answer(S.SITUATION, S.ACTION)) == []
    assert praised(answer(S.SITUATION, S.ACTION, doubted=(S.METRIC,))) == []
    assert praised(answer(S.ACTION, S.REFLECTION)) == [(S.REFLECTION, 0), (S.ACTION, 0)]


def written_as(text: str, *, id: str) -> list[tuple[SignalName, int]]:
    asked = msgspec.structs.replace(question(*QUOTES), id=id)
    report = msgspec.structs.replace(analyze(spoken(text, question=asked)), findings=())
    quote = report.transcript.evidence(0, 9)
    sure = {name: Signal(present=True, sure=True, evidence=(quote,)) for name in (S.REFLECTION,)}
    return praised(msgspec.structs.replace(report, signals=report.signals | sure))


@pytest.mark.parametrize(
    ("text", "id", "counts"),
    [
        ("I learned that Ada, in forty days, can do two jobs.", "q1", True),
        ("I learned that one CFO, in forty days, can do two jobs. I'd do it again.", "q1", False),
        ("I learned that people can do many jobs.", "q1-follow-up-1", False),
        ("I learned that people can do two jobs.", "q1-follow-up-1", True),
    ],
    ids=["a name, two numbers", "two numbers", "nothing", "one will do for a follow-up"],
)
def test_fluent_words_about_nothing_in_particular_are_not_praised(text, id, counts):
    assert bool(written_as(text, id=id)) is counts


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("We went on. Then it broke.", 0),
        ("So then Ada left us in March.", 2),
        ("So then the CFO and I said I'd go.", 0),
        ("It was one day and forty people.", 1),
        ("", 0),
    ],
)
def test_numbers_and_names_are_what_can_be_held_on_to(text, count):
    assert told_apart(from_text(text)) == count


def test_what_was_not_asked_for_is_not_praised():
    asked = msgspec.structs.replace(question(S.RESULT), id="q1")
    assert praised(msgspec.structs.replace(answer(*QUOTES), question=asked)) == []


def test_without_a_question_the_core_signals_are_praised():
    unasked = msgspec.structs.replace(answer(S.REFLECTION, S.CUSTOMER, S.METRIC, S.ACTION), question=None)
    assert praised(unasked) == [(S.METRIC, 0), (S.ACTION, 0)]
    assert {S.METRIC, S.ACTION} < set(CORE_SIGNALS)


def test_a_take_that_was_replaced_gives_nothing():
    assert praised(answer(S.METRIC), answer(S.REFLECTION, take=2)) == [(S.REFLECTION, 1)]


def test_an_answer_about_something_else_gives_nothing():
    assert praised(with_signals(answer(*QUOTES), on_topic=Signal(present=False))) == []


def test_the_same_words_are_not_praised_under_two_names():
    assert praised(answer(S.TRADEOFF, S.RATIONALE)) == [(S.TRADEOFF, 0)]


def test_a_bare_number_is_quoted_with_the_words_before_it_and_the_time_of_the_first():
    (strength,) = what_worked([answer(S.METRIC)])
    assert strength.evidence.quote == "The wait fell by ninety percent", "and nothing of the sentence before"
    assert strength.evidence.start_s == _quote(answer(), "The wait").start_s
    text = answer().transcript.text
    assert text[strength.evidence.char_start : strength.evidence.char_end] == strength.evidence.quote


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("shop was slow", "Last spring the shop was slow"),
        ("the delay", "We could have stayed on Postgres and lived with the delay"),
        ("I moved", "I moved the reads to a cache"),
    ],
    ids=["its end", "the middle", "its beginning"],
)
def test_a_bare_quote_is_shown_in_its_sentence(quote, shown):
    report = answer()
    signal = Signal(present=True, sure=True, evidence=(_quote(report, quote),))
    (strength,) = what_worked([with_signals(report, metric=signal)])
    assert strength.evidence.quote == shown


def test_a_quote_with_a_place_and_one_without_are_the_same_if_their_words_are():
    report = answer()
    placed = _quote(report, QUOTES[S.TRADEOFF])
    without = [{"char_start": None, "char_end": None}, {"char_start": None}, {"char_end": None}]
    bare = [msgspec.structs.replace(placed, **place) for place in without]
    for one, other in (*((placed, one) for one in bare), *((one, placed) for one in bare)):
        signals = {
            name: Signal(present=True, sure=True, evidence=(quote,))
            for name, quote in (("tradeoff", one), ("rationale", other))
        }
        assert len(praised(with_signals(report, **signals))) == 1


def test_of_several_quotes_the_fullest_is_shown():
    report = answer()
    quotes = tuple(_quote(report, q) for q in ("a cache", "We could have stayed on Postgres", "Last spring"))
    (strength,) = what_worked([with_signals(report, metric=Signal(present=True, sure=True, evidence=quotes))])
    assert strength.evidence.quote.startswith("We could have stayed on Postgres")
    numbers = (Number(kind=NumberKind.TIME, evidence=quotes[2]), Number(kind=NumberKind.OTHER, evidence=quotes[1]))
    signal = Signal(present=True, sure=True, evidence=quotes)
    (strength,) = what_worked([msgspec.structs.replace(with_signals(report, metric=signal), numbers=numbers)])
    assert strength.evidence.quote.startswith("Last spring"), "a number that says what it is of comes first"


LONG = (
    'She said "it is fine." Now, in the north, once the ferries of Bo were tied to the quay because of all that ice, '
    "{quote}{after} we sold the four old barges to a man from the next valley who never paid for them."
)


@pytest.mark.parametrize(
    ("quote", "after", "shown"),
    [
        ("by nine percent", ", then", "because of all that ice, by nine percent"),
        ("by nine percent", " every spring, then", "by nine percent every spring"),
        ("by nine percent", " in all the ports of our river then, and", "by nine percent"),
        ("by nine percent", " in all the ports of our, and", "by nine percent in all the ports of our"),
    ],
)
def test_in_a_long_sentence_a_bare_quote_is_shown_with_its_clause(quote, after, shown):
    report = analyze(spoken(LONG.format(quote=quote, after=after), question=question(S.METRIC)))
    signal = Signal(present=True, sure=True, evidence=(_quote(report, quote),))
    report = with_signals(report, metric=signal, result=Signal(present=True))
    (strength,) = [s for s in what_worked([report]) if s.signal is S.METRIC]
    assert strength.evidence.quote == shown.removeprefix("because of all that ice, ")


def test_a_sentence_ends_within_quotation_marks_too():
    report = analyze(spoken('Then Ada and Bo said "no way." We had it by nine.', question=question(S.METRIC)))
    signal = Signal(present=True, sure=True, evidence=(_quote(report, "by nine"),))
    (strength,) = what_worked([with_signals(report, metric=signal)])
    assert strength.evidence.quote == "We had it by nine"


def test_a_reason_is_praised_only_where_the_words_give_one():
    report = answer(S.RATIONALE, S.ACTION)
    assert praised(report) == [(S.RATIONALE, 0), (S.ACTION, 0)]
    said = Signal(present=True, sure=True, evidence=(_quote(report, QUOTES[S.SITUATION]),))
    assert praised(with_signals(report, rationale=said)) == [], "nor is the story beside it"


def test_a_quote_without_a_place_is_shown_as_it_is():
    """Evidence of a report that somebody else wrote may have none."""
    bare = msgspec.structs.replace(_quote(answer(), "ninety percent"), char_start=None, char_end=None)
    (strength,) = what_worked([with_signals(answer(), metric=Signal(present=True, sure=True, evidence=(bare,)))])
    assert strength.evidence.quote == "ninety percent"


@pytest.mark.parametrize("words", [1, 24])
def test_a_short_quote_is_shown_whole(words):
    said = " ".join(map(str, range(words)))
    assert shortened(said) == said


def test_of_a_long_quote_both_ends_are_shown():
    said = " ".join(map(str, range(25)))
    assert shortened(said) == "0 1 2 3 4 5 6 7 8 9 … 15 16 17 18 19 20 21 22 23 24"


def test_the_terminal_says_it_before_what_to_change():
    report = assemble([answer(S.TRADEOFF, S.METRIC)])
    lines = render_next_steps(report).splitlines()
    assert lines[0] == "What worked:"
    assert lines[1].startswith('- Trade-off  0:09  "We could have stayed on Postgres and lived with the')
    assert lines.index("") < lines.index("Nothing stood out to change.")
    summary = " ".join(render_summary(report.answers[0]).split())
    assert 'What worked: Trade-off 0:09 "We could have' in summary and "Metric" not in summary


def test_nothing_certain_means_no_heading_anywhere(tmp_path):
    report = assemble([answer(doubted=tuple(QUOTES))])
    pages = (render_markdown(report), render_html(report, folder=tmp_path), render_next_steps(report))
    assert not any("What worked" in page for page in (*pages, render_summary(report.answers[0])))


def test_both_pages_show_the_quote_its_time_and_its_answer(tmp_path):
    report = assemble([answer(), answer(S.TRADEOFF, id="q2")])
    quote = "We could have stayed on Postgres and lived with the delay"
    assert f'- **Trade-off** (what was weighed): 0:09 "{quote}" (answer 2)\n' in render_markdown(report)
    page = render_html(report, folder=tmp_path)
    worked = page.partition('<section class="worked"')[2].partition("</section>")[0]
    assert f"<q>{quote}</q>" in worked and '<a href="#answer-2-signals">Answer 2</a>' in worked and "0:09" in worked


def test_a_report_written_before_there_was_praise_is_read_and_shown(tmp_path):
    old = msgspec.to_builtins(assemble([answer(S.TRADEOFF)]))
    del old["what_worked"]
    for signal in old["answers"][0]["signals"].values():
        del signal["sure"]
    report = from_json(msgspec.json.encode(old))
    assert report.what_worked == ()
    assert "What worked" not in render_html(report, folder=tmp_path) + render_markdown(report)
    assert "What worked" not in render_next_steps(report) + render_summary(report.answers[0])
    assert "heard: trade-off" in render_summary(report.answers[0])
    assert from_json(to_json(report)) == report


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Um, I moved the reads to a cache and so on and so on for them.", "I moved"),
        ("Um… uh, I moved the reads to a cache and so on and so on for them.", "I moved"),
        ("I um, moved the reads to a cache and so on and so on for them all.", "I um, moved"),
        ("So, um, I moved the reads to a cache and so on and so on for them.", "So, um,"),
        ("Um.", "Um."),
    ],
)
def test_praise_does_not_begin_with_an_um(said, shown):
    report = analyze(spoken(f"{said} It took Ada ten days, and Bo nine.", question=question(S.TRADEOFF)))
    quote = report.transcript.evidence(0, len(said))
    ums = tuple(
        Filler(
            text=found[0],
            kind=FillerKind.FILLED_PAUSE,
            char_start=found.start(),
            char_end=found.end(),
            certainty=Certainty.CONFIRMED,
        )
        for found in reversed([*re.finditer("um|uh", said, re.IGNORECASE)])
    )
    signals = {S.TRADEOFF: Signal(present=True, sure=True, evidence=(quote,))}
    (strength,) = what_worked((msgspec.structs.replace(report, signals=signals, fillers=ums),))
    assert strength.evidence.quote.startswith(shown)
    first = next(word for word in report.transcript.words if word.text == shown.split()[0])
    assert strength.evidence.start_s == first.start_s
