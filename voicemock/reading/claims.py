"""What was said and left open: a change without a number, a decision without its reason, a feeling without a sign.

Found to be taken up in a follow-up, in the candidate's own words. Nothing is said to be missing by these.
"""

__all__ = ["unexplained_decision", "unmeasured_claim", "unproven_claim"]

import re

from voicemock.reading.fillers import HESITATIONS
from voicemock.reading.nouns import names_a_thing
from voicemock.reading.numbers import find_quantities
from voicemock.reading.text import Passage, passage
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
_ASIDES = (("you", "know"), ("i", "mean"), ("kind", "of"), ("sort", "of"))
_SUPPOSED = re.compile(r"\b(?:if|whether|wish|hope|hoped|hoping|until|unless)(?: \S+){0,2} ?$")

_DECIDED = re.compile(
    r"(?:^|(?<= ))(?<!what )(?<!why )(?<!how )(?<!that )(?:i|we) (?:(?:then|finally|therefore|just) )?"
    r"(?:(?:decided|chose|opted) (?:to|not to|for|against)(?: [a-z'-]+){2,9}?"
    r"|(?:went with|settled on)(?: [a-z'-]+){1,6}?)"
    r"(?= (?:and|but|so|then|which|who|when|while|after|before|until|um|uh|is)\b|$)"
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
        if measured.isdisjoint(range(first, end))
        for line in [_line(spoken, first, end)]
        for claim in _CLAIM.finditer(line)
        if (names_a_thing(claim["thing"]) or claim["thing"] in ("it", "things"))
        and not _SUPPOSED.search(line[: claim.start("thing")])
    ]
    return claims[-1] if claims else ""


def unexplained_decision(transcript: Transcript) -> str:
    """Return the last decision that is told with no reason in its sentence or the next, as it was said; else empty.

    "So in the end we decided to split the team. It took a month." gives "we decided to split the team".
    """
    spoken = passage(transcript.text)
    lines = [_line(spoken, first, end) for first, end in spoken.sentences]
    for number in range(len(lines) - 1, -1, -1):
        decided = _DECIDED.search(lines[number])
        if decided and not _REASON.search(" ".join(lines[number : number + 2])):
            return re.sub(r"\bi\b", "I", decided.group())
    return ""


def unproven_claim(transcript: Transcript) -> str:
    """Return the last thing the speaker says others felt, to be asked how they know; else empty.

    "And everybody was much happier." gives "everybody was much happier".
    """
    spoken = passage(transcript.text)
    lines = (_line(spoken, first, end) for first, end in spoken.sentences)
    felt = [f["what"] for line in lines for f in _FELT.finditer(line) if not _SUPPOSED.search(line[: f.start("what")])]
    return re.sub(r"^(?:my|our) ", "the ", felt[-1]) if felt else ""


def _line(spoken: Passage, first: int, end: int) -> str:
    """Return the words of a sentence without hesitations, asides and words said twice in a row."""
    line: list[str] = []
    i = first
    while i < end:
        word = spoken.word(i)
        if (word, spoken.word(i + 1)) in _ASIDES and spoken.tokens[i].before and i + 1 < end:
            i += 2
            continue
        if word not in HESITATIONS and not (line and line[-1] == word):
            line.append(word)
        i += 1
    return " ".join(line)


def _quoted(claim: re.Match[str]) -> str:
    change = f"{claim['verb']} {claim['how']}" if claim["how"] else claim["change"]
    return " ".join(filter(None, ("the" if claim["article"] else "", claim["kind"], claim["thing"], change)))
