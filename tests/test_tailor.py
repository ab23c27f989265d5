"""Preparing for one seat: what a posting asks for, in whatever file it comes, and what is missing to answer it."""

import json
import os
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.here import voicemock_here
from tests.posting_files import as_docx, as_page, as_pdf
from tests.practised import QUESTIONS, SETUP, answered, begun
from voicemock.archive.store import new_session
from voicemock.cli.main import app
from voicemock.errors import UsageError
from voicemock.preparation.seat.blocks import Block, sentences_of, text_blocks
from voicemock.preparation.seat.cv import claims_in
from voicemock.preparation.seat.documents import read_document
from voicemock.preparation.seat.heard import heard
from voicemock.preparation.seat.posting import Said, asked_in, competencies_weighed, every_sentence
from voicemock.preparation.seat.sections import Section, is_heading, section_named
from voicemock.preparation.seat.tailored import drawn_for, left_open, never_said, unclear
from voicemock.preparation.seat.terms import TermKind, terms_weighed
from voicemock.preparation.stories.bank import add_story
from voicemock.preparation.stories.story import Story
from voicemock.questions.ask_them import questions_to_ask
from voicemock.questions.set_text import set_text
from voicemock.questions.sets import list_sets, validate
from voicemock.schema import Kind, Question

POSTINGS = Path(__file__).parent / "postings"
TUNED = tomllib.loads((POSTINGS / "labels.toml").read_text())
BLIND = {
    n: label
    for f in ("blind", "blind_again", "blind_last")
    for n, label in tomllib.loads((POSTINGS / f"{f}.toml").read_text()).items()
}
LABELS = {**TUNED, **BLIND}
CVS = tomllib.loads((POSTINGS / "cvs.toml").read_text())
KNOWN = [question for one in list_sets() for question in one.questions]
AS = {"pdf": as_pdf, "docx": as_docx, "html": as_page}


def sentences(text: str) -> tuple[Said, ...]:
    return every_sentence(text_blocks(text))


def weighed(text: str):
    return competencies_weighed(asked_in(sentences(text)))


def names(text: str) -> list[str]:
    return [one.name for one in weighed(text)]


def terms(text: str) -> list[str]:
    return [one.name for one in terms_weighed(asked_in(sentences(text)), sentences(text))]


def posting(name: str) -> str:
    return (POSTINGS / f"{name}.md").read_text(encoding="utf-8")


def right(labels: dict) -> int:
    return sum(len({*names(posting(name))[:3]} & {*label["first"]}) for name, label in labels.items())


def test_most_of_what_a_person_reads_first_is_read_first():
    assert right(TUNED) >= 20  # of 21
    assert right(BLIND) >= 28  # of 30, written and labelled before they were read; then 25 were


@pytest.mark.parametrize("name", LABELS)
def test_no_benefit_and_no_boilerplate_is_asked_for(name):
    assert not {*names(posting(name))} & {*LABELS[name]["never"]}


def test_the_terms_of_a_posting_are_found():
    missed = {term for name, label in LABELS.items() for term in label["terms"] if term not in terms(posting(name))}
    assert missed == {"Guidewire"}  # in no list, and beside none that is


@pytest.mark.parametrize("kind", AS)
@pytest.mark.parametrize("name", LABELS)
def test_a_posting_asks_for_the_same_in_every_file(name, kind, tmp_path):
    path = tmp_path / f"job.{kind}"
    path.write_bytes(AS[kind](posting(name)))
    found = every_sentence(read_document(str(path)).blocks)
    own = weighed(posting(name))
    there = competencies_weighed(asked_in(found))
    assert [(one.name, one.weight) for one in there] == [(one.name, one.weight) for one in own]
    assert [[s.text for s in one.sentences] for one in there] == [[s.text for s in one.sentences] for one in own]
    assert [one.name for one in terms_weighed(asked_in(found), found)] == terms(posting(name))


