"""What a primed reading heard beyond the plain one: hesitations, repeats and cut-off words.

Whisper was trained on cleaned captions. Primed with a hesitant sentence it writes hesitations down, but is
less reliable about everything else. So it reads twice: the plain reading gives the words, the primed one
only what was said between them. Both readings are matched by edit distance.
"""

__all__ = ["PRIMER", "SHORT_PRIMER", "Extra", "compare", "is_filled_pause", "plain_form"]

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from voicemock.speech.recognise import PrimedWord, Said

PRIMER = "So, um, I, uh, I think, um, you know, uh, the, the thing is, um, like, uh, yeah."
"""A dense run of hesitations: of 30 filled pauses Whisper tiny.en wrote 28 after it, 4 after a long polite
example of the same kind, none without."""

SHORT_PRIMER = "Um, so, uh, I, I think, um,"
"""For pieces that the long one sends into a loop."""

FILLED_PAUSE = re.compile(r"u+[hm]+|e+r+m*|e+h+m+")
"""Spellings of um, uh, er and erm. "Mm-hmm" and "uh-huh" answer somebody and are not fillers."""

FAINTEST = 0.1
"""A hesitation Whisper did not write but gave this much chance is worth a look at the sound."""

LONGEST_RUN = 4
"""More words than this in a row are not a repeat: one of the readings skipped a passage."""


@dataclass(frozen=True, slots=True)
class Extra:
    """Something heard between two plain words.

    gap: how many plain words come before it.
    text: the word, with its punctuation.
    hesitation: how likely Whisper held a filled pause to be there; None for a repeat or a cut-off word.
    instead: whether it was written instead of a word, not between two: a drawn-out "the" sounds like "uh".
    """

    gap: int
    text: str
    hesitation: float | None
    instead: bool = False


def plain_form(text: str) -> str:
    """Return a word in lower case without the punctuation around it: what two readings are compared by."""
    return text.lower().strip(" \"'“”.,!?:;…-–—()[]")


def is_filled_pause(text: str) -> bool:
    """Tell whether a word is um, uh, er or a spelling of them."""
    return FILLED_PAUSE.fullmatch(plain_form(text)) is not None


def compare(
    plain: Sequence[Said], primed: Sequence[PrimedWord], *, after_last: float = 0.0
) -> tuple[list[Said], list[Extra]]:
    """Separate the words from what was heard between them.

    Return the plain words without the hesitations among them, and the hesitations, repeats and cut-off words
    of both readings, in order.

    after_last: how likely a hesitation came after the last word of the primed reading.
    """
    words = [word for word in plain if not is_filled_pause(word.text)]
    extras = _beyond([plain_form(word.text) for word in words], primed)
    if after_last >= FAINTEST:
        extras.append(Extra(len(words), "uh", after_last))
    heard = {extra.gap for extra in extras if (extra.hesitation or 0.0) > FAINTEST}
    gap = 0
    for word in plain:
        if not is_filled_pause(word.text):
            gap += 1
        elif gap not in heard:  # written unasked, and not even by the primed reading
            extras.append(Extra(gap, word.text, 1.0))
    return words, sorted(extras, key=lambda extra: extra.gap)


def _beyond(ours: Sequence[str], primed: Sequence[PrimedWord]) -> list[Extra]:
    """Return what the primed reading heard between our words, in order."""
    theirs = [plain_form(word.text) for word in primed]
    found: list[Extra] = []
    for kind, a, a_end, b, b_end in SequenceMatcher(a=ours, b=theirs, autojunk=False).get_opcodes():
        run = range(b, b_end)
        repeats = _repeats(theirs, run, ours[:a], ours[a:]) if kind == "insert" else frozenset()
        begun = _begun(theirs[b:b_end], ours[a:]) if kind == "insert" else 0
        said = sum(not is_filled_pause(theirs[i]) for i in run)
        instead = kind == "replace" and said < a_end - a
        for i in run:
            word = primed[i]
            before = sum(not is_filled_pause(word) for word in theirs[b:i])
            gap = a + (min(before, begun) if kind == "insert" else before * (a_end - a) // max(1, said))
            if is_filled_pause(theirs[i]):
                found.append(Extra(gap, word.text, word.hesitation, instead))
            elif word.hesitation >= FAINTEST:
                found.append(Extra(gap, "uh,", word.hesitation))
            if i in repeats:
                found.append(Extra(gap, word.text, None))
    return found


def _begun(inserted: Sequence[str], after: Sequence[str]) -> int:
    """Return how many words of an inserted run were the sentence itself, begun again after it.

    In "if you, um, if you're back" for "if you're back" the um comes after the first "if".
    """
    same = 0
    while same < min(len(inserted), len(after)) and inserted[same] == after[same]:
        same += 1
    return same


def _repeats(words: Sequence[str], run: range, before: Sequence[str], after: Sequence[str]) -> frozenset[int]:
    """Return which words of an inserted run repeat, or begin, what is next to it."""
    said = [i for i in run if not is_filled_pause(words[i])]
    if not said or len(said) > LONGEST_RUN:
        return frozenset()
    forms = [words[i] for i in said]
    n = len(forms)
    restarted = forms == list(after[:n]) or forms == list(before[-n:])
    for k in range(1, n + 1):
        again = list(before[-k:])
        if list(before[-2 * k :]) == again * 2 and forms == again * (n // k):
            return frozenset()  # both readings heard it again and again: how often, the plain one says
    cut_off = n == 1 and bool(after) and after[0] != forms[0] and after[0].startswith(forms[0])
    return frozenset(said) if restarted or cut_off else frozenset()
