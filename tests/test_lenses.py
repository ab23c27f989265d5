"""Lenses: what is heard is shown by quote, what is not is called so only beyond doubt, and nobody is accused."""

import functools
import itertools
import json
import tomllib
from collections import Counter
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from tests.builders import spoken
from voicemock.analyze import analyze, analyze_text, assemble
from voicemock.cli.main import app
from voicemock.coaching.lenses import seen_through
from voicemock.errors import UnknownNameError
from voicemock.jobs.practise import Equipment, Setup, begin
from voicemock.lenses import known_lenses, lenses
from voicemock.questions.examples import examples
from voicemock.questions.sets import QuestionSetError, load_set, validate
from voicemock.reading import from_text
from voicemock.reading.points import points_in
from voicemock.reading.why import find_why
from voicemock.report import from_json, render_html, render_markdown, render_plain, to_json
from voicemock.report.lenses import over_session
from voicemock.report.redact import redact
from voicemock.report.view import view_of
from voicemock.schema import (
    AnswerReport,
    Evidence,
    Kind,
    LensHeard,
    Number,
    NumberKind,
    Part,
    Point,
    Question,
    Signal,
    SignalName,
)

S = SignalName
LABELS = tomllib.loads((Path(__file__).parent / "lens_labels.toml").read_text("utf-8"))
WORDS = "We met on the Friday and looked at it for a while. Ada Lovelace said that it was fine, so we went on with it."
ASKED = Question(id="q", text="Tell me about it.", kind=Kind.BEHAVIOURAL)
FIRST_FOUR = ("depth", "hyperscale", "organisation", "trust")
MORE = ("clarity", "evidence", "person", "price")
WRONGLY_HEARD = {
    ("tired-team", "stop the harm first, then look for the cause"),
    ("latency-hunt", "you take responsibility"),
}
"""Both by the reader of signals, which was sure; none by words."""


def answer(text: str = WORDS, *, id: str = "q", take: int = 1, **signals: Signal) -> AnswerReport:
    """Return an answer that has only these signals; the others surely not."""
    report = analyze(spoken(text, question=msgspec.structs.replace(ASKED, id=id)), take=take)
    none = {name: Signal(present=name is S.ON_TOPIC) for name in S}
    return msgspec.structs.replace(report, signals=none | {S(n): s for n, s in signals.items()}, numbers=(), parts=())


def sure(quote: str = "it was fine") -> Signal:
    at = WORDS.index(quote)
    return Signal(present=True, sure=True, evidence=(from_text(WORDS).evidence(at, at + len(quote)),))


def through(name: str, *answers: AnswerReport) -> list[LensHeard | None]:
    return [next(iter(one.lenses), None) for one in seen_through(answers, [name])]


def states(name: str, one: AnswerReport) -> dict[str, bool | None]:
    (seen,) = through(name, one)
    return {point.name: point.heard for point in seen.points}


@pytest.mark.parametrize("name", lenses())
def test_a_lens_is_what_its_file_says(name):
    lens = lenses()[name]
    names = [point.name for point in lens.points]
    assert len(names) == len(set(names)) >= 4
    assert lens.source and lens.about.endswith(".")
    for point in lens.points:
        assert point.signals or point.numbers or point.said, point.name
        for phrase in (*point.said, *point.hints):
            (heard,) = points_in(from_text(f"It is {phrase.replace('*', '')} then."), [Point(name="p", said=(phrase,))])
            assert heard.heard, phrase
        assert point.hints or point.signals, "words alone are too few to call a point missing"


def test_there_are_eight():
    assert sorted(lenses()) == sorted([*FIRST_FOUR, *MORE])
    assert known_lenses(["trust", "depth", "trust"]) == ("trust", "depth")
    assert known_lenses(None) == ()
    with pytest.raises(UnknownNameError, match="no lens 'trsut'"):
        known_lenses(["trsut"])


@pytest.mark.parametrize(
    ("signal", "heard"),
    [
        (sure(), True),
        (msgspec.structs.replace(sure(), sure=False), None),
        (Signal(), None),
        (Signal(present=False), False),
    ],
    ids=["sure", "heard, not surely", "could not tell", "surely not"],
)
def test_a_signal_counts_if_it_is_sure_and_is_missing_if_that_is_sure(signal, heard):
    assert states("trust", answer(owns_failure=signal))["you take responsibility"] is heard


