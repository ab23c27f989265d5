"""The card for the day itself: a story for each competency that weighs most, a number each, three questions to ask."""

__all__ = ["Card", "Line", "card_of", "card_text", "render_card", "weighed_most"]

import datetime
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from voicemock.phrases import day_name
from voicemock.preparation.stories.ledger import is_claim, stands
from voicemock.preparation.stories.story import Story
from voicemock.printable import plain
from voicemock.questions.ask_them import ToAsk
from voicemock.questions.sets import QuestionSet
from voicemock.report.html import style_hash

COMPETENCIES, TO_ASK = 7, 3
"""As many as fit on a page, and as one has time to ask (voicemock defaults, unvalidated)."""
LONGEST = 110
"""Letters of a title or a number: two lines of the card (voicemock default, unvalidated)."""
HERE = Path(__file__).parent


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """A competency and the story to tell; title and number: empty if there is none."""

    competency: str
    title: str = ""
    number: str = ""


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on the card."""

    interview: datetime.date
    lines: tuple[Line, ...]
    ask: tuple[ToAsk, ...]


def weighed_most(sets: Sequence[QuestionSet]) -> tuple[str, ...]:
    """Return the competencies that most questions of some sets test, the heaviest first."""
    weights = Counter(name for one in sets for question in one.questions for name in question.competencies)
    return tuple(sorted(weights, key=lambda name: (-weights[name], name)))


def card_of(
    interview: datetime.date, competencies: Sequence[str], stories: Sequence[Story], ask: Sequence[ToAsk]
) -> Card:
    """Return the card; each competency gets the story that is on it least, and each story's numbers take turns."""
    used: Counter[str] = Counter()
    lines = []
    for name in competencies[:COMPETENCIES]:
        fitting = [story for story in stories if name in story.competencies]
        story = min(
            fitting, key=lambda one: (used[one.id], not _numbers(one), one.competencies.index(name)), default=None
        )
        number = ""
        if story:
            numbers = _numbers(story)
            number = numbers[used[story.id] % len(numbers)] if numbers else ""
            used[story.id] += 1
        lines.append(Line(competency=name, title=story.title if story else "", number=number))
    return Card(interview=interview, lines=tuple(lines), ask=_of_each_topic(ask))


def _numbers(story: Story) -> list[str]:
    return [number for number in story.numbers if is_claim(number) and stands(number, story)]


def _of_each_topic(ask: Sequence[ToAsk]) -> tuple[ToAsk, ...]:
    firsts = {one.topic: one for one in reversed(ask)}
    return tuple(one for one in ask if firsts[one.topic] is one)[:TO_ASK]


def card_text(card: Card) -> str:
    """Return the card in Markdown."""
    lines = [f"# {_title(card)}", "", "## Tell", ""]
    for line in card.lines:
        number = f" Say: **{_short(line.number)}**." if line.number else ""
        lines.append(f"- **{_short(line.competency)}**: {_sentence(line.title or 'no story yet')}{number}")
    lines += ["", "## Ask", "", *(f"- {plain(one.text)}" for one in card.ask)]
    return "\n".join(lines) + "\n"


def render_card(card: Card) -> str:
    """Return the card as a page that prints on one sheet."""
    import jinja2
    from markupsafe import Markup

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    style = (HERE / "card.css").read_text(encoding="utf-8")
    policy = f"default-src 'none'; style-src {style_hash(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    shown: Mapping[str, object] = {"title": _title(card), "card": card, "short": _short, "sentence": _sentence}
    return environment.get_template("card.html.jinja").render(shown, style=Markup(style), policy=policy)


def _title(card: Card) -> str:
    return f"Interview on {day_name(card.interview)} {card.interview.year}"


def _short(text: str) -> str:
    """Return a text cut to what fits, between words if it has spaces: Chinese has none."""
    text = plain(text).rstrip(".")
    kept = textwrap.shorten(text, LONGEST, placeholder=" …")
    return kept if len(kept) > LONGEST / 2 or len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _sentence(text: str) -> str:
    """Return a short text with a full stop, unless it ends in a mark of its own."""
    short = _short(text)
    return short if short.endswith(tuple("?!…。？！")) else f"{short}."
