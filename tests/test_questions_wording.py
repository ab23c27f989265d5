"""How the shipped questions sound: none said twice, each short enough to hear once, each probe fit to be asked."""

import collections
import itertools
import math
import re
from pathlib import Path

import msgspec
import pytest

from voicemock.paths import shipped
from voicemock.questions.sets import list_sets
from voicemock.reading.familiar import is_familiar
from voicemock.reading.text import word_set
from voicemock.schema import Dimension, Kind, Question, Round, SignalName

S = SignalName
SETS = list_sets(shipped("question_sets"))
QUESTIONS = [question for one in SETS for question in one.questions]
by_id = pytest.mark.parametrize("question", QUESTIONS, ids=[question.id for question in QUESTIONS])
WORDINGS = [(q.id, text) for q in QUESTIONS if q.kind != "concept" for text in (q.text, *q.variants)]
PAGE = (Path(__file__).parent.parent / "docs" / "question-sets.md").read_text(encoding="utf-8")

WORDS_A_MINUTE = 150
LONGEST_S, LONGEST_DRILL_S = 20, 32  # a drill has to give the facts it is about

OPENINGS = re.compile(
    r"^(?:tell me about|think of|when (?:have|did|has) (?:you|your)|what (?:have|did) you|take|have you ever"
    r"|how do you)"
    r"|(?:what did you do|what do you do|tell me (?:what|how|why)[\w ]*|how did [\w ]*|and why)\?*$"
)
"""How questions of any sense begin and end."""

COMMON = word_set(
    """
    a an the and or but if of to in on at by for from with without as into than so not no nor only also too very more
    most less i me my mine you your yours yourself we our us he him his she her they them their it its that this these
    those there here who whom whose which what when where why how is are was were be been being am do does did done
    doing have has had having can could will would shall should may might must tell think take time times about ever
    last one two some any all each every other another own same such still then now up out over off down back away
    after before while until get got gets make made makes go went come came say said give gave given something someone
    somebody anyone thing things much many few way ways team teams people person manager let lets want wanted
    """
)
NEAR = 0.5
"""From here on two questions look alike; voicemock default."""
REVIEWED = {
    ("goals-that-changed-something", "changing-the-teams"): "a goal that was set; how teams are cut",
    ("a-manager-you-learned-from", "growing-through-a-hard-project"): "one's own teacher; one's own engineer",
    ("a-review-that-mattered", "a-report-customers-read"): "a review and its actions; what customers are told",
    ("how-you-hire", "the-empty-seat"): "how a choice is made; holding out for it",
    ("changed-your-mind", "two-years-ahead"): "a belief dropped; a future others believe in",
    ("your-first-three-months", "from-engineer-to-manager"): "a plan for this job; the first one, long ago",
    ("not-enough-facts", "most-important-call"): "decided without the facts; decided with most at stake",
    ("hardest-feedback", "letting-go-of-the-work"): "something said; something handed over",
    ("hardest-technical-decision", "growing-through-a-hard-project"): "a decision; a person",
    ("biggest-mistake", "unpopular-decision"): "one to have back; one to stand by",
    ("unheard-voice", "customers-changed-the-plan"): "a colleague; customers",
    ("which-team-would-you-run", "nobodys-problem"): "picking a team; picking up a problem",
}
"""Pairs that share words and not their sense, and what tells them apart."""


def plain(text: str) -> list[str]:
    return re.findall(r"[a-z']+", text.lower())


