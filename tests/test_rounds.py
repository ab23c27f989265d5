"""Whole interviews: what is asked in the time there is, and a debrief that writes down only what is proven."""

import itertools

import msgspec
import pytest
from typer.testing import CliRunner

from tests import report_samples
from tests.drilled import Held
from voicemock.archive.history import history
from voicemock.cli.main import app
from voicemock.config import Config
from voicemock.errors import UnknownNameError, UsageError
from voicemock.jobs import drills
from voicemock.jobs.drills import round_set
from voicemock.phrases import clock
from voicemock.preparation.form import Material
from voicemock.preparation.forms import form_of
from voicemock.preparation.rounds import find_round, load_rounds, round_questions
from voicemock.progress.sessions import sittings
from voicemock.questions.sets import QuestionSet, list_sets
from voicemock.schema import Dimension, Evidence, Kind, Question, Round, SessionInfo, Signal, SignalName, Transcript

S = SignalName
KNOWN = [question for one in list_sets() for question in one.questions]
replace = msgspec.structs.replace


def asked(n: int, *competencies: str, rounds=(Round.PEOPLE,), kind=Kind.PEOPLE, target_s=(60.0, 150.0)) -> Question:
    return Question(
        id=f"q{n}", text=f"Question {n}?", kind=kind, competencies=competencies, rounds=rounds, target_s=target_s
    )


@pytest.mark.parametrize("name", load_rounds())
def test_a_round_asks_its_own_questions_and_fits_its_time(name):
    form = find_round(name)
    for minutes in (30, 45):
        questions = round_set(name, minutes=minutes).questions
        assert all(form.round in one.rounds for one in questions)
        assert not any(one.kind in (Kind.CONCEPT, Kind.DRILL) for one in questions)
        assert len({one.id for one in questions}) == len(questions)
        assert 4 <= len(questions) <= 9
        assert sum(30 + one.target_s[1] + 120 for one in questions) <= minutes * 60


def test_a_round_holds_as_many_as_fit_and_one_at_least():
    form = find_round("people")
    known = [asked(n, f"c{n}") for n in range(9)]
    assert len(round_questions(form, known, minutes=10)) == 2, "five minutes each"
    assert len(round_questions(form, known, minutes=9)) == 1
    assert len(round_questions(form, known, minutes=1)) == 1
    assert len(round_questions(form, known[:3], minutes=90)) == 3
    other = [asked(1, rounds=(Round.HIRING,)), asked(2, kind=Kind.CONCEPT), asked(3, kind=Kind.DRILL)]
    assert round_questions(form, other, minutes=90) == ()


def test_what_is_new_is_asked_before_what_was_covered_and_no_round_is_as_the_last():
    form = find_round("people")
    known = [*(asked(n, "a") for n in range(5)), asked(5, "b"), asked(6, "a", "c")]
    for _ in range(20):
        covered = set()
        news = []
        for one in round_questions(form, known, minutes=90):
            news.append(bool(set(one.competencies) - covered))
            covered |= set(one.competencies)
        assert news == sorted(news, reverse=True)
    assert len({round_questions(form, known, minutes=5) for _ in range(60)}) > 2


def test_a_question_that_is_in_two_sets_is_asked_once(monkeypatch):
    twice = (*list_sets(), *list_sets())
    monkeypatch.setattr(drills, "list_sets", lambda: twice)
    ids = [one.id for one in round_set("people", minutes=90).questions]
    assert len(ids) == len(set(ids))


def test_a_round_asks_what_only_a_set_elsewhere_has(monkeypatch):
    elsewhere = QuestionSet(id="x", title="X", description="", questions=(asked(1),))
    monkeypatch.setattr(drills, "list_sets", lambda: ())
    monkeypatch.setattr(drills, "usual_set", lambda name: (elsewhere,) if name == "/sets/x.toml" else ())
    assert round_set("people", "/sets/x.toml", minutes=30).questions == elsewhere.questions
    monkeypatch.setattr("voicemock.config.load_config", lambda: Config(question_set="/sets/x.toml"))
    monkeypatch.setattr("voicemock.cli.conduct.hold_form", lambda chosen, *_: print(chosen.questions[0].id))
    assert "q1" in CliRunner().invoke(app, ["loop", "people"]).stdout


def test_a_round_stays_on_a_side_of_the_job():
    asked_of = round_set("people", minutes=30, dimension="communication").questions
    assert {one.dimension for one in asked_of} == {Dimension.COMMUNICATION}
    first, *others = round_set("deep-dive", minutes=30, dimension="execution").questions
    assert first.id == "draw-it-for-me", "its greeting announces it"
    assert {one.dimension for one in others} == {Dimension.EXECUTION}
    with pytest.raises(UsageError, match="No set has a question for the round people with --dimension technical"):
        round_set("people", minutes=30, dimension="technical_leadership")
    with pytest.raises(UnknownNameError):
        round_set("people", minutes=30, dimension="comunication")


