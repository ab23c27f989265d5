"""What an interviewer's words do: ask, make conversation, or only show that somebody listens.

Told by the words alone; all lists are voicemock defaults, unvalidated, and in English. A question mark asks in any
language.
"""

__all__ = ["asks", "bare", "invites", "listens", "questions_in"]

import re
from collections.abc import Sequence

from voicemock.reading.text import word_set

MOST_LISTENING = 5
"""More words are no mere sign of listening."""
MOST_ARRANGED, BEGINS = 12, 6
"""Words of a question that mentions a visa or a start date and is about it; a longer one asks for something else,
unless that stands among its first words."""
MOST_ASKED = 80
"""Words of a question that are kept: its end, for that is what is answered."""

_LISTENING = word_set(
    """
    mm mhm mmh mm-hm mm-hmm mmm hm hmm uh-huh uh um right okay ok yeah yes yep yup yea sure great good nice cool got it
    i see interesting wow exactly of course alright all makes sense that that's perfect thanks thank you no absolutely
    totally fair enough fine excellent awesome understood oh ah and so very really i've gotcha lovely brilliant true
    """
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.?!…])\s+|(?<=[。？！])")
_LEAD_IN = (
    r"(?:(?:(?:and|so|but|okay|ok|right|great|well|now|then|alright|cool|um|uh|yeah|thanks|sure|perfect|good"
    r"|hi|hello|sorry"
    r"|with (?:that|this) in mind|having said that)[, ]+)"
    r"|(?:(?:my|the|one) )?(?:first|next|last|final|second|quick) (?:one|question|thing)"
    r"(?: (?:from|for) (?:me|you))?: )*"
)
_PROMPT = re.compile(
    r"\b(?:tell (?:me|us) (?:about|how|why|what|when|more|a|of|something|where)|(?:walk|talk|take) (?:me|us) through"
    r"|give (?:me|us) (?:an?|one|another|some|the)|describe (?:an?|the|your|how|one|to)|share (?:an?|one|with)"
    r"|(?:think|thinking) (?:of|about) (?:an?|one|some\w+) |let[’']?s talk about"
    r"|introduce yourself|convince (?:me|us)|explain (?:to|how|why|what|the)"
    r"|(?:love|like|want(?:ed)?|curious|interested) to (?:hear|know|understand|ask|dig|start with)"
    r"|imagine|suppose|let[’']?s say|say you (?:have|had|are|were))\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(_LEAD_IN, re.IGNORECASE)
_AUXILIARY = "(?:did|do|does|would|have|had|can|could|will|are|were|is|was)"
_INVERTED = re.compile(
    rf"{_LEAD_IN}(?:(?:what|how|why|when|where|which|who)\b(?: \w+){{0,3}}? )?{_AUXILIARY} (?:you|your)\b",
    re.IGNORECASE,
)
"""A question without its mark, as some programs write it."""
_WH = re.compile(rf"{_LEAD_IN}(?:what|how|why|when|where|which|who) {_AUXILIARY}\b", re.IGNORECASE)
_OFFERS = re.compile(
    rf"{_LEAD_IN}(?:(?:please|maybe|perhaps|just|also|really|so|i|we|i[’']d|we[’']d|would|go ahead and"
    r"|(?:if )?you (?:can|could)|start by),? )*",
    re.IGNORECASE,
)
"""What may stand before a prompt: "maybe tell me why, okay?" asks, "you had to explain why, right?" does not."""
_TAG = re.compile(r"(?:^|,\s*)(?:right|yeah|okay|ok|you know|correct|isn[’']t it|no|huh|really|yes)\?$", re.IGNORECASE)
_CONVERSATION = re.compile(
    r"\b(?:hear (?:me|us|you)|see (?:me|us|you|(?:my|the) screen)|shar(?:e|ing) (?:my|your|the) screen|on mute"
    r"|still there|how are you(?! (?:going|planning|measuring))|how(?:[’']s| is) (?:it going|everything|your \w+ going)"
    r"|how(?: was|[’']s| is) (?:your|the) (?:day|week|weekend|trip|journey|flight|holiday|morning|weather)|nice to meet"
    r"|good (?:morning|afternoon)|where are you (?:based|calling|joining|today|right now)"
    r"|(?:mind|okay|ok|all ?right) if (?:i|we)|are you ready"
    r"|(?:can|could|may) i (?:just |quickly )?(?:jump in|cut in|step in|interrupt|stop you)"
    r"|(?:can|could|may) i (?:just |quickly )?ask (?:you )?(?:a|one|another|something)\b"
    r"(?!.*\b(?:how|why|what|about)\b)"
    r"|(?:shall|should|can) we (?:all )?(?:take|have|make) (?:a|an|five|ten|two|\d+)\b"
    r"|(?:shall|should|can) we (?:start|begin|get started|jump|dive|kick|move on|go on|continue)"
    r"|sounds? (?:good|okay|ok|fine)|(?:does|did) (?:that|it|this) make (?:any )?sense|make sense\?"
    r"|(?:does|did) that help|is that (?:helpful|clear)|(?<!\w )would you like to (?:talk|speak|meet|see)"
    r"|let[’']?s talk about (?:the |your )?(?:next steps|salary|logistics|compensation|timing)"
    r"|(?:does|did) that answer|answer your question|give me (?:a|one) (?:moment|second)|how much time do we"
    r"|(?:get you|can i get|would you like) (?:some |a )?(?:water|coffee|tea)|when (?:can|could|would) you start"
    r"|say that again|(?:can|could) you repeat|come again|lost you)\b",
    re.IGNORECASE,
)
_ARRANGED = re.compile(
    r"\b(?:works? for you|notice period|(?<!its )(?<!project )start date|visa(?! (?:problem|trouble|delay|case)s?\b)"
    r"|salary expectations?|(?:expected|current|your) (?:salary|compensation)|other (?:offers|processes)"
    r"|to relocate(?! (?:(?!to )\w+ ){0,2}(?:teams?|people|engineers?|reports?|some(?:one|body)|them|data)\b))\b",
    re.IGNORECASE,
)
"""What is arranged with a candidate; and what they may have dealt with for others, which is asked at more length."""
_DEEDS = re.compile(
    r"\b(?:(?:tell (?:me|us)|hear|know) (?:more )?about (?:an?|one|some|the (?:last|first|hardest))"
    r"|describe (?:an?|one|the|how)"
    r"|(?:walk|talk|take) (?:me|us) through (?:an?|one|how|the)|an example|have you ever|(?:how|why) did you"
    r"|a time (?:when|where|in which|(?:that )?(?:you|your|an?|the|some\w+))|what (?:did|do|would) you do\b"
    r"|how (?:does|did) (?:that|this|it|\w+ing)(?: \w+)? work for you)\b",
    re.IGNORECASE,
)
"""What asks for something done, whatever else it speaks of."""
_HELPED = re.compile(rf"{_LEAD_IN}did (?:that|this|it) help\b", re.IGNORECASE)
_TURN = r"(?:over to you|your turn)"
_INVITES = re.compile(
    r"\b(?:(?:any|some|have|got|more|other|further)(?: \w+){0,3} questions?"
    r"|questions? (?:do )?you (?:have|might|may|would)|questions? (?:for|about) (?:me|us)"
    r"|questions? (?:can|could|may) (?:i|we) answer"
    r"|(?:like|want) to (?:ask|know from) (?:me|us)"
    r"|anything (?:else )?you(?:[’']d| would) like to (?:ask|know)|anything (?:else )?(?:from|on) your?(?: side| end)?"
    rf"|what would you like to know|what can (?:i|we) (?:tell you|answer)|ask (?:me|us) anything|{_TURN})\b",
    re.IGNORECASE,
)


def listens(text: str) -> bool:
    """Tell whether somebody only shows that they listen: "mm-hm", "right", "okay, got it"."""
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    few = len(words) <= (MOST_LISTENING if "?" not in text else 2)
    return few and all(word in _LISTENING for word in words)


def asks(text: str) -> bool:
    """Tell whether words ask for an answer, be it small talk."""
    return any(map(_asking, _sentences(text)))


def bare(question: str) -> str:
    """Return a question without the words that only lead to it: "okay, great, so"."""
    rest = question[_end(question) :]
    return rest[:1].upper() + rest[1:]


def _end(question: str, leading: re.Pattern[str] = _BEGINS) -> int:
    found = leading.match(question)
    return found.end() if found else 0


def invites(text: str, *, others: Sequence[str] = ()) -> bool:
    """Tell whether the candidate is asked for questions of their own.

    others: the names of all but the candidate: "Tom, over to you" is said to Tom.
    """
    called = "|".join(re.escape(part) for name in others for part in name.split())
    to_them = re.compile(
        rf"(?:{_LEAD_IN}|.*, )(?:{called}),? .*{_TURN}|.*{_TURN},? (?:to )?(?:{called})\b", re.IGNORECASE
    )
    return any(_INVITES.search(one) and not (called and to_them.match(one)) for one in _sentences(text))


def questions_in(text: str, *, last: bool = False, told: bool = False) -> str:
    """Return the sentences that ask for an answer, without small talk and arrangements; empty if there are none.

    last: only if the last sentence is one of them. told: right after an answer, so that "did that help?" asks about
    what it tells.
    """
    sentences = _sentences(text)
    asked = [one for one in sentences if _asking(one) and not _is_talk(one) and not _INVITES.search(one)]
    if told and not asked:
        asked = [one for one in sentences if not listens(one)][:1]
        asked = asked if asked and _HELPED.match(asked[0]) else []
    if last and asked[-1:] != sentences[-1:]:
        return ""
    words = " ".join(asked).split()
    return " ".join(words if len(words) <= MOST_ASKED else ["…", *words[-MOST_ASKED:]])


def _sentences(text: str) -> list[str]:
    return [one for one in _SENTENCE.split(text.strip()) if one]


def _asking(sentence: str) -> bool:
    if tag := _TAG.search(sentence):
        said = sentence[: tag.start()]
        return bool(_INVERTED.match(said) or _WH.match(said) or _PROMPT.match(said, _end(said, _OFFERS)))
    if sentence.endswith(("?", "？")):
        return not listens(sentence)
    return bool(_PROMPT.search(sentence) or _INVERTED.match(sentence))


def _is_talk(sentence: str) -> bool:
    """Tell whether a sentence that asks only makes conversation, or arranges something."""
    if _DEEDS.search(sentence):
        return False
    if _CONVERSATION.search(sentence):
        return True
    arranged = _ARRANGED.search(sentence)
    if arranged is None:
        return False
    until = sentence[_end(sentence) : arranged.end()].split()
    return len(until) <= BEGINS or len(sentence.split()) <= MOST_ARRANGED