@pytest.mark.parametrize("name", LABELS)
def test_every_sentence_stands_in_the_posting(name):
    text = " ".join(posting(name).replace("**", "").split())
    for one in (*weighed(posting(name)), *terms_weighed(asked_in(sentences(posting(name))), sentences(posting(name)))):
        assert one.sentences
        assert all(" ".join(sentence.text.split()) in text for sentence in one.sentences)
    for one in weighed(posting(name)):
        assert all(word in sentence.text for word, sentence in zip(one.words, one.sentences, strict=True))


def test_what_is_asked_for_weighs_more_than_what_is_nice_and_than_what_stands_beside():
    text = "## Responsibilities\n- Hire engineers\n- Coach leads and hire them\n## Nice to have\n- Conflicts resolved\n"
    assert [(one.name, one.weight) for one in weighed(text)] == [("hiring", 3.0), ("coaching", 2.0), ("conflict", 1.0)]


def test_what_is_only_mentioned_beside_something_else_is_not_asked_for():
    assert names("## Requirements\n- Explain outages to customers\n") == ["communication"]
    assert names("## Requirements\n- You have hired engineers, and you must have led a delivery\n") == [
        "hiring",
        "delivery",
    ]


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("You will hire engineers.", True),
        ("We hire for kindness.", False),
        ("We celebrate diversity and hire without bias, and you will too.", False),
        ("You will receive coaching from the board.", False),
        ("You will get a mentor.", False),
        ("You will get it out on the day.", True),
        ("Reasonable adjustments are made for candidates in the interview process.", False),
    ],
)
def test_where_no_heading_tells_a_sentence_must_ask_the_candidate(sentence, asked):
    assert bool(asked_in(sentences(sentence))) is asked


@pytest.mark.parametrize(
    "sentence",
    [
        "Responsible for the front end",
        "Experience in a fast-moving market",
        "The ideal candidate likes the hiring manager",
        "Trust & safety tools",
        "Improve page performance",
        "Serve 4 million users",
        "Present at standups",
        "Conflict of interest rules",
        "Worked with Docker",
    ],
)
def test_words_meant_otherwise_ask_for_no_competency(sentence):
    assert names(f"## Requirements\n- {sentence}\n") == []


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("What you will do", Section.DUTIES),
        ("About the role", Section.DUTIES),
        ("Your profile", Section.ASKED),
        ("What we’re looking for:", Section.ASKED),
        ("You have", Section.ASKED),
        ("What you should bring", Section.ASKED),
        ("Nice to have", Section.NICE),
        ("Preferred qualifications", Section.NICE),
        ("What we offer", Section.OFFER),
        ("What you'll get", Section.OFFER),
        ("What you'll get to do", Section.DUTIES),
        ("About Larkspur", Section.FIRM),
        ("How we hire", Section.PROCESS),
        ("Benefits and inclusion", Section.EQUAL),
        ("Kotlin", None),
        ("a sentence of ten words with requirements in it somewhere", None),
    ],
)
def test_headings_are_known(heading, section):
    assert section_named(heading) == section


def test_a_line_without_a_sign_is_a_heading_by_its_words_alone():
    assert all(map(is_heading, ("Requirements", "Skills & Experience", "About Acme", "You will")))
    assert not any(map(is_heading, ("Experience with Kafka", "requirements", "We know the requirements.", "Kafka")))
    lost = "Requirements\nExperience with hiring\n\nExperience with coaching\n\nBenefits\nA pension\n"
    assert names(lost) == ["hiring", "coaching"]


def test_lines_broken_to_fit_a_page_are_joined():
    (head, one, two, rest) = text_blocks(
        "Your tasks:\n- Hire cross-\n  functional teams\n• Coach\n  leads\n\nAnd more."
    )
    assert (head.text, head.heading) == ("Your tasks:", True)
    assert [(b.text, b.item, b.where) for b in (one, two, rest)] == [
        ("Hire cross-functional teams", True, "line 2"),
        ("Coach leads", True, "line 4"),
        ("And more.", False, "line 7"),
    ]
    assert text_blocks("In\ufb02uence\u00ad them")[0].text == "Influence them"
    assert [b.text for b in text_blocks("Requirements: five years of Java")] == ["Requirements", "five years of Java"]