def test_the_deep_dive_begins_with_a_drawing_and_the_key_that_stops_the_clock():
    assert round_set("deep-dive", minutes=30).questions[0].id == "draw-it-for-me"
    assert "Press P" in find_round("deep-dive").manner.greeting


def test_no_interviewer_says_how_long_a_round_is_since_its_user_does():
    assert not [name for name, form in load_rounds().items() if " hour" in form.manner.greeting]


def test_each_round_has_an_interviewer_of_its_own():
    forms = load_rounds()
    assert set(forms) == {"people", "technical-leadership", "deep-dive", "strategy", "hiring", "bar-raiser"}
    for one, other in itertools.combinations(forms.values(), 2):
        assert one.manner.greeting != other.manner.greeting
        assert one.manner.closing != other.manner.closing
    for name, form in forms.items():
        assert form.manner.follow_ups == 2
        assert form_of(SessionInfo(id="s", title="t", started_at="", form=f"loop/{name}")) is form


def test_a_round_goes_on_without_a_break_and_counts_as_practice():
    form = find_round("people")
    held = Held(form, [asked(1), asked(2)], ["We moved it.", "I told them."], Material(), kind="loop/people")
    assert held.spoken == [
        form.manner.greeting, "Question 1?", form.manner.leads[0], "Question 2?", form.manner.closing,
    ]  # fmt: skip
    assert "Enter goes on" not in held.lines
    assert len(held.stage.of("ended")[0].answers) == 2, "the three things to change are shown"
    assert "0:01 of" not in held.lines, "nothing is said of an answer before the end"
    assert len(sittings(history())) == 1


def debriefed(*answers) -> str:
    return "\n".join(find_round("people").ended(answers, Material()))


def answer(number: int, **signals: Signal):
    sample = report_samples.outage()
    names = {SignalName(name): signal for name, signal in signals.items()}
    told = {name: names.get(name, Signal()) for name in SignalName}
    expects = tuple(names)
    return replace(sample, question=replace(sample.question, id=f"q{number}", expects=expects), signals=told)


HEARD = Signal(present=True, evidence=(Evidence(quote="we lost a day"),))
LATER = Signal(present=True, evidence=(Evidence(quote="two weeks of it"),))


def test_a_line_is_written_down_only_with_its_quote():
    told = debriefed(
        answer(1, risk=HEARD, cost=Signal(present=False), action=HEARD),
        answer(2, risk=LATER, cost=Signal(), metric=Signal(present=True), scale=Signal(), action=HEARD),
    )
    proven, guess = told.split("They would have to guess:")
    assert '"we lost a day" (answer 1, also in 2)' in proven
    assert "cost" not in proven
    assert "what it cost (not heard: 1, voicemock could not tell: 1)" in guess
    assert "a number (no quote proves it: 1)" in guess
    assert "2 answers" in proven


def test_a_proof_of_one_answer_counts_though_another_lacked_it():
    told = debriefed(answer(1, risk=Signal(present=False)), answer(2, risk=HEARD))
    assert '"we lost a day" (answer 2)' in told
    assert told.endswith("They would have to guess:\n  nothing that was asked for")


def test_what_a_follow_up_gave_is_proven_and_a_follow_up_is_no_answer_of_its_own():
    first = answer(1, risk=Signal(present=False))
    probe = replace(answer(1, risk=HEARD), question=replace(first.question, id="q1-follow-up-1"))
    told = debriefed(first, probe)
    assert f"1 answer and 1 follow-up, {clock(2 * first.duration_s)} spoken." in told
    assert '"we lost a day" (answer 1)' in told


def test_nothing_said_is_nothing_written_down():
    assert debriefed() == "Debrief: there was no answer to write anything down about."
    told = debriefed(answer(1, risk=Signal()))
    assert "Proven, in your words:\n  nothing\n" in told
    assert "(not assessed: 1)" in told
    told = debriefed(answer(1, risk=HEARD), answer(2), replace(answer(3), transcript=Transcript(text="")))
    assert f"2 answers, {clock(2 * answer(1).duration_s)} spoken." in told, "of which nothing is expected, and silence"


def test_the_command_lists_the_rounds_and_names_what_is_wrong(monkeypatch):
    listed = CliRunner().invoke(app, ["loop"]).stdout
    assert all(name in listed for name in load_rounds())
    assert isinstance(CliRunner().invoke(app, ["loop", "peopel"]).exception, UnknownNameError)
    assert CliRunner().invoke(app, ["loop", "people", "--minutes", "9"]).exit_code == 2
    monkeypatch.setattr(drills, "list_sets", lambda: ())
    with pytest.raises(UsageError, match="No set has a question"):
        round_set("people", minutes=30)
