"""Which question each answer belongs to: turns in, exchanges out.

The candidate's words count as one answer until somebody asks the next thing: a "mm-hm" or a short remark in between
does not end it. What is said on small talk and arrangements is no answer, and what the candidate asks is no answer.
"""

__all__ = ["Exchange", "Interview", "exchanges_in"]

import itertools
from collections.abc import Sequence

import msgspec

from voicemock.preparation.debrief.asking import asks, invites, listens, questions_in
from voicemock.transcripts import Turn

REMARK = 15
"""Words from which on somebody who asks nothing tells something, and what follows is a reply to that."""
ASKS_BACK = 30
"""A turn of the candidate of up to so many words that ends with a question asks something and answers nothing."""
REPLY = 8
"""Words up to which a question right after such a turn only replies to it ("Why not?")."""
LEAST = 15
"""With fewer words an answer is too brief to be read. All of these: voicemock defaults, unvalidated."""


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """A question, and what answers it.

    by: who asked, "Priya and Tom" if both did. place: of the turn that asks. answer: the places of the turns that
    answer it, none if nobody did.
    """

    question: str
    by: str
    place: int
    at_s: float | None
    answer: tuple[int, ...]
    words: int

    @property
    def brief(self) -> bool:
        """Return whether too little was answered to be read."""
        return self.words < LEAST


class Interview(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked and answered. asked_them: the candidate's own questions. talk: their turns that answer none."""

    exchanges: tuple[Exchange, ...]
    asked_them: tuple[str, ...]
    talk: int


class _Block(msgspec.Struct, frozen=True):
    """What one side says until the other does, by the places of its turns."""

    mine: bool
    places: tuple[int, ...]
    text: str

    @property
    def words(self) -> int:
        return len(self.text.split())


def exchanges_in(turns: Sequence[Turn], me: str) -> Interview:
    """Return the exchanges of a call in their order; me: the candidate's name."""
    return _Reader(turns, me).interview()


class _Reader:
    """Goes through a call block by block.

    open: a question is being answered. invited: the candidate was asked for questions. asking: and asked one since.
    back: the candidate asked back. told: what the candidate said last is an answer.
    """

    def __init__(self, turns: Sequence[Turn], me: str) -> None:
        self._turns, self._me = turns, me
        self._found: list[Exchange] = []
        self._them: list[str] = []
        self._others = sorted({turn.speaker for turn in turns} - {me})
        self._open = self._invited = self._asking = self._back = self._told = False
        self._talk = 0

    def interview(self) -> Interview:
        for block in self._blocks():
            if block.mine:
                self._answer(block)
            else:
                self._ask(block)
        return Interview(exchanges=tuple(self._found), asked_them=tuple(self._them), talk=self._talk)

    def _blocks(self) -> list[_Block]:
        heard = [place for place, turn in enumerate(self._turns) if not listens(turn.text)]
        sides = itertools.groupby(heard, lambda place: self._turns[place].speaker == self._me)
        found = []
        for mine, run in sides:
            places = tuple(run)
            found.append(_Block(mine, places, " ".join(self._turns[place].text for place in places)))
        return found

    def _ask(self, block: _Block) -> None:
        invited = self._invites(block)
        self._invited |= invited
        reply = invited or self._asking  # which may ask something in passing
        text = questions_in(block.text, last=reply, told=self._told)
        back, self._back = self._back, False
        if text and not (back and len(text.split()) <= REPLY):
            asked = [place for place in block.places if questions_in(self._turns[place].text)] or block.places[-1:]
            by = dict.fromkeys(self._turns[place].speaker for place in asked)
            self._open, self._invited, self._asking = True, False, False
            self._found.append(
                Exchange(
                    question=text,
                    by=" and ".join(filter(None, by)),
                    place=asked[-1],
                    at_s=self._turns[asked[-1]].start_s,
                    answer=(),
                    words=0,
                )
            )
        elif invited or asks(block.text) or block.words >= REMARK:
            self._open = self._open and not invited and not self._found[-1].answer

    def _invites(self, block: _Block) -> bool:
        """Tell whether the candidate is asked for questions; a colleague who asks one after that has the word."""
        turns = [self._turns[place] for place in block.places]
        who = [turn.speaker for turn in turns if invites(turn.text, others=self._others)]
        return bool(who) and (turns[-1].speaker == who[-1] or not questions_in(turns[-1].text))

    def _answer(self, block: _Block) -> None:
        self._told = False
        if block.words <= ASKS_BACK and block.text.rstrip().endswith(("?", "？")):
            if self._invited or not self._open:
                self._asking = self._invited
                self._them.append(questions_in(block.text) or block.text)
            else:
                self._back = not self._found[-1].answer
            return
        if not self._open or (self._invited and asks(block.text) and not self._found[-1].answer):
            asked = questions_in(block.text) if self._invited else ""
            self._them += [asked] if asked else []
            self._asking |= bool(asked)
            self._talk += not asked
            return
        self._told = True
        last = self._found[-1]
        self._found[-1] = msgspec.structs.replace(
            last, answer=(*last.answer, *block.places), words=last.words + block.words
        )
