import numpy as np

from voicemock.reading import from_text, read
from voicemock.reading.encoder import SPANS, Encoded
from voicemock.reading.pronouns import find_pronouns
from voicemock.reading.text import passage

OUTAGE = (
    "I was running the payments team last year when our main database went down on a Friday evening. I called the two"
    " engineers on duty, and I told our head of support what I knew. We restored the backup in an hour, and we wrote to"
    " every customer. Then I wrote the report myself, I changed my own review checklist, and we rebuilt our alerts in"
    " the following month."
)
OTHERS = (
    "She told me about her brother's garden, and he said that the tomatoes came early that year. They built a shed,"
    " they painted it, and their neighbours liked the colour. The old man next door gave them his ladder, and his wife"
    " brought a cake for everybody. It rained for a week, the path was mud, and the dog had to stay inside. You could"
    " hear the trains from there."
)


def owned(text: str) -> tuple[list[str], list[str]]:
    pronouns = read(from_text(text)).pronouns
    return (
        [text[s.char_start : s.char_end] for s in pronouns.i],
        [text[s.char_start : s.char_end] for s in pronouns.we],
    )


def test_who_acts_is_counted_alone_and_together() -> None:
    alone, together = owned(OUTAGE)
    assert 4 <= alone.count("I") <= 6
    assert set(together) <= {"We", "we", "our"}
    assert 2 <= len([word for word in together if word.lower() == "we"]) <= 3


def test_what_others_do_is_not_counted() -> None:
    assert owned(OTHERS) == ([], [])


def test_the_share_of_i() -> None:
    pronouns = read(from_text(OUTAGE)).pronouns
    assert pronouns.i_share == len(pronouns.i) / (len(pronouns.i) + len(pronouns.we))
    assert read(from_text(OTHERS)).pronouns.i_share is None
    assert read(from_text("It rained.")).pronouns.i_share is None


def test_words_of_one_kind_are_never_counted_as_the_other() -> None:
    """However sure the network is of it."""
    spoken = passage("I told my team that we'd moved our users, and it's mine, so I'm glad, they said.")
    sure = Encoded(
        spans=np.full((len(spoken.tokens), len(SPANS)), 20, np.float32),
        proofs=np.zeros((len(spoken.tokens), 1), np.float32),
        signals=np.zeros(1, np.float32),
    )
    found = find_pronouns(spoken, sure)
    assert [spoken.text[s.char_start : s.char_end] for s in found.i] == ["I", "my", "mine", "I'm"]
    assert [spoken.text[s.char_start : s.char_end] for s in found.we] == ["we'd", "our"]
    assert found.i_share == 4 / 6


def test_case_and_full_stops_do_not_decide_who_acts() -> None:
    alone, together = owned(OUTAGE)
    plain = OUTAGE.lower().replace(".", "").replace(",", "")
    assert owned(plain) == ([word.lower() for word in alone], [word.lower() for word in together])
