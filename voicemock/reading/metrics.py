"""Metrics: quantities that measure an outcome, the scale or the stakes.

Every quantity is a candidate; what stands around it decides. "In 52 minutes" after "came back" is
an outcome, "in 2 weeks" after "we met" a schedule.
"""

__all__ = ["find_metrics", "quantity_features", "sentence_of"]

import re
from collections.abc import Iterator, Sequence

from voicemock.reading.fillers import HESITATIONS
from voicemock.reading.learned import load_weights
from voicemock.reading.numbers import Quantity, find_quantities
from voicemock.reading.text import Passage, words

# Log odds; tuned with the writer held out. A number that is no metric is soon taken for one in a long answer, so
# one must be sure before any other counts.
_SURE, _LIKELY = 0.6, -0.5
_UNIT_KINDS = {
    "seconds": words("second seconds sec secs ms millisecond milliseconds s microseconds"),
    "minutes": words("minute minutes min mins hour hours hrs"),
    "days": words("day days night nights week weeks weekend weekends fortnight sprint sprints"),
    "months": words("month months quarter quarters year years season seasons summer summers spring springs"),
    "percent": words("percent % percentage points"),
    "money": words(
        "dollar dollars pound pounds euro euros quid bucks rupee rupees rand grand cents cent pence yen yuan "
        "naira peso pesos real reais krona zloty dinar francs lira dirhams usd gbp eur"
    ),
    "times": words("times time x fold nines nine"),
    "data": words("gig gigs giga gigas gigabytes gb tb terabytes megabytes mb meg kilobytes kb petabytes pb megs"),
    "distance": words("miles mile kilometers kilometres km metres meters feet tons tonnes kilos litres"),
    "staff": words(
        "people engineers developers devs persons managers juniors seniors leads guys folks reports testers "
        "designers programmers architects contractors men women interns hires nurses directors analysts"
    ),
    "items": words(
        "things thing options option ways way reasons pillars steps step layers teams team services questions "
        "words pages page projects stages rounds round interviews meetings meeting candidates modules streams "
        "versions stores parts kinds groups group rules lines charts chairs floors boxes tables jobs topics lists "
        "copies apps sites offices product products areas buckets categories phases sets sections choices sides "
        "cities countries chapters sentences slides workshops sessions lunches coffees calls emails systems "
        "databases regions clusters servers columns fields levels roles hats squads tribes offers places"
    ),
}
_UNITS = {unit: kind for kind, units in _UNIT_KINDS.items() for unit in units}
_AROUND = {
    "falls": words(
        "dropped drop drops fell fall falls falling went go goes gone came come cut cuts reduced shrank shrunk "
        "lower down less fewer halved saved save saves slower faster cheaper quicker worse better improved rose "
        "rise grew grow grown increased increase up doubled tripled higher climbed jumped quarter reduction "
        "improvement gain"
    ),
    "costs": words(
        "cost costs costing spent spend spending paid pay paying budget bill worth lost lose losing saving save "
        "price fine penalty"
    ),
    "waits": words(
        "wait waited waiting late delay delayed delays behind latency response load loads takes took take taking "
        "open opens down outage downtime hold stuck slow recover recovered restore restored back p99 p95 median "
        "average"
    ),
    "serves": words(
        "customers users serve serves served handle handles handled traffic requests orders transactions load "
        "peak affected hit process processes processed per carries"
    ),
    "tenure": words(
        "been experience joined started worked working since old aged career ago graduated married tenure years "
        "year managed managing manager employed"
    ),
    "plans": words(
        "every meeting met meet scheduled schedule deadline due plan planned roadmap sprint first next last "
        "another weekly daily notice later after before until rota shift"
    ),
    "counts": words(
        "there were was had have got of us them our team split between different separate both either choose list"
    ),
}
_NUMBERED = words(
    "version release java python angular postgres kotlin level phase page section chapter tier ward floor number "
    "step type item platform track room route gate line season grade stage line flight oauth spring web ios "
    "android http ipv"
)
_WHEN_AFTER = words("ago old older younger experience straight in")
_WHEN_BEFORE = words("first last next every these past previous coming following other another each")
_MORE = words(
    "late later earlier behind over faster slower cheaper better worse quicker less fewer more longer shorter higher "
    "lower early overdue improvement reduction increase drop saved uptime availability"
)
_COMPARED = words("the of as more less faster slower what normal our bigger smaller larger better than cheaper")
_TIMES_OF_DAY = words("mornings evenings afternoons nights days lunches meetings sessions hours")
_LEFT = words("left leave leaving quit quitting resigned lost lose losing asked stayed retained promoted churned")
_NOW = words("now today currently nowadays since anymore these")
_BACK_THEN = words("used before previously was were had")
_IS = words("is it's was are were be that's")
_PERSONS = words("he she i who they him them")
_AGED = words("was is were am turned like")
_HAS_AGE = words("he's she's i'm i who's")
_TRIED_ON = words("rolled roll rolling rollout tried try trying canary pilot piloted piloting flag ramp ramped exposed")
_CLOCK_BEFORE = words("at by until till from before after around since past to o'clock")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PUNCTUATED = re.compile(r"\d+[:.]\d\d")
_CLAUSE = 9
_BESIDE = 7
_SIBLING = 30  # tokens


