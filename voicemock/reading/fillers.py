"""Fillers: hesitation sounds always, discourse words only where dropping them loses nothing."""

__all__ = ["find_fillers"]

from collections.abc import Iterator

from voicemock.reading.text import Passage, words
from voicemock.schema import Certainty, Filler, FillerKind, Transcript

_HESITATIONS = words(
    """
    um umm ummm uhm uh uhh uhhh er err erm ehm euh hm hmm hmmm mm mmm mhm
    """
)
_ARTICLES = words(
    """
    a an the this that these those my our your his her their its
    """
)
_LIGHT_WORDS = _ARTICLES | words(
    """
    and but so or because in on at for with of to by from was were is are am been be it's that's
    there's had has have who when then just about than he's she's they're we're i'm we'd i'd i
    """
)
_SMALL_NUMBERS = words(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds
    thousands dozens half every
    """
)


def find_fillers(
    spoken: Passage, transcript: Transcript, *, filled_pauses: tuple[Filler, ...] | None
) -> tuple[Filler, ...]:
    """Return all fillers in the order they were said."""
    found = list(filled_pauses or ())
    taken = [(f.char_start, f.char_end) for f in found]
    for first, end, kind in _candidates(spoken):
        start, stop = spoken.chars(first, end)
        if kind is FillerKind.FILLED_PAUSE and filled_pauses is not None:
            continue
        if any(start < e and s < stop for s, e in taken):
            continue
        evidence = transcript.evidence(start, stop)
        found.append(
            Filler(
                text=evidence.quote,
                kind=kind,
                char_start=start,
                char_end=stop,
                certainty=Certainty.CONFIRMED,
                start_s=evidence.start_s,
                end_s=evidence.end_s,
            )
        )
    return tuple(sorted(found, key=lambda f: f.char_start))


def _candidates(spoken: Passage) -> Iterator[tuple[int, int, FillerKind]]:
    """Yield fillers as (first, end) token indices, left to right without overlaps."""
    i = 0
    while i < len(spoken.tokens):
        word, following = spoken.word(i), spoken.word(i + 1)
        length = 0
        kind = FillerKind.DISCOURSE
        if word in _HESITATIONS:
            length, kind = 1, FillerKind.FILLED_PAUSE
        elif word == "like":
            length = 1 if _is_filler_like(spoken, i) else 0
        elif (word, following) == ("you", "know"):
            length = 2 if _is_filler_you_know(spoken, i) else 0
        elif (word, following) == ("i", "mean"):
            length = 2 if _is_filler_i_mean(spoken, i) else 0
        elif word in ("kind", "sort") and following == "of":
            length = 2 if _is_filler_kind_of(spoken, i) else 0
        elif word == "basically":
            length = 1
        elif word == "actually":
            length = 1 if _set_off(spoken, i, i + 1) else 0
        elif word == "right":
            length = 1 if _is_filler_right(spoken, i) else 0
        elif (word, following) == ("so", "yeah"):
            length = 2
        if length:
            yield i, i + length, kind
        i += max(length, 1)


def _set_off(spoken: Passage, first: int, end: int) -> bool:
    """Whether punctuation stands on both sides, or a sentence opens with it before a comma or not."""
    before, after = spoken.tokens[first], spoken.tokens[end - 1]
    return before.opens or ("," in before.before and bool(after.after))


def _said_before(spoken: Passage, index: int) -> str:
    """Return the last word before a token that is no hesitation."""
    i = index - 1
    while i >= 0 and spoken.word(i) in _HESITATIONS:
        i -= 1
    return spoken.word(i)


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or word[1:2].isdigit() or word in _SMALL_NUMBERS


def _is_filler_like(spoken: Passage, i: int) -> bool:
    token, before, following = spoken.tokens[i], _said_before(spoken, i), spoken.word(i + 1)
    if "," in token.after:
        # "he was like, dude" reports speech; "was, like, late" does not.
        reports = before in ("was", "were", "is", "i'm", "he's", "she's", "they're", "am", "just") and not token.before
        return not reports
    if _is_number(following) or (following in ("a", "an") and _is_number(spoken.word(i + 2))):
        return before not in ("look", "looks", "looked", "feels", "felt", "sounds", "more", "just")
    if token.opens:
        return following in _LIGHT_WORDS
    return before in _ARTICLES and following not in ("that", "this")


def _is_filler_you_know(spoken: Passage, i: int) -> bool:
    token, before, following = spoken.tokens[i + 1], _said_before(spoken, i), spoken.word(i + 2)
    if before in (
        "do",
        "did",
        "as",
        "if",
        "let",
        "when",
        "once",
        "and",
        "because",
        "that",
        "what",
        "how",
        "before",
    ):
        return bool(spoken.tokens[i].before) and "," in token.after
    if token.after and token.after != "-":
        return bool(spoken.tokens[i].before) or not token.closes
    return following not in ("what", "how", "why", "where", "who", "that", "the", "it", "about", "if", "when")


def _is_filler_i_mean(spoken: Passage, i: int) -> bool:
    before = spoken.word(i - 1)
    if before in ("what", "which", "by", "that", "when", "this"):
        return False
    if "," in spoken.tokens[i + 1].after or spoken.tokens[i].before:
        return True
    return spoken.word(i + 2) in _LIGHT_WORDS | {"it", "we", "they", "you", "he", "she", "there"}


def _is_filler_kind_of(spoken: Passage, i: int) -> bool:
    token, before = spoken.tokens[i], _said_before(spoken, i)
    determined = before in _ARTICLES | {
        "some",
        "any",
        "what",
        "which",
        "every",
        "each",
        "same",
        "one",
        "no",
        "another",
    }
    return not determined or (bool(token.before) and bool(spoken.tokens[i + 1].after))


def _is_filler_right(spoken: Passage, i: int) -> bool:
    token = spoken.tokens[i]
    return "?" in token.after and ("," in token.before or token.opens)
