"""A question in the user's own words."""

import pytest

from voicemock.errors import UnknownNameError, UsageError
from voicemock.questions.asked import asked, choose_question
from voicemock.questions.sets import list_sets
from voicemock.schema import Kind, SignalName


def test_a_shipped_question_is_recognised_whatever_its_punctuation():
    known = list_sets()[0].questions[0]
    assert asked(known.text.upper().rstrip("?.") + " ?!") == known


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Tell me about the worst outage you handled.", Kind.INCIDENT, SignalName.OPERATIONS),
        ("Walk me through the architecture of something you built.", Kind.DEEP_DIVE, SignalName.SCALE),
        ("How do you hire?", Kind.HIRING, SignalName.RISK),
        ("Why do you want to manage people?", Kind.MOTIVATION, SignalName.RATIONALE),
        ("How did you set the roadmap?", Kind.STRATEGY, SignalName.COST),
        ("How do you coach someone?", Kind.PEOPLE, SignalName.PEOPLE_GROWTH),
        ("Tell me about a disagreement.", Kind.BEHAVIOURAL, SignalName.TRADEOFF),
        ("Tell me about a mistake you made.", Kind.BEHAVIOURAL, SignalName.OWNS_FAILURE),
        ("Tell me about a time you were woken on call.", Kind.INCIDENT, SignalName.OPERATIONS),
        ("Tell me about a customer escalation.", Kind.INCIDENT, SignalName.CUSTOMER),
        ("How did you prioritise?", Kind.STRATEGY, SignalName.COST),
        ("Tell me about scaling a service.", Kind.DEEP_DIVE, SignalName.SCALE),
        ("How do you deal with an underperformer?", Kind.PEOPLE, SignalName.PEOPLE_GROWTH),
        ("How do you handle poor performance?", Kind.PEOPLE, SignalName.PEOPLE_GROWTH),
        ("How did you help a person to grow?", Kind.PEOPLE, SignalName.PEOPLE_GROWTH),
        ("Tell me how you grew one of your leaders.", Kind.PEOPLE, SignalName.PEOPLE_GROWTH),
        ("Tell me about letting a friend go.", Kind.PEOPLE, SignalName.PEOPLE_GROWTH),
        ("What are your greatest strengths?", Kind.MOTIVATION, SignalName.RATIONALE),
        ("What is your main weakness?", Kind.MOTIVATION, SignalName.RATIONALE),
        ("Tell me about a performance problem that you solved.", Kind.BEHAVIOURAL, SignalName.METRIC),
        ("Tell me about a technical choice.", Kind.DEEP_DIVE, SignalName.OPERATIONS),
        ("What would you do differently about that launch?", Kind.BEHAVIOURAL, SignalName.REFLECTION),
        ("What is the worst bug that you shipped?", Kind.BEHAVIOURAL, SignalName.RESULT),
    ],
)
def test_a_new_question_expects_what_its_kind_asks_for(text, kind, expected):
    question = asked(text)
    assert question.kind is kind
    assert expected in question.expects


@pytest.mark.parametrize(
    "text",
    [
        "Tell me about a time you supervised a division.",
        "Tell me about a conflict that escalated.",
        "Tell me about a designated driver.",
        "Tell me about something you had to investigate.",
        "Tell me about your platform.",
    ],
)
def test_a_piece_of_a_word_says_nothing_of_the_kind(text):
    assert asked(text).kind is Kind.BEHAVIOURAL


@pytest.mark.parametrize(
    ("text", "not_expected"),
    [
        ("How did the way you release change as the company grew?", SignalName.PEOPLE_GROWTH),
        ("How do you decide when to spend time on performance?", SignalName.PEOPLE_GROWTH),
        ("How did you win sales over to paying off technical debt?", SignalName.OPERATIONS),
        ("Tell me how you explained it to non-technical people.", SignalName.OPERATIONS),
        ("Tell me about a hire that made a difference.", SignalName.RISK),
        ("How did you help others to learn from failures?", SignalName.OWNS_FAILURE),
        *(("How do you run a release?", S) for S in ("situation", "action", "result", "metric", "reflection")),
        ("How do you deal with failure?", SignalName.OWNS_FAILURE),
    ],
)
def test_what_a_question_is_not_after_is_not_expected(text, not_expected):
    expects = asked(text).expects
    assert expects
    assert not_expected not in expects


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("What is a deadlock?", True),
        ("What is continuous delivery?", True),
        ("What's the difference between a mutex and a semaphore?", True),
        ("Explain an error budget to a lawyer.", True),
        ("What is a mistake that you made?", False),
        ("What is your proudest moment?", False),
        ("What is most important in a manager today?", False),
        ("Tell me what is new.", False),
    ],
)
def test_a_question_for_what_a_thing_is_expects_an_explanation(text, concept):
    question = asked(text)
    assert (question.kind is Kind.CONCEPT) is concept
    assert (question.target_s == (40, 90), question.expects == ()) == (concept, concept)


def test_a_piece_of_a_word_is_no_failure():
    assert SignalName.OWNS_FAILURE not in asked("Tell me about a time an idea of yours was dismissed.").expects


def test_two_ways_of_naming_a_question_are_one_too_many():
    with pytest.raises(UsageError, match="both name a question"):
        choose_question("some-id", "Some text?")


def test_an_unknown_id_offers_the_nearest():
    known = list_sets()[0].questions[0].id
    with pytest.raises(UnknownNameError) as caught:
        choose_question(known + "x", None)
    assert known in caught.value.hint


@pytest.mark.parametrize("text", ["  ?! ", "'"])
def test_an_empty_question_is_an_error(text):
    with pytest.raises(UsageError, match="empty"):
        asked(text)


@pytest.mark.parametrize(
    ("text", "target_s"),
    [
        ("Tell me about an outage.", (90, 180)),
        ("Why do you want this job?", (45, 120)),
        ("How do you hire?", (60, 150)),
        ("Walk me through something you built.", (120, 300)),
        ("How did you set the roadmap?", (60, 180)),
        ("How do you coach someone?", (60, 150)),
        ("Tell me about a disagreement.", (60, 150)),
    ],
)
def test_a_new_question_takes_as_long_as_its_kind(text, target_s):
    assert asked(text).target_s == target_s


def test_a_shipped_question_is_recognised_in_its_other_wordings():
    known = next(question for one in list_sets() for question in one.questions if question.id == "biggest-mistake")
    again = asked(known.variants[1])
    assert (again.id, again.text, again.expects) == (known.id, known.variants[1], known.expects)