def test_sentences_end_where_they_end():
    assert [*sentences_of("Use tools, e.g. Kafka. Hold 99.9% of it. And ship")] == [
        "Use tools, e.g. Kafka.",
        "Hold 99.9% of it.",
        "And ship",
    ]


def test_terms_are_names_the_trade_and_numbers_of_what_runs():
    text = (
        "## Requirements\n- Go, Zig or Rust at 99.9% for 2 million users, two days a week, in the UK, under PCI-DSS\n"
    )
    found = {one.name: one.kind for one in terms_weighed(asked_in(sentences(text)), sentences(text))}
    assert found == {
        "Go": TermKind.NAME,
        "Zig": TermKind.NAME,
        "Rust": TermKind.NAME,
        "99.9%": TermKind.SCALE,
        "2 million users": TermKind.SCALE,
        "PCI-DSS": TermKind.NAME,
    }
    asked = "- Ready to go to Rome, and to work for AcmeSoft with SLAs\n- An SLA\n"
    assert terms(f"## About us\nAcmeSoft makes maps.\n## Requirements\n{asked}") == ["SLAs"]


@pytest.mark.parametrize("name", CVS)
def test_the_lines_of_a_cv_that_tell_of_something_done_are_found(name):
    found = claims_in(text_blocks(posting(f"{name}-cv")), "cv.md", (), asked=(), told={})
    for lines, got in (
        (CVS[name]["deeds"], [one.text for one in found]),
        (CVS[name]["bare"], [one.text for one in found if not one.number]),
    ):
        assert [next((line for line in lines if text.startswith(line)), text) for text in got] == lines


def test_a_line_of_a_cv_is_covered_by_the_story_with_most_of_its_words():
    ledger = Story(id="ledger", title="The ledger", body="We rebuilt the double-entry ledger for the bank.")
    other = Story(id="other", title="Pages at night", body="Alerts about the ledger were deleted.")
    blocks = [Block(text="Built the double-entry ledger for a bank"), Block(text="Hired four engineers")]
    first, second = claims_in(blocks, "cv", (other, ledger), asked=("hiring",), told={"ledger": 3})
    assert (first.text, first.shows, first.story) == ("Hired four engineers", ("hiring",), "")
    assert (second.story, second.told, second.shows) == ("ledger", 3, ())
    (half,) = claims_in(
        [Block(text="Built ledger audits, bank exports, refunds and payouts")], "cv", (ledger,), asked=(), told={}
    )
    assert half.story == ""


def test_questions_follow_the_competencies_in_their_order_and_none_twice():
    found = weighed(posting("payments"))
    drawn = drawn_for(found, KNOWN)
    asked = [one.competency for one in drawn]
    order = [one.name for one in found]
    assert asked == [*order[:5], *order[:4]]
    assert len({one.question.id for one in drawn}) == len(drawn)
    assert not {one.question.kind for one in drawn} & {Kind.CONCEPT, Kind.DRILL}
    for one in drawn:
        assert one.competency in one.question.competencies
        assert one.sentence.text in posting("payments")


def test_a_wording_for_the_seat_quotes_the_posting_word_for_word():
    known = {question.id: question for question in KNOWN}
    seen = 0
    for name in LABELS:
        for one in drawn_for(weighed(posting(name)), KNOWN):
            assert one.question.text == known[one.question.id].text
            new = set(one.question.variants) - set(known[one.question.id].variants)
            for wording in new:
                quote, _, rest = wording.removeprefix('The job description says: "').partition('". ')
                assert one.sentence.text.startswith(quote) and rest == one.question.text
                assert 4 <= len(quote.split()) <= 16
                seen += 1
    assert seen > 10


