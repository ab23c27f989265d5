"""docs/articles.md names only what there is, and leaves nothing of the articles out."""

import re
from collections import Counter
from pathlib import Path

from typer.main import get_command

from voicemock.checks import load_checks
from voicemock.cli.main import app
from voicemock.lenses import lenses
from voicemock.paths import shipped
from voicemock.questions.sets import list_sets
from voicemock.schema import AnswerReport, Question, SignalName

PAGE = (Path(__file__).parent.parent / "docs" / "articles.md").read_text(encoding="utf-8")
ROWS = [re.split(r" *\| *", line)[1:-1] for line in PAGE.splitlines() if re.match(r"\| [A-Z]\d", line)]
ITEMS = dict(zip("ABCDEFGHILQKWRXT", (8, 6, 4, 7, 5, 4, 6, 4, 7, 6, 8, 17, 3, 5, 4, 21), strict=True))
"""How many things each part of the three articles teaches: A to I, L to X, T."""


def test_every_item_has_its_row():
    assert [row[0] for row in ROWS] == [f"{part}{n}" for part, most in ITEMS.items() for n in range(1, most + 1)]
    assert all(len(row) == 4 and row[1] and row[3] for row in ROWS)


def test_the_counts_are_those_of_the_rows():
    states = Counter(row[2] for row in ROWS)
    assert set(states) == {"done", "partly"}
    said = " ".join(PAGE.split())
    assert f"into {len(ROWS)} things to practise. {states['done']} are done, {states['partly']} partly." in said
    assert all(" not " in row[3] for row in ROWS if row[2] == "partly"), "what is missing is said"


def test_everything_named_exists():
    sets = list_sets(shipped("question_sets"))
    known = {one.id for one in sets} | {question.id for one in sets for question in one.questions}
    known |= {*SignalName, *(check.id for check in load_checks())}
    known |= {*Question.__struct_fields__, *AnswerReport.__struct_fields__, *lenses()}
    names = {name for row in ROWS for name in re.findall(r"`([^`]+)`", row[3])}
    assert {name for name in names if not name.startswith("voicemock ")} <= known
    assert len(names) > 100


def test_every_command_named_is_one_with_names_that_exist():
    ids = {one.id for one in list_sets()} | {question.id for one in list_sets() for question in one.questions}
    for name in re.findall(r"`voicemock ([^`]+)`", PAGE):
        command, words = get_command(app), name.split()
        while words and hasattr(command, "commands"):
            command = command.commands[words.pop(0)]
        options = {option for parameter in command.params for option in parameter.opts}
        assert all(word in options for word in words if word.startswith("--")), name
        if words and not words[0].startswith("--"):
            assert words[0] in ids, name


def test_every_concept_is_named():
    concepts = [question.id for one in list_sets() if one.id == "em_concepts" for question in one.questions]
    assert [name for name in concepts if f"`{name}`" not in PAGE] == []
