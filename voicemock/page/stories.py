"""The pages of the story bank: the list, one story with its file to edit, a new one."""

__all__ = ["add", "keep", "stories", "story"]

import msgspec

from voicemock.errors import UsageError
from voicemock.page.house import House
from voicemock.page.reply import Asked, Page, as_shown, changed_meanwhile


class InList(msgspec.Struct, frozen=True):
    """A story in the list."""

    id: str
    title: str
    competencies: tuple[str, ...]
    problem: str
    notes: tuple[str, ...]


class Stories(msgspec.Struct, frozen=True):
    """All stories, and where they are."""

    stories: tuple[InList, ...]
    folder: str


class OneStory(msgspec.Struct, frozen=True):
    """A story: its file's text, and every number said of it, in lines."""

    id: str
    title: str
    text: str
    told: tuple[str, ...]
    problem: str
    file: str


class _Title(msgspec.Struct, frozen=True):
    title: str


class _Change(msgspec.Struct, frozen=True):
    text: str
    seen: str


def stories(_house: House, _asked: Asked) -> Page:
    """Return the list."""
    from voicemock.preparation.stories.bank import read_bank, stories_dir

    found = tuple(
        InList(
            id=one.id,
            title=one.story.title if one.story else one.id,
            competencies=one.story.competencies if one.story else (),
            problem=one.error.message if one.error else "",
            notes=one.notes,
        )
        for one in read_bank()
    )
    return Page("stories", Stories(found, str(stories_dir())))


def story(_house: House, asked: Asked) -> Page:
    """Return one story."""
    from voicemock.archive.history import history
    from voicemock.preparation.stories.bank import find_story, read_bank, usable
    from voicemock.preparation.stories.ledger import ledger_of
    from voicemock.preparation.stories.story_lines import told_lines
    from voicemock.preparation.stories.told import tellings

    entry = find_story(asked.at["id"])
    told: tuple[str, ...] = ()
    if entry.story:
        others = [one for one in usable(read_bank()) if one.id != entry.story.id]
        found = tellings([*others, entry.story], history())
        told = tuple(told_lines(ledger_of(entry.story, found.get(entry.story.id, ()))))
    return Page(
        "story",
        OneStory(
            id=entry.id,
            title=entry.story.title if entry.story else entry.id,
            text=entry.seen,
            told=told,
            problem=entry.error.message if entry.error else "",
            file=str(entry.path),
        ),
    )


def add(_house: House, asked: Asked) -> dict[str, str]:
    """Write a new story to fill in."""
    from voicemock.preparation.stories.bank import add_story
    from voicemock.preparation.stories.draft import template

    title = msgspec.convert(asked.data, _Title).title.strip()
    if not title:
        raise UsageError("The title is empty.", hint="Give the story a name you will know it by.")
    return {"id": add_story(title, template(title, {"competencies": [], "numbers": []})).stem}


def keep(_house: House, asked: Asked) -> dict[str, str]:
    """Write a story's file anew, unless it is no more what was shown, or could not be read again."""
    from voicemock.preparation.stories.bank import find_story, keep_story
    from voicemock.preparation.stories.front_matter import parsed

    given = msgspec.convert(asked.data, _Change)
    entry = find_story(asked.at["id"])
    if as_shown(entry.seen) != as_shown(given.seen):
        raise changed_meanwhile("story")
    parsed(entry.path, given.text)
    keep_story(entry, given.text)
    return {"kept": entry.id}
