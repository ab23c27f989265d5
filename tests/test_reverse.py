"""The other way round: what is heard of a question that a candidate asks, and that nothing is made up about it."""

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.drilled import Held, said
from voicemock.cli.main import app
from voicemock.errors import UnknownNameError, VoicemockError
from voicemock.jobs.drills import reverse_set
from voicemock.paths import sessions_dir
from voicemock.preparation.asking import homework_in, read_asked
from voicemock.preparation.form import Material
from voicemock.preparation.forms import form_of
from voicemock.preparation.reverse import find_listener, listener_names, reverse_questions
from voicemock.questions.ask_them import Stage, Topic, questions_to_ask
from voicemock.schema import SessionInfo

KINDS = {True: "open", False: "closed", None: "none"}
NOTES = "Halden Rail promises 99.9 percent. The scheduler is called Turnout. They sell seats to train companies."


def labelled(name: str) -> tuple[list[dict], str]:
    data = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
    return data["asked"], data["notes"]


def told_of(one: dict, notes: str) -> dict[str, bool]:
    """Return whether each verdict on a labelled question is right."""
    found, homework = read_asked(one["said"]), bool(homework_in(one["said"], notes))
    topic = next(iter(found.topics), None)
    return {
        "kind": KINDS[found.open] == one["kind"],
        "specific": (bool(found.concrete) or homework) == one["specific"],
        "topics": topic in one["topics"] if one["topics"] else topic is None,
        "homework": homework == one["homework"],
        "no false topic": topic is None or topic in one["topics"],
    }


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("asked_aloud", {"kind": 50, "specific": 50, "topics": 50, "homework": 50, "no false topic": 50}),
        ("asked_at_first_sight", {"kind": 39, "specific": 28, "topics": 26, "homework": 39, "no false topic": 39}),
    ],
)
def test_questions_are_read_as_well_as_the_docs_say(name, least):
    asked, notes = labelled(name)
    verdicts = [told_of(one, notes) for one in asked]
    right = {what: sum(verdict[what] for verdict in verdicts) for what in least}
    assert all(right[what] >= least[what] for what in least), right


@pytest.mark.parametrize("topic", Topic)
def test_shipped_questions_are_rarely_taken_for_another_group(topic):
    found = [(one, next(iter(read_asked(one.text).topics), None)) for one in questions_to_ask(topic=topic)]
    assert sum(told not in (topic, None) for _, told in found) <= 2
    assert all(read_asked(one.text).open is not None for one, _ in found)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("When product and engineering disagree, is there a vote?", False),
        ("When did you last hold back a release?", True),
        ("What I wanted to ask is, do you like it?", False),
        ("Could you tell me about it?", True),
        ("I was wondering how it works.", True),
        ("The person who left was great.", None),
        ("What a great office you have here.", None),
        ("I know how busy you are, so thank you.", None),
        ("How nice that you took the time.", None),
        ("How kind of you.", None),
        ("How lovely.", None),
        ("that was what they told me as well", None),
        ("I see what you mean, and thanks for telling me about how you work.", None),
        ("What a normal week looks like here?", True),
        ("How busy are you", True),
        ("how often you deploy", True),
        ("My question was what the team does", True),
        ("That is how many do", True),
        ("That is how they do", None),
        ("do you know who decides", True),
        ("I know, but who decides", True),
        ("Um, uh, how does it work?", True),
        ("Somebody told me the team is fine", None),
        ("", None),
    ],
)
def test_open_closed_or_no_question(text, kind):
    assert read_asked(text).open is kind


def test_what_led_to_a_question_makes_it_no_more_concrete():
    assert not read_asked("In 2 years I ran 3 incidents on call. How is it here?").concrete
    assert read_asked("How many incidents were there?").concrete == ("how many", "incidents")
    assert read_asked("How is one of you doing?").concrete == ()
    assert "Kubernetes" in read_asked("How do you run Kubernetes?").concrete