def test_the_first_quote_proves_a_point():
    two = msgspec.structs.replace(sure(), evidence=(*sure().evidence, *sure("We met").evidence))
    (seen,) = through("trust", answer(owns_failure=two))
    assert [e.quote for point in seen.points for e in point.evidence] == ["it was fine"]


@pytest.mark.parametrize(
    ("said", "heard"),
    [("we froze releases for a week", True), ("we had to wait for it", None), ("we had a look at it", False)],
)
def test_words_are_heard_and_a_hint_of_them_keeps_quiet(said, heard):
    assert states("hyperscale", answer(f"{WORDS} Then {said}."))["when releases stop"] is heard


def test_a_number_of_the_kind_is_heard():
    number = Number(kind=NumberKind.AVAILABILITY, evidence=Evidence(quote="ninety-nine"))
    with_it = msgspec.structs.replace(answer(), numbers=(number,))
    other = msgspec.structs.replace(answer(), numbers=(msgspec.structs.replace(number, kind=NumberKind.MONEY),))
    point = "what is promised, and how far from it"
    assert states("hyperscale", with_it)[point] is True
    assert states("hyperscale", other)[point] is False


def test_what_a_follow_up_has_is_not_missing_above_it():
    first, probe = answer(), answer(id="q-follow-up-1", credits_team=sure())
    other = answer(id="q2", owns_failure=sure())
    above, below, elsewhere = through("trust", first, probe, other)
    assert "you credit others" not in [point.name for point in above.points]
    assert [(p.name, p.heard) for p in below.points] == [("you credit others", True)]
    assert ("you credit others", False) in [(p.name, p.heard) for p in elsewhere.points]
    assert through("trust", first, answer(id="q-follow-up-1"))[1] is None, "a follow-up is never said to lack a point"


def test_what_could_not_be_assessed_is_not_looked_at():
    assert through("trust", answer(on_topic=Signal(present=False))) == [None]
    assert through("trust", analyze_text("We did it.")) == [None]


def test_a_question_asks_for_its_lenses_and_what_was_seen_stays():
    asked = msgspec.structs.replace(ASKED, lenses=("depth", "no-such-lens"))
    (report,) = assemble([msgspec.structs.replace(answer(), question=asked)]).answers
    assert [one.lens for one in report.lenses] == ["depth"]
    (again,) = seen_through([report], ["trust", "depth"])
    assert [one.lens for one in again.lenses] == ["depth", "trust"]
    assert again.lenses[0] is report.lenses[0]
    assert assemble([answer()]).answers[0].lenses == ()


def test_depth_says_how_much_is_why_and_how_much_is_what():
    text = "We moved it in May. We chose May because nobody orders then. Then we went home."
    found = find_why(from_text(text))
    assert (len(found.found), found.sentences, round(found.of_words, 2)) == (1, 3, round(7 / 16, 2))
    proof = from_text(text).evidence(0, 18)
    assert len(find_why(from_text(text), [proof]).found) == 2
    assert find_why(from_text("")).of_words == 0.0
    (seen,) = through("depth", answer(rationale=sure()))
    assert seen.lines == ("At least 1 of 2 sentences say why, 52% of the words.",)
    unsure = msgspec.structs.replace(sure(), sure=False)
    assert through("depth", answer(rationale=unsure))[0].lines == ()
    assert through("depth", answer(tradeoff=sure()))[0].lines == (), "no reason found denies none"
    told = msgspec.structs.replace(answer(rationale=sure()), parts=PARTS)
    assert through("depth", told)[0].lines[0].endswith("What you did takes 40%; a sentence may do both.")


@pytest.mark.parametrize(
    "said",
    [
        "We did it so that they could sleep.",
        "We gave up the nights.",
        "That's why we left.",
        "My reason was the price.",
        "It was cheap, otherwise we wait.",
    ],
)
def test_a_reason_is_heard_in_its_words(said):
    assert len(find_why(from_text(said)).found) == 1


@pytest.mark.parametrize(
    "said", ["So that's my error.", "We left so that evening.", "Are you the reason?", "We have waited since May."]
)
def test_what_only_looks_like_a_reason_is_none(said):
    assert find_why(from_text(said)).found == ()


