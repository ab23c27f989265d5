"""What recordings say of a story: drafted in its own words, and every number held against the others."""

import re
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from tests.builders import spoken
from tests.practised import QUESTIONS, answered, begun
from tests.weeks import questions, row, said, session
from voicemock.analyze import analyze, assemble
from voicemock.archive.history import history
from voicemock.archive.store import new_session
from voicemock.cli.main import app
from voicemock.preparation.stories.bank import add_story, find_story, read_bank
from voicemock.preparation.stories.draft import draft, template
from voicemock.preparation.stories.front_matter import parsed
from voicemock.preparation.stories.ledger import ledger_of, stands
from voicemock.preparation.stories.story import Retracted, Story
from voicemock.preparation.stories.story_lines import show_lines
from voicemock.preparation.stories.told import FEWEST_WRITTEN, take_names, tellings
from voicemock.questions.examples import examples
from voicemock.questions.sets import find_question
from voicemock.reading.amounts import words_and_amounts
from voicemock.reading.retold import same_story, telling
from voicemock.report import write_report
from voicemock.schema import AnswerReport

ASKED = questions()
A = Path("a.md")
ANSWER = (
    "Last spring our checkout lost nine percent of orders at peak, and customers were leaving. My job was to stop that "
    "before the holidays. I compared two options, a queue or a bigger database, and chose the queue because it could "
    "be undone in a day, although it made orders a few seconds slower. I wrote the plan, convinced ten engineers, and "
    "rolled it out one region at a time. In the end failed orders went from nine percent to two percent in six weeks. "
    "Looking back, I should have asked the support team much earlier."
)
EIGHT = ANSWER.replace("ten engineers", "eight engineers")
OTHER = (
    "We interviewed candidates for months until a rubric changed everything: debriefs became shorter, offers were "
    "accepted sooner, and ten engineers joined the platform organisation before summer."
)
CHECKOUT = Story(id="checkout", title="The checkout queue", body=ANSWER)
HIRING = Story(id="hiring", title="A rubric", body=OTHER)


def take_name(row) -> str:
    return take_names([(row.session, row, row.place)])[0][0]


def ledger(story: Story, rows):
    return ledger_of(story, tellings([story, HIRING], rows).get(story.id, ()))


def answer() -> AnswerReport:
    return analyze(spoken(ANSWER, question=find_question("biggest-mistake")))


def run(*arguments: str):
    done = CliRunner().invoke(app, ["stories", *arguments])
    assert not done.exception, done.exception
    return done.stdout


def test_a_draft_holds_nothing_that_was_not_said():
    text = draft(answer(), [], "s/q/1", title="The checkout queue")
    story, notes = parsed(A, text)
    assert not notes
    quotes = [*story.numbers, *story.tradeoffs, *story.why, story.learned]
    quotes += [re.sub(r" \(\d+:\d\d\)$", "", line[2:]) for line in story.body.splitlines() if line.startswith("> ")]
    assert len(quotes) >= 6
    assert all(quote in ANSWER for quote in quotes)
    assert all(re.search(r"\(\d+:\d\d\)$", line) for line in story.body.splitlines() if line.startswith("> "))
    assert "# at 0:0" in text
    assert (story.competencies, story.takes) == (("ownership", "self-awareness"), ("s/q/1",))
    assert not story.people
    assert not story.earned_secret


def test_what_was_not_heard_is_left_empty_and_said():
    thin = (
        "I talked to the team about the plan. Then we did the work that we had planned, and I wrote it all down. " * 3
    )
    story, _ = parsed(A, text := draft(analyze(spoken(thin)), [], "t", title="Thin"))
    assert not story.numbers
    assert re.search(r"numbers = \[\]  # not (heard|sure whether you said it): a number", text)
    assert "> " not in text.partition("## Result")[2] or all(
        line[2:].rsplit(" (", 1)[0] in thin for line in text.splitlines() if line.startswith("> ")
    )
    text = draft(analyze(spoken("We moved it.")), [], "t", title="x")
    assert "not heard" not in text, "too few words to say that anything is missing"
    assert text.count("not sure whether you said it") == 8


