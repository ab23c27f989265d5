"""Fillers: hesitation sounds always, discourse words only if dropping them loses nothing.

Commas decide if a recogniser wrote them; if it wrote none, the words on both sides do.
"""

__all__ = ["HESITATIONS", "find_fillers"]

from collections.abc import Callable, Iterator

from voicemock.reading.numbers import is_number
from voicemock.reading.text import Passage, word_set
from voicemock.schema import Certainty, Filler, FillerKind, Transcript

HESITATIONS = word_set("um umm ummm uhm uh uhh uhhh er err erm ehm euh hm hmm hmmm mm mmm mhm")
_ARTICLES = word_set("a an the this that these those my our your his her their its")
_PREPOSITIONS = word_set("on at for with of to by from in into about after before than")
_SUBJECTS = word_set(
    "i we you he she they it there i'm i'd i've we're we'd we've you're he's she's they're they'd it's that's there's"
)
_BE = word_set("was were is are am be i'm he's she's they're we're it's that's")
_LOOKS = word_set(
    "look looks looked looking feel feels felt sound sounds sounded seem seems seemed something things stuff"
)
_WANTS = word_set(
    "i we you they people who would i'd we'd you'd they'd to don't didn't doesn't really also all some nobody"
)
_KNOWERS = word_set("do did if as let when once until unless how that what before all since because don't didn't")
_KNOWN = word_set("what how why where who that the it about whether which him her them me this when your a")
_COUNTED_KINDS = word_set(
    "some any what which every each same one two three no another different new certain all many other"
)


def find_fillers(
    spoken: Passage, transcript: Transcript, *, filled_pauses: tuple[Filler, ...] | None
) -> tuple[Filler, ...]:
    """Return all fillers in the order they were said."""
    found = list(filled_pauses or ())
    taken = {at for f in found for at in range(f.char_start, f.char_end)}
    for first, end, kind in _candidates(spoken):
        start, stop = spoken.chars(first, end)
        heard_elsewhere = kind is FillerKind.FILLED_PAUSE and filled_pauses is not None
        if heard_elsewhere or not taken.isdisjoint(range(start, stop)):
            continue
        quote = transcript.evidence(start, stop)
        found.append(
            Filler(
                text=quote.quote,
                kind=kind,
                char_start=start,
                char_end=stop,
                certainty=Certainty.CONFIRMED,
                start_s=quote.start_s,
                end_s=quote.end_s,
            )
        )
    return tuple(sorted(found, key=lambda f: f.char_start))


def _candidates(spoken: Passage) -> Iterator[tuple[int, int, FillerKind]]:
    """Yield fillers as (first, end) token indices, left to right without overlaps."""
    i = 0
    while i < len(spoken.tokens):
        end = i + 1
        if spoken.word(i) in HESITATIONS:
            if not _is_acronym(spoken, i):
                yield i, end, FillerKind.FILLED_PAUSE
        elif rule := _RULES.get((spoken.word(i), spoken.word(i + 1))):
            if rule(spoken, i):
                end = i + 2
                yield i, end, FillerKind.DISCOURSE
        elif (rule := _RULES.get((spoken.word(i),))) and rule(spoken, i):
            yield i, end, FillerKind.DISCOURSE
        i = end


def _is_acronym(spoken: Passage, i: int) -> bool:
    """Whether a hesitation's letters are an abbreviation: "the ER", in a text that is not all capitals."""
    written = spoken.text[spoken.tokens[i].start : spoken.tokens[i].end]
    return written in ("ER", "MM") and not spoken.text.isupper()


def _before(spoken: Passage, i: int) -> str:
    """Return the last word before a token that is not a hesitation."""
    i -= 1
    while spoken.word(i) in HESITATIONS:
        i -= 1
    return spoken.word(i)


def _after(spoken: Passage, i: int) -> str:
    """Return the first word after a token that is not a hesitation."""
    i += 1
    while spoken.word(i) in HESITATIONS:
        i += 1
    return spoken.word(i)


