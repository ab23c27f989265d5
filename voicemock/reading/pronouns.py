"""Ownership: where the speaker acts or owns, alone (I, my) or with others (we, our)."""

__all__ = ["find_pronouns"]

from voicemock.reading.fillers import HESITATIONS
from voicemock.reading.text import Passage, word_set
from voicemock.schema import Pronouns, Span

_I = word_set("i i'd i'm i've i'll")
_WE = word_set("we we'd we're we've we'll")
_BE = word_set("was were am are is been got get getting being be i'm we're")
# Done to the speaker, not by them: "I was asked".
_DONE_TO = word_set(
    "asked told given hired promoted moved assigned tasked appointed handed offered invited expected paged called "
    "brought recruited paid taught trained blamed woken acquired bought merged made put parachuted pulled dragged "
    "dropped sent shown warned informed raised born sold thrown nominated selected chosen transferred seconded"
)
# Neither made nor decided nor led by the speaker.
_FAMILY = word_set(
    "mom mum mother mam dad father papa wife husband kids kid son daughter brother sister family parents "
    "grandmother grandfather grandma uncle aunt cousin cousins children child girlfriend boyfriend fiance wedding"
)
_NOT_OWNED = _FAMILY | word_set(
    "company employer boss bosses boss's manager director vp cto ceo cfo coo cio chief head chair chairman "
    "founder president skip supervisor predecessor friend friends peer peers colleague colleagues counterpart "
    "customer customers client clients users user partner partners vendor supplier suppliers life opinion view "
    "mind career experience background name age house home phone laptop degree university school country city "
    "hometown investors place desk face tea coffee coat car gran granny nan love village horoscope sleep salary "
    "room passion glasses arm md founder co neighbor neighbour side seat signature hands eyes body health hair "
    "tongue board shareholders landlord lawyer doctor teacher mentor coach competitor competitors"
)
_ASIDES = word_set("mean guess suppose imagine reckon")
_ASIDE_PAIRS = {
    (pronoun, verb)
    for pronoun, verbs in (
        ("i'd", "say call assume imagine argue bet"),
        ("i'll", "admit"),
        ("i'm", "telling serious honest sure afraid"),
        ("we'll", "see"),
    )
    for verb in verbs.split()
}
_ASIDE_TRIPLES = {("i", "won't", "lie"), ("i", "will", "not"), ("i'll", "be", "honest"), ("i", "should", "say")}
_MONTHS = word_set(
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday"
)
_ASIDES_SET_OFF = word_set("think believe know remember hope swear promise")
_TELLS = word_set("said says say like goes asked told replied wrote shouted thought")
_OTHERS = word_set(
    "he she they he's she's they're somebody someone people everyone everybody him her them boss guy me one us who"
)
_GENERAL_GROUPS = word_set("leaders humans people engineers managers nigerians indians industry society world humanity")
_GENERAL_WE = word_set("all live")
_VERBS_IN_S = word_set("was has does always is as this guess discuss process sometimes")
_JOINS = word_set("and but so because then")
_FARTHEST = 20
"""Hesitations and repeats passed over between "my" and what is owned; a whole text of them would cost its square."""


def find_pronouns(spoken: Passage) -> Pronouns:
    """Return each I and we that acts or owns, and the share of I."""
    alone: list[Span] = []
    together: list[Span] = []
    for first, end in spoken.sentences:
        general = _speaks_of_people(spoken, first, end)
        quoted = _quoted(spoken, first, end)
        for i in range(first, end):
            token = spoken.tokens[i]
            if i in quoted:
                continue
            if (token.word in _I and _acts(spoken, i) and not _is_aside(spoken, i)) or (
                token.word in ("my", "mine") and _owns(spoken, i)
            ):
                alone.append(Span(char_start=token.start, char_end=token.end))
            elif (token.word in _WE and not general and _acts(spoken, i)) or (
                token.word in ("our", "ours") and not general and _owns(spoken, i)
            ):
                together.append(Span(char_start=token.start, char_end=token.end))
    said = len(alone) + len(together)
    return Pronouns(i=tuple(alone), we=tuple(together), i_share=len(alone) / said if said else None)


