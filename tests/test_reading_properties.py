"""How an answer was written down does not decide what is heard in it."""

import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from voicemock.reading import from_text, read
from voicemock.schema import Kind, Question, SignalName

ANSWERS = Path(__file__).parent / "answers"
Verdicts = dict[SignalName, bool | None]

OPPOSITE, OTHERWISE = 0.02, 0.03
"""The most of the decided signals that may turn to the opposite, and the most of all that may change at all."""

_ONES_IN_ORDER = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_TENS_IN_ORDER = "zero ten twenty thirty forty fifty sixty seventy eighty ninety"
_ONES, _TENS = _ONES_IN_ORDER.split(), _TENS_IN_ORDER.split()
_NUMBER = re.compile(r"(?<![\w.,:$£€])(\d{1,3}(?:,\d{3})+|\d+)(?![\w,:]|\.\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")

_SPELLINGS = (
    "organization/organisation prioritize/prioritise prioritized/prioritised realized/realised realize/realise"
    " optimize/optimise color/colour behavior/behaviour center/centre program/programme apologized/apologised"
    " canceled/cancelled labeled/labelled authorize/authorise authorized/authorised license/licence favor/favour"
    " recognized/recognised recognizes/recognises organized/organised analyze/analyse catalog/catalogue"
    " modeling/modelling neighbors/neighbours labor/labour gray/grey check/cheque checks/cheques tire/tyre"
    " tires/tyres meter/metre meters/metres liter/litre liters/litres kilometers/kilometres theater/theatre"
    " skeptical/sceptical enroll/enrol judgment/judgement defense/defence traveler/traveller travelers/travellers"
    " specialized/specialised summarized/summarised minimize/minimise fulfill/fulfil rumor/rumour aging/ageing"
)
BRITISH = dict(pair.split("/") for pair in _SPELLINGS.split())
AMERICAN = {british: american for american, british in BRITISH.items()}
OTHER_SPELLING = BRITISH | AMERICAN


def spelled(number: int) -> str:
    for size, name in ((1_000_000, "million"), (1_000, "thousand")):
        if number >= size:
            rest = f" {spelled(number % size)}" if number % size else ""
            return f"{spelled(number // size)} {name}{rest}"
    if number >= 100:
        return f"{_ONES[number // 100]} hundred" + (f" and {spelled(number % 100)}" if number % 100 else "")
    if number >= 20:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    return _ONES[number]


def numbers_in_words(text: str) -> str:
    def said(found: re.Match[str]) -> str:
        return found[1] if _YEAR.fullmatch(found[1]) else spelled(int(found[1].replace(",", "")))

    return _NUMBER.sub(said, text)


def numbers_in_digits(text: str) -> str:
    values = {spelled(value): str(value) for value in range(2, 100)}
    longest_first = "|".join(sorted(values, key=len, reverse=True))
    return re.sub(rf"\b(?<!-)({longest_first})(?![-\w])", lambda found: values[found[1]], text)


def without_punctuation(text: str) -> str:
    return re.sub(r"(?<!\d)[.,:](?=\d)|(?<=\d)[.,:](?!\d)|(?<!\d)[.,:](?!\d)|[^\w\s'’.,:%$£€-]", "", text)


def with_hesitations(text: str) -> str:
    said = itertools.cycle(("um,", "uh"))
    return " ".join(f"{next(said)} {word}" if n % 7 == 6 else word for n, word in enumerate(text.split()))


def without_hesitations(text: str) -> str:
    return re.sub(r"\b(?:um|uh|er|erm)\b[,.]? ?", "", text, flags=re.IGNORECASE)


def in_lines(text: str) -> str:
    words = text.split()
    return "\n".join(" ".join(words[n : n + 12]) for n in range(0, len(words), 12))


def in_other_spelling(text: str) -> str:
    def written(found: re.Match[str]) -> str:
        other = OTHER_SPELLING.get(found[0].lower(), found[0])
        return other.capitalize() if found[0][0].isupper() and other != found[0] else other

    return re.sub(r"[A-Za-z]+", written, text)


CHANGES: dict[str, Callable[[str], str]] = {
    "numbers in words": numbers_in_words,
    "numbers in digits": numbers_in_digits,
    "no punctuation": without_punctuation,
    "lower case": str.lower,
    "a line every 12 words": in_lines,
    "hesitations added": with_hesitations,
    "hesitations left out": without_hesitations,
    "the other side's spelling": in_other_spelling,
}