def test_a_set_is_written_as_it_is_read(tmp_path):
    for one in list_sets():
        path = tmp_path / f"{one.id}.toml"
        path.write_text(set_text(one, why={one.questions[0].id: "a\nb"}), encoding="utf-8")
        assert validate(path) == one
        assert "\n# a b\n" in path.read_text(encoding="utf-8")


def test_a_term_is_heard_however_it_is_written():
    text = "## Requirements\n- SLAs, PostgreSQL, C++, CI/CD, Go, Kafka at 99.9%\n"
    found = terms_weighed(asked_in(sentences(text)), sentences(text))

    class Row:
        said = "our s l a was kept by postgre sql in c++ with ci cd . we are going"

    assert [one.term for one in never_said(found, [Row()])] == ["Go", "Kafka"]
    assert unclear(found, [Row()]) == ()


@pytest.mark.parametrize(
    ("term", "said", "is_heard"),
    [
        ("C++", "we wrote c plus plus", True),
        ("C++", "we wrote c", None),
        ("C++", "we wrote java", False),
        ("C#", "then c sharp came", True),
        (".NET", "the net result", None),
        (".NET", "on dot net", True),
        ("PostgreSQL", "we ran postgres", True),
        ("Postgres", "postgre sql", True),
        ("Node.js", "node js it was", True),
        ("Node.js", "on each node", None),
        ("K8s", "kubernetes", True),
        ("Kubernetes", "k8s", True),
        ("CI/CD", "our ci and cd", True),
        ("CI/CD", "c i c d", True),
        ("CI/CD", "our ci", False),
        ("Go", "let's go", None),
        ("Go", "golang", True),
        ("REST", "the rest of it", None),
        ("REST", "a rest api", True),
        ("Spring Boot", "in the spring", None),
        ("Windows", "maintenance windows", None),
        ("IAM", "i am here", False),
        ("IAM", "i a m", True),
        ("AI", "it was a i think", None),
        ("AI", "ai", True),
        ("SLA", "our slas", True),
        ("model registries", "a model registry", True),
        ("SSO", "single sign on", True),
        ("Rust", "trust", False),
    ],
)
def test_a_term_is_heard_by_its_other_names_and_not_told_from_an_everyday_word(term, said, is_heard):
    assert heard(term, said) is is_heard


def test_an_everyday_word_is_in_neither_sentence(job):
    store = begun()
    answered(store, 1, text="Let's go, said the kafka people.")
    store.close()
    job.write_text("## Requirements\n- Go, at 2 million users\n")
    said = " ".join(voicemock_here("tailor", "--job", "job.md").stdout.split())
    assert "everyday words too: Go." in said and "were heard" not in said and "not heard" not in said
    job.write_text("## Requirements\n- Go, Kafka\n")
    said = " ".join(voicemock_here("tailor", "--job", "job.md").stdout.split())
    assert "All its other names and words of the trade were heard in the 1 practice answer" in said


def test_what_a_posting_does_not_say_is_to_be_asked():
    to_ask = questions_to_ask()
    silent = left_open(sentences("We make maps."), to_ask)
    assert len(silent) == 11
    said = (
        "A team of nine engineers with an on-call rota, an SLO, career levels, performance reviews, a newly created"
        " role, goals for your first year, OKRs, a cloud bill, postmortems and a hiring plan."
    )
    assert left_open(sentences(f"## Benefits\n{said}\n"), to_ask) == ()
    assert [one.what for one in left_open(sentences(said.replace("an on-call rota, ", "")), to_ask)] == [
        "who is on call, and how often"
    ]