def stem(word: str) -> str:
    word = re.sub(r"'s?$", "", word)
    for end in ("ing", "ed", "ies", "es", "s"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            word = word.removesuffix(end)
            break
    return word.rstrip("e")


def content(text: str) -> collections.Counter[str]:
    return collections.Counter(stem(word) for word in plain(text) if word not in COMMON)


def grams(text: str, n: int = 4) -> set[tuple[str, ...]]:
    bare = text.lower()
    for sentence in re.split(r"(?<=[.?]) ", text.lower()):
        bare = bare.replace(sentence, OPENINGS.sub("", sentence.rstrip(".?")))
    words = plain(bare)
    return set(zip(*(words[i:] for i in range(n)), strict=False))


def seconds(text: str) -> float:
    return 60 * len(text.split()) / WORDS_A_MINUTE


def same_words(wordings: list[tuple[str, str]]) -> set[tuple[str, str]]:
    said = [(question, grams(text)) for question, text in wordings]
    return {
        (a, b)
        for (a, one), (b, two) in itertools.combinations(said, 2)
        if a != b and len(one & two) > 0.4 * max(1, min(len(one), len(two)))
    }


def likenesses(wordings: list[tuple[str, str]]) -> dict[tuple[str, str], float]:
    bags = [(question, content(text)) for question, text in wordings]
    known = collections.Counter(word for _, bag in bags for word in bag)

    def weight(bag: collections.Counter[str], word: str) -> float:
        return bag[word] * math.log(len(bags) / known[word])

    def alike(one: collections.Counter[str], two: collections.Counter[str]) -> float:
        if len(one) < 2 or len(two) < 2:
            return 0.0  # a single word says nothing of the sense
        shared = sum(weight(one, word) * weight(two, word) for word in one.keys() & two.keys())
        return shared / math.prod(math.sqrt(sum(weight(bag, w) ** 2 for w in bag)) for bag in (one, two))

    likeness: dict[tuple[str, str], float] = {}
    for (a, one), (b, two) in itertools.combinations(bags, 2):
        if a != b:
            likeness[a, b] = max(likeness.get((a, b), 0.0), alike(one, two))
    return likeness


def test_no_question_repeats_another_in_its_words():
    assert not same_words(WORDINGS)


def test_no_question_repeats_another_in_its_sense():
    likeness = likenesses(WORDINGS)
    near = {pair for pair, value in likeness.items() if value >= NEAR}
    assert near <= set(REVIEWED), "reword, or say in REVIEWED what tells them apart"
    assert not [pair for pair in REVIEWED if likeness[pair] < 0.7 * NEAR], "no longer alike: take it out of REVIEWED"


def test_what_is_alike_is_seen():
    """A new question, planted among all there are."""
    said = next(text for name, text in WORDINGS if name == "hardest-feedback")
    repeated = f"Think back a little. {said}"
    assert same_words([*WORDINGS, ("planted", repeated)]) == {("hardest-feedback", "planted")}
    other = "You had hard feedback to give. How did it go?"
    assert likenesses([*WORDINGS, ("planted", other)])["hardest-feedback", "planted"] >= NEAR
    new = "Which painting would you hang in the hall of our office?"
    assert not same_words([*WORDINGS, ("planted", new)])
    assert max(v for pair, v in likenesses([*WORDINGS, ("planted", new)]).items() if "planted" in pair) < NEAR


@by_id
def test_a_question_is_heard_in_under_twenty_seconds(question: Question):
    longest = LONGEST_DRILL_S if question.kind is Kind.DRILL else LONGEST_S
    assert all(seconds(text) < longest for text in (question.text, *question.variants))


@by_id
def test_a_question_comes_back_in_other_words(question: Question):
    assert 1 <= len(question.variants) <= 3
    for text in question.variants:
        assert re.fullmatch(r"[A-Z][A-Za-z,.?' -]*[.?]", text), text
        assert len(text.split()) <= (70 if question.kind is Kind.DRILL else 35)
    for one, two in itertools.combinations((question.text, *question.variants), 2):
        a, b = set(plain(one)), set(plain(two))
        assert len(a & b) < 0.6 * len(a | b), (one, two)


@by_id
def test_a_wording_asks_the_reader_about_nothing_strange(question: Question):
    if question.kind != "concept":  # of these it never says that something is beside the point
        assert all(map(is_familiar, (question.text, *question.variants)))


@by_id
def test_a_question_has_its_place(question: Question):
    assert question.dimension
    assert question.rounds
    assert len(set(question.rounds)) == len(question.rounds)


TAKEN_FOR_GRANTED = {
    S.METRIC: "numbers?|figures?",
    S.COST: "costs?|price|expense",
    S.RISK: "risks?|danger",
    S.TRADEOFF: "trade-offs?|alternatives?",
    S.REFLECTION: "lessons?",
    S.DIAGNOSIS: "cause|reason",
    S.SHARED_GOAL: "shared goal",
    S.TARGET: "target|number",
    S.STAKEHOLDERS: "stakeholders?",
    S.PEOPLE_GROWTH: "help|support|growth",
    S.OPERATIONS: "alarms?|alerts?|dashboards?",
    S.EMPATHY: "feelings?|fears?",
    S.UNCERTAINTY: "doubts?|guess(?:es)?",
    S.CUSTOMER: "customers?|users?",
    S.RESULT: "results?|outcomes?",
    S.OWNS_FAILURE: "mistakes?|fault",
}
"""What an answer may not have mentioned when it is probed for just that."""


def taken_for_granted(question: Question) -> list[str]:
    """Return the probes that speak of what nobody has mentioned: neither the question nor, if asked, the answer."""
    found = []
    for signal, probe in question.follow_ups.items():
        words = TAKEN_FOR_GRANTED.get(signal, "(?!)")
        taken = re.search(rf"\b(?:that|those|this|these) (?:{words})\b", probe, re.IGNORECASE)
        said = [set(map(stem, plain(text))) for text in (question.text, *question.variants)]
        if (taken and not all(stem(plain(taken[0])[-1]) in words for words in said)) or re.search(
            r"\bbetween (?:them|those)\b", probe
        ):
            found.append(probe)
    return found


@by_id
def test_a_probe_takes_nothing_for_granted_that_was_not_said(question: Question):
    assert not taken_for_granted(question)


def test_what_a_probe_takes_for_granted_is_seen():
    asked = next(question for question in QUESTIONS if question.id == "hardest-feedback")

    def probed(signal: SignalName, text: str) -> bool:
        return bool(taken_for_granted(msgspec.structs.replace(asked, follow_ups={signal: text})))

    assert probed(S.METRIC, "How did those numbers come about?")
    assert probed(S.RATIONALE, "What decided between them?")
    assert not probed(S.METRIC, "Which numbers tell you so?")
    assert not probed(S.PEOPLE_GROWTH, "How did you help them?")


def test_there_is_enough_of_everything():
    own = [q for q in QUESTIONS if q.kind != "concept"]
    assert len(own) >= 150
    for dimension in Dimension:
        share = sum(q.dimension is dimension for q in own) / len(own)
        assert 0.18 <= share <= 0.35, (dimension, share)
    for each in Round:
        assert sum(each in q.rounds for q in own) >= 15, each


def test_the_page_counts_as_we_do():
    own = [q for q in QUESTIONS if q.kind != "concept"]
    for each in Round:
        cells = [sum(each in q.rounds and q.dimension is d for q in own) for d in Dimension]
        assert f"| `{each}` | {' | '.join(map(str, cells))} | {sum(cells)} |" in PAGE
    last = [sum(q.dimension is d for q in own) for d in Dimension]
    assert f"| all questions | {' | '.join(map(str, last))} | {len(own)} |" in PAGE


@pytest.mark.real
@pytest.mark.parametrize("one", SETS, ids=[one.id for one in SETS])
def test_the_longest_question_of_a_set_is_really_that_short(one, tmp_path):
    from voicemock.audio.load import decode
    from voicemock.voices import open_voice

    texts = [(text, question) for question in one.questions for text in (question.text, *question.variants)]
    longest_text, question = max(texts, key=lambda found: len(found[0]))
    path = tmp_path / "question.wav"
    open_voice("natural").render(longest_text, path)
    samples, rate_hz = decode(path, rate_hz=16_000)
    longest = LONGEST_DRILL_S if question.kind is Kind.DRILL else LONGEST_S
    assert len(samples) / rate_hz < longest
