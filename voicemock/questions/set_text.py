"""A question set as the text of its file."""

__all__ = ["set_text"]

from collections.abc import Iterator, Mapping

from voicemock.printable import plain
from voicemock.questions.set_file import FORMAT, QuestionSet
from voicemock.schema import Question
from voicemock.toml_file import toml_text


def set_text(question_set: QuestionSet, *, why: Mapping[str, str]) -> str:
    """Return a file that ``validate`` reads as this set; why: what stands above each question, by its id."""
    lines = [f"schema_version = {FORMAT}"]
    lines += [f"{key} = {toml_text(getattr(question_set, key))}" for key in ("id", "title", "description")]
    for question in question_set.questions:
        lines += ["", *([f"# {plain(why[question.id])}"] if question.id in why else []), *_question(question)]
    return "\n".join(lines) + "\n"


def _question(question: Question) -> Iterator[str]:
    yield "[[questions]]"
    for key in ("id", "text", "variants", "kind", "dimension", "rounds", "tests", "competencies", "expects", "lenses"):
        value = getattr(question, key)
        if value:
            yield f"{key} = {_listed(value) if isinstance(value, tuple) else toml_text(value)}"
    yield f"target_s = [{', '.join(f'{seconds:g}' for seconds in question.target_s)}]"
    if question.jargon:
        yield f"jargon = {_listed(question.jargon)}"
    if question.points:
        points = (f"{{ name = {toml_text(point.name)}, said = {_listed(point.said)} }}" for point in question.points)
        yield f"points = [{', '.join(points)}]"
    if question.follow_ups:
        yield "[questions.follow_ups]"
        yield from (f"{signal} = {toml_text(probe)}" for signal, probe in question.follow_ups.items())


def _listed(values: tuple[str, ...]) -> str:
    return f"[{', '.join(map(toml_text, values))}]"
