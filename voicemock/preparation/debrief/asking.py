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
_INVERTED = re.compile(
    rf"{_LEAD_IN}(?:(?:what|how|why|when|where|which|who)\b(?: \w+){{0,3}}? )?"
    r"(?:did|do|does|would|have|had|can|could|will|are|were|is|was) (?:you|your)\b",
    re.IGNORECASE,
)
"""A question without its mark, as some programs write it."""
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
    r"|sounds? (?:good|okay|ok|fine)|works? for you|(?:does|did) (?:that|it|this) make (?:any )?sense|make sense\?"
    r"|(?:does|did) that help|is that (?:helpful|clear)|(?<!\w )would you like to (?:talk|speak|meet|see)"
    r"|let[’']?s talk about (?:the |your )?(?:next steps|salary|logistics|compensation|timing)"
    r"|(?:does|did) that answer|answer your question|give me (?:a|one) (?:moment|second)|how much time do we"
    r"|(?:get you|can i get|would you like) (?:some |a )?(?:water|coffee|tea)|notice period|start date"
    r"|when (?:can|could|would) you start|visa|salary expectations?|(?:expected|current|your) (?:salary|compensation)"
    r"|to relocate|other (?:offers|processes)|say that again|(?:can|could) you repeat|come again|lost you)\b",
    re.IGNORECASE,
)
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


def _end(question: str) -> int:
    found = _BEGINS.match(question)
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


def questions_in(text: str, *, last: bool = False) -> str:
    """Return the sentences that ask for an answer, without small talk and arrangements; empty if there are none.

    last: only if the last sentence is one of them.
    """
    sentences = _sentences(text)
    asked = [one for one in sentences if _asking(one) and not _CONVERSATION.search(one) and not _INVITES.search(one)]
    if last and asked[-1:] != sentences[-1:]:
        return ""
    words = " ".join(asked).split()
    return " ".join(words if len(words) <= MOST_ASKED else ["…", *words[-MOST_ASKED:]])


def _sentences(text: str) -> list[str]:
    return [one for one in _SENTENCE.split(text.strip()) if one]


def _asking(sentence: str) -> bool:
    if sentence.endswith(("?", "？")):
        return not (_TAG.search(sentence) or listens(sentence))
    return bool(_PROMPT.search(sentence) or _INVERTED.match(sentence))