FORMAL = {
    "Tell me about a hard technical decision you made.": (
        "At the time I was leading the payments platform of a retail bank, which processed roughly four thousand"
        " transactions a second for eleven million customers. My objective was to remove the single database that had"
        " failed twice within a quarter. We evaluated two options: a larger primary with synchronous replicas, or a"
        " partitioned store. We explicitly chose to trade strict consistency for horizontal scalability, because a"
        " balance that is a few seconds old is acceptable to our customers, whereas an outage is not. I aligned the"
        " heads of risk and finance on that position before any code was written, rolled the change out to one percent"
        " of the traffic behind a flag, and kept the previous path running for a month. As a result, availability rose"
        " from 99.5 to 99.98 percent, and the annual cost of the platform fell by 1.2 million pounds. In retrospect, I"
        " should have involved the operations team earlier."
    ),
    "Tell me about a time you had to recover a failing project.": (
        "In my capacity as director of engineering at a logistics provider, I was asked to restore confidence after a"
        " failed peak season, during which one in eight parcels had been delivered late. My mandate was to present a"
        " credible plan to the executive committee within six weeks. I began by interviewing the depot managers, and I"
        " established that the routing service was the principal constraint. We considered replacing it with a"
        " commercial product, which would have been available sooner, but it could not model our night shifts;"
        " consequently, I elected to rebuild the optimiser in-house and accepted that two customer features would slip"
        " by a quarter. I mitigated the risk by running both systems in parallel at three depots. The outcome was"
        " measurable: late deliveries decreased from 12 percent to 3 percent, and we retained our two largest accounts."
        " The key lesson I drew is that one must agree on the measure of success before agreeing on the plan."
    ),
    "Tell me about a time you managed someone who was underperforming.": (
        "The situation was as follows. An engineer on my team, who had previously been a strong contributor, was"
        " consistently missing his commitments, and two of his colleagues had raised the matter with me. It was my"
        " responsibility to address it fairly and promptly. I held a private conversation, set out three concrete"
        " expectations in writing, and met with him every week for two months. I also arranged for a senior colleague"
        " to act as his mentor, and I reassigned the on-call rotation so that he could concentrate on a single project."
        " Within one quarter he delivered the migration on schedule, and defects in his area fell by 60 percent. He was"
        " promoted the following year, and the credit belongs to him and to his mentor. What I learned is that I had"
        " waited too long: were I to face the same situation again, I would raise it in the first week rather than in"
        " the third month."
    ),
}
"""Model answers as a consultant writes them, and what they are asked."""


def verdicts(asked: str, text: str) -> Verdicts:
    question = Question(id="q", text=asked, kind=Kind.BEHAVIOURAL)
    return {name: signal.present for name, signal in read(from_text(text), question=question).signals.items()}


def rows() -> list[tuple[str, str]]:
    """Return the labelled answers of dev.jsonl, and two of each register."""
    found = []
    for path in (ANSWERS / "dev.jsonl", *sorted((ANSWERS / "registers").glob("*.jsonl"))):
        told = [row for row in map(json.loads, path.read_text("utf-8").splitlines()) if "marked" in row]
        found += told if path.stem == "dev" else told[3:20:12]
    return [(row["question"], re.sub(r"\[\[\w:|\]\]", "", row["marked"])) for row in found]


@pytest.fixture(scope="module")
def as_written() -> list[tuple[str, str, Verdicts]]:
    return [(asked, text, verdicts(asked, text)) for asked, text in rows()]


def changed(one: Verdicts, two: Verdicts) -> tuple[list[SignalName], list[SignalName]]:
    """Return the signals that turned to the opposite, and all that changed."""
    differs = [name for name in one if one[name] is not two[name]]
    return [name for name in differs if None not in (one[name], two[name])], differs


def test_the_sample_is_large_enough_and_decided(as_written: list[tuple[str, str, Verdicts]]) -> None:
    assert len(as_written) == 40
    decided = [verdict for *_, read in as_written for verdict in read.values() if verdict is not None]
    assert len(decided) > 0.5 * 40 * len(SignalName)
    assert min(decided.count(True), decided.count(False)) > 40


@pytest.mark.parametrize("change", CHANGES)
def test_how_it_was_written_down_changes_little(change: str, as_written: list[tuple[str, str, Verdicts]]) -> None:
    texts = opposite = otherwise = 0
    decided = sum(verdict is not None for *_, before in as_written for verdict in before.values())
    for asked, text, before in as_written:
        other = CHANGES[change](text)
        if other == text:
            continue
        texts += 1
        turned, differs = changed(before, verdicts(asked, other))
        opposite, otherwise = opposite + len(turned), otherwise + len(differs)
    assert texts >= 4, "the change must change something"
    assert opposite < OPPOSITE * decided
    assert otherwise < OTHERWISE * len(as_written) * len(SignalName)


def test_another_answer_is_read_otherwise(as_written: list[tuple[str, str, Verdicts]]) -> None:
    """So that the test above could fail."""
    differs = [len(changed(one, two)[1]) for (*_, one), (*_, two) in itertools.pairwise(as_written)]
    assert sum(differs) > 5 * OTHERWISE * len(differs) * len(SignalName)


@pytest.mark.parametrize("asked", FORMAL)
def test_a_formal_answer_keeps_what_was_heard_in_it(asked: str) -> None:
    before = verdicts(asked, FORMAL[asked])
    heard = {name for name, verdict in before.items() if verdict}
    assert {SignalName.SITUATION, SignalName.ACTION, SignalName.RESULT, SignalName.METRIC} <= heard
    for name, change in CHANGES.items():
        lost = [signal for signal in changed(before, verdicts(asked, change(FORMAL[asked])))[0] if signal in heard]
        assert not lost, name


def test_a_trade_off_in_formal_words_is_heard() -> None:
    asked, *_ = FORMAL
    assert verdicts(asked, FORMAL[asked])[SignalName.TRADEOFF]
