"""What was said and left open: a change without a number, a decision without its reason, a feeling without a sign.

Found to be taken up in a follow-up, in the candidate's own words. Only what stands around it is looked at: elsewhere in
the answer the number or the reason may be there.
"""

__all__ = ["unexplained_decision", "unmeasured_claim", "unproven_claim"]

import re
from typing import NamedTuple

from voicemock.reading.nouns import names_a_thing
from voicemock.reading.numbers import find_quantities
from voicemock.reading.text import HESITATIONS, Passage, passage, word_set
from voicemock.schema import Transcript

_MUCH = r"(?:a lot|a bit|quite a bit|so much|much|way|far|really|clearly|noticeably|significantly|massively|also|just)"
_THEN = (
    r"(?:a lot|quite a bit|significantly|massively|sharply|noticeably|after|since|and|so|too|again|as well|then|right)"
)
# Where a full stop follows or the sentence goes on with another clause: "it dropped the parcel" is not such a claim.
_CLAIM = re.compile(
    r"(?:(?P<article>the|our|my|their) (?:(?P<kind>[a-z]+) )?|(?:^|\b(?:and|so|that|then|but|because|now|everything) ))"
    r"(?P<thing>[a-z]+) "
    rf"(?:{_MUCH} )*"
    r"(?P<change>(?P<verb>got|became|gets|has become|have become|has got|have got) "
    rf"(?:{_MUCH} )*(?P<how>faster|quicker|cheaper|better|smaller|shorter|calmer|safer|smoother|easier|quieter"
    r"|lower|higher|worse|slower|more (?:stable|reliable|productive|efficient))\b"
    rf"|(?:improved|dropped|fell|decreased|increased|rose|shrank|went down|went up|came down)(?=$| {_THEN}\b))"
)
_NO_THINGS = word_set(
    "never hardly barely scarcely almost nearly would could should might must nobody nothing neither none someone"
    " something"
)
NEAR = 30
"""Tokens around a change in which a number is taken to be that of the change; two sentences or so."""
_ASIDES = (("you", "know"), ("i", "mean"), ("kind", "of"), ("sort", "of"))
_SUPPOSED = re.compile(
    r"\b(?:if|whether|wish|hope|hoped|hoping|until|unless|sure|see|think|thought|believed?|assumed?|expected|feared|wanted"
    r"|needed)(?: \S+){0,2} ?$"
)

_DECIDED = re.compile(
    r"(?:^|(?<= ))(?<!what )(?<!why )(?<!how )(?<!that )(?:i|we) (?:(?:then|finally|therefore|just) )?"
    r"(?:(?:decided|chose|opted) (?:to|not to|for|against)(?: [a-z'-]+){2,9}?"
    r"|(?:went with|settled on)(?: [a-z'-]+){1,6}?)"
    r"(?= (?:and|but|so|then|which|who|when|while|after|before|until|is)\b|$)"
)
_REASON = re.compile(
    r"\b(?:because|since|so that|so we could|so i could|in order to|given|due to|reason|why|as (?:it|we|they|the|i)\b"
    r"|to (?:avoid|make sure)|otherwise|which (?:meant|would|let)|driver)\b"
)
_FELT = re.compile(
    r"(?:^|\b(?:and|so|that|then|but|now) )"
    r"(?P<what>(?:the team|the whole team|my team|our team|morale|everyone|everybody|people|the engineers"
    r"|the developers|customers|our customers|users|our users|the business|leadership)"
    r" (?:was|were|got|became|felt|is|are) (?:(?:a lot|much|way|far|really|very|so) )?"
    r"(?:happier|happy|more engaged|engaged|more motivated|motivated|more productive|productive|satisfied|thrilled"
    r"|calmer|more confident))\b"
)


def unmeasured_claim(transcript: Transcript) -> str:
    """Return the last change the speaker claims in a sentence without any number, to be quoted back; else empty.

    "And our checkout got a lot faster" gives "the checkout got faster".
    """
    spoken = passage(transcript.text)
    measured = {quantity.head for quantity in find_quantities(spoken)}
    claims = [
        _quoted(claim)
        for first, end in spoken.sentences
        if measured.isdisjoint(range(first - NEAR, end + NEAR))
        for line in [_line(spoken, first, end)]
        for claim in _CLAIM.finditer(line.words)
        if (names_a_thing(claim["thing"]) or claim["thing"] in ("it", "things"))
        and claim["thing"] not in _NO_THINGS
        and (claim["article"] or not line.said(spoken, *claim.span("thing"))[0].isupper())  # a person's name
        and not _SUPPOSED.search(line.words[: claim.start("thing")])
    ]
    return claims[-1] if claims else ""


def unexplained_decision(transcript: Transcript) -> str:
    """Return the last decision told with no reason in its sentence or those beside it, as it was said; else empty.

    "So in the end we decided to split the team. It took a month." gives "we decided to split the team".
    """
    spoken = passage(transcript.text)
    lines = [_line(spoken, first, end) for first, end in spoken.sentences]
    for number in range(len(lines) - 1, -1, -1):
        before = lines[max(0, number - 1)].words
        beside = [line.words for line in lines[number : number + 2]] + [before] * (not _DECIDED.search(before))
        if _REASON.search(" ".join(beside)):
            continue
        for decided in _DECIDED.finditer(lines[number].words):
            said = lines[number].said(spoken, *decided.span())
            if said and not _SUPPOSED.search(lines[number].words[: decided.start()]):
                return re.sub(r"\bi\b", "I", re.sub(r"^We\b", "we", said))
    return ""


def unproven_claim(transcript: Transcript) -> str:
    """Return the last thing the speaker says others felt, to be asked how they know; else empty.

    "And everybody was much happier." gives "everybody was much happier".
    """
    spoken = passage(transcript.text)
    lines = (_line(spoken, first, end).words for first, end in spoken.sentences)
    felt = [f["what"] for line in lines for f in _FELT.finditer(line) if not _SUPPOSED.search(line[: f.start("what")])]
    return re.sub(r"^(?:my|our) ", "the ", felt[-1]) if felt else ""


class _Line(NamedTuple):
    """The words of a sentence without hesitations, asides and words said twice in a row, and the tokens they are."""

    words: str
    tokens: tuple[int, ...]

    def said(self, spoken: Passage, start: int, end: int) -> str:
        """Return some of the words as they were written down; empty if a comma or the like stands between them."""
        first = self.words.count(" ", 0, start)
        some = self.tokens[first : first + self.words.count(" ", start, end) + 1]
        if any(spoken.tokens[i].before for i in some[1:]):
            return ""
        return " ".join(spoken.text[slice(*spoken.chars(i, i + 1))] for i in some)


def _line(spoken: Passage, first: int, end: int) -> _Line:
    tokens: list[int] = []
    i = first
    while i < end:
        word = spoken.word(i)
        if (word, spoken.word(i + 1)) in _ASIDES and spoken.tokens[i].before:
            i += 2
            continue
        if word not in HESITATIONS and not (tokens and spoken.word(tokens[-1]) == word):
            tokens.append(i)
        i += 1
    return _Line(" ".join(map(spoken.word, tokens)), tuple(tokens))


def _quoted(claim: re.Match[str]) -> str:
    change = f"{claim['verb']} {claim['how']}" if claim["how"] else claim["change"]
    return " ".join(filter(None, ("the" if claim["article"] else "", claim["kind"], claim["thing"], change)))
