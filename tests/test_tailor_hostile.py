"""Postings and CVs as firms and people write them, and files that mean harm."""

import pytest

from tests.here import voicemock_here
from voicemock.preparation.competencies import competencies_named
from voicemock.preparation.seat.blocks import LONGEST_SENTENCE, sentences_of, text_blocks
from voicemock.preparation.seat.cv import claims_in


def number_in(line: str) -> bool:
    (claim,) = claims_in(text_blocks(f"- {line}"), "cv", [], asked=[], told={})
    return claim.number


@pytest.mark.parametrize(
    "line",
    [
        "Introduced two-week planning in every team",
        "Led a nine-person team",
        "Closed a seven-figure deal",
        "Grew the team tenfold",
        "Reduced bugs by ½",
        "Reduced MTTR by an order of magnitude",
        "Reduced incidents to none",
        "Cut release time from weeks to hours",
        "Moved from monthly releases to weekly ones",
        "Moved the company from annual to weekly releases",
        "Turned nightly builds into hourly ones",
        "Moved from fortnightly to daily releases",
        "Cut waiting time to the same day",
        "Promoted a pair of seniors",
        "Rebuilt search with dozens of partners",
    ],
)
def test_a_number_in_words_is_a_number(line):
    assert number_in(line)


@pytest.mark.parametrize(
    "line",
    [
        "Led one-to-one meetings",
        "Built a two-factor login",
        "Built the second-largest warehouse",
        "Made daily work calmer",
        "Built controls for ISO 27001 in 2021",
        "Led several teams",
    ],
)
def test_a_number_in_a_name_is_none(line):
    assert not number_in(line)


@pytest.mark.parametrize(
    "text",
    [
        "You lead five squads (c. 35 people in all) across data.",
        "Send two pages (max. A4) to us.",
        "You own a budget of £4m p.a. Northern sites included.",
        "Lead engineers, incl. Java developers, with Prof. Smith.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text):
    assert list(sentences_of(text)) == [text]


def test_a_letter_ends_a_sentence_where_it_is_a_name():
    assert list(sentences_of("You know C. You write it.")) == ["You know C.", "You write it."]


def test_models_that_can_be_explained_ask_for_no_communication():
    assert "communication" not in competencies_named("Ensure that models are explainable.")
    assert competencies_named("You explain risks to the board.")["communication"] == "explain"


def test_a_sentence_without_an_end_is_cut_between_words():
    text = "word " * 1000
    pieces = list(sentences_of(text))
    assert " ".join(pieces) == text.strip()
    assert {set(piece.split()) == {"word"} for piece in pieces} == {True}
    assert max(map(len, pieces)) <= LONGEST_SENTENCE
    full = f"{'a' * 499} {'b' * 500}"
    assert list(sentences_of(f"{full} c")) == [full, "c"]
    assert list(sentences_of("x" * LONGEST_SENTENCE)) == ["x" * LONGEST_SENTENCE]
    assert list(map(len, sentences_of("x" * (LONGEST_SENTENCE + 1)))) == [LONGEST_SENTENCE, 1]


@pytest.mark.parametrize("line", ["1," * 40_000, "Kafka, " + "Abc, " * 30_000, "*a " * 20_000, "[" * 100_000])
def test_a_long_line_is_read_in_seconds(line, tmp_path):
    path = tmp_path / "job.md"
    path.write_text(f"Requirements\n- {line}")
    assert voicemock_here("tailor", "--job", path).returncode == 0  # without its bounds it takes many minutes


def test_one_word_is_one_word(tmp_path):
    path = tmp_path / "job.txt"
    path.write_text("Manager")
    assert "holds 1 word. Is" in voicemock_here("tailor", "--job", path).stderr
