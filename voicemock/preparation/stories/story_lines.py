"""Stories in the lines of a terminal."""

__all__ = ["again_lines", "coverage_lines", "list_lines", "show_lines", "suggest_lines", "told_lines"]

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from voicemock.phrases import day, plural, wrap
from voicemock.preparation.stories.bank import Entry
from voicemock.printable import plain

if TYPE_CHECKING:
    from voicemock.preparation.stories.coverage import Coverage
    from voicemock.preparation.stories.ledger import Claim, Differs, Ledger
    from voicemock.preparation.stories.story import Story
    from voicemock.preparation.stories.suggest import Suggested

NAME = 22
MOST_COLUMNS = 18
"""Stories that stand side by side; of more, each competency lists its own."""
SHOWN = 3
IN = "    "


def list_lines(entries: Sequence[Entry]) -> list[str]:
    """Return every file of the bank: what it is about, or what is wrong with it."""
    lines = []
    ids = {entry.id for entry in entries}
    for entry in entries:
        lines.append(plain(entry.id))
        if entry.story:
            lines.append(wrap(plain(entry.story.title), indent=IN))
            if entry.story.competencies:
                lines.append(wrap(plain(", ".join(entry.story.competencies)), indent=IN))
        if entry.copy_of is not None:
            lines.append(wrap(_copy(entry.copy_of, ids), indent=IN))
        if entry.error:
            lines += [f"{IN}{plain(line)}" for line in entry.error.message.splitlines()]
        lines += [f"{IN}{plain(note)}" for note in entry.notes]
    return lines


def _copy(name: str, ids: Collection[str]) -> str:
    if name not in ids:
        return f"A conflict copy of {plain(name)}, which is gone. It counts as a story; give it a name of its own."
    return (
        f"A conflict copy of {plain(name)}: your sync service kept both. It is not counted. "
        "Put what you want to keep into one, and delete the other."
    )


def show_lines(story: "Story", ledger: "Ledger") -> list[str]:
    """Return a story and its claim ledger."""
    lines = [wrap(plain(story.title)), ""]
    for name, values in (
        ("Shows", [", ".join(story.competencies)]),
        ("Numbers", story.numbers),
        ("Trade-offs", story.tradeoffs),
        ("Why", story.why),
        ("People", story.people),
        ("Learned", [story.learned]),
        ("Earned secret", [story.earned_secret]),
    ):
        lines += [wrap(plain(value), first=f"{name}: ", indent=IN) for value in values if value]
    lines += ["", *(wrap(plain(line)) if line.strip() else "" for line in story.body.splitlines())]
    back = [wrap(f'You took back: "{plain(one.claim)}"') for one in story.retracted]
    return [*lines, "", *back, *told_lines(ledger)]


def told_lines(ledger: "Ledger") -> list[str]:
    """Return how often a story was told, and its claim ledger."""
    told = f"Told in {plural(ledger.takes, 'recorded answer')}." if ledger.takes else "Not told in a recording yet."
    return [told, *_ledger_lines(ledger)]


def _ledger_lines(ledger: "Ledger") -> list[str]:
    said = [claim for claim in ledger.claims if claim.session]
    lines = ["", "Numbers you said"] if said else []
    for number in dict.fromkeys(claim.number for claim in said):
        times = [claim for claim in said if claim.number == number]
        lines.append(f"  {plain(number)}: {plural(len(times), 'time')}, last on {plain(day(times[-1].started_at))}")
    if ledger.differs:
        lines += ["", "Numbers that differ"]
        for one in ledger.differs:
            lines += _differing(one)
    return [*lines, *again_lines({"": ledger.again})]


def again_lines(again: "Mapping[str, Sequence[Claim]]") -> list[str]:
    """Return what was said although it had been taken back; again: by story."""
    claims = [(id, claim) for id, claims in again.items() for claim in claims]
    lines = ["", "Said again, although you took it back"] if claims else []
    for id, claim in claims:
        lines += [f"  {plain(id)}", _quoted(claim)] if id else [_quoted(claim)]
    return lines


def _differing(one: "Differs") -> list[str]:
    ask = "Settle on one, and take the other back" if one.sure else "If both count the same thing, settle on one"
    return [
        f"  {plain(one.was.number)}, then {plain(one.now.number)}. {ask}.",
        _quoted(one.was),
        _quoted(one.now),
    ]


def _quoted(claim: "Claim") -> str:
    where = f"{day(claim.started_at)}: " if claim.session else "In your story: "
    return wrap(f'"{plain(claim.quote)}"', first=f"{IN}{plain(where)} ", indent=IN)


def suggest_lines(found: "Sequence[Suggested]", competencies: Sequence[str]) -> list[str]:
    """Return the stories that suit a question, the best first, each with its reasons."""
    lines = [wrap(f"It asks about {plain(', '.join(competencies))}."), ""] if competencies else []
    for place, one in enumerate(found[:SHOWN], 1):
        lines.append(wrap(f"{plain(one.id)}: {plain(one.title)}", first=f"{place}. ", indent="   "))
        lines.append(wrap(f"{plain('; '.join(one.why))}.", first="   Because ", indent="   "))
    if not found:
        lines.append(wrap("None of your stories suits this question. `voicemock stories add TITLE` starts a new one."))
    return lines


def coverage_lines(stories: "Sequence[Story]", covered: "Coverage") -> list[str]:
    """Return the table of competencies and stories, and what to do about it."""
    lines = _table(stories, covered) if len(stories) <= MOST_COLUMNS else _long_table(covered)
    if not stories:
        lines = ["There are no stories yet. `voicemock stories add TITLE` starts one."]
    if covered.gaps:
        lines += ["", wrap(f"No story yet: {plain(', '.join(covered.gaps))}.", indent="")]
    for id, names in covered.leaned_on.items():
        alone = f"{plain(id)} is your only story for {plain(', '.join(names))}. A second one would carry some of that."
        lines += ["", wrap(alone)]
    if covered.overused:
        count = covered.questions[covered.overused]
        said = f"{plain(covered.overused)} answered {count} of the {covered.answered} questions you told stories for."
        lines += ["", wrap(f"{said} Interviewers compare notes: tell another story for some of them.")]
    for missing in dict.fromkeys(what for lacks in covered.missing.values() for what in lacks):
        ids = [id for id, lacks in covered.missing.items() if missing in lacks]
        lines += ["", wrap(f"Without {missing.value}: {plain(', '.join(ids))}.")]
    return lines


def _table(stories: "Sequence[Story]", covered: "Coverage") -> list[str]:
    width = len(str(len(stories))) + 1
    head = "".join(f"{n:>{width}}" for n in range(1, len(stories) + 1))
    lines = [wrap(f"{n}. {plain(story.id)}", indent="") for n, story in enumerate(stories, 1)]
    lines += ["", f"{'':<{NAME}}{head}"]
    for name, ids in covered.competencies.items():
        marks = "".join(f"{'x' if story.id in ids else '.':>{width}}" for story in stories)
        lines.append(f"{plain(name)[: NAME - 1]:<{NAME}}{marks}")
    return lines


def _long_table(covered: "Coverage") -> list[str]:
    lines = []
    for name, ids in covered.competencies.items():
        more = f" and {len(ids) - SHOWN} more" if len(ids) > SHOWN else ""
        shown = f"{', '.join(map(plain, ids[:SHOWN]))}{more}" if ids else "none"
        lines.append(wrap(shown, first=f"{plain(name)[: NAME - 1]:<{NAME}}", indent=" " * NAME))
    return lines
