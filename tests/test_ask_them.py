"""Questions to ask the people who interview you."""

import itertools
import re

import pytest
from typer.testing import CliRunner

from voicemock.cli.main import app
from voicemock.errors import DataFileError, UnknownNameError
from voicemock.questions.ask_them import Stage, Topic, questions_to_ask, read_questions

ALL = questions_to_ask()
HEAD = "schema_version = 1\n"
GOOD = '[[questions]]\nid = "a"\ntext = "Why?"\ntopic = "team"\nstages = ["manager"]\ntells = "How."\n'


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["questions", "ask-them", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def test_there_are_forty_with_something_for_every_stage_and_topic():
    assert len(ALL) == len({one.id for one in ALL}) == 40
    for topic in Topic:
        assert len(questions_to_ask(topic=topic)) == 8
    for stage in Stage:
        assert len(questions_to_ask(stage=stage)) >= 8
        assert len({one.topic for one in questions_to_ask(stage=stage)}) == len(Topic), stage
    assert [one.topic for one in ALL] == sorted((one.topic for one in ALL), key=list(Topic).index)


@pytest.mark.parametrize("one", ALL, ids=[one.id for one in ALL])
def test_one_can_be_said_and_says_what_to_listen_for(one):
    assert re.fullmatch(r"[A-Z][A-Za-z,.:?' -]*\?", one.text)
    assert len(one.text.split()) <= 30
    assert re.fullmatch(r"[A-Z].{20,}\.", one.tells)
    assert not re.search(r"[—–]", one.text + one.tells)
    assert len(set(one.stages)) == len(one.stages) >= 1


def test_none_is_said_twice():
    words = {one.id: set(re.findall(r"\w+", one.text.lower())) for one in ALL}
    pairs = itertools.combinations(words, 2)
    assert not [(a, b) for a, b in pairs if len(words[a] & words[b]) > 0.5 * len(words[a] | words[b])]


def test_the_command_lists_them_by_topic_and_stage():
    everything = " ".join(run().split())
    assert all(one.text in everything and one.tells in everything for one in ALL)
    said = " ".join(run("--stage", "executive", "--topic", "cost").split())
    assert said.startswith("About cost ")
    assert "About team" not in said
    chosen = questions_to_ask(stage=Stage.EXECUTIVE, topic=Topic.COST)
    assert all((one.text in said) == (one in chosen) for one in ALL)
    assert "For: executive, bar raiser" in said
    assert all(len(line) <= 80 for line in run().splitlines())


@pytest.mark.parametrize(("option", "name", "meant"), [("--stage", "manger", "manager"), ("--topic", "costs", "cost")])
def test_an_unknown_name_offers_the_nearest(option, name, meant):
    with pytest.raises(UnknownNameError) as caught:
        run(option, name)
    assert meant in caught.value.hint


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (GOOD, "missing key 'schema_version'"),
        (HEAD, "no questions"),
        (HEAD + "x = 1\n" + GOOD, "unknown key 'x'"),
        (HEAD + GOOD + GOOD, "duplicate id 'a'"),
        (HEAD + GOOD.replace('"team"', '"teem"'), "unknown topic 'teem'; did you mean 'team'?"),
        (HEAD + GOOD.replace('"manager"', '"boss"'), "unknown stage 'boss'"),
        (HEAD + GOOD.replace('stages = ["manager"]\n', ""), "missing stages"),
        (HEAD + GOOD.replace('tells = "How."\n', ""), "missing key 'tells'"),
    ],
)
def test_a_mistake_is_named(tmp_path, content, words):
    path = tmp_path / "ask.toml"
    path.write_text(content)
    with pytest.raises(DataFileError, match=re.escape(words)):
        read_questions(path)


def test_a_file_without_mistakes_is_read(tmp_path):
    path = tmp_path / "ask.toml"
    path.write_text(HEAD + GOOD)
    (one,) = read_questions(path)
    assert (one.text, one.topic, one.stages, one.tells) == ("Why?", Topic.TEAM, (Stage.MANAGER,), "How.")