def _like(spoken: Passage, i: int) -> bool:
    """Judge "like": a filler in "these, like, dumplings" and "like 2 months", never in "looks like"."""
    token, before, after = spoken.tokens[i], _before(spoken, i), _after(spoken, i)
    amount = is_number(after) or (after in ("a", "half", "every") and is_number(spoken.word(i + 2)))
    if before in _LOOKS or after in ("that", "this", "to") or _asks_what(spoken, i):
        return "," in token.before and "," in token.after
    if amount or after in ("every", "half"):
        return before not in _WANTS and before not in ("more", "just", "much")
    if not token.before and (before in _WANTS or before.endswith("'d") or before == "everybody's"):
        return False
    if spoken.word(i - 1) == "of" and spoken.word(i - 2) in ("kind", "sort"):
        return False
    if "," in token.after:
        return bool(token.before) or not (before in _BE or is_quotative(spoken, i))
    if "," in token.before or token.opens:
        return after in _SUBJECTS and _after(spoken, i + 1) not in ("said", "say", "mentioned", "told", "was")
    if before in ("and", "but", "so", "because"):
        return after in _SUBJECTS
    return before in _ARTICLES - {"that", "this"} or before in _PREPOSITIONS


def is_quotative(spoken: Passage, i: int) -> bool:
    """Whether "like" reports speech: "and I'm like, no"."""
    return _before(spoken, i) in ("i'm", "he's", "she's", "they're", "we're", "and", "go", "goes")


def _asks_what(spoken: Passage, i: int) -> bool:
    """Whether "like" ends "what it was like"."""
    return spoken.word(i - 1) in _BE | {"been"} and bool({spoken.word(j) for j in range(i - 5, i)} & {"what", "how"})


def _you_know(spoken: Passage, i: int) -> bool:
    before, after = _before(spoken, i), spoken.word(i + 2)
    opening, closing = spoken.tokens[i].before, spoken.tokens[i + 1].after
    if opening and closing:
        return not (spoken.tokens[i].opens and spoken.tokens[i + 1].closes)
    if before in _KNOWERS or (before == "and" and spoken.tokens[i + 1].closes):
        return False
    if closing:
        return True
    if after in _KNOWN:
        return before in _ARTICLES | _PREPOSITIONS | {"was", "it's", "is"}
    return True


def _i_mean(spoken: Passage, i: int) -> bool:
    meant = spoken.word(i + 2) in ("it", "that") and not spoken.tokens[i + 1].after
    if meant and (spoken.word(i + 3) in ("literally", "seriously") or spoken.tokens[i + 2].after):
        return False
    explains = {spoken.word(j) for j in range(i - 6, i)} & {"say", "says", "by", "which", "what", "that"}
    return bool(spoken.tokens[i].before) if explains else True


def _kind_of(spoken: Passage, i: int) -> bool:
    before, earlier = _before(spoken, i), spoken.word(i - 2)
    if spoken.tokens[i].before and spoken.tokens[i + 1].after:
        return True
    counted = before in _COUNTED_KINDS or (before in _ARTICLES and before != "that")
    adjective = earlier in ("a", "an", "the", "some") and before not in _BE | _SUBJECTS
    return not (counted or adjective or (before == "that" and spoken.word(i + 2) not in _BE))


def _actually(spoken: Passage, i: int) -> bool:
    token = spoken.tokens[i]
    if token.opens and spoken.word(i + 1) == "no":
        return False
    return token.opens or bool(token.before and (token.after or spoken.word(i + 1) in _SUBJECTS))


def _right(spoken: Passage, i: int) -> bool:
    token = spoken.tokens[i]
    return bool(token.before) and ("?" in token.after or ("," in token.before and "," in token.after))


def _always(_spoken: Passage, _i: int) -> bool:
    return True


_RULES: dict[tuple[str, ...], Callable[[Passage, int], bool]] = {
    ("like",): _like,
    ("you", "know"): _you_know,
    ("i", "mean"): _i_mean,
    ("kind", "of"): _kind_of,
    ("sort", "of"): _kind_of,
    ("basically",): _always,
    ("actually",): _actually,
    ("right",): _right,
    ("so", "yeah"): _always,
}
