"""Who of those in a call is the candidate: as told, as labelled, or as the one who answers."""

__all__ = ["Candidate", "candidate_of"]

import itertools
from collections.abc import Sequence

import msgspec

from voicemock.errors import UsageError
from voicemock.phrases import shortened
from voicemock.preparation.debrief.asking import asks, listens
from voicemock.transcripts import Turn
from voicemock.transcripts.names import ME
from voicemock.transcripts.turn import joined

LONG_ANSWER = 15
"""Words from which on what somebody says after another's question is an answer. voicemock default, unvalidated."""
MOST_OF_THEM = 0.75
"""The candidate gives at least this share of the words of such answers. voicemock default, unvalidated."""
FEWEST = 2
"""With fewer of such answers it is chance who gave them. voicemock default, unvalidated."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Whose answers are read. why: how that was decided, a sentence for people; empty if they said so themselves."""

    name: str
    why: str = ""


def candidate_of(turns: Sequence[Turn], speakers: Sequence[str], me: str | None) -> Candidate:
    """Return who the candidate is; raises UsageError, with everybody and a line of each, if that cannot be told.

    me: a name, or the part of one that only one has, such as the 2 of Speaker 2; where no name has a digit, a number
    from 1, by who says most.
    """
    if me is not None:
        return Candidate(name=_named(turns, speakers, me.strip()))
    called = [name for name in speakers if name.casefold() in ME]
    if len(called) == 1:
        return Candidate(name=called[0], why=f'The transcript calls one of them "{called[0]}".')
    answered: dict[str, list[int]] = {}
    real = joined(turn for turn in turns if not listens(turn.text))
    for before, turn in itertools.pairwise(real):
        words = len(turn.text.split())
        if turn.speaker and words >= LONG_ANSWER and asks(before.text):
            answered.setdefault(turn.speaker, []).append(words)
    most = max(answered, key=lambda name: sum(answered[name]), default="")
    every = sum(map(len, answered.values()))
    said = sum(map(sum, answered.values()))
    if not most or sum(answered[most]) < MOST_OF_THEM * said or len(answered[most]) < FEWEST:
        raise UsageError(
            f"It cannot be told which of them is you:\n{_listed(turns, speakers)}",
            hint="Say it with --me and one of these.",
        )
    why = f"Most of the longer answers to questions ({len(answered[most])} of {every}) come from this speaker."
    return Candidate(name=most, why=why)


def _named(turns: Sequence[Turn], speakers: Sequence[str], me: str) -> str:
    wanted = me.casefold()
    if _numbered(speakers) and wanted.isdecimal() and 1 <= int(wanted) <= len(speakers):
        return speakers[int(wanted) - 1]
    same = [name for name in speakers if name.casefold() == wanted]
    found = same or [name for name in speakers if wanted and wanted in name.casefold()]
    if len(found) == 1:
        return found[0]
    what = f"Several of them are called '{me}'" if found else f"Nobody is called '{me}'"
    raise UsageError(f"{what}:\n{_listed(turns, speakers)}", hint="Give --me one of these.")


def _listed(turns: Sequence[Turn], speakers: Sequence[str]) -> str:
    """Return everybody with the longest of what they say, enough to know them by."""
    lines = []
    for number, name in enumerate(speakers, 1):
        longest = max((turn.text for turn in turns if turn.speaker == name), key=len)
        lines.append(f'  {f"{number}  " if _numbered(speakers) else ""}{name}: "{shortened(longest)}"')
    return "\n".join(lines)


def _numbered(speakers: Sequence[str]) -> bool:
    """Tell whether a number can only be a place in the list."""
    return not any(map(str.isdigit, "".join(speakers)))
