"""Put back what Whisper leaves out: filled pauses, repeats and cut-off words.

Whisper was trained on cleaned captions. Primed with a hesitant sentence it writes hesitations down, but is
less reliable about everything else. So it reads twice: the plain reading gives the words, the primed one
only what it heard between them.
"""

from __future__ import annotations

__all__ = ["is_filled_pause", "plain_form", "put_back"]

import re
from dataclasses import replace
from difflib import SequenceMatcher

from voicemock.speech.recognise import Said

FILLED_PAUSE = re.compile(r"(?:u+[hm]+|uhm+|e+r+m*|a+hm+)")
"""Spellings of um, uh, er and erm. "Mm-hmm" and "uh-huh" answer somebody and are no fillers."""

USUAL_FILLER_S = 0.4
"""Whisper often gives a filled pause no length and sets it at the start of the next word; um and uh last
about this long (Clark & Fox Tree 2002)."""


def plain_form(text: str) -> str:
    """Return a word in lower case without the punctuation around it: what two readings are compared by."""
    return text.lower().strip(" \"'“”.,!?:;…-–—()[]")


def is_filled_pause(text: str) -> bool:
    """Tell whether a word is um, uh, er or a spelling of them."""
    return FILLED_PAUSE.fullmatch(plain_form(text)) is not None


def put_back(plain: list[Said], primed: list[Said]) -> list[Said]:
    """Merge what only the primed reading heard into the plain one; no plain word is lost or changed."""
    matcher = SequenceMatcher(
        a=[plain_form(word.text) for word in plain], b=[plain_form(word.text) for word in primed], autojunk=False
    )
    merged: list[Said] = []
    for _, a_from, a_to, b_from, b_to in matcher.get_opcodes():
        merged.extend(plain[a_from:a_to])
        known = {plain_form(word.text) for word in plain[a_from:a_to]}
        for word in primed[b_from:b_to]:
            form = plain_form(word.text)
            if form not in known and is_filled_pause(form):
                merged.append(_with_length(word, after_s=merged[-1].end_s if merged else 0.0))
    return _in_order(merged)


def _with_length(word: Said, *, after_s: float) -> Said:
    start = min(word.start_s, max(after_s, word.end_s - USUAL_FILLER_S))
    return replace(word, start_s=start)


def _in_order(words: list[Said]) -> list[Said]:
    """Sort by time and let no word start before the one ahead of it has started."""
    ordered = sorted(words, key=lambda word: (word.start_s + word.end_s) / 2)
    for i in range(1, len(ordered)):
        start = max(ordered[i].start_s, ordered[i - 1].start_s)
        ordered[i] = replace(ordered[i], start_s=start, end_s=max(start, ordered[i].end_s))
    return ordered
