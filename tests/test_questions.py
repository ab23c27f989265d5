"""Question sets: every mistake named with its line, and what the shipped ones promise."""

import itertools
import re
import tomllib
from pathlib import Path

import pytest

from voicemock.errors import DataFileError, UnknownNameError, VoicemockError
from voicemock.paths import config_file, shipped
from voicemock.questions import sets
from voicemock.questions.sets import (
    SIGNALS,
    QuestionSetError,
    broken_sets,
    find_question,
    id_from,
    list_sets,
    load_set,
    user_sets_dir,
    validate,
)
from voicemock.schema import Dimension, Kind, Point, Question, Round, SignalName
from voicemock.toml_file import TomlFile

S = SignalName
HEAD = 'schema_version = 1\nid = "mine"\ntitle = "T"\n'  # three lines
QUESTION = '[[questions]]\nid = "a"\ntext = "Why?"\nkind = "people"\n'  # lines 4 to 7
MORE = '[[questions]]\nid = "b"\ntext = "How?"\nkind = "people"\n'  # lines 8 to 11


@pytest.fixture
def write(tmp_path):
    def write(content: str | bytes, name: str = "set.toml") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def own_sets():
    user_sets_dir().mkdir(parents=True)
    return user_sets_dir()


def test_a_small_set_needs_little(write):
    found = validate(write(HEAD + QUESTION))
    assert (found.id, found.title, found.description) == ("mine", "T", "")
    assert found.questions == (Question(id="a", text="Why?", kind=Kind.PEOPLE),)


def test_a_full_set_is_read_as_written(write):
    more = (
        'tests = "x"\ncompetencies = ["trust"]\nexpects = ["metric", "risk"]\ntarget_s = [30, 90.5]\n'
        'variants = ["How come?"]\ndimension = "execution"\nrounds = ["hiring", "bar_raiser"]\n'
        'points = [{ name = "The aim", said = ["so that", "aim*"] }]\njargon = ["SLO"]\n'
        '[questions.follow_ups]\nmetric = "How much?"\n'
    )
    (question,) = validate(write(HEAD + 'description = "D"\n' + QUESTION + more)).questions
    assert (question.tests, question.competencies) == ("x", ("trust",))
    assert (question.expects, question.target_s) == ((S.METRIC, S.RISK), (30.0, 90.5))
    assert question.follow_ups == {S.METRIC: "How much?"}
    assert (question.variants, question.dimension) == (("How come?",), Dimension.EXECUTION)
    assert question.rounds == (Round.HIRING, Round.BAR_RAISER)
    assert question.points == (Point(name="The aim", said=("so that", "aim*")),)
    assert question.jargon == ("SLO",)


