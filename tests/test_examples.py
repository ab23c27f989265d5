"""Example answers: what is in the files, how mistakes in them are told, and where a user meets them."""

import collections
import html
import re
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from tests import report_samples
from voicemock.cli.answer_lines import render_answer
from voicemock.cli.main import app
from voicemock.errors import DataFileError, UsageError
from voicemock.paths import shipped
from voicemock.questions.examples import FOLDER, example_of, examples, nearest, read_examples
from voicemock.questions.sets import find_question, list_sets
from voicemock.report import render_html, render_markdown, render_plain, write_report
from voicemock.schema import Dimension, Finding, Kind, Question, Round, SessionReport, Severity
from voicemock.signals import signals
from voicemock.voices.spoken import speakable

ALL = examples()
ANSWERS = {f"{one.question.id} {kind}": getattr(one, kind) for one in ALL for kind in ("strong", "hollow")}
SET = next(one for one in list_sets(shipped("question_sets")) if one.id == "em_motivation")
HEAD = 'schema_version = 1\nset = "em_motivation"\n'
GOOD = """
[[examples]]
question = "why-management"
speaker = "A manager"
strong = "Because of Ines."
shows = ["rationale"]
hollow = "I lead."
lacks = ["people_growth"]
difference = "One has a person in it."
"""


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())


def test_every_set_round_and_dimension_has_some():
    questions = [one.question for one in ALL]
    assert len(questions) == len({question.id for question in questions}) >= 40
    assert {path.stem for path in shipped(FOLDER).glob("*.toml")} == {one.id for one in list_sets()}
    assert {name for question in questions for name in question.rounds} == set(Round)
    assert {question.dimension for question in questions} == set(Dimension)
    assert {question.kind for question in questions} == set(Kind)
    known = {name for one in list_sets() for question in one.questions for name in question.competencies}
    assert len({name for question in questions for name in question.competencies}) >= 0.75 * len(known)


@pytest.mark.parametrize("one", ALL, ids=[one.question.id for one in ALL])
def test_one_can_be_said_and_is_labelled_in_full(one):
    asked_for = {*one.question.expects, *(point.name for point in one.question.points)}
    assert set(one.shows) == asked_for, "what a strong answer leaves out would rightly be told"
    assert len(set(one.lacks)) == len(one.lacks) >= 1
    assert 150 <= len(one.strong.split()) <= 270
    assert 90 <= len(one.hollow.split()) <= 125
    for text in (one.strong, one.hollow):
        assert speakable(text) == text
        assert not re.search(r"[\d—–:;]{2}|\d|[—–…]", text.replace("...", "")), "as it is spoken"
    assert re.fullmatch(r"[A-Z].{30,150}\.", one.difference)
    assert re.fullmatch(r"An? .+[^.]", one.speaker)


def test_no_two_answers_share_a_run_of_eight_words_or_their_opening():
    held = collections.defaultdict(set)
    for name, text in ANSWERS.items():
        said = words(text)
        for n in range(len(said) - 7):
            held[" ".join(said[n : n + 8])].add(name)
    assert not {run: names for run, names in held.items() if len(names) > 1}
    assert len({tuple(words(text)[:4]) for text in ANSWERS.values()}) == len(ANSWERS)


def test_none_is_one_of_the_answers_the_reader_learned_from():
    learned = set()
    for path in (Path(__file__).parent / "answers").rglob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            said = words(line)
            learned |= {tuple(said[n : n + 10]) for n in range(len(said) - 9)}
    for name, text in ANSWERS.items():
        said = words(text)
        assert not learned & {tuple(said[n : n + 10]) for n in range(len(said) - 9)}, name


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        (GOOD, 1, "missing key 'schema_version'"),
        (HEAD, 1, "no examples"),
        (HEAD.replace("em_motivation", "em_core") + GOOD, 2, "'set' should be 'em_motivation'"),
        (HEAD + "x = 1\n" + GOOD, 3, "unknown key 'x'"),
        (HEAD + GOOD + GOOD, 14, "a second example for 'why-management'"),
        (HEAD + GOOD.replace("why-management", "why-managment"), 5, "did you mean 'why-management'?"),
        (HEAD + GOOD.replace('"rationale"', '"rational"'), 8, "unknown label 'rational'; did you mean 'rationale'?"),
        (HEAD + GOOD.replace('"people_growth"', '"cost"'), 10, "unknown label 'cost'"),
        (HEAD + GOOD.replace('["people_growth"]', "[]"), 10, "'lacks' names nothing that the question asks for"),
        (HEAD + GOOD.replace('hollow = "I lead."\n', ""), 4, "missing key 'hollow'"),
        (HEAD + GOOD.replace('"I lead."', "3"), 9, "'hollow' should be text in quotes, not a number"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path, content, line, said):
    path = tmp_path / "em_motivation.toml"
    path.write_text(content)
    with pytest.raises(DataFileError) as caught:
        read_examples(path, SET)
    assert f"{path}:{line}: " in caught.value.message
    assert said in caught.value.message


