"""Which recorded answers tell which story."""

__all__ = ["Tellings", "take_names", "tellings"]

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from voicemock.archive.practised import Practised
from voicemock.preparation.stories.story import Story
from voicemock.progress.sessions import counts
from voicemock.reading.amounts import words_and_amounts
from voicemock.reading.retold import FEWEST, SAME_STORY, telling
from voicemock.schema import AnswerReport, SessionInfo

FEWEST_WRITTEN = 12
"""Telling words that a story's own text needs to be known by: of 7,656 pairs of one example answer's first words and
another example answer, 17 reach the share with 8 such words, none with 12 (all answers in question_sets/examples)."""

Tellings = Mapping[str, tuple[Practised, ...]]
"""By a story's id, every answer that tells it, replaced takes and follow-ups too, the oldest first."""


def take_names(answers: Sequence[tuple[SessionInfo, Practised | AnswerReport, int]]) -> list[tuple[str, ...]]:
    """Return for each recorded answer what a story's ``takes`` may call it, first what it is called from now on.

    answers: each with its session and its place in the report, from 1. The name is session/question/take, and #place
    after it where no question set was asked: in a review, several answers may have no question, and each is take 1.
    Names were written without the place before; such a one is read where only one answer fits.
    """
    bare = [f"{session.id}/{one.question.id if one.question else ''}/{one.take}" for session, one, _ in answers]
    often = Counter(bare)
    return [
        (name,) if session.question_set else (f"{name}#{place}", *([name] if often[name] == 1 else []))
        for name, (session, _, place) in zip(bare, answers, strict=True)
    ]


def tellings(stories: Sequence[Story], rows: Sequence[Practised]) -> Tellings:
    """Return the answers that tell each story.

    An answer tells the story that names it in its ``takes``, or else the one with whose text, or with whose named
    takes, it shares most telling words, from the share on that ``progress`` takes for one story. A follow-up belongs to
    the story of the answer before it. The demo is nobody's, named or not; a recording that was reviewed counts if it is
    named.
    """
    rows = [row for row in rows if not row.session.demo]
    named = {take: story.id for story in stories for take in story.takes}
    names = take_names([(row.session, row, row.place) for row in rows])
    index = _Index(stories, {name: row for row, its in zip(rows, names, strict=True) for name in its if name in named})
    found: dict[str, list[Practised]] = defaultdict(list)
    told: dict[tuple[str, str], str] = {}  # of a session and a question, the story of its latest answer
    for row, its in zip(rows, names, strict=True):
        question = row.question.id if row.question else ""
        id = next((named[name] for name in its if name in named), None)
        if id is None and not (row.said and counts(row.session, reviews=False)):
            continue
        if id is None and row.follows:
            id = told.get((row.session.id, row.follows))
        elif id is None:
            id = index.nearest(telling(row.said))
        if id is not None:
            found[id].append(row)
            told[row.session.id, question] = id
    return {id: tuple(told_by) for id, told_by in found.items()}


class _Index:
    """The telling words of all stories, so that a thousand of them are compared at once."""

    def __init__(self, stories: Sequence[Story], takes: Mapping[str, Practised]) -> None:
        self._texts: list[tuple[str, int]] = []  # a story, and how many telling words one of its texts has
        self._holds: dict[str, list[int]] = defaultdict(list)
        for story in stories:
            said = [takes[take].said for take in story.takes if take in takes]
            written = words_and_amounts(story.text)[0]
            for text, fewest in ((written, FEWEST_WRITTEN), *((one, FEWEST) for one in said)):
                words = telling(text)
                if len(words) >= fewest:
                    for word in words:
                        self._holds[word].append(len(self._texts))
                    self._texts.append((story.id, len(words)))

    def nearest(self, words: frozenset[str]) -> str | None:
        """Return the story that shares most of the fewer telling words, None if none shares enough."""
        if len(words) < FEWEST:
            return None
        shared = Counter(text for word in words for text in self._holds.get(word, ()))
        shares = [(count / min(len(words), self._texts[text][1]), -text) for text, count in shared.items()]
        share, at = max(shares, default=(0.0, 0))
        return self._texts[-at][0] if share >= SAME_STORY else None