MISTAKES = {
    # what is wrong: (the file, its line, words of the message)
    "empty": ("", 1, "the file is empty"),
    "blank": (" \n\n", 1, "the file is empty"),
    "comments alone": ("# nothing\n", 1, "missing key 'schema_version'"),
    "syntax": (HEAD + "text = = 5\n", 4, "not valid TOML: Invalid value"),
    "syntax at the end": (HEAD + '[[questions]]\ntext = """never closed\n\n', 5, "not valid TOML"),
    "the same key twice": (HEAD + 'title = "U"\n', 4, "not valid TOML: Cannot overwrite a value"),
    "control character": (HEAD + 'description = "\x1b[2J"\n', 4, "not valid TOML: Illegal character"),
    "a huge number": (HEAD + "n = " + "9" * 5000, 1, "not valid TOML"),
    "nested": ("a = " + "[" * 100_000, 1, "nested too deeply"),
    "a key of thousands": (HEAD + "a." * 5000 + "a = 1", 4, "over 100 dots in one line"),
    "not UTF-8": ((HEAD + 'description = "caf').encode() + b'\xe9"\n', 4, "not UTF-8 text"),
    "UTF-16": ((HEAD + QUESTION).encode("utf-16"), 1, "not UTF-8 text"),
    "unknown key": (HEAD + 'descripton = "D"\n' + QUESTION, 4, "unknown key 'descripton'; did you mean 'description'?"),
    "unknown key of a question": (HEAD + QUESTION + "targets = [1, 2]\n", 8, "unknown key 'targets'; did you mean"),
    "key like none": (HEAD + QUESTION + "zzz = 1\n", 8, "unknown key 'zzz'; known are id, text, kind"),
    "no version": ('id = "mine"\ntitle = "T"\n' + QUESTION, 1, "missing key 'schema_version'"),
    "another version": (HEAD.replace("1", "2") + QUESTION, 1, "'schema_version' should be 1"),
    "no questions": (HEAD, 1, "no questions; each begins with [[questions]]"),
    "single brackets": (HEAD + QUESTION.replace("[[", "[").replace("]]", "]"), 4, "with two brackets"),
    "questions of numbers": (HEAD + "questions = [\n  1,\n]\n", 5, "a question should be a table, not a number"),
    "missing key": (HEAD + QUESTION + MORE.replace('text = "How?"\n', ""), 8, "missing key 'text'"),
    "wrong type": (HEAD + QUESTION + MORE.replace('"How?"', "5"), 10, "'text' should be text in quotes, not a number"),
    "empty text": (HEAD + QUESTION + MORE.replace("How?", " \\t"), 10, "'text' is empty"),
    "an id no folder can bear": (HEAD + QUESTION.replace('"a"', '"../a"'), 5, "'../a' is not a valid id"),
    "an id too long for a file's name": (HEAD + QUESTION.replace('"a"', f'"{"a" * 81}"'), 5, "at most 80"),
    "duplicate id": (HEAD + QUESTION + MORE.replace('"b"', '"a"'), 9, "duplicate id 'a', first used on line 5"),
    "unknown kind": (HEAD + QUESTION.replace("people", "peple"), 7, "unknown kind 'peple'; did you mean 'people'?"),
    "unknown signal": (HEAD + QUESTION + 'expects = [\n  "risk",\n  "metrics",\n]\n', 10, "did you mean 'metric'?"),
    "always expected": (HEAD + QUESTION + 'expects = ["on_topic"]\n', 8, "unknown signal 'on_topic'"),
    "expects one": (HEAD + QUESTION + 'expects = "risk"\n', 8, "'expects' should be a list, such as"),
    "competency of a wrong type": (HEAD + QUESTION + "competencies = [1979-05-27]\n", 8, "not a date or time"),
    "target upside down": (HEAD + QUESTION + "target_s = [90, 60]\n", 8, "'target_s' should be the shortest"),
    "target without end": (HEAD + QUESTION + "target_s = [60, inf]\n", 8, "'target_s' should be the shortest"),
    "target of truths": (HEAD + QUESTION + "target_s = [true, 60]\n", 8, "'target_s' should be the shortest"),
    "unknown dimension": (HEAD + QUESTION + 'dimension = "excution"\n', 8, "did you mean 'execution'?"),
    "unknown round": (HEAD + QUESTION + 'rounds = ["people", "hirng"]\n', 8, "did you mean 'hiring'?"),
    "a variant that is none": (HEAD + QUESTION + 'variants = ["Why?"]\n', 8, "a variant should differ from 'text'"),
    "a variant twice": (HEAD + QUESTION + 'variants = ["So?", "So?"]\n', 8, "a variant should differ from 'text'"),
    "an empty variant": (HEAD + QUESTION + 'variants = [" "]\n', 8, "a variant is empty"),
    "points of text": (HEAD + QUESTION + 'points = "x"\n', 8, "'points' should be a list of tables, not text"),
    "a point of text": (HEAD + QUESTION + 'points = [\n  "x",\n]\n', 9, "a point should be a table such as"),
    "a point without words": (HEAD + QUESTION + 'points = [{ name = "x" }]\n', 8, "needs the words people use"),
    "a point with empty words": (HEAD + QUESTION + 'points = [{ name = "x", said = ["-"] }]\n', 8, "needs the words"),
    "a nameless point": (HEAD + QUESTION + 'points = [{ said = ["x"] }]\n', 8, "missing key 'name'"),
    "unknown key of a point": (HEAD + QUESTION + 'points = [{ nme = "x" }]\n', 8, "did you mean 'name'?"),
    "follow-up text": (HEAD + QUESTION + 'follow_ups = "So?"\n', 8, "'follow_ups' should be a table, not text"),
    "follow-up never asked": (
        HEAD + QUESTION + '[questions.follow_ups]\nrisk = "So?"\n',
        9,
        "'risk' is not in 'expects'",
    ),
    "follow-up unknown": (HEAD + QUESTION + 'follow_ups = { rusk = "So?" }\n', 8, "did you mean 'risk'?"),
    "key below the follow-ups": (
        HEAD + QUESTION + '[questions.follow_ups]\ntests = "x"\n',
        9,
        "'tests' is under follow_ups; move it above",
    ),
}


