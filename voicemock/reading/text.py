"""Cut a transcript into tokens and sentences without losing a character's place.

Recognisers differ in what they write: full stops or none, capitals or none, a new line for each
piece they heard. Everything here and above reads lower-cased words first and takes punctuation as
a hint only.
"""

__all__ = ["HESITATIONS", "Passage", "Token", "passage", "word_set"]

import itertools
import re
from collections.abc import Sequence

import msgspec


def word_set(listed: str) -> frozenset[str]:
    """Return the words of a list written out with spaces."""
    return frozenset(listed.split())


HESITATIONS = word_set("um umm ummm uhm uh uhh uhhh er err erm ehm euh hm hmm hmmm mm mmm mhm")
"""Sounds, not words: always fillers, and never read."""


_TOKENS = re.compile(
    r"""(?=[\w$£€])                                    # nowhere else: most of a gap is passed over at a glance
      ( [a-zA-Z]++(?![\w'’])                         # most words, the quickest way
      | [^\W\d_]++(?:['’][^\W\d_]++)*['’]?(?!\w)    # words, contractions, possessives
      | [$£€]?\d+(?:[.,:]\d+)*(?:%|[^\W\d_]+)?       # 31,000  7:20  1.2s  40%  300K  3rd  $5m
      | [^\W\d_]+\d+(?:\.\d+)*[^\W_]*               # p99, S3, C4
      | [^\W_]+ )""",
    re.VERBOSE,
)
_SENTENCE_END = re.compile(r"[.?!…]")
# Longer than this without a full stop, a sentence is cut where a new clause begins: recognisers
# without punctuation would otherwise give one sentence as long as the answer.
_LONGEST_SENTENCE = 45
_SHORTEST_PIECE = 8
_OPENERS = frozenset({"and", "so", "but", "then", "because", "now", "anyway", "okay"})
_SUBJECTS = word_set(
    """
    i we he she they it you that this there the my our what when if in after one nobody everybody
    then i'd i'm i've we'd we're we've it's that's there's he's she's they're
    """
)
# Contractions as a recogniser without apostrophes writes them. Left out: those that are words of
# their own (id, ill, were, well, wed, shed, its).
_BARE_CONTRACTIONS = {
    word.replace("'", ""): word
    for word in word_set(
        """
        i'm i've don't didn't doesn't isn't wasn't aren't weren't hasn't haven't hadn't won't wouldn't
        couldn't shouldn't can't that's there's what's he's she's they're they've we've you're you've
        you'd they'd who's
        """
    )
}


class Token(msgspec.Struct, frozen=True, gc=False):
    """One word or number: lower-cased with straight apostrophes, and the punctuation around it.

    A text's edges count as full stops.
    """

    word: str
    start: int
    end: int
    before: str
    after: str

    @property
    def opens(self) -> bool:
        """Whether a sentence begins with the token, as far as the punctuation tells."""
        return bool(_SENTENCE_END.search(self.before))

    @property
    def closes(self) -> bool:
        """Whether a sentence ends with the token, as far as the punctuation tells."""
        return bool(_SENTENCE_END.search(self.after))


class Passage(msgspec.Struct, frozen=True, gc=False):
    """A text, its tokens, and its sentences as (first, end) token indices."""

    text: str
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]

    def chars(self, first: int, end: int) -> tuple[int, int]:
        """Return where the tokens from first up to end lie in the text."""
        return self.tokens[first].start, self.tokens[end - 1].end

    def word(self, index: int) -> str:
        """Return a token's word, empty beyond either end."""
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""


def passage(text: str) -> Passage:
    """Cut a text into tokens and sentences, in one pass."""
    parts = _TOKENS.split(text)  # gap, token, gap, ..., token, gap
    reached = list(itertools.accumulate(map(len, parts)))
    gaps = list(map(str.strip, parts[::2]))
    gaps[0], gaps[-1] = f".{gaps[0]}", f"{gaps[-1]}."
    lowered = "\n".join(parts[1::2]).lower().replace("’", "'").split("\n")  # many times faster than word by word
    words = [_BARE_CONTRACTIONS.get(word, word) for word in lowered]
    tokens = tuple(map(Token, words, reached[0:-1:2], reached[1::2], gaps, gaps[1:]))
    return Passage(text, tokens, tuple(_sentences(tokens)))


def _sentences(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    first = 0
    for i in [i for i, token in enumerate(tokens) if token.after]:
        if tokens[i].closes:  # the last one does
            found.extend(_pieces(tokens, first, i + 1))
            first = i + 1
    return found


def _pieces(tokens: Sequence[Token], first: int, end: int) -> list[tuple[int, int]]:
    """Cut a sentence that is too long where a clause opens: "and we", "so I", "but the"."""
    if end - first <= _LONGEST_SENTENCE:
        return [(first, end)]
    pieces: list[tuple[int, int]] = []
    for i in range(first, end - _SHORTEST_PIECE):
        opens = tokens[i].word in _OPENERS and tokens[i + 1].word in _SUBJECTS
        if opens and i - first >= _SHORTEST_PIECE:
            pieces.append((first, i))
            first = i
    # Still too long, it is cut anywhere: what is read together must not grow with the answer.
    whole = [*pieces, (first, end)]
    longest = 2 * _LONGEST_SENTENCE
    return [(at, min(at + longest, stop)) for start, stop in whole for at in range(start, stop, longest)]