def find_metrics(spoken: Passage) -> list[Quantity]:
    """Return the quantities that are metrics, in order."""
    weights = load_weights("metric")
    inside = sentence_of(spoken)
    found = find_quantities(spoken)
    scores = [weights.score(quantity_features(spoken, found, i, inside[q.head])) for i, q in enumerate(found)]
    if max(scores, default=_LIKELY) < _SURE:
        return []
    return [quantity for quantity, score in zip(found, scores, strict=True) if score >= _LIKELY]


def sentence_of(spoken: Passage) -> dict[int, tuple[int, int]]:
    """Return each token's sentence."""
    return {i: span for span in spoken.sentences for i in range(*span)}


def quantity_features(
    spoken: Passage, quantities: Sequence[Quantity], index: int, sentence: tuple[int, int]
) -> Iterator[str]:
    """Yield what can be seen of one of an answer's quantities: its form, its unit, what stands around it."""
    quantity = quantities[index]
    word = spoken.word(quantity.head)
    before = [w for w in (spoken.word(i) for i in range(quantity.first - 4, quantity.first)) if w not in HESITATIONS]
    after = [w for w in (spoken.word(i) for i in range(quantity.end, quantity.end + 3)) if w not in HESITATIONS]
    unit, value = quantity.unit, quantity.values[-1]
    kind = _kind(spoken, quantity)
    yield f"unit:{kind}"
    if kind in ("none", "other"):
        yield f"unit={unit}"
    yield from _form(spoken, quantity, word, kind, value)
    verdict = _judge(spoken, quantity, kind)
    yield f"rule:{verdict}"
    if verdict in ("likely", "open", "unlikely"):
        yield f"rule:{verdict} {kind}"
    if before:
        yield f"before={before[-1]}"
        yield f"{kind} before={before[-1]}"
    if after:
        yield f"after={after[0]}"
        yield f"{kind} after={after[0]}"
    first, end = max(sentence[0], quantity.first - _CLAUSE), min(sentence[1], quantity.end + _CLAUSE)
    near = {spoken.word(i) for i in (*range(first, quantity.first), *range(quantity.end, end))}
    yield from (f"word:{w}" for w in near if w not in HESITATIONS)
    within = (spoken.word(i) for i in range(quantity.first, quantity.end))
    yield from (f"word:within {w}" for w in within if not w[:1].isdigit())
    for name, listed in _AROUND.items():
        if not listed.isdisjoint(near):
            yield f"near:{name}"
            yield f"{kind} near:{name}"
        if not listed.isdisjoint(before) or not listed.isdisjoint(after):
            yield f"next:{name}"
    yield from _said_of(spoken, quantity, kind)
    for step, name in ((-1, "before"), (1, "after")):
        if 0 <= index + step < len(quantities):
            yield from _sibling(spoken, quantity, quantities[index + step], kind, name)


