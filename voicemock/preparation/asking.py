"""A question asked of the interviewer, as it was said: open, concrete, about what, and with what homework.

By words that anybody can see: each verdict comes with those it rests on, and where there are none, it is None.
``tests/asked_aloud.toml`` holds questions that were labelled before these rules were written.
"""

__all__ = ["Asked", "homework_in", "read_asked"]

import functools
import re
from collections.abc import Iterator, Mapping

import msgspec

from voicemock.preparation.stories.suggest import stems
from voicemock.questions.ask_them import Topic, questions_to_ask
from voicemock.reading.numbers import find_quantities
from voicemock.reading.text import HESITATIONS, Passage, passage, word_set
from voicemock.schema import FrozenMap

_AUXILIARIES = word_set(
    "do does did is are was were am can could will would should have has had isn't aren't don't doesn't didn't won't "
    "wouldn't couldn't may might"
)
_SUBJECTS = word_set(
    "you i we they he she it there this that the a an any your my our their these those anyone anybody someone "
    "somebody engineering product managers engineers people teams everyone everybody each most"
)
_ASKING = word_set("what what's how how's why who who's which whose where where's when")
_BEFORE = word_set(
    "so and but or then well okay ok yeah like just also guess wonder wondering ask asking know see understand is "
    "about curious say hear me was to tell"
)
"""Words after which a question may begin without a comma."""
_STATED = word_set("know see understand is was hear say about to")
"""Of these, those that state as well: "I know how busy you are", "that was what they told me"."""
_WANTED = word_set("to you don't question one thing other next last curious wondering wonder ask asking heard")
"""Words before those, after which they ask: "to know how", "my question is what"."""
_PRONOUNS = word_set("you i we he she it they that this there")
_MEASURED = word_set("many much often long so come")
"""What "how" asks with, whatever comes after it."""
_FARTHEST = 60
"""Words up to the mark of a question (voicemock default, unvalidated)."""
_TELLS = re.compile(
    r"\b(?:tell me|walk me through|talk me through|take me through|describe|explain|give me an example"
    r"|(?:i'?m|i am|i was|i'd be) (?:really |very |just |also )?(?:curious|interested|wondering)"
    r"|i (?:wonder|wondered)|(?:i'?d|i would) (?:love|like) to (?:know|hear|understand)|help me understand)\b",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"\b(?:can|could|would|will) you (?:please |maybe |just |perhaps )?"
    r"(?:tell|walk|talk|take|describe|explain|give|share|help|elaborate)\b",
    re.IGNORECASE,
)
_CONCRETE = re.compile(
    r"\b(?:how (?:many|much|often|long|close|far|large|big)|what (?:share|percentage|percent|part|fraction|proportion)"
    r"|last (?:year|quarter|month|week|night|time|two|three|few|person|one|promotion|incident|outage|serious|bad|big"
    r"|release|hire|launch|reorg\w*|review|planning)\w*"
    r"|(?:was|were|did \w+|somebody|someone) last|(?:first|next) (?:\w+ )?(?:days?|weeks?|months?|years?|quarter|half)"
    r"|(?:normal|usual|typical|bad) (?:week|month|night|quarter)|(?:a|per|every|each|this|next) (?:week|month|quarter)"
    r"|an? (?:concrete |recent |specific |real )?(?:example|case|instance)|the last word|by name"
    r"|on-?\s?calls?|pag(?:er|ers|es|ed)\b|woken|wakes?|night|sl[aoi]s?|uptime|error budgets?|post-?\s?mortems?"
    r"|incidents?|outages?|rotations?|dependenc\w+|certificates?|regions?|runbooks?|deploys?|releases?"
    r"|calibrat\w+|promot\w+|rat(?:ing|ings)|ladder|levels?\b|layoffs?|attrition|headcount|direct reports"
    r"|managing managers|hired|fired|turned down|left the team|roadmaps?|okrs?|design (?:docs?|reviews?)|rfcs?"
    r"|tech(?:nical)? debt|monolith|features?|budgets?|(?:cloud|infrastructure) (?:bill|spend|costs?)|bills?\b|finops"
    r"|cost (?:you )?to serve|remote|kubernetes|services?\b.{0,12}\bown|senior manager|director"
    r"|depend(?:s)? on (?:you|this|it|us)|customers? (?:credits?|promise))\b",
    re.IGNORECASE,
)
_TOPICS: Mapping[Topic, str] = {
    Topic.RELIABILITY: (
        r"on-?\s?calls?|pag(?:er|ers|es|ed)\b|woken|incidents?|outages?|post-?\s?mortems?|reliab\w+|uptime|sl[aoi]s?"
        r"|error budgets?|availability|went down|production|failures?|fails?|sre|certificates?|recover\w*|monitor\w*"
        r"|alerts?|at night|rotations?|per region"
    ),
    Topic.COST: (
        r"costs?|budgets?|bills?|spend\w*|money|profit\w*|finops|efficien\w+|savings?|cheaper|expensive|pay for"
        r"|revenue|funding|margins?"
    ),
    Topic.PEOPLE: (
        r"promot\w+|calibrat\w+|performance|levels?|ladder|careers?|grow|hir(?:e[sd]?|ing)|fir(?:e[sd]|ing)|layoffs?"
        r"|attrition|left the|people (?:left|leave|leaving)|feedback|ratings?|rated|manag(?:e|ing) managers"
        r"|management style|mentor\w*|director|senior manager|diversity|bar raiser|interviewers?|managers (?:grow|get)"
        r"|underperform\w*"
    ),
    Topic.STRATEGY: (
        r"roadmaps?|plan(?:s|ned|ning)?|priorit\w+|strateg\w+|goals?|okrs?|decid\w+|decisions?|visions?|features?"
        r"|disagree\w*|trade-?offs?|tech(?:nical)? debt|design (?:docs?|reviews?)|rfcs?|next (?:year|two years)"
        r"|time goes|bets?|drop(?:ped)?|last word"
    ),
    Topic.TEAM: (
        r"(?:the|this|your|my) team|team's|engineers (?:are|do)|services?|owns?|scope|responsib\w+|success|position"
        r"|role|seat|expect\w*|first (?:\w+ )?months?|depend(?:s)? on|other teams|org(?:anisation|anization)? chart"
    ),
}
"""Words of each topic, what is told by fewer words first; voicemock defaults, unvalidated."""
_PLAIN_TOPIC = Topic.TEAM
"""Every question may speak of the team: it is about it where it is about nothing else."""
_FEWEST_SHARED = 2
_SMALL = 10
"""Numbers below this are in too many notes and questions to be homework."""
_MONTHS = word_set("january february march april may june july august september october november december")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a question is. open: None if nothing is asked. concrete: the words that name something.

    topics: each with its words, the likeliest first; empty if it could not be told.
    """

    open: bool | None
    concrete: tuple[str, ...]
    topics: Mapping[Topic, tuple[str, ...]] = FrozenMap()


def read_asked(text: str) -> Asked:
    """Return what the words of a question say; concrete is what stands where it asks, not in what leads to it."""
    spoken = passage(text)
    asks = [place for place in spoken.sentences if _asks(spoken, *place)] or spoken.sentences
    stretches = [text[slice(*spoken.chars(*place))] for place in asks]
    counted = (one for one in find_quantities(spoken) if max(one.values) > 1)
    numbers = (one for one in counted if any(first <= one.head < end for first, end in asks))
    concrete = (
        *(match[0].lower() for stretch in stretches for match in _CONCRETE.finditer(stretch)),
        *(text[slice(*spoken.chars(one.first, one.end))] for one in numbers),
        *(name for place in asks for name in _names(spoken, *place)),
    )
    return Asked(open=_open(text, spoken), concrete=tuple(dict.fromkeys(concrete)), topics=_topics(text))


def homework_in(text: str, notes: str) -> tuple[str, ...]:
    """Return what of somebody's notes is in a question: a name, a number of some size, or two telling words.

    Words that anybody asks with, those of the shipped questions, are neither.
    """
    asked, known = passage(text), passage(notes)
    names = {name.lower() for name in _names(known, 0, len(known.tokens)) if not stems(name) <= _usual()}
    said = {token.word.removesuffix("'s") for token in asked.tokens}
    found = sorted(names & said)
    numbers = {value for quantity in find_quantities(known) for value in quantity.values if value >= _SMALL}
    for quantity in find_quantities(asked):
        if numbers.intersection(quantity.values):
            start, end = asked.chars(quantity.first, quantity.end)
            found.append(text[start:end])
    shared = sorted(stems(text) & stems(notes) - _usual())
    return tuple(found) or (tuple(shared) if len(shared) >= _FEWEST_SHARED else ())


@functools.cache
def _usual() -> frozenset[str]:
    """Return the telling words of all shipped questions."""
    return stems(" ".join(one.text for one in questions_to_ask()))


def _open(text: str, spoken: Passage) -> bool | None:
    """Return whether a question asks for more than yes or no; a part that does is enough."""
    places = range(len(spoken.tokens))
    if any(_begins_open(spoken, i) for i in places) or _TELLS.search(text) or _POLITE.search(text):
        return True
    return False if any(_begins_closed(spoken, i) for i in places) else None


def _asks(spoken: Passage, first: int, end: int) -> bool:
    """Return whether something is asked in a sentence."""
    said = spoken.text[slice(*spoken.chars(first, end))]
    begins = any(_begins_open(spoken, i) or _begins_closed(spoken, i) for i in range(first, end))
    return begins or bool(_TELLS.search(said) or _POLITE.search(said))


def _begins(spoken: Passage, i: int) -> bool:
    """Whether a clause may begin at a token."""
    while i > 0 and spoken.word(i - 1) in HESITATIONS:
        i -= 1
    return i == 0 or bool(spoken.tokens[i].before.strip("'\"")) or spoken.word(i - 1) in _BEFORE


def _begins_open(spoken: Passage, i: int) -> bool:
    word, after = spoken.word(i), spoken.word(i + 1)
    if word not in _ASKING or not _begins(spoken, i):
        return False
    if word in ("when", "where"):  # "when product and engineering disagree"
        return after in _AUXILIARIES
    if word == "what" and after in ("i", "i'm", "i'd"):  # "what I'm trying to understand"
        return False
    return _is_asked(spoken, i) or not (_exclaims(spoken, i) or _states(spoken, i))


def _is_asked(spoken: Passage, i: int) -> bool:
    """Whether what begins at a token is put as a question: by its mark, or by its order of words."""
    end = next((token for token in spoken.tokens[i : i + _FARTHEST] if token.closes), None)
    if end and "?" in end.after:
        return True
    first, second = spoken.word(i + 1), spoken.word(i + 2)
    return first in _AUXILIARIES or (second in _AUXILIARIES and first not in _PRONOUNS) or "'" in spoken.word(i)


def _exclaims(spoken: Passage, i: int) -> bool:
    """Whether it is "what a great office" or "how nice that you came"."""
    if spoken.word(i) == "what":
        return spoken.word(i + 1) in ("a", "an")
    if spoken.word(i) != "how" or spoken.word(i + 1) in _SUBJECTS | _MEASURED:
        return False
    return spoken.word(i + 2) in _PRONOUNS | {"of"} or spoken.tokens[min(i + 1, len(spoken.tokens) - 1)].closes


def _states(spoken: Passage, i: int) -> bool:
    return spoken.word(i - 1) in _STATED and spoken.word(i - 2) not in _WANTED


def _begins_closed(spoken: Passage, i: int) -> bool:
    word, after = spoken.word(i), spoken.word(i + 1)
    return word in _AUXILIARIES and (after in _SUBJECTS or spoken.tokens[i].opens) and _begins(spoken, i)


def _names(spoken: Passage, first: int, end: int) -> Iterator[str]:
    """Yield words with a capital inside a sentence: names, as a recogniser writes them."""
    for i in range(first, end):
        token = spoken.tokens[i]
        written = spoken.text[token.start : token.end]
        capital = written[:1].isupper() and not written.isupper() and not token.opens
        if capital and len(written) > 2 and token.word not in _MONTHS and not token.word.startswith("i'"):
            yield written.removesuffix("'s")


def _topics(text: str) -> Mapping[Topic, tuple[str, ...]]:
    found = {
        topic: tuple(dict.fromkeys(match[0].lower() for match in re.finditer(rf"\b(?:{words})\b", text, re.IGNORECASE)))
        for topic, words in _TOPICS.items()
    }
    told = {topic: words for topic, words in found.items() if words}
    order = sorted(told, key=lambda topic: (topic is _PLAIN_TOPIC, -len(told[topic])))
    return FrozenMap({topic: told[topic] for topic in order})