def test_a_file_without_mistakes_is_read(tmp_path):
    path = tmp_path / "em_motivation.toml"
    path.write_text(HEAD + GOOD)
    (one,) = read_examples(path, SET)
    assert (one.question.id, one.strong, one.shows) == ("why-management", "Because of Ines.", ("rationale",))


def test_the_nearest_is_the_questions_own_else_one_with_its_competencies():
    assert nearest(find_question("why-management")) == example_of("why-management")
    follow_up = Question(id="why-management-follow-up-1", text="And then?", kind=Kind.MOTIVATION)
    assert nearest(follow_up) == example_of("why-management")
    without = find_question("conflict-with-a-peer")
    assert example_of(without.id) is None
    near = nearest(without)
    assert set(near.question.competencies) & set(without.competencies)
    assert nearest(Question(id="asked", text="Why?", kind=Kind.BEHAVIOURAL)) is None
    assert nearest(msgspec.structs.replace(without, competencies=("juggling",))) is None


@pytest.mark.parametrize("like", ["kind", "dimension"])
def test_of_those_with_as_many_in_common_one_of_its_kind_and_dimension_comes_first(like):
    about = [one.question for one in ALL if "stakeholders" in one.question.competencies]
    values = {getattr(question, like) for question in about}
    assert len(values) > 2
    for question in about:
        alike = {"kind": question.kind, "dimension": question.dimension}
        asked = Question(id="x", text="Why?", competencies=("stakeholders",), **alike)
        assert getattr(nearest(asked).question, like) is alike[like]


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["questions", "show", *arguments])
    if result.exception:
        raise result.exception
    return result.output


@pytest.mark.parametrize("name", ["delivered-late", "what-an-error-budget-is"])
def test_show_prints_both_with_what_tells_them_apart(name):
    one, output = example_of(name), run(name, "--example")
    assert all(len(line) <= 80 for line in output.splitlines())
    said = " ".join(output.split())
    assert f"A strong answer, from {one.speaker[0].lower()}{one.speaker[1:]} {one.strong} It shows: " in said
    assert f"A hollow answer {one.hollow} It lacks: " in said
    assert f"What makes the difference: {one.difference} Everybody and everything in them is invented." in said
    assert not re.search(r"[a-z]_[a-z]", output), "keys are for files"
    assert f"voicemock questions show {name} --example" in run(name)


def test_show_offers_the_nearest_where_there_is_none():
    with pytest.raises(UsageError, match="no example answer to 'conflict-with-a-peer' yet") as caught:
        run("conflict-with-a-peer", "--example")
    offered = re.search(r"questions show (\S+) --example", caught.value.hint)[1]
    assert example_of(offered)
    assert "--example" not in run("conflict-with-a-peer")


def test_both_are_spoken_in_the_interviewers_voice(monkeypatch):
    said = []

    class Voice:
        def render(self, text, path):
            said.append(text)
            path.write_bytes(b"spoken")

    monkeypatch.setattr("voicemock.voices.open_voice", lambda *_, **__: Voice())
    monkeypatch.setattr("voicemock.audio.devices.find_device", lambda *_: None)
    monkeypatch.setattr("voicemock.audio.play.play", lambda path, *, device: said.append(path.read_bytes()))
    one = example_of("delivered-late")
    assert run("delivered-late", "--aloud") == run("delivered-late", "--example", "--aloud")
    assert said == [one.strong, b"spoken", one.hollow, b"spoken"] * 2
    said.clear()
    run("delivered-late", "--example")
    assert not said