def _kind(spoken: Passage, quantity: Quantity) -> str:
    """Return what is counted: a kind of unit, "other" for any other word, "none" where none follows."""
    word = spoken.word(quantity.head)
    kind = _UNITS.get(quantity.unit) or ("money" if word[0] in "$£€" else "percent" if word.endswith("%") else "")
    return kind or ("other" if quantity.unit else "none")


def _said_of(spoken: Passage, quantity: Quantity, kind: str) -> Iterator[str]:
    """Yield what the clause says of a quantity: that it is so now, was so then, is somebody's age."""
    beside = {spoken.word(i) for i in range(max(0, quantity.first - _BESIDE), quantity.end + _BESIDE)}
    if beside & _NOW:
        yield "near:now"
        yield f"{kind} near:now"
    if beside & _BACK_THEN:
        yield "near:back then"
    if spoken.word(quantity.first - 1) in _IS:
        yield "is"
        yield f"{kind} is"
    if kind == "none":
        if spoken.tokens[quantity.end - 1].closes:
            yield "ends the sentence"
        *earlier, last = (spoken.word(i) for i in range(quantity.head - 3, quantity.head))
        aged = last in _HAS_AGE or (last in _AGED and not _PERSONS.isdisjoint(earlier))
        if aged and 14 <= quantity.values[-1] <= 90:
            yield "age"


def _sibling(spoken: Passage, quantity: Quantity, other: Quantity, kind: str, place: str) -> Iterator[str]:
    """Yield how a quantity goes with the one before or after it: "it was ninety minutes. Now it is twelve"."""
    if max(quantity.first, other.first) - min(quantity.end, other.end) > _SIBLING:
        return
    theirs = _kind(spoken, other)
    both_last = {kind, theirs} <= {"seconds", "minutes", "days", "months"}
    same = both_last or (kind == theirs and kind not in ("none", "other")) or (quantity.unit == other.unit != "")
    if same:
        yield "sibling"
    yield f"sibling {place}:{'same' if same else 'none' if kind == 'none' else 'different'}"
    if kind == "none":
        yield f"sibling {place}:{theirs}, none"