@pytest.mark.parametrize(("content", "line", "words"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_named_with_its_line(write, content, line, words):
    path = write(content)
    with pytest.raises(DataFileError) as caught:
        validate(path)
    assert (caught.value.path, caught.value.line) == (path, line)
    assert caught.value.message.startswith(f"{path}:{line}: ")
    assert words in caught.value.message.split("\n")[0]


def test_the_line_itself_is_shown_without_escape_sequences(write):
    with pytest.raises(DataFileError) as caught:
        validate(write(HEAD + 'description = "\x1b[2Jboo"\n'))
    assert caught.value.message.endswith('\n    description = "boo"')


def test_a_huge_file_is_refused_before_it_is_parsed(write, monkeypatch):
    monkeypatch.setattr(tomllib, "loads", lambda _: pytest.fail("parsed"))
    path = write(b"x" * 10_000_000)
    with pytest.raises(DataFileError, match=f"{path}:1: over 1 MB") as caught:
        validate(path)
    assert "a few kB" in caught.value.hint


def test_all_mistakes_come_at_once_in_the_order_of_their_lines(write):
    first = QUESTION.replace("people", "x") + "zzz = 1\n"
    second = MORE.replace('"b"', '"a"').replace('"How?"', "[]")
    broken = HEAD.replace('"T"', "5") + first + second
    with pytest.raises(QuestionSetError) as caught:
        validate(write(broken))
    assert [problem.line for problem in caught.value.problems] == [3, 7, 8, 10, 11]
    assert str(caught.value).count("set.toml:") == 5


def test_many_mistakes_are_cut_at_ten(write):
    with pytest.raises(QuestionSetError) as caught:
        validate(write(HEAD + QUESTION + "".join(f"z{n} = 1\n" for n in range(14))))
    assert str(caught.value).count("set.toml:") == 10
    assert str(caught.value).endswith("\nand 4 more")


@pytest.mark.parametrize("path", ["nowhere.toml", "."])
def test_a_path_that_is_no_file_says_so(tmp_path, path):
    with pytest.raises(VoicemockError, match="cannot be read: "):
        validate(tmp_path / path)


def test_lines_hold_in_whatever_way_the_file_is_written(write):
    text = r"""title = QQQ
[[questions]]
id = "not a key" \QQQ x QQQ""
note = LLLit''s "fine" = # noLLL'
[[questions]] # [[questions]]
"id" = "a]b,#"
expects = [ # one, "two"
  "risk", [1,
  { x = "y", z = ["}"] }],
]
follow_ups.risk = 1
follow_ups.cost = 1
[questions."follow_\u0075ps".deep]
x = 1979-05-27 07:32:00

[[ questions ]]
id = 'b\'
[other]
[[other.inner]]
k = { a.b = 1, c = [] }
""".replace("QQQ", '"' * 3).replace("LLL", "'" * 3)
    file = TomlFile(write(text), what="test")
    lines = {
        ("title",): 1,
        ("note",): 4,
        ("questions", 0): 5,
        ("questions", 0, "id"): 6,
        ("questions", 0, "expects", 0): 8,
        ("questions", 0, "expects", 1): 8,
        ("questions", 0, "follow_ups"): 11,
        ("questions", 0, "follow_ups", "cost"): 12,
        ("questions", 0, "follow_ups", "deep"): 13,
        ("questions", 1): 16,
        ("questions", 1, "id"): 17,
        ("questions", 1, "text"): 16,
        ("other", "inner", 0, "k"): 20,
        ("nothing",): 1,
    }
    assert {where: file.line(where) for where in lines} == lines


@pytest.mark.parametrize("ends", ["\r\n", "\n"])
def test_line_endings_and_a_byte_order_mark_do_no_harm(write, ends):
    content = "\ufeff" + (HEAD + QUESTION + "zzz = 1\n").replace("\n", ends)
    with pytest.raises(DataFileError) as caught:
        validate(write(content))
    assert caught.value.line == 8


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"\u001b[31mred\u001b[0m", "red"),
        (r"\u001b]0;title\u0007Why?", "Why?"),
        (r"two\nlines\tand\u0000more", "two lines and more"),
        (r"right \u202eto left", "right to left"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("Pourquoi ça, 為什麼?", "Pourquoi ça, 為什麼?"),
    ],
)
def test_text_is_one_line_that_is_safe_on_a_terminal(write, written, read):
    (question,) = validate(write(HEAD + QUESTION.replace("Why?", written))).questions
    assert question.text == read


