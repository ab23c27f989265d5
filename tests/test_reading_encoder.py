"""The learned reader: windows over a long answer, odds for each token, and texts of any make."""

import hashlib
import itertools
import json
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

from tests.fake_reader import counting_reader
from voicemock.reading.encoder import BARS, FOLDER, SPANS, Encoder, load_bars, load_encoder
from voicemock.reading.pieces import pieces
from voicemock.reading.text import passage
from voicemock.schema import SignalName

ROOT = Path(__file__).parent.parent
DEV = [
    re.sub(r"\[\[\w:|\]\]", "", json.loads(line)["marked"])
    for line in (ROOT / "tests" / "answers" / "dev.jsonl").read_text("utf-8").splitlines()
]
UNREAD = -1e8
"""Below this a token was not read: no network says so of one it read."""


@pytest.fixture
def counting() -> Encoder:
    return counting_reader()


def words(count: int) -> str:
    told = " ".join(DEV).split()
    return " ".join(itertools.islice(itertools.cycle(told), count))


def test_a_short_answer_is_one_window(counting: Encoder) -> None:
    text = words(200)
    counting.read("How was it?", passage(text))
    (window,) = counting._session.windows
    expected, _ = counting._ids([piece.read for piece in pieces(passage(text))])
    assert window.tolist() == expected.tolist()


def test_a_long_answer_is_read_whole_in_windows_that_overlap(counting: Encoder) -> None:
    spoken = passage(words(3_000))
    found = counting.read("How was it?", spoken)
    expected, _ = counting._ids([piece.read for piece in pieces(spoken)])
    windows = [window.tolist() for window in counting._session.windows]
    assert len(windows) > 5
    joined = windows[0]
    for one, two in itertools.pairwise(windows):
        shared = next(n for n in range(min(len(one), len(two)), -1, -1) if one[len(one) - n :] == two[:n])
        assert shared >= 90
        joined = joined + two[shared:]
    assert joined == expected.tolist()
    read_in = found.spans[[i for i, token in enumerate(spoken.tokens) if token.word not in ("um", "uh", "er")], 0]
    assert read_in.min() == 1
    assert (np.diff(read_in) >= 0).all(), "each token is read once, in order"
    assert read_in.max() == len(windows)


def test_a_word_where_windows_meet_is_read_from_the_one_it_lies_deeper_in(counting: Encoder) -> None:
    found = counting.read("", passage(words(3_000)))
    window, depth = found.spans[:, 0], found.spans[:, 1]
    between = (window >= 2) & (window < window.max())
    assert between.sum() > 1_000
    assert depth[between].min() >= 40, "and never at the edge of its window"


def test_a_signal_is_the_clearest_of_all_windows(counting: Encoder) -> None:
    found = counting.read("", passage(words(3_000)))
    assert set(found.signals.tolist()) == {float(len(counting._session.windows))}


def test_the_work_grows_with_the_length_alone(counting: Encoder) -> None:
    read = []
    for count in (2_500, 5_000, 10_000):
        counting._session.windows.clear()
        counting.read("How was it?", passage(words(count)))
        read.append(sum(len(window) for window in counting._session.windows) / count)
    assert max(read) < 1.1 * min(read), "word pieces read for each word of the text"
    assert max(read) < 2.0


def test_a_question_of_any_length_leaves_the_answer_its_room(counting: Encoder) -> None:
    counting.read(words(5_000), passage(words(300)))
    assert len(counting._session.windows) == 1


def test_hesitations_have_no_odds_and_all_other_words_have() -> None:
    spoken = passage("Um, so we, uh, moved the, er, service in 3 weeks and, mhm, I told them.")
    found = load_encoder().read("", spoken)
    unread = {token.word for token, odds in zip(spoken.tokens, found.spans, strict=True) if (odds < UNREAD).all()}
    assert unread == {"um", "uh", "er", "mhm"}
    assert (found.proofs[[token.word in unread for token in spoken.tokens]] < UNREAD).all()
    assert (found.spans[[token.word not in unread for token in spoken.tokens]] > UNREAD).all()


ODD = {
    "none": "",
    "one": "word",
    "a hesitation": "um",
    "no letters": "?! … —",
    "emoji": "😀 🎉 😀",
    "a number": "12",
    "spaces": "\n\t ",
    "controls": "\x00\x01",
    "accents": "\u0301\u0301",
    "Japanese": "答えは、速くなりました。",
    "long": "x" * 3_000,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_any_text_has_odds_for_each_of_its_tokens(text: str) -> None:
    spoken = passage(text)
    for question in ("", "How was it?", text):
        found = load_encoder().read(question, spoken)
        assert found.spans.shape == (len(spoken.tokens), len(SPANS))
        assert found.proofs.shape == (len(spoken.tokens), len(load_bars().signals))
        assert found.signals.shape == (len(load_bars().signals),)
        assert np.isfinite(found.signals).all() and np.isfinite(found.spans).all()


def test_ten_thousand_words_have_odds_each() -> None:
    spoken = passage(words(10_000))
    found = load_encoder().read("How was it?", spoken)
    assert found.spans.shape[0] == len(spoken.tokens)
    read = [token.word not in ("um", "uh", "er", "hmm", "mm", "erm") for token in spoken.tokens]
    assert (found.spans[read] > UNREAD).all()


def test_the_same_text_reads_the_same() -> None:
    spoken = passage(words(900))
    one, two = (Encoder(FOLDER / "reader.onnx", FOLDER / "wordpieces.txt").read("Why?", spoken) for _ in range(2))
    for first, second in ((one.spans, two.spans), (one.proofs, two.proofs), (one.signals, two.signals)):
        assert np.array_equal(first, second)


def test_where_the_windows_fall_changes_little() -> None:
    before, told, after = " ".join(DEV[1:3]), DEV[0], DEV[3]
    count = len(passage(told).tokens)
    chances = []
    for shift in (0, 120, 240):
        start = " ".join(before.split()[shift:])
        first = len(passage(start).tokens)
        spoken = passage(f"{start} {told} {after}")
        assert [token.word for token in spoken.tokens[first : first + count]] == [t.word for t in passage(told).tokens]
        odds = load_encoder().read("", spoken).spans[first : first + count]
        chances.append(1 / (1 + np.exp([load_bars().spans[kind] for kind in SPANS] - odds)))
    weighed = SPANS.index("tradeoff")  # told in sentences, of which a window may see half
    for one, two in itertools.combinations(chances, 2):
        otherwise = np.abs(one - two) > 0.5
        assert np.delete(otherwise, weighed, axis=1).mean() < 0.01
        assert otherwise[:, weighed].mean() < 0.5


def test_every_signal_and_span_has_its_bars_in_order() -> None:
    bars = load_bars()
    assert {name.value for name in SignalName} <= set(bars.signals)
    assert set(bars.spans) == set(SPANS)
    for name, bar in bars.signals.items():
        assert bar.missed < bar.heard <= bar.praised, name


@pytest.mark.parametrize("path", [FOLDER / "reader.onnx", BARS, FOLDER / "wordpieces.txt"], ids=lambda path: path.name)
def test_the_files_of_the_reader_are_those_listed(path: Path) -> None:
    groups = tomllib.loads((ROOT / "benchmarks" / "weights.toml").read_text("utf-8"))["groups"]
    listed = {name: row for group in groups for name, row in group["files"].items()}
    row = listed[path.relative_to(ROOT).as_posix()]
    content = path.read_bytes()
    if path.suffix != ".onnx":
        content = content.replace(b"\r\n", b"\n")
    assert row["sha256"] == hashlib.sha256(content).hexdigest()