def _judge(spoken: Passage, quantity: Quantity, kind: str) -> str:
    """Return what the reviewed rules say: yes, likely, open, unlikely or no."""
    word, unit, value = spoken.word(quantity.head), quantity.unit, quantity.values[-1]
    before = [w for w in (spoken.word(i) for i in range(quantity.first - 6, quantity.first)) if w not in HESITATIONS]
    after = [w for w in (spoken.word(i) for i in range(quantity.end, quantity.end + 4)) if w not in HESITATIONS]
    inside = {spoken.word(i) for i in range(quantity.first, quantity.end)}
    last = before[-1] if before else ""
    following = after[0] if after else ""
    duration = kind in ("seconds", "minutes", "days", "months")
    near = {*before, *after}
    closed = "," in spoken.tokens[quantity.end - 1].after or spoken.tokens[quantity.end - 1].closes
    if kind in ("none", "other") and any(1900 <= v <= 2099 for v in quantity.values) and "," not in word:
        return "no"
    if (
        (kind == "none" and last in _NUMBERED and quantity.first == quantity.head)
        or (kind == "none" and following in ("o'clock", "am", "pm"))
        or unit in ("past", "oh")
    ):
        return "no"
    if duration and following in _WHEN_AFTER and not closed:
        return "no"
    if duration and (last in _WHEN_BEFORE or spoken.word(quantity.head - 1) in _WHEN_BEFORE):
        return "no"
    if value == 1 and len(quantity.values) == 1 and kind in ("none", "other", "items", "staff"):
        return "likely" if word == "one" and near & _LEFT and unit in ("person", "people", "of") else "no"
    if len(quantity.values) > 1 and "of" in inside | {unit}:
        return "yes"
    if before[-2:] == ["all", "but"]:
        return "yes"
    if kind in ("minutes", "days") and value <= 24 and last in ("at", "until") and not after:
        return "no"
    often = spoken.word(quantity.end - 1) in ("week", "day", "month", "year", "quarter")
    if (kind == "times" and often) or (unit in ("years", "year") and following in ("later", "after")):
        return "no"
    if duration and spoken.word(quantity.end).isdigit() and last in ("at", "to", "until", "from"):
        return "no"
    if unit == "years" and value >= 5 and len(quantity.values) == 1 and not _MORE & {following}:
        return "no"
    if duration and {"every", "each"} & {last, following, *after[:2]}:
        return "unlikely"
    if kind == "times":
        return "yes" if unit in ("x", "fold", "nines") or following in _COMPARED or "a" in inside else "unlikely"
    if kind == "money" and value == 1:
        return "unlikely"
    if kind == "percent" and len(quantity.values) == 1 and _TRIED_ON & set(before) and not _MORE & near:
        return "no"  # "we tried it on one percent of the traffic": a step, not what came of it
    if kind in ("percent", "money", "data"):
        return "yes"
    if word in ("twice", "double") and following == "as":
        return "yes"
    if "more" in (unit, *inside) and kind != "seconds" and kind != "minutes":
        return "open"
    if _MORE & {following, unit, *after[:2], *inside} and not closed:
        return "yes"
    if len(quantity.values) > 1 and inside & {"to", "in"} and kind != "staff":
        small = kind == "none" and max(quantity.values) <= 24 and not _AROUND["falls"] & set(before)
        return "unlikely" if small else "yes"
    if value < 1 and "by" in inside and _AROUND["falls"] & set(before):
        return "yes"
    if value < 1 and unit == "of":
        return "likely"
    if value >= 1000:
        return "yes" if kind != "items" else "open"
    rate = any(spoken.word(i) in ("a", "an", "per", "each", "every") for i in range(quantity.head + 1, quantity.end))
    if rate and (unit in _TIMES_OF_DAY or kind == "times"):
        return "unlikely"
    if rate:
        return "likely" if not duration else "open"
    if duration and (_AROUND["waits"] & near):
        return "likely"
    if near & _LEFT and kind == "staff" and value < 20:
        return "likely"
    falls = bool(_AROUND["falls"] & set(before)) or last in ("to", "by", "at")
    if falls and kind not in ("staff", "items") and (kind != "none" or value > 12 or value < 1):
        return "likely"
    if word in ("zero", "doubled", "halved", "tripled") and last not in ("day", "level", "version"):
        return "likely"
    if value >= 100 and kind != "items":
        return "likely"
    if kind in ("staff", "items"):
        return "unlikely"
    if duration:
        return {"seconds": "likely", "minutes": "open"}.get(kind, "unlikely")
    return "unlikely" if kind == "none" and value <= 31 else "open"


def _form(spoken: Passage, quantity: Quantity, word: str, kind: str, value: float) -> Iterator[str]:
    if len(quantity.values) > 1:
        yield "range"
    if spoken.word(quantity.first) == "from" or "to" in {spoken.word(i) for i in range(quantity.head, quantity.end)}:
        yield "from to"
    hedged = quantity.first < quantity.head
    if hedged:
        yield "hedged"
        yield f"hedge={spoken.word(quantity.head - 1)}"
    if _YEAR.fullmatch(word) and kind == "none":
        yield "year"
    if _PUNCTUATED.fullmatch(word) and kind == "none":
        yield "version or clock"
    if kind == "none" and value <= 12 and spoken.word(quantity.first - 1) in _CLOCK_BEFORE:
        yield "clock"
    yield "digits" if word[-1:].isdigit() or word[:1].isdigit() else "words"
    yield (
        "big"
        if value >= 1000
        else "hundreds"
        if value >= 100
        else "tens"
        if value > 12
        else "part"
        if value < 1
        else "small"
    )
    if not value.is_integer() and value > 1:
        yield "decimal"
    if any(spoken.word(i) in ("a", "an", "per", "each", "every") for i in range(quantity.head + 1, quantity.end)):
        yield "rate"
        yield f"{kind} rate"