def test_a_follow_up_fills_what_the_answer_left_out():
    probe = msgspec.structs.replace(find_question("biggest-mistake"), id="biggest-mistake-follow-up-1")
    said_then = "It cut failed orders from nine percent to two percent within six weeks, for 40,000 users."
    more = analyze(spoken(said_then, question=probe))
    text = draft(analyze(spoken("We moved it.")), [more], "t", title="x")
    assert ",  # at 0:00 in a follow-up" in text


def test_a_new_story_explains_its_fields():
    story, notes = parsed(A, template('"A"\n', {"numbers": ["9%"]}))
    assert (story.title, story.numbers, notes) == ('"A"', ("9%",), ())


def test_a_session_becomes_a_story_once():
    store = begun(questions=QUESTIONS[:2])
    answered(store, 1, text=ANSWER)
    answered(store, 2)
    store.write_report(assemble(store.answers, session=store.info), finished=True)
    store.close()
    id = store.folder.name
    several = CliRunner().invoke(app, ["stories", "from", id])
    assert "1. Question 1?" in several.exception.hint
    assert "own words" in run("from", id, "--answer", "1")
    again = CliRunner().invoke(app, ["stories", "from", id, "--answer", "1", "--title", "Again"])
    assert "already" in str(again.exception)
    (entry,) = read_bank()
    assert entry.story.takes == (f"{id}/q1/1",)
    shown = run("show", entry.id)
    assert "Told in 1 recorded answer." in shown
    assert "ten engineers: 1 time" in shown
    assert "no answer 3" in str(CliRunner().invoke(app, ["stories", "from", id, "--answer", "3"]).exception)


def reviewed(*texts: str, title: str = "Review", question_set: str | None = None) -> str:
    """Keep a report on recordings as `voicemock review` does, and return the session's id."""
    store = new_session(title=title, question_set=question_set)
    report = assemble([analyze(spoken(text)) for text in texts], session=store.info)
    write_report(report, store.folder)
    return store.folder.name


def test_each_recording_of_a_review_becomes_a_story_of_its_own():
    id = reviewed(ANSWER, OTHER)
    assert "Drafted from the words of the recording: " in run("from", id, "--answer", "1", "--title", "One")
    run("from", id, "--answer", "2", "--title", "Two")
    again = CliRunner().invoke(app, ["stories", "from", id, "--answer", "2"])
    assert "already the story two" in str(again.exception)
    one, two = (entry.story for entry in read_bank())
    assert (one.takes, two.takes) == ((f"{id}//1#1",), (f"{id}//1#2",))
    assert "Drafted from the words of the recording." in one.body
    told = tellings([one, two], history())
    assert [(row.place, "checkout" in row.said) for row in (*told["one"], *told["two"])] == [(1, True), (2, False)]


def test_a_name_without_a_place_is_read_where_only_one_answer_fits():
    single, double = reviewed(ANSWER), reviewed(ANSWER, OTHER)
    old = msgspec.structs.replace(HIRING, body="", takes=(f"{single}//1", f"{double}//1"))
    assert [row.session.id for row in tellings([old], history())["hiring"]] == [single]
    add_story("Old", template("Old", {}).replace("people = []", f'people = []\ntakes = ["{single}//1"]'))
    assert "already" in str(CliRunner().invoke(app, ["stories", "from", single]).exception)


def test_the_demos_answers_become_no_story():
    id = reviewed(ANSWER, title="Demo")
    refused = CliRunner().invoke(app, ["stories", "from", id]).exception
    assert (refused.message, refused.hint) == ("The demo's answers are not yours.", "Name a session you practised.")
    assert not read_bank()


def test_an_answer_belongs_to_the_story_it_tells_and_a_follow_up_with_it():
    probe = msgspec.structs.replace(ASKED[0], id="q0-follow-up-1", text="How many?")
    rows = [
        *said(ANSWER, [0], question=ASKED[0]),
        *(msgspec.structs.replace(one, follows="q0") for one in said("Eight engineers.", [0], question=probe)),
        *said(OTHER, [1], question=ASKED[1]),
        *said("A very short answer.", [2], question=ASKED[2]),
    ]
    told = tellings([CHECKOUT, HIRING], rows)
    assert {id: len(rows) for id, rows in told.items()} == {"checkout": 2, "hiring": 1}
    named = msgspec.structs.replace(HIRING, takes=(take_name(rows[3]),))
    assert len(tellings([CHECKOUT, named], rows)["hiring"]) == 2