FINDING = Finding(check="pace", severity=Severity.WATCH, message="Slow down.", measured="9", limit="8", source="x")


def answered(name: str, *, findings: tuple[Finding, ...] = (FINDING,), take: int = 1):
    outage = report_samples.outage(f"{name}/take-{take}.wav")
    return msgspec.structs.replace(outage, question=find_question(name), findings=findings, take=take)


def pages(report: SessionReport) -> tuple[str, str]:
    return html.unescape(render_html(report, folder=None)), render_markdown(report)


def test_a_report_keeps_a_strong_answer_folded_away_beside_findings():
    one = example_of("tired-team")
    for page in pages(report_samples.session(answered("tired-team"))):
        folded = re.search(r"<details(?: class=\"example\")?>.*?</details>", page, re.DOTALL)[0]
        assert "A strong answer to this question" in folded
        assert one.strong in folded
        assert one.hollow not in page
        assert "voicemock questions show tired-team --example" in folded
        assert page.count(one.strong) == 1


def test_a_like_question_is_named_where_there_is_no_example():
    near = nearest(find_question("conflict-with-a-peer"))
    for page in pages(report_samples.session(answered("conflict-with-a-peer"))):
        assert "A strong answer to a question like this one" in page
        assert f"It answers: {near.question.text}" in page


def test_no_example_stands_without_findings_or_beside_an_earlier_take_or_a_follow_up():
    shown = "A strong answer to "
    assert not any(shown in page for page in pages(report_samples.session(answered("tired-team", findings=()))))
    twice = report_samples.session(answered("tired-team"), answered("tired-team", take=2))
    assert [page.count(shown) for page in pages(twice)] == [1, 1]
    better = report_samples.session(answered("tired-team"), answered("tired-team", findings=(), take=2))
    assert [page.count(shown) for page in pages(better)] == [0, 0]
    probe = find_question("tired-team")
    probe = msgspec.structs.replace(probe, id="tired-team-follow-up-1", text="And then?", expects=(), follow_ups={})
    first = answered("tired-team", findings=())
    followed = report_samples.session(first, msgspec.structs.replace(answered("tired-team"), question=probe))
    assert not any(shown in page for page in pages(followed))


def test_each_example_stands_once_in_a_report():
    near = nearest(find_question("conflict-with-a-peer")).question.id
    one, like = answered(near), answered("conflict-with-a-peer")
    for first, second in ((one, like), (like, one)):
        for page in pages(report_samples.session(first, second)):
            assert re.findall(r"beside a hollow one: [`<\w>]*voicemock questions show (\S+)", page) == [near]


def test_the_terminal_captions_and_a_report_without_names_show_none():
    report = report_samples.session(answered("tired-team"))
    strong = example_of("tired-team").strong[:40]
    assert strong not in render_answer(report.answers[0]) + render_plain(report)
    assert strong not in render_html(report, folder=None, examples=False) + render_markdown(report, examples=False)


@pytest.mark.parametrize("kind", ["html", "md"])
def test_redacting_leaves_it_out(tmp_path, kind):
    write_report(report_samples.session(answered("tired-team")), tmp_path / "session")
    strong = example_of("tired-team").strong[:40]
    out = {}
    for extra in ((), ("--redact",)):
        target = tmp_path / f"out{len(extra)}.{kind}"
        result = CliRunner().invoke(
            app, ["report", str(tmp_path / "session" / "session.json"), "--out", str(target), "--no-open", *extra]
        )
        assert result.exit_code == 0, result.output
        out[extra] = strong in html.unescape(target.read_text(encoding="utf-8"))
    assert out == {(): True, ("--redact",): False}


def test_every_label_has_a_name_to_be_read():
    names = {name.value for name in signals()}
    points = {point.name for one in ALL for point in one.question.points}
    assert all(label in names | points for one in ALL for label in (*one.shows, *one.lacks))