PARTS = tuple(
    Part(name=name, char_start=0, char_end=1, share=share)
    for name, share in ((S.ACTION, 0.3), (S.RESULT, 0.2), (S.ACTION, 0.1))
)
TEN = f"{WORDS} We had ten engineers in the whole department."
EIGHT = f"{WORDS} We had eight engineers in the whole department."


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (answer(TEN), answer(EIGHT, id="q-follow-up-1"), True),
        (answer(TEN), answer(EIGHT, take=2), True),
        (answer(TEN), answer(TEN, id="q-follow-up-1"), False),
        (answer(TEN), answer(EIGHT, id="q2"), False),
    ],
    ids=["a follow-up", "a take", "the same number", "another story"],
)
def test_trust_says_which_number_was_told_twice(before, after, told):
    first, second = through("trust", before, after)
    assert not first.lines
    expected = (
        'The engineers were told twice: "We had ten engineers in the whole department"'
        ' And then: "We had eight engineers in the whole department"',
    )
    assert (second.lines if second else ()) == (expected if told else ())


def test_of_several_tellings_the_last_before_counts():
    tellings = [answer(TEN), answer(EIGHT, take=2), answer(EIGHT, take=3)]
    assert [bool(one.lines) for one in through("trust", *tellings)] == [False, True, False]


def test_trust_is_shown_once_over_the_session_by_its_last_takes():
    quiet = msgspec.structs.replace(sure(), sure=False)
    first = answer(owns_failure=sure(), credits_team=sure(), id="a")
    again = answer(owns_failure=quiet, take=2, id="a")
    other = answer(uncertainty=sure(), owns_failure=Signal(present=False), id="b")
    report = assemble(seen_through([first, again, other], ["trust", "depth"]))
    (shown,) = over_session(view_of(report).answers)
    assert [(one.point, one.number) for one in shown.heard] == [("you say what you did not know", 3)]
    assert shown.unsure == ("you take responsibility",)
    assert shown.not_heard == ("you credit others", "you name what you gave up", "you see the other side")


@pytest.fixture(scope="module")
def report():
    return assemble(seen_through([answer(owns_failure=sure("Ada Lovelace said"))], ["trust", "hyperscale"]))


def test_every_page_shows_them_folded_and_with_their_quotes(report, tmp_path):
    page, markdown = render_html(report, folder=tmp_path), render_markdown(report)
    for text in (page, markdown):
        folded = [one.partition("</details>")[0] for one in text.split("<details")[1:] if "Through the lens" in one]
        assert len(folded) == 2
        assert "A service with a promise" in folded[0] and "Not heard in this answer: " in folded[0]
        assert "Trust, over the whole session" in folded[1] and "Not heard in these answers: " in folded[1]
        assert "you take responsibility" in folded[1] and "Ada Lovelace said" in folded[1]
    assert '- you take responsibility: "Ada Lovelace said"' in render_plain(report)
    assert from_json(to_json(report)) == report


def test_no_page_says_anything_of_a_lens_that_was_not_asked_for(tmp_path):
    bare = assemble([answer()])
    assert "lens" not in render_markdown(bare) + render_plain(bare)
    assert "Through the lens" not in render_html(bare, folder=tmp_path)


def test_names_are_hidden_in_a_lens_too(report):
    hidden = to_json(redact(report, listed=["Ada Lovelace"]).report).decode()
    assert "Lovelace" not in hidden and "you take responsibility" in hidden


def test_a_set_names_its_lens(tmp_path):
    text = 'schema_version = 1\nid = "mine"\ntitle = "Mine"\nlens = "trust"\n[[questions]]\nid = "q"\ntext = "Why?"\n'
    path = tmp_path / "mine.toml"
    path.write_text(f'{text}kind = "behavioural"\n')
    assert validate(path).questions[0].lenses == ("trust",)
    path.write_text(f'{text}kind = "behavioural"\nlenses = ["depth", "trust"]\n')
    assert validate(path).questions[0].lenses == ("trust", "depth")
    path.write_text(f'{text}kind = "behavioural"\nlenses = ["deep"]\n')
    with pytest.raises(QuestionSetError, match=":9: unknown lens 'deep'; did you mean 'depth'"):
        validate(path)
    path.write_text(f'{text.replace("trust", "thrust")}kind = "behavioural"\n')
    with pytest.raises(QuestionSetError, match=r":4: unknown lens 'thrust'; did you mean 'trust'"):
        validate(path)
    assert {q.lenses for q in load_set("em_hyperscale").questions} == {("hyperscale",)}
    assert load_set("em_core").questions[0].lenses == ()


