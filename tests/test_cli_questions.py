"""`voicemock questions` as its user meets it."""

import re

import pytest
from typer.testing import CliRunner

from voicemock.cli.main import app
from voicemock.errors import UnknownNameError, UsageError
from voicemock.questions.sets import find_question, list_sets, user_sets_dir, validate
from voicemock.signals import signals

HOSTILE = """\
schema_version = 1
id = "hostile"
title = "\\u001b]0;owned\\u0007[bold]Sets[/bold]"
[[questions]]
id = "odd"
text = "\\u001b[2J<script>alert('x')</script> [red]Why[/red]?\\u202e"
kind = "people"
competencies = ["\\u001b[31mtrust"]
expects = ["risk"]
[questions.follow_ups]
risk = "\\u0007What [link=x]if[/link]?"
"""


@pytest.fixture
def run():
    def run(*arguments: object, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["questions", *map(str, arguments)])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result.output

    return run


def test_list_names_every_question_in_80_columns(run):
    output = run("list")
    listed = set(re.findall(r"^  (\S+)$", output, re.MULTILINE))
    assert listed == {question.id for one in list_sets() for question in one.questions}
    assert all(len(line) < 80 for line in output.splitlines() if str(user_sets_dir()) not in line)


def test_list_of_one_set_and_one_competency(run):
    output = run("list", "em_core", "--competency", "inclusion")
    assert re.findall(r"^  (\S+)$", output, re.MULTILINE) == [
        "leading-from-afar",
        "unheard-voice",
        "calibration-meeting",
        "same-level-same-work",
    ]
    assert "em_core: Engineering manager: the core (4 questions)" in output


def test_list_of_one_round_and_one_dimension(run):
    output = run("list", "--round", "hiring", "--dimension", "communication")
    listed = re.findall(r"^  (\S+)$", output, re.MULTILINE)
    questions = [question for one in list_sets() for question in one.questions]
    wanted = [q.id for q in questions if "hiring" in q.rounds and q.dimension == "communication"]
    assert listed == wanted
    assert 0 < len(wanted) < len([q for q in questions if "hiring" in q.rounds])
    said = " ".join(output.split())
    assert "Rounds: people, technical_leadership, deep_dive, strategy, hiring, bar_raiser, motivation" in said
    assert "Dimensions: technical_leadership, organisational_leadership, communication, execution" in said


@pytest.mark.parametrize(
    ("option", "name", "hint"),
    [
        ("--round", "bar-raiser", "Did you mean bar_raiser? Choose one of people, technical_leadership, deep_dive, "),
        ("--dimension", "xyz", "Choose one of technical_leadership, organisational_leadership, communication, exec"),
    ],
)
def test_list_names_the_rounds_and_dimensions_there_are(run, option, name, hint):
    with pytest.raises(UnknownNameError, match=f"no {option[2:]} '{name}'") as caught:
        run("list", option, name)
    assert caught.value.hint.startswith(hint)


def test_list_says_when_nothing_is_left(run):
    with pytest.raises(UsageError, match="No question here is for --round hiring and --dimension execution"):
        run("list", "em_drills", "--round", "hiring", "--dimension", "execution")


def test_list_offers_the_nearest_competency(run):
    with pytest.raises(UnknownNameError, match="no competency 'conflikt'") as caught:
        run("list", "--competency", "conflikt")
    assert "conflict" in caught.value.hint


def test_list_shows_the_good_sets_and_names_the_broken_one(run):
    user_sets_dir().mkdir(parents=True)
    (user_sets_dir() / "bad.toml").write_text("id = \n")
    output = run("list", code=2)
    assert "latency-hunt" in output
    assert "bad.toml:1: not valid TOML" in output


def test_show_tells_everything_about_a_question(run):
    output = " ".join(run("show", "delivered-late").split())
    question = find_question("delivered-late")
    assert question.text in output
    assert question.tests in output
    assert all(f"Or: {variant}" in output for variant in question.variants)
    assert "Dimension: execution Rounds: people, technical leadership, bar raiser" in output
    assert "60 to 150 seconds" in output
    assert "holds: situation, action, result, metric, trade-off, stakeholders, owns the failure, reflection" in output
    assert not re.search(r"[a-z]_[a-z]", output), "keys are for files"
    assert all(f"{signals()[signal].name}: {probe}" in output for signal, probe in question.follow_ups.items())


def test_show_tells_the_points_of_a_concept(run):
    output = " ".join(run("show", "an-error-budget-for-sales").split())
    assert "A good explanation holds: a promise to customers; some failure is allowed for; " in output
    assert "Words its listener may not know: SLO, SLI, SLA, latency, " in output


def test_a_hostile_set_harms_no_terminal(run, tmp_path):
    user_sets_dir().mkdir(parents=True)
    (user_sets_dir() / "hostile.toml").write_text(HOSTILE)
    output = run("list", "hostile") + run("show", "odd")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", output)
    assert "hostile: [bold]Sets[/bold] (1 question)" in output
    assert "<script>alert('x')</script> [red]Why[/red]?" in output
    assert "Risk: What [link=x]if[/link]?" in output


def test_validate_goes_through_all_files(run, tmp_path):
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(HOSTILE)
    bad.write_text(HOSTILE.replace('"people"', '"peple"'))
    output = run("validate", bad, tmp_path / "none.toml", good, code=2)
    assert f"{bad}:7: unknown kind 'peple'" in output
    assert "none.toml cannot be read: No such file" in output
    assert f"{good}: ok, 1 question" in output


@pytest.mark.parametrize("name", ["mine.toml", "My {own} set 2.toml", "!.toml"])
def test_new_writes_a_set_that_validates(run, tmp_path, name):
    path = tmp_path / name
    run("new", path)
    assert len(validate(path).questions) == 1
    assert run("validate", path) == f"{path}: ok, 1 question\n"


def test_new_overwrites_nothing(run, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("precious")
    with pytest.raises(UsageError, match="already exists"):
        run("new", path)
    assert path.read_text() == "precious"


@pytest.mark.parametrize(
    ("name", "words"), [("mine.txt", "does not end in .toml"), ("no/mine.toml", "cannot be written")]
)
def test_new_says_why_it_cannot_write(run, tmp_path, name, words):
    with pytest.raises(UsageError, match=words):
        run("new", tmp_path / name)