def test_a_story_of_few_words_is_known_by_its_takes_alone():
    words = "billing database migration weekend customers invoices engineers failure"
    few = Story(id="few", title=words)
    assert len(words.split()) < FEWEST_WRITTEN
    row_ = said(f"{words} happened.", [0], question=ASKED[0])[0]
    assert tellings([few], [row_]) == {}
    assert tellings([msgspec.structs.replace(few, takes=(take_name(row_),))], [row_]) == {"few": (row_,)}
    more = msgspec.structs.replace(few, body="planning rehearsal rollback afterwards")
    assert tellings([more], [row_]) == {"few": (row_,)}


def test_reviews_are_nobodys_unless_named_and_the_demo_is_even_then():
    demo = row(session(0, title="Demo", question_set=None), ASKED[0], said=said(ANSWER, [0])[0].said)
    review = msgspec.structs.replace(demo, session=session(1, title="Review", question_set=None))
    assert tellings([CHECKOUT], [demo, review]) == {}
    named = msgspec.structs.replace(CHECKOUT, takes=(take_name(review),))
    assert tellings([named], [demo, review]) == {"checkout": (review,)}
    both = msgspec.structs.replace(CHECKOUT, takes=(take_name(review), take_name(demo)))
    assert tellings([both], [demo, review]) == {"checkout": (review,)}


def test_two_tellings_that_differ_are_shown_with_both_quotes():
    rows = [*said(ANSWER, [0], question=ASKED[0]), *said(EIGHT, [3], question=ASKED[1])]
    found = ledger(CHECKOUT, rows)
    (one,) = found.differs
    assert (one.was.number, one.now.number, one.sure) == ("10 engineers", "8 engineers", True)
    shown = "\n".join(show_lines(CHECKOUT, found))
    assert "convinced ten engineers" in one.was.quote
    assert "convinced eight engineers" in one.now.quote
    assert "10 engineers, then 8 engineers" in shown
    assert {claim.number for claim in found.claims} >= {"ten engineers", "eight engineers", "six weeks"}


def test_told_alike_again_or_a_corrected_take_is_no_contradiction():
    rows = [one for n, text in enumerate((ANSWER, EIGHT, EIGHT)) for one in said(text, [n], question=ASKED[n])]
    assert ledger(CHECKOUT, rows).differs == ()
    corrected = [msgspec.structs.replace(rows[0], replaced=True), rows[1]]
    assert ledger(CHECKOUT, corrected).differs == ()
    assert len(ledger(CHECKOUT, corrected).claims) == len(ledger(CHECKOUT, rows[:2]).claims)


def test_a_number_in_the_file_is_held_against_the_last_telling():
    rows = said(EIGHT, [0], question=ASKED[0])
    (one,) = ledger(msgspec.structs.replace(CHECKOUT, numbers=("ten engineers",)), rows).differs
    assert (one.was.session, one.sure) == ("", False)
    assert ledger(msgspec.structs.replace(CHECKOUT, numbers=("eight engineers",)), rows).differs == ()
    elsewhere = msgspec.structs.replace(CHECKOUT, numbers=("we paid ten engineers of another firm for a year",))
    assert ledger(elsewhere, rows).differs == (), "other words beside it: it may count others"


def test_a_claim_taken_back_is_watched_for_from_then_on():
    rows = [*said(ANSWER, [0], question=ASKED[0]), *said(EIGHT, [3], question=ASKED[1])]
    first, last = rows[0].session.started_at, rows[1].session.started_at
    back = msgspec.structs.replace(CHECKOUT, retracted=(Retracted(claim="8 engineers", since=first),))
    assert [claim.number for claim in ledger(back, rows).again] == ["eight engineers"]
    assert ledger(back, rows).differs == (), "it is settled which of the two holds"
    later = msgspec.structs.replace(CHECKOUT, retracted=(Retracted(claim="8 engineers", since=last),))
    assert ledger(later, rows).again == ()
    day = msgspec.structs.replace(CHECKOUT, retracted=(Retracted(claim="8 engineers", since=last[:10]),))
    assert ledger(day, rows).again == ()
    other = msgspec.structs.replace(CHECKOUT, retracted=(Retracted(claim="8 people"),))
    assert ledger(other, rows).again == ()
    always = msgspec.structs.replace(CHECKOUT, retracted=(Retracted(claim="from 9% to 2%"),))
    assert len(ledger(always, rows).again) == 2