def test_a_set_is_found_by_id_by_path_and_in_the_users_folder(write, own_sets):
    assert load_set("em_core").title == "Engineering manager: the core"
    assert load_set(str(write(HEAD + QUESTION))).id == "mine"
    (own_sets / "another_name.toml").write_text(HEAD + QUESTION)
    assert load_set("mine").questions[0].id == "a"
    assert "mine" in {one.id for one in list_sets()}


def test_a_set_of_the_settings_that_does_not_exist_is_told_with_the_file_to_change(own_sets):
    assert sets.set_in_settings("em_core") == sets.load_set("em_core")
    with pytest.raises(VoicemockError, match="settings name a question set that does not exist: 'em_cor'") as caught:
        sets.set_in_settings("em_cor")
    assert caught.value.hint.startswith(f"Change question_set in {config_file()}. Did you mean em_core")


def test_the_users_set_takes_the_place_of_a_shipped_one(own_sets):
    (own_sets / "em_core.toml").write_text((HEAD + QUESTION).replace('"mine"', '"em_core"'))
    assert load_set("em_core").title == "T"
    assert [one.title for one in list_sets() if one.id == "em_core"] == ["T"]
    assert find_question("a").text == "Why?"


def test_a_set_that_ships_is_read_once_and_the_users_own_each_time(own_sets, monkeypatch: pytest.MonkeyPatch):
    own = own_sets / "mine.toml"
    own.write_bytes((shipped("question_sets") / "em_core.toml").read_bytes().replace(b"em_core", b"mine"))
    list_sets()
    read: list[Path] = []
    validate = sets.validate
    monkeypatch.setattr(sets, "validate", lambda path: read.append(path) or validate(path))
    assert {one.id for one in list_sets()} > {"mine", "em_core"}
    assert read == [own]
    own.write_bytes(own.read_bytes().replace(b"mine", b"other"))
    assert "other" in {one.id for one in list_sets()}


def test_a_set_is_found_by_the_id_it_bears_not_by_its_files_name(own_sets):
    (own_sets / "mine.toml").write_text((HEAD + QUESTION).replace('"mine"', '"em_core"'))
    (own_sets / "em_drills.toml").write_text((HEAD + MORE).replace('"mine"', '"other"'))
    assert {one.id: load_set(one.id) for one in list_sets()} == {one.id: one for one in list_sets()}
    assert load_set("em_core").title == "T"
    assert load_set("em_drills").title != "T"


def test_what_is_wrong_with_the_users_own_set_is_not_hidden_behind_a_shipped_one(own_sets):
    (own_sets / "em_core.toml").write_text("id = \n")
    with pytest.raises(DataFileError, match=r"em_core\.toml:1"):
        load_set("em_core")


@pytest.mark.parametrize("name", ["em_coer", "../question_sets/em_core", "em_core/", "", "a" * 300])
def test_an_unknown_set_offers_the_nearest(name):
    with pytest.raises(UnknownNameError) as caught:
        load_set(name)
    assert "`voicemock questions list`" in caught.value.hint
    if name == "em_coer":
        assert "em_core" in caught.value.hint


def test_an_id_may_be_as_long_as_a_files_name_allows(write):
    assert len(validate(write(HEAD + QUESTION.replace('"a"', f'"{"a" * 80}"'))).questions[0].id) == 80


def test_an_unknown_question_offers_the_nearest():
    with pytest.raises(UnknownNameError, match="no question 'latency-hnt'") as caught:
        find_question("latency-hnt")
    assert "latency-hunt" in caught.value.hint


