"""The pack for the day before: a card and a walk, written to a folder."""

__all__ = ["FILES", "Packed", "pack", "usual_folder", "without_story"]

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from voicemock.archive.history import history
from voicemock.archive.practised import Practised
from voicemock.config import Config
from voicemock.errors import AudioError, VoiceError
from voicemock.jobs.covered import sets_to_cover
from voicemock.jobs.practise import choose_voice
from voicemock.jobs.walk import choose_takes, walk_text, write_walk
from voicemock.paths import private_dir, user_data_dir, write_whole
from voicemock.preparation.pack.best_take import best_first, own_takes
from voicemock.preparation.pack.card import card_of, card_text, render_card, weighed_most
from voicemock.preparation.stories.bank import read_bank, tell_unread, usable
from voicemock.questions.ask_them import Stage, questions_to_ask

CARD, PAGE, SOUND, LIST = "card.md", "card.html", "walk.wav", "walk.txt"
FILES = (CARD, PAGE, SOUND, LIST)


class Packed(NamedTuple):
    """What was written; stories: competencies of the card that have one. silent: why there is no sound, or empty."""

    files: tuple[Path, ...]
    stories: int
    competencies: int
    takes: int
    silent: str


def usual_folder(interview: datetime.date) -> Path:
    """Return where the pack for a day is put if nobody says where; the folder around it is made."""
    return private_dir(user_data_dir() / "packs") / interview.isoformat()


def without_story(found: Packed) -> str:
    """Say how many competencies of the card have no story, or nothing if all have."""
    without = found.competencies - found.stories
    if not without:
        return ""
    if not found.stories:
        said = "No competency on the card has a story"
    else:
        verb = "has" if without == 1 else "have"
        said = f"{without} of the {found.competencies} competencies on the card {verb} no story"
    return f"{said} yet. `voicemock stories add TITLE` starts one."


def pack(
    folder: Path, interview: datetime.date, config: Config, *, voice: str | None, tell: Callable[[str], None]
) -> Packed:
    """Write the pack into a folder, made if need be; what lies there under the same names is replaced.

    voice: that asks, by default the usual one. tell: is told what is damaged or gone.
    """
    private_dir(folder)
    rows = history(tell=tell)
    competencies = weighed_most(sets_to_cover(rows, config.question_set))
    entries = read_bank()
    tell_unread(entries, tell)
    card = card_of(interview, competencies, usable(entries), questions_to_ask(stage=Stage.MANAGER))
    write_whole(folder / CARD, card_text(card).encode("utf-8", "replace"))
    write_whole(folder / PAGE, render_card(card).encode("utf-8", "replace"))
    chosen = choose_takes(rows, [line.competency for line in card.lines], tell=tell)
    silent = "" if chosen else _no_takes(rows)
    if chosen:
        try:
            stops = write_walk(folder / SOUND, chosen, choose_voice(voice, config, warn=tell))
            write_whole(folder / LIST, walk_text(stops).encode("utf-8", "replace"))
        except (VoiceError, AudioError) as error:
            silent = f"{error.message} {error.hint}".strip()
    names = FILES if not silent else (CARD, PAGE)
    told = [line for line in card.lines if line.title]
    return Packed(tuple(folder / name for name in names), len(told), len(card.lines), len(chosen), silent)


def _no_takes(rows: Sequence[Practised]) -> str:
    """Say why no take is in the sound."""
    if best_first(rows):
        return "No recording of an answer can be played any more. `voicemock practice` records new ones."
    if own_takes(rows):
        return "All your recorded answers are about something else than their questions."
    return "No practice answer of yours is recorded yet. `voicemock practice` records one."
