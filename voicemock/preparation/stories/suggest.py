"""Which story to tell: ranked by what can be said in words, so that everyone can see why.

Points: for every competency a question tests that the story has, for telling words they share, and for what the
question expects that the story has ready. All weights are voicemock defaults; ``tests/story_cases.toml`` holds cases
that were written before them.
"""

__all__ = ["Suggested", "competencies_of", "stems", "suggest"]

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from voicemock.preparation.competencies import competencies_in
from voicemock.preparation.stories.story import Story
from voicemock.reading.text import word_set
from voicemock.schema import Question, SignalName

COMPETENCY, FIRST = 2.0, 1.0
"""For each competency in common; and more for the first that a question names, which is what it is mainly about."""
WORD, MOST_WORDS = 0.5, 3.0
"""For a shared word, times how rare it is among the questions (0 to 1) and 2 if it stands in the story's title; and at
most for all words."""
READY = 0.25
"""For each thing expected that the story has."""
SHOWN_WORDS = 4

S = SignalName
_READY = {
    S.METRIC: ("numbers", "a number"),
    S.TRADEOFF: ("tradeoffs", "a trade-off"),
    S.RATIONALE: ("why", "a why"),
    S.REFLECTION: ("learned", "what you learned"),
    S.PEOPLE_GROWTH: ("people", "the people"),
    S.STAKEHOLDERS: ("people", "the people"),
}
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['-]){2,}")
_COMMON = word_set(
    """
    about after again all also and any are asked became because been before being best both but came can could day did
    does doing done each end even ever every everyone few find first for from gave get give given going good got had has
    have her him his how into its just know last let like made make making many more most much need never new not now
    off often one only other our out over own people person problem really said say see should since some someone
    something take tell than that the their them then there these they thing things think this those time told took
    until use very want wanted was way well went were what when where which while who whom why will with work worked
    working would year years you your yours situation describe example somebody nobody anybody handle handled deal
    walk lead led team teams hard hardest big bigger great
    """
)
"""Words of any question or story, which tell nothing."""


class Suggested(msgspec.Struct, frozen=True, kw_only=True):
    """One story, and why it suits. points: only to be compared with those of other stories."""

    id: str
    title: str
    points: float
    why: tuple[str, ...]


def suggest(
    question: Question, stories: Sequence[Story], known: Sequence[Question], *, told: Mapping[str, int]
) -> tuple[Suggested, ...]:
    """Return the stories that suit a question at all, the best first; of two as good, the one told less often.

    known: all questions of all sets. told: how many questions each story has answered.
    """
    competencies = competencies_of(question, known)
    rare = _rarity([_words(one) for one in known])
    words = _words(question)
    found = [_scored(question, competencies, story, {w: rare.get(w, 1.0) for w in words}) for story in stories]
    return tuple(sorted((one for one in found if one.points > 0), key=lambda one: (-one.points, told.get(one.id, 0))))


def competencies_of(question: Question, known: Sequence[Question]) -> tuple[str, ...]:
    """Return what a question tests: as its set says, by its own words, or else as the known question most like it."""
    if question.competencies or (named := tuple(competencies_in(question.text))):
        return question.competencies or named
    words = stems(question.text)
    theirs = [_words(one) for one in known]
    rare = _rarity(theirs)
    likeness = [sum(rare[word] for word in words & their) / math.sqrt(len(their) + 1) for their in theirs]
    nearest = max(range(len(known)), key=likeness.__getitem__, default=None)
    return known[nearest].competencies if nearest is not None and likeness[nearest] > 0 else ()


def _scored(question: Question, competencies: Sequence[str], story: Story, words: Mapping[str, float]) -> Suggested:
    common = [name for name in competencies if name in story.competencies]
    points = COMPETENCY * len(common) + (FIRST if common[:1] == list(competencies[:1]) and common else 0.0)
    title, text = stems(story.title), stems(story.text)
    shared = sorted(words.keys() & text, key=lambda word: -words[word])
    points += min(MOST_WORDS, sum(WORD * words[word] * (2 if word in title else 1) for word in shared))
    ready = [what for name, (field, what) in _READY.items() if name in question.expects and getattr(story, field)]
    points = points + READY * len(ready) if points else 0.0
    why = [f"it shows {_listed(common)}"] if common else []
    why += [f"it speaks of {_listed(_as_told(shared[:SHOWN_WORDS], story))}"] if shared else []
    why += [f"it has {_listed(tuple(dict.fromkeys(ready)))} ready"] if ready else []
    return Suggested(id=story.id, title=story.title, points=round(points, 3), why=tuple(why))


def _words(question: Question) -> frozenset[str]:
    return stems(" ".join((question.id.replace("-", " "), question.text, *question.variants, question.tests)))


def _rarity(texts: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return how rare each word is, from 0 in every text to 1 in one alone."""
    counts = Counter(word for text in texts for word in text)
    return {word: 1 - math.log(count) / math.log(len(texts) + 1) for word, count in counts.items()}


def stems(text: str) -> frozenset[str]:
    """Return the telling words of a text, without the commonest endings."""
    return frozenset(_stem(word) for word in _words_in(text) if word not in _COMMON)


def _words_in(text: str) -> list[str]:
    """Return the words of a text, of any script and however its accents are stored: "rich" is not in "Zürich"."""
    return _WORD.findall(unicodedata.normalize("NFC", text).lower().replace("’", "'"))


def _stem(word: str) -> str:
    """Return a word without the commonest endings: enough to find "migration" by "migrations"."""
    word = word.removesuffix("'s")
    for ending, put in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 4 and not word.endswith("ss"):
            return word[: -len(ending)] + put
    return word


def _as_told(stems: Sequence[str], story: Story) -> list[str]:
    """Return the words of a story that stand behind these stems."""
    told = {_stem(word): word for word in reversed(_words_in(story.text))}
    return [told.get(stem, stem) for stem in stems]


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
