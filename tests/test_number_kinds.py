"""What a number is a number of, by its unit and the words beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicemock.reading.number_context import clause_before, words_after, words_before
from voicemock.reading.number_kinds import kind_of
from voicemock.reading.numbers import find_quantities
from voicemock.reading.text import passage
from voicemock.schema import NumberKind

SENTENCES = {
    "users": [
        "About 50,000 daily active users saw it.",
        "It had 300 daily active German users.",
        "It went from ten thousand to forty thousand concurrent users.",
        "Half a million customers were billed twice.",
        "A quarter of a million users signed up.",
        "Half a million people signed up.",
        "Our subscribers grew from 900 to 4,000.",
        "We had three hundred and twelve thousand accounts.",
    ],
    "rate": [
        "Fifteen percent of the shoppers left.",
        "The drop-off was 15% at the last step.",
        "Sales rose by 40 percent.",
        "It takes eight hundred requests per second.",
        "At noon it was 2,000 qps.",
        "We went to three deploys a day.",
        "It was some eight hundred a second.",
        "One in sixty orders came back.",
        "Nine in ten came back.",
        "Three in a hundred failed.",
        "Two thirds of the questions were the same.",
        "QA returned six of his last seven tickets.",
        "Traffic went down 40 percent.",
        "Thirty pages a week came in.",
        "It was half a million a second.",
        "It ran on six of seven days.",
        "Releases went from once a month to twelve a day.",
        "Ninety-nine of a hundred letters arrived.",
        "The book was available 99% of the time.",
        "They measured 18,000 requests/second.",
        "It fired multiple times a day.",
        "61 per cent of the cars were ready.",
        "One candidate in three withdraws.",
        "Returns fell by a quarter.",
        "Returns fell by two thirds.",
        "It was at 99.95% in March.",  # of what? it may be how many were right
        "We served millions of requests a minute.",
        "One in ten parcels was lost.",
        "Late trains went from eleven in a hundred to four in a hundred.",
    ],
    "latency": [
        "We got it under 500ms in the end.",
        "It answered within eighty milliseconds.",
        "The old gateway had a 2.5-second latency.",
        "A page took four seconds to load.",
        "Our p99 went from 900 to 200.",
        "We cut latency by 40 percent.",
        "The slowest requests took two point four seconds.",
        "We cut the response time from 900 milliseconds to a fifth of a second.",
        "Response times were three minutes at the worst.",
    ],
    "errors": [
        "We had twelve incidents a month.",
        "The error rate was 0.1 percent.",
        "Two percent of all payments failed.",
        "Errors fell 40%.",
        "We closed ninety bugs that spring.",
        "Timeouts doubled over night.",
        "Crashes went from 300 to nine.",
    ],
    "availability": [
        "We promised four nines.",
        "We kept ninety-eight percent uptime.",
        "That meant four hours of downtime.",
        "Uptime went from ninety-nine point five to ninety-nine point nine five.",
        "The shop was down for forty minutes.",
    ],
    "money": [
        "It brought back $2M a year.",
        "The bill was 40 thousand a month.",
        "We spent half a million dollars on it.",
        "It saved forty grand.",
        "It costs around 4 million pounds a year.",
        "Revenue went from two million to three million.",
    ],
    "people": [
        "We were twelve engineers by then.",
        "I ran a group of about thirty.",
        "I had 8 direct reports.",
        "We grew from six people to nineteen.",
        "It was a team of twelve.",
        "We saw thirty candidates for it.",
        "The company had 4,000 people.",
        "We were 25 team members.",
        "Two hundred thousand people could not log in.",  # whether they are users is not said
        "It was a 12 engineer team.",
        "There were five customer engineers.",
    ],
    "time": [
        "The build went from 51 minutes to 8.",
        "We were three weeks late.",
        "It took half an hour.",
        "I waited three long weeks.",
        "I sat down for an hour.",
        "It took an hour and a half.",
        "I gave her ninety days.",
        "A build took forty minutes.",
        "I had thirty seconds to explain it.",
        "We met two hours a week.",
    ],
    "other": [
        "There were 3 options on the table.",
        "It took three quarters.",  # of a year
        "It was ten times as much.",
        "We moved 40 terabytes.",
        "I joined in 2019 as a user.",
        "I wrote two documents.",
        "I read 3 documents last week.",
        "The queue went down from 9 to 4.",
        "My team brought it from 3 to 9.",
        "Patients give it 4.7.",
        "We were in us-east-1 at the time.",
        "The user gets a 500 error.",
        "There are two failure modes.",
        "There were 12 drivers for it.",  # of cars, or of a printer
        "It was the number one bug.",
        "There was a priority 12 bug.",
        "He brought 1Password users.",
        "I left 200K a month on the table.",
        "We were five developer teams.",
        "There were 300 user licences.",
        "We went from 9.5 to 9.9 and the bill fell.",
        "We lost three quarters of a million parcels.",
        "It went from 2 in March to 5.",
    ],
}
CASES = [(kind, said) for kind, sentences in SENTENCES.items() for said in sentences]


def first_kind(said: str) -> NumberKind:
    spoken = passage(said)
    quantity, *_ = find_quantities(spoken)
    return kind_of(quantity, spoken)


@pytest.mark.parametrize(("kind", "said"), CASES)
def test_a_number_is_of_a_kind(kind: str, said: str):
    assert first_kind(said) == kind


def test_every_kind_is_tried():
    assert set(SENTENCES) == set(NumberKind)


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ("Checkout took 4 seconds.", "Checkout took four seconds."),
        ("The error rate was 2%.", "The error rate was two percent."),
        ("We paid 3 million euros.", "We paid three million euros."),
        ("We had 40 users.", "We had forty users."),
        ("Uptime was 99.9% last year.", "Uptime was ninety-nine point nine percent last year."),
        ("It does 800 orders a second.", "It does eight hundred orders a second."),
        ("We lost 6 weeks.", "We lost six weeks."),
    ],
)
def test_digits_and_words_are_one(figures: str, words: str):
    assert first_kind(figures) is first_kind(words) is not NumberKind.OTHER


def test_each_number_of_a_sentence_goes_by_the_word_nearest_to_it():
    spoken = passage("Latency fell by 30 percent, errors by 40 percent, and the bill went from 90 to 60.")
    assert [kind_of(q, spoken) for q in find_quantities(spoken)] == ["latency", "errors", "money"]
    spoken = passage("We had one outage in six months, and seven engineers in two teams.")
    assert [kind_of(q, spoken) for q in find_quantities(spoken)] == ["errors", "time", "people", "other"]


def test_the_next_sentence_says_nothing_of_it():
    spoken = passage("It went from 900 to 200. Latency was never a problem. It went from 5 to 3.")
    assert {kind_of(q, spoken) for q in find_quantities(spoken)} == {NumberKind.OTHER}


@pytest.mark.parametrize(
    ("text", "clause", "before", "after"),
    [
        ("users -page 40", ["page"], ["page", "users"], []),
        ("users-page 40", ["page", "users"], ["page", "users"], []),
        ("users, page 40", ["page"], ["page", "users"], []),
        ("It broke. So we paid 40", ["paid", "we", "so"], ["paid", "we", "so"], []),
        ("a b c d e f g h 40 n o p q r s", [*"hgfedcb"], [*"hgfedcb"], [*"opqr"]),
        ("40 n o, p", [], [], ["o"]),
    ],
)
def test_the_words_beside_a_number_end_with_its_clause_and_are_few(
    text: str, clause: list[str], before: list[str], after: list[str]
):
    spoken = passage(text)
    (quantity,) = find_quantities(spoken)
    assert clause_before(quantity, spoken) == clause
    assert words_before(quantity, spoken) == before
    assert words_after(quantity, spoken) == after


WORDS = (
    "a",
    "5",
    "5%",
    "$3",
    "half",
    "of",
    "in",
    "one",
    "ten",
    "million",
    "users",
    "seconds",
    "nines",
    ".",
    "per",
    "99.9",
)


@given(st.lists(st.sampled_from(WORDS)))
def test_any_words_have_a_kind(words: list[str]):
    spoken = passage(" ".join(words))
    assert all(kind_of(q, spoken) in NumberKind for q in find_quantities(spoken))