@pytest.mark.parametrize(
    ("what", "sentences_of_it"),
    [
        (
            "why the seat is free",
            ["A maternity cover", "Our current manager moves to Berlin.", "You take over from Ana, who left.",
             "Sam is on parental leave.", "You would be our first manager.", "You succeed Jo.", "A fixed-term post"],
        ),
        (
            "what is expected by when",
            ["Within 90 days you will have a plan.", "After six months it pays.", "By the end of the year, it is live.",
             "Month one: listen.", "Bring a 30-day plan.", "Ship it by June.", "There is a probation of a year."],
        ),
        (
            "whether engineering grows next year",
            ["We double the department.", "We went from 9 engineers to 20.", "Recruit good people.",
             "The team will grow.", "You start a second team.", "There is a hiring freeze."],
        ),
        (
            "who is on call, and how often",
            ["Every sixth week you carry the phone after hours.", "We have a standby.", "You work some weekends.",
             "Nobody is woken.", "We work in shifts.", "Support is round the clock.", "We look outside office hours."],
        ),
        (
            "how large the team is",
            ["Team size: 12", "You lead a squad of seven.", "An organisation of 45", "Team: 9", "Twelve of us do it.",
             "We are forty strong.", "A nine-person crew", "The size of the team is small."],
        ),
        ("how people are rated", ["Pay reviews are in May.", "There is a bonus.", "Performance is rated."]),
        ("how incidents are learned from", ["We learn from outages.", "Every failure has its root cause."]),
        ("how plans are made", ["We plan in sprints.", "You own the backlog."]),
        ("how levels are told apart", ["Grade 6", "Our levels are public."]),
        ("what uptime is promised to customers", ["We promise 99 percent.", "Downtime is credited."]),
        ("what it costs to run, and who looks at it", ["You own the budget.", "You read the bills."]),
    ],
)  # fmt: skip
def test_a_posting_that_speaks_of_something_is_not_said_to_be_silent_on_it(what, sentences_of_it):
    for said in sentences_of_it:
        assert what not in [one.what for one in left_open(sentences(said), questions_to_ask())], said
    silent = "Your learning budget and our error handling are good. Present at our next meetup; we moved to Rome."
    assert what in [one.what for one in left_open(sentences(silent), questions_to_ask())]


@pytest.fixture
def job(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "job.md"
    path.write_text(posting("payments"), encoding="utf-8")
    return path


def test_a_seat_is_prepared_from_posting_cv_stories_and_recordings(job, tmp_path):
    store = begun()
    answered(store, 1, text="We ran Kotlin and Kafka. Our SLA was broken.")
    store.close()
    add_story("Pages", '+++\ntitle = "Pages"\n+++\nI cut pages at night: alerts nobody acted on were deleted.\n')
    cv = tmp_path / "cv.md"
    cv.write_text(posting("payments-cv"), encoding="utf-8")
    done = voicemock_here("tailor", "--job", "job.md", "--cv", "cv.md", "--out", "seat.toml", "--json", "seat.json")
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "seat.json").read_bytes())
    assert found["schema_version"] == 1
    assert [one["name"] for one in found["competencies"][:3]] == ["stakeholders", "operations", "hiring"]
    assert found["answers"] == 1
    assert {"SLA", "Kotlin", "Kafka"}.isdisjoint(one["term"] for one in found["unsaid"])
    assert "Terms not heard in the 1 practice answer on this machine" in done.stdout
    assert next(one["story"] for one in found["claims"] if one["text"].startswith("Cut pages")) == "pages"
    need_a_story = done.stdout.partition("need a story")[2].partition("need a number")[0]
    assert "none of the 1 you have speaks of them" in done.stdout
    assert "Hired six engineers" in need_a_story and "Cut pages" not in need_a_story
    assert '"Hire four engineers this year and onboard them well." (line 15)' in done.stdout
    assert [q.id for q in validate(tmp_path / "seat.toml").questions] == [
        one["question"]["id"] for one in found["questions"]
    ]