def test_homework_is_a_name_a_number_or_two_words_of_the_notes():
    assert homework_in("How does Turnout get its time?", NOTES) == ("turnout",)
    assert homework_in("Ninety nine point nine percent, is that per region?", NOTES)
    assert homework_in("Who is it that buys most seats on a train?", NOTES) == ("seat", "train")
    posting = "You lead a Team of Engineers. On call, reliability, planning, budget and promotion are yours."
    assert homework_in("How does the team plan, and who is on call for reliability?", posting) == ()
    assert homework_in("Which train do you take?", NOTES) == ()
    assert homework_in("How many are 9 percent?", "We lost 9 of them.") == (), "a small number is in too many notes"
    assert homework_in("Is it 10 now?", "We lost 10 of them.")
    assert homework_in("Why Halden?", NOTES) == (), "the firm's own name, with which the notes begin"


def held(*texts: str, notes: str = "", who: str = "manager") -> Held:
    form, material = find_listener(who), Material(notes=notes)
    return Held(form, reverse_questions(len(texts)), texts, material, kind=f"reverse/{who}")


def test_a_candidate_asks_and_hears_what_was_asked():
    session = held("Do you like it?", "How many pages are there in a normal week on call?", "Thank you very much.")
    assert session.spoken[0].startswith("I would be your manager")
    assert session.spoken[1:4] == ["Please, ask.", "What else?", "And what else?"]
    told = " ".join(session.lines.split())
    assert "It can be answered with yes or no. Nothing concrete was recognised" in told
    assert 'Open: it asks for more than yes or no. Concrete: "how many", "pages", ' in told
    assert "No question was recognised in this." in told
    assert "Open: 1 of 2 questions." in told
    assert "Something concrete recognised in 1 of 2 questions." in told
    assert "About: on call and reliability." in told
    assert "notes" not in told
    for topic in set(Topic) - {Topic.RELIABILITY}:
        assert questions_to_ask(stage=Stage.MANAGER, topic=topic)[0].text in told
    assert questions_to_ask(stage=Stage.MANAGER, topic=Topic.RELIABILITY)[0].text not in told


def test_homework_is_judged_only_where_there_are_notes():
    told = " ".join(held("How does Turnout get its time?", "What is hard?", notes=NOTES).lines.split())
    assert 'Homework: "turnout".' in told
    assert "Nothing of your notes was recognised in it." in told
    assert "Your notes used in 1 of 2 questions." in told
    told = held("Turnout is great.", "I read about Turnout.", "How does Turnout get its time?", notes=NOTES).lines
    assert "Your notes used in 1 of 1 question." in " ".join(told.split()), "of what was no question, none counts"


def test_what_was_hardly_heard_is_not_judged():
    assert "No question was recognised." in held("").lines
    (invitation,) = reverse_questions(1)
    doubted = said("How many pages are there?", invitation, confidence=0.3)
    assert find_listener("manager").after(doubted, Material()) == [
        "Could not tell: too little was heard, or too poorly."
    ]


def test_whoever_is_asked_has_words_of_their_own_and_is_found_again():
    assert listener_names() == ("recruiter", "manager", "bar-raiser", "executive")
    greetings = {find_listener(who).manner.greeting for who in listener_names()}
    assert len(greetings) == 4
    form = form_of(SessionInfo(id="s", title="t", started_at="", form="reverse/bar-raiser"))
    assert form is find_listener("bar-raiser")
    with pytest.raises(UnknownNameError):
        find_listener("boss")
    asked = reverse_set("bar-raiser", count=7).questions
    assert len({one.id for one in asked}) == 7
    assert asked[0].text == "Please, ask."
    assert "Please, ask." not in [one.text for one in asked[1:]]


def test_a_file_of_notes_that_cannot_be_read_is_told_before_anything_begins(tmp_path):
    done = CliRunner().invoke(app, ["reverse", "--job", str(tmp_path / "none.txt")])
    assert isinstance(done.exception, VoicemockError)
    assert "none.txt" in done.exception.message
    assert not sessions_dir().exists()
    done = CliRunner().invoke(app, ["reverse", "boss"])
    assert isinstance(done.exception, UnknownNameError)


def test_what_of_the_notes_may_be_wrong_is_told(tmp_path, monkeypatch):
    held = []
    monkeypatch.setattr("voicemock.cli.conduct.hold", lambda *given, **_: held.append(given[2].notes))
    notes = tmp_path / "firm.txt"
    notes.write_bytes("They left Malmö.".encode("cp1252"))
    done = CliRunner().invoke(app, ["reverse", "--job", str(notes)], catch_exceptions=False)
    assert "read as Windows text" in done.stderr
    assert held == ["They left Malmö."]