def _acts(spoken: Passage, i: int) -> bool:
    """Whether the pronoun is more than the subject of a passive: not "I was asked", "I'd been told"."""
    if (spoken.word(i), spoken.word(i + 1)) in _ASIDE_PAIRS:
        return False
    j = i + 1
    if spoken.word(j) in ("had", "have", "just", "then", "also") or spoken.word(j) in HESITATIONS:
        j += 1
    passive = spoken.word(j) in _BE and spoken.word(j + 1) in _DONE_TO
    return not passive and not (spoken.word(i) in ("i'm", "we're") and spoken.word(i + 1) in _DONE_TO)


def _is_aside(spoken: Passage, i: int) -> bool:
    """Whether "I" only comments: "I'd say", "when I say", ", I think,", "I won't lie"."""
    pronoun, verb, after = spoken.word(i), spoken.word(i + 1), spoken.word(i + 2)
    if verb in _ASIDES or (pronoun, verb) in _ASIDE_PAIRS:
        return True
    if (pronoun, verb, after) in _ASIDE_TRIPLES and (after != "not" or spoken.word(i + 3) == "lie"):
        return True
    if verb in ("say", "said", "see") and spoken.word(i - 1) in ("when", "as", "like"):
        return True
    closing = spoken.tokens[min(i + 1, len(spoken.tokens) - 1)].after
    return verb in _ASIDES_SET_OFF and bool(closing) and "," in spoken.tokens[i].before


def _owns(spoken: Passage, i: int) -> bool:
    """Whether "my" or "our" goes with work, decisions or people led: not "my wife", "my last boss"."""
    if spoken.word(i) in ("mine", "ours"):
        return True
    j = i + 1
    while j - i < _FARTHEST and (spoken.word(j) in HESITATIONS or spoken.word(j) == spoken.word(i)):
        j += 1
    near = [spoken.word(j)]
    if j < len(spoken.tokens) and not spoken.tokens[j].after:
        near.append(spoken.word(j + 1))
    return _NOT_OWNED.isdisjoint(near)


def _speaks_of_people(spoken: Passage, first: int, end: int) -> bool:
    """Whether "we" in a sentence means people in general, or the speaker's family."""
    for i in range(first, end):
        word, before = spoken.word(i), spoken.word(i - 1)
        if word in _WE and _means_everyone(spoken, i, first):
            return True
        if word in _FAMILY and (before in ("my", "our") or before.isdigit()):
            return True
        if word == "us" and before == "of" and spoken.word(i - 2) in ("most", "all", "many"):
            return True
    return False


def _means_everyone(spoken: Passage, i: int, first: int) -> bool:
    """Whether this "we" is people in general: "we all", "as leaders we", "in France we", "we managers"."""
    before, after, later = spoken.word(i - 1), spoken.word(i + 1), spoken.word(i + 2)
    if (
        after in _GENERAL_WE
        or (later == "all" and after in ("are", "can", "could", "should"))
        or (spoken.word(i), after) == ("we're", "all")
    ):
        return True
    if (before, after) in (("if", "honest"), ("as", "speak")) or after == "people":
        return True
    if (
        after.endswith("s")
        and later in ("we", "are", "say", "like", "love", "don't", "do")
        and after not in _VERBS_IN_S
    ):
        return True
    if i - 2 < first:
        return False
    earlier = spoken.word(i - 2)
    if before in _GENERAL_GROUPS and earlier in ("as", "an", "a"):
        return True
    place = spoken.text[spoken.tokens[i - 1].start].isupper() and before not in _MONTHS
    return earlier in ("as", "in") and place and before not in _JOINS and not before[0].isdigit()


def _quoted(spoken: Passage, first: int, end: int) -> set[int]:
    """Return the tokens of another person's words: "he said, I am not the person who talks"."""
    quoted: set[int] = set()
    for i in range(first + 1, end - 1):
        if spoken.word(i) not in _TELLS or "," not in spoken.tokens[i].after:
            continue
        speaker = {spoken.word(j) for j in range(max(first, i - 3), i)}
        if speaker & _I or speaker & _WE or not speaker & _OTHERS:
            continue
        for j in range(i + 1, end):
            if j > i + 1 and spoken.tokens[j].before and spoken.word(j) in ("and", "so"):
                break
            quoted.add(j)
    return quoted