def test_a_set_that_is_there_is_kept(job, tmp_path):
    (tmp_path / "seat.toml").write_text("mine")
    done = voicemock_here("tailor", "--job", "job.md", "--out", "seat.toml")
    assert (done.returncode, (tmp_path / "seat.toml").read_text()) == (2, "mine")
    assert "--replace" in done.stderr
    assert voicemock_here("tailor", "--job", "job.md", "--out", "seat.toml", "--replace").returncode == 0
    assert validate(tmp_path / "seat.toml").id == "seat"
    assert "does not end in .toml" in voicemock_here("tailor", "--job", "job.md", "--out", "seat.md").stderr


def test_a_name_in_another_encoding_and_one_with_a_space_are_taken(job, tmp_path):
    odd = job.rename(tmp_path / os.fsdecode(b"caf\xe9 job.md"))
    done = CliRunner().invoke(app, ["tailor", "--job", odd.name, "--out", "my set.toml", "--json", "seat.json"])
    assert done.exit_code == 0, done.exception
    assert "voicemock practice 'my set.toml'" in done.output
    assert "caf? job.md" in validate(tmp_path / "my set.toml").title
    assert json.loads((tmp_path / "seat.json").read_bytes())["job"] == "caf? job.md"


def test_json_alone_and_no_questions_for_nothing(job, tmp_path):
    done = voicemock_here("tailor", "--job", "job.md", "--json", "-")
    assert json.loads(done.stdout)["cvs"] == []
    job.write_text("# Job\n\n- Java\n")
    done = voicemock_here("tailor", "--job", "job.md")
    assert done.returncode == 0
    assert "holds 2 words" in done.stderr and "No sentence of it asks for a competency" in done.stdout
    assert "Java" in done.stdout and "no practice answer is" in " ".join(done.stdout.split())
    done = voicemock_here("tailor", "--job", "job.md", "--out", "seat.toml")
    assert done.returncode == 2 and "no competency" in done.stderr and not (tmp_path / "seat.toml").exists()


def test_neither_the_posting_nor_the_set_is_written_over(job, tmp_path):
    before = job.read_bytes()
    for options in (["--json", "./job.md"], ["--out", "a.toml", "--json", "a.toml"], ["--cv", "b", "--json", "b"]):
        done = CliRunner().invoke(app, ["tailor", "--job", "job.md", *options])
        assert isinstance(done.exception, UsageError) and "named twice" in done.exception.message
    assert job.read_bytes() == before and not (tmp_path / "a.toml").exists()


def asking(competency: str, text: str, *others: str) -> Question:
    id = "-".join(text.lower().split()[:9]).strip("?.")
    return Question(id=id, text=text, kind=Kind.PEOPLE, competencies=(competency, *others))


def drawn(text: str, *known: Question) -> list[str]:
    return [one.question.text for one in drawn_for(weighed(f"## Requirements\n{text}"), known)]


def test_requirements_weigh_as_duties_do_and_a_clause_of_its_own_counts_whole():
    assert [one.weight for one in weighed("## Requirements\n- Hire people\n")] == [2.0]
    found = weighed("## Requirements\n- Coach and hire people, and you must hire well\n")
    assert [(one.name, one.weight) for one in found] == [("coaching", 2.0), ("hiring", 2.0)]


def test_a_whole_sentence_before_a_list_opens_none():
    assert names("We run it. You will coach leads.\n- Mentor all\n") == ["coaching"]
    assert len(weighed("We run it. You will coach leads.\n- Mentor all\n")[0].sentences) == 2


def test_the_question_that_fits_best_is_drawn():
    main, beside = asking("hiring", "Is this one?"), asking("trust", "Is that one?", "hiring")
    assert drawn("- Hire\n", beside, main)[0] == main.text
    both = asking("hiring", "Is it both?", "coaching")
    assert drawn("- Hire\n- Hire\n- Coach\n", main, both)[0] == both.text
    alike = asking("hiring", "How do you write adverts for surgeons?")
    assert drawn("- Hire surgeons by adverts\n", main, alike)[0] == alike.text