def test_a_broken_set_hides_only_itself(own_sets):
    (own_sets / "bad.toml").write_text("id = \n")
    assert find_question("latency-hunt").kind is Kind.INCIDENT
    assert len(list_sets()) == len(list_sets(shipped("question_sets")))
    (problem,) = broken_sets()
    with pytest.raises(DataFileError) as caught:
        find_question("perhaps-in-the-broken-one")
    assert caught.value.message == problem.message


@pytest.mark.parametrize(
    ("name", "made"), [("My Set_2", "my-set-2"), ("!", "my-set"), ("em_core", "em-core"), ("a" * 200, "a" * 40)]
)
def test_an_id_is_made_from_any_name(name, made):
    assert id_from(name) == made


# What the shipped sets promise.

SHIPPED = list_sets(shipped("question_sets"))
QUESTIONS = [question for one in SHIPPED for question in one.questions]
ASIDE = {S.SITUATION, S.TASK, S.CUSTOMER_FIRST}  # context is not probed, and an order cannot be mended by a probe
by_id = pytest.mark.parametrize("question", QUESTIONS, ids=[question.id for question in QUESTIONS])


def test_the_shipped_sets_are_all_there():
    assert [one.id for one in SHIPPED] == [
        "em_concepts",
        "em_core",
        "em_deep_dive",
        "em_drills",
        "em_hiring",
        "em_hyperscale",
        "em_motivation",
        "em_strategy",
        "em_technical_leadership",
    ]
    assert not broken_sets(shipped("question_sets"))
    assert len(QUESTIONS) >= 70
    assert all(one.title and one.description for one in SHIPPED)


def test_no_two_questions_are_alike():
    ids = [question.id for question in QUESTIONS]
    assert len(set(ids)) == len(ids)
    words = {q.id: set(re.findall(r"\w+", q.text.lower())) for q in QUESTIONS}
    alike = [
        (a, b) for a, b in itertools.combinations(ids, 2) if len(words[a] & words[b]) > 0.55 * len(words[a] | words[b])
    ]
    assert not alike


def test_every_kind_signal_and_competency_is_of_use():
    assert {question.kind for question in QUESTIONS} == set(Kind)
    assert {name for question in QUESTIONS for name in question.expects} == set(SignalName) - {S.ON_TOPIC}
    competencies = [name for question in QUESTIONS for name in question.competencies]
    assert all(competencies.count(name) >= 2 for name in competencies)


@by_id
def test_a_question_is_made_to_be_spoken(question):
    for spoken in (question.text, *question.follow_ups.values()):
        assert re.fullmatch(r"[A-Z][A-Za-z,.?' -]*[.?]", spoken), spoken
        assert all(len(sentence.split()) <= 30 for sentence in re.split(r"(?<=[.?]) ", spoken)), spoken
    longest = 70 if question.kind is Kind.DRILL else 30
    assert len(question.text.split()) <= longest
    assert all(len(probe.split()) <= 20 for probe in question.follow_ups.values())


@by_id
def test_a_question_says_what_it_tests_and_probes_each_gap(question):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", question.id)
    assert question.tests.startswith("Whether ")
    assert question.competencies
    concept = question.kind is Kind.CONCEPT
    assert (bool(question.points), bool(question.expects)) == (concept, not concept)
    assert len(set(question.expects)) == len(question.expects) <= 11
    assert set(question.expects) - ASIDE == set(question.follow_ups)
    assert len(set(question.follow_ups.values())) == len(question.follow_ups)


@by_id
def test_the_target_fits_the_kind(question):
    shortest, longest = question.target_s
    bounds = {
        Kind.MOTIVATION: (45, 150),
        Kind.DEEP_DIVE: (90, 300),
        Kind.DRILL: (300, 600),
        Kind.CONCEPT: (40, 90),
    }
    least, most = bounds.get(question.kind, (60, 180))
    assert least <= shortest < longest <= most


def test_the_page_on_question_sets_is_right(write):
    page = (Path(__file__).parent.parent / "docs" / "question-sets.md").read_text(encoding="utf-8")
    (example, point) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    assert validate(write(example)).id == "platform_lead"
    assert validate(write(HEAD + QUESTION.replace("people", "concept") + point)).questions[0].points
    named = set(re.findall(r"`(\w+)`", page))
    assert {*Question.__struct_fields__, *Kind, *SIGNALS} <= named