def test_a_session_keeps_the_lenses_it_was_asked_for():
    asked = load_set("em_hyperscale")
    equipment = Equipment(Setup(lenses=("trust", "hyperscale")), None, None, None, None)
    store = begin(asked, asked.questions[:1], equipment)
    assert store.progress.questions[0].lenses == ("hyperscale", "trust")


def test_the_commands_look_through_what_they_are_told_to(tmp_path):
    run = CliRunner().invoke
    (tmp_path / "a.txt").write_text("It was my mistake, and I told them so that same day. " * 6)
    done = run(app, ["read", str(tmp_path / "a.txt"), "--lens", "trust", "--json", str(tmp_path / "r.json")])
    assert "Through the lens of: Trust" in done.output
    assert "you take responsibility" in done.output
    made = run(app, ["report", str(tmp_path / "r.json"), "--lens", "depth", "--format", "json", "--out", "-"])
    assert [one["lens"] for one in json.loads(made.output)["answers"][0]["lenses"]] == ["trust", "depth"]
    for command in ("read", "review", "report"):
        refused = run(app, [command, str(tmp_path / "a.txt"), "--lens", "trsut"])
        assert isinstance(refused.exception, UnknownNameError), command
    assert isinstance(run(app, ["practice", "--lens", "trsut"]).exception, UnknownNameError)


@functools.cache
def example_read(id: str, which: str) -> AnswerReport:
    (one,) = (one for one in examples() if one.question.id == id)
    return analyze_text(getattr(one, which), question=one.question)


@pytest.fixture(scope="module")
def seen() -> dict[str, AnswerReport]:
    wanted = {name for group in (LABELS, LABELS["second"]) for lens in FIRST_FOUR for name in group[lens]["yes"]}
    wanted |= {"latency-hunt", "worst-incident", "wrong-technical-call"}
    found = [one for one in examples() if one.question.id in wanted]
    looked = seen_through([example_read(one.question.id, "strong") for one in found], FIRST_FOUR)
    return {one.question.id: report for one, report in zip(found, looked, strict=True)}


def test_on_labelled_answers_nothing_that_is_there_is_called_not_heard(seen):
    """docs/lenses.md has the counts."""
    first = {name: report for name, report in seen.items() if name in FIRST}
    said, wrong = against(LABELS, FIRST_FOUR, first)
    rest, also_wrong = against(LABELS["second"], FIRST_FOUR, {name: seen[name] for name in seen.keys() - first.keys()})
    assert wrong[False] | also_wrong[False] == set()
    assert wrong[True] | also_wrong[True] <= WRONGLY_HEARD
    assert said + rest == {True: 59, False: 80}


def test_on_labelled_answers_the_other_lenses_hear_and_deny_nothing_wrongly():
    """docs/lenses.md has the counts, with three answers of an article that are not kept here."""
    labels = LABELS["more"]
    reports = [example_read(*name.split()) for name in labels["answers"]]
    looked = seen_through(reports, MORE)
    said, wrong = against(labels, MORE, dict(zip(labels["answers"], looked, strict=True)))
    assert wrong == {True: set(), False: set()}
    assert said == {True: 58, False: 79}


def against(
    labels: dict[str, dict[str, dict[str, list[str]]]], wanted: tuple[str, ...], reports: dict[str, AnswerReport]
) -> tuple[Counter[bool], dict[bool, set[tuple[str, str]]]]:
    """Return how many points were heard and denied, without those in doubt, and which of them wrongly."""
    wrong: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}
    said: Counter[bool] = Counter()
    for (name, report), lens in itertools.product(reports.items(), wanted):
        yes, doubt = (labels[lens][state].get(name, []) for state in ("yes", "doubt"))
        for point in next(one for one in report.lenses if one.lens == lens).points:
            if point.heard is not None and point.name not in doubt:
                said[point.heard] += 1
                if point.heard is not (point.name in yes):
                    wrong[point.heard].add((name, point.name))
    return said, wrong


FIRST = {
    "bringing-the-bill-down",
    "saying-it-in-public",
    "how-reliable-is-enough",
    "on-call-that-hurts",
    "opposite-demands",
    "the-shares-of-a-quarter",
    "wrong-technical-call",
    "delivered-late",
    "not-enough-facts",
}