@pytest.mark.parametrize(
    ("number", "back", "found"),
    [
        ("failed orders from 9% to 2%", "9%", True),
        ("failed orders from 9% to 2%", "2 percent", True),
        ("from 9 to 2%", "9%", True),
        ("from 2% to 9%", "from 9% to 2%", False),
        ("9%", "from 9% to 2%", False),
        ("six to fourteen engineers", "fourteen engineers", True),
        ("six to fourteen engineers", "ten engineers", False),
        ("from 40 minutes to 2 hours", "40 minutes", True),
        ("from 40 minutes to 2 hours", "40 hours", False),
        ("two and a half to three hours", "3 hours", True),
        ("a team of 12", "twelve people", True),
        ("twelve engineers", "team of 12", True),
        ("a team of 12", "twelve percent", False),
        ("a 12-person crew", "12 people", True),
        ("12 engineers", "12 people", False),
        ("12 people", "12", True),
        ("12", "12 people", False),
    ],
)
def test_a_number_taken_back_is_known_in_a_range_and_in_other_words(number, back, found):
    story = msgspec.structs.replace(CHECKOUT, retracted=(Retracted(claim=back),))
    assert stands(number, story) is not found
    again = ledger(story, said(f"{ANSWER} And it was {number} in all.", [0], question=ASKED[0])).again
    assert any("in all" in one.quote for one in again) is found


def test_retract_writes_it_down_and_show_tells_when_it_is_said_again():
    run("add", "The checkout queue", "--number", "ten engineers")
    run("retract", "the-checkout-queue", "ten engineers")
    entry = find_story("the-checkout-queue")
    (back,) = entry.story.retracted
    assert back.claim == "ten engineers"
    assert "T" in back.since
    store = begun(questions=QUESTIONS[:1])
    answered(store, 1, text=ANSWER)
    store.write_report(assemble(store.answers, session=store.info), finished=True)
    store.close()
    entry.path.write_text(
        entry.path.read_text().replace("people = []", f'people = []\ntakes = ["{store.folder.name}/q1/1"]')
    )
    assert 'You took back: "ten engineers"' in run("show", "the")
    assert "took it back" not in run("show", "the"), "the session began in the same second, or before"
    entry.path.write_text(re.sub(r"since = [^ ]+", "since = 2020-01-01", entry.path.read_text()))
    assert "took it back" in run("show", "the")
    assert "took it back" in run("coverage")


def alike(texts: list[str], fewest: int) -> int:
    """Return in how many pairs of different answers one's first telling words are known as the other."""
    told = [[word for word in text.split() if telling(word)] for text in texts]
    first = [frozenset(list(dict.fromkeys(words))[:fewest]) for words in told]
    whole = [frozenset(words) for words in told]
    pairs = [(one, two) for n, one in enumerate(first) for m, two in enumerate(whole) if n != m]
    assert len(pairs) == 7656
    return sum(same_story(one, two) for one, two in pairs)


def test_as_many_words_are_asked_of_a_story_as_keep_different_answers_apart():
    """The figures of docs/stories.md."""
    found = [words_and_amounts(text)[0] for one in examples() for text in (one.strong, one.hollow)]
    assert alike(found, 8) == 17
    assert alike(found, FEWEST_WRITTEN) == 0


def test_the_same_number_of_something_else_is_not_what_was_taken_back():
    from voicemock.preparation.stories.ledger import _says

    assert _says("10 engineers", Retracted(claim="ten engineers"))
    assert not _says("a ten", Retracted(claim="ten engineers"))
    assert _says("10 engineers", Retracted(claim="10"))