def test_five_competencies_get_a_question_and_four_a_second():
    listed = ("Hire", "Coach", "Mediate", "Delegate", "Feedback", "Trust")
    found = weighed("## Requirements\n" + "".join(f"- {word}\n" for word in listed))
    known = [asking(one.name, f"Is {one.name} number {n}?") for one in found for n in range(3)]
    order = [one.name for one in found]
    assert [one.competency for one in drawn_for(found, known)] == [*order[:5], *order[:4]]


@pytest.mark.parametrize(
    ("sentence", "added"),
    [
        ("Interview and hire good surgeons", True),
        ("Hire good surgeons and others", False),  # one word in common
        ("Interviewing surgeons, and hire", True),
        ("Hire, interviewing surgeons and", False),
        ("Hire surgeons interviewed", False),
    ],
)
def test_a_wording_for_the_seat_needs_a_sentence_that_leads_to_it(sentence, added):
    known = asking("hiring", "Which surgeons have you interviewed?")
    (one,) = drawn_for(weighed(f"## Requirements\n- {sentence}\n"), [known])
    assert bool(one.question.variants) is added


def test_a_story_that_shares_two_words_covers_nothing_and_a_short_verb_is_none():
    story = Story(id="ledger", title="The ledger", body="We rebuilt it.")
    found = claims_in(
        text_blocks("- Rebuilt the ledger\n- Used the ledger\n- Led it\n"), "", (story,), asked=(), told={}
    )
    assert [(one.text, one.story) for one in found] == [("Rebuilt the ledger", "")]


def test_long_lists_are_cut_on_the_terminal_alone(job, tmp_path):
    tools = "Java, Kotlin, Scala, Python, Rust, Kafka, Redis, MySQL, Spark, Flink, Docker, Helm, Ruby, PHP, React"
    hires = "".join(f"- Hire {place}\n" for place in ("here", "there", "everywhere"))
    job.write_text(f"# Job\n\n## Requirements\n{hires}" + "".join(f"- {tool}\n" for tool in tools.split(", ")))
    (tmp_path / "cv.md").write_text("".join(f"- Led the move of system {letter}\n" for letter in "abcdefgh"))
    options = ("tailor", "--job", "job.md", "--cv", "cv.md")
    assert " more" not in voicemock_here(*options).stdout
    job.write_text(job.read_text() + "- Hire anywhere\n- Terraform\n")
    (tmp_path / "cv.md").write_text((tmp_path / "cv.md").read_text() + "- Led the move of system i\n")
    cut = voicemock_here(*options).stdout
    assert cut.count("and 1 more sentence") == 1
    assert cut.count("and 1 more; --json - shows them all") == 3  # terms; lines without a story, and without a number
    assert "Hire anywhere" not in cut and "Terraform" not in cut and "system i" not in cut


def test_a_sentence_is_shown_whole_unless_it_is_a_list_without_full_stops(job):
    job.write_text("## Requirements\n- Hire " + " ".join(["people"] * 58) + " well\n")
    assert "…" not in voicemock_here("tailor", "--job", "job.md").stdout
    job.write_text("## Requirements\n- Hire " + " ".join(["people"] * 59) + " well\n")
    assert "…" in voicemock_here("tailor", "--job", "job.md").stdout


def test_few_words_are_asked_about_and_a_review_is_not_yours_to_have_said_it_in(job):
    job.write_text("Java " * 40)
    assert "words" not in voicemock_here("tailor", "--job", "job.md").stderr
    job.write_text("Java " * 39)
    assert "holds 39 words" in voicemock_here("tailor", "--job", "job.md").stderr
    store = new_session(title="Review", question_set=None, questions=QUESTIONS[:1], setup=SETUP)
    answered(store, 1, text="We ran Java.")
    store.close()
    assert "no practice answer is" in " ".join(voicemock_here("tailor", "--job", "job.md").stdout.split())
