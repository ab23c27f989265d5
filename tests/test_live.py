"""Hearing while somebody speaks: real speech, the real tiny.en, a real process that is stopped and killed."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests import ear_child
from tests.conftest import need
from voicemock.analyze import analyze_recording
from voicemock.audio.load import AudioFile, decode
from voicemock.audio.wav import wav_bytes
from voicemock.demo.samples import load_samples, sample_questions
from voicemock.ear import hearing, worker
from voicemock.ear.live import LiveListener
from voicemock.errors import AudioError, ModelError, VoicemockError
from voicemock.models.catalogue import Model, catalog, find_model, installed
from voicemock.schema import AnswerReport, FillerKind
from voicemock.speech.listen import Listener
from voicemock.speech.recognise import Recogniser

RATE_HZ = 16_000
QUESTION = sample_questions()[0]

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(sys.platform == "win32", reason="processes are stopped and killed by POSIX signals"),
]


@pytest.fixture(scope="module")
def model() -> Model:
    need(installed(catalog().entry("tiny.en")), "Whisper tiny.en (the offline extra)")
    return find_model("tiny.en")


def recorded(folder: Path, *, sample: int, from_s: float, to_s: float) -> Path:
    """Write a part of a sample answer and a second of silence as the recorder would: 16 kHz, 16 bits."""
    samples, _ = decode(load_samples()[sample].path, rate_hz=RATE_HZ)
    said = samples[int(from_s * RATE_HZ) : int(to_s * RATE_HZ)]
    path = folder / f"take-{sample + 1}.wav"
    path.write_bytes(wav_bytes(np.pad(said, (0, RATE_HZ)), RATE_HZ))
    return path


@pytest.fixture(scope="module")
def take(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds with pauses and filled pauses."""
    return recorded(tmp_path_factory.mktemp("take"), sample=0, from_s=10.0, to_s=22.0)


@pytest.fixture(scope="module")
def reviewed(take: Path, recogniser: Recogniser) -> AnswerReport:
    return analyze_recording(take, recogniser=recogniser, question=QUESTION)


@pytest.fixture(scope="module")
def ear(model: Model) -> Iterator[LiveListener]:
    with LiveListener(model) as listener:
        yield listener


def blocks_of(path: Path, *, size: int = 512) -> list[NDArray[np.float32]]:
    samples = np.concatenate(list(AudioFile(path).blocks()))
    return [samples[at : at + size] for at in range(0, len(samples), size)]


def feed(ear: LiveListener, blocks: list[NDArray[np.float32]], *, speed: float = float("inf")) -> float:
    """Feed blocks so many times faster than they were said; return how long the slowest took in seconds."""
    slowest = said_s = 0.0
    start = time.monotonic()
    for block in blocks:
        said_s += len(block) / RATE_HZ
        time.sleep(max(0.0, start + said_s / speed - time.monotonic()))
        before = time.monotonic()
        ear.feed(block)
        slowest = max(slowest, time.monotonic() - before)
    return slowest


def wait_until(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


def gone(pid: int) -> bool:
    """Tell whether no process has that number any more, not even one that ended and was not asked how."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize(("size", "speed"), [(512, 4.0), (700, float("inf"))], ids=["as it is said", "all at once"])
def test_a_take_heard_live_has_the_report_of_its_recording(ear, take, reviewed, size, speed):
    ear.begin()
    feed(ear, blocks_of(take, size=size), speed=speed)
    report = ear.finish(take, QUESTION, 1)
    assert report.transcript.text == reviewed.transcript.text
    assert "um" in report.transcript.text.lower()
    assert report == reviewed


def test_a_saved_take_is_reported_like_a_live_one(ear, take, reviewed):
    assert ear.analyse(take, QUESTION, 1) == reviewed


def test_takes_in_a_row_do_not_mix(ear, take, reviewed, recogniser, tmp_path):
    other = recorded(tmp_path, sample=1, from_s=0.0, to_s=6.0)
    for path, expected in ((other, analyze_recording(other, recogniser=recogniser)), (take, None)):
        ear.begin()
        assert (ear.partial, ear.filled_pauses) == ("", 0)
        feed(ear, blocks_of(path))
        assert expected is None or ear.finish(path, None, 1) == expected
    assert ear.finish(take, QUESTION, 1) == reviewed


@pytest.mark.realtime
def test_an_abandoned_take_leaves_nothing_behind_and_costs_no_time(ear, take, reviewed):
    ear.begin()
    feed(ear, blocks_of(take) * 50)  # ten minutes
    ear.abandon()
    feed(ear, blocks_of(take)[:10])
    before = time.monotonic()
    ear.begin()
    feed(ear, blocks_of(take))
    assert ear.finish(take, QUESTION, 1) == reviewed
    assert time.monotonic() - before < 20


def test_words_are_shown_at_a_pause_before_the_answer_ends(ear, take, reviewed):
    ear.begin()
    feed(ear, blocks_of(take))
    wait_until(lambda: ear.partial == reviewed.transcript.text, "the words so far")
    assert ear.filled_pauses == sum(filler.kind is FillerKind.FILLED_PAUSE for filler in reviewed.fillers) > 0
    ear.abandon()


class Told:
    """The worker's end of a pipe in which nothing waits."""

    def __init__(self) -> None:
        self.told: list[hearing.SoFar] = []

    def poll(self) -> bool:
        return False

    def send(self, message: hearing.SoFar) -> None:
        self.told.append(message)


@pytest.mark.parametrize("counting", [True, False])
def test_filled_pauses_are_counted_without_a_pause_where_that_is_wanted(
    counting, recogniser, reviewed, monkeypatch, take
):
    monkeypatch.setattr(Listener, "words", lambda _: [])
    line = Told()
    listening = hearing._Hearing(line, recogniser, None)
    listening.receive(hearing.Begin(1, counting))
    for block in blocks_of(take):
        listening.receive(block)
    counts = [message.filled_pauses for message in line.told]
    assert counts == sorted(counts)
    pauses = sum(filler.kind is FillerKind.FILLED_PAUSE for filler in reviewed.fillers)
    assert (max(counts, default=0) == pauses) is counting


def test_counting_changes_nothing_in_the_report(ear, take, reviewed, monkeypatch):
    monkeypatch.setattr(ear, "_counting", True)
    ear.begin()
    feed(ear, blocks_of(take), speed=6.0)
    assert ear.finish(take, QUESTION, 1) == reviewed


def test_what_was_recognised_in_a_pause_is_not_recognised_again(take, recogniser, monkeypatch):
    pieces = []
    monkeypatch.setattr(
        recogniser, "encode", lambda samples, encode=recogniser.encode: pieces.append(samples) or encode(samples)
    )
    listener = Listener(recogniser)
    for block in blocks_of(take):
        listener.feed(block)
    assert not pieces
    assert listener.pausing
    words = listener.words()
    assert len(pieces) == 1
    heard = listener.finish(path=take)
    assert len(pieces) == 1
    assert [word.text for word in words] == [word.text for word in heard.transcript.words]


def test_an_answer_that_ends_in_mid_phrase_has_only_that_phrase_left_to_do(take, recogniser, monkeypatch, tmp_path):
    samples = np.concatenate(blocks_of(take))[:-RATE_HZ]
    cut_off = tmp_path / "cut-off.wav"
    cut_off.write_bytes(wav_bytes(samples, RATE_HZ))
    pieces = []
    monkeypatch.setattr(
        recogniser, "encode", lambda samples, encode=recogniser.encode: pieces.append(samples) or encode(samples)
    )
    listener = Listener(recogniser)
    for block in blocks_of(cut_off):
        listener.feed(block)
        if listener.pausing and not pieces:
            listener.words()
    heard = listener.finish(path=cut_off)
    before, phrase = (len(piece) / RATE_HZ for piece in pieces)
    assert before > 8.0
    assert phrase < 4.0
    reviewed = analyze_recording(cut_off, recogniser=recogniser)
    assert heard.transcript == reviewed.transcript


def test_a_take_that_was_heard_is_not_read_again(ear, take, reviewed, tmp_path):
    silent = tmp_path / "silent.wav"
    silent.write_bytes(wav_bytes(np.zeros(sum(map(len, blocks_of(take))), np.float32), RATE_HZ))
    ear.begin()
    feed(ear, blocks_of(take))
    assert ear.finish(silent, QUESTION, 1).transcript == reviewed.transcript


def test_sound_that_was_not_fed_is_heard_all_the_same(ear, take, reviewed):
    ear.begin()
    feed(ear, blocks_of(take)[:-100])
    assert ear.finish(take, QUESTION, 1) == reviewed


def test_a_worker_killed_while_it_hears_is_replaced(ear, take, reviewed):
    blocks = blocks_of(take)
    first = ear.pid
    ear.begin()
    feed(ear, blocks[:200])
    os.kill(first, signal.SIGKILL)
    feed(ear, blocks[200:])
    assert ear.finish(take, QUESTION, 1) == reviewed
    second = ear.pid
    os.kill(second, signal.SIGKILL)  # between takes
    wait_until(lambda: ear._worker.lost, "the death of the worker")
    ear.begin()
    feed(ear, blocks)
    assert ear.finish(take, QUESTION, 1) == reviewed
    assert len({first, second, ear.pid}) == 3
    assert gone(first)
    assert gone(second)


@pytest.mark.realtime
def test_a_worker_that_hangs_holds_nobody_up_and_is_replaced(model, take, reviewed, monkeypatch):
    with LiveListener(model) as ear:
        ear.begin()
        feed(ear, blocks_of(take)[:1])
        os.kill(ear.pid, signal.SIGSTOP)
        assert feed(ear, blocks_of(take) * 10) < 0.05, "two minutes; a pipe holds less than a second"
        assert ear.partial == ""
        stopped, replace = ear.pid, ear._replace

        def patiently() -> None:
            monkeypatch.undo()
            replace()

        monkeypatch.setattr(worker, "PATIENCE_S", 0.5)
        monkeypatch.setattr(ear, "_replace", patiently)
        assert ear.finish(take, QUESTION, 1) == reviewed
    assert gone(stopped)


def test_a_worker_that_gets_little_of_the_machine_is_waited_for(model, take, monkeypatch):
    monkeypatch.setattr(worker, "serve", ear_child.work_slowly)
    with LiveListener(model) as ear:
        wait_until(lambda: ear._worker.so_far.words, "the start")
        monkeypatch.setattr(worker, "PATIENCE_S", 0.4)
        with pytest.raises(AudioError, match="Done at last"):
            ear.finish(take, QUESTION, 1)


def test_a_worker_that_dies_again_is_an_error_that_names_the_recording(model, take, monkeypatch):
    monkeypatch.setattr(worker, "serve", ear_child.die)
    with LiveListener(model) as ear:
        ear.begin()
        feed(ear, blocks_of(take))
        with pytest.raises(VoicemockError, match="died twice") as caught:
            ear.finish(take, QUESTION, 1)
        assert str(take) in caught.value.hint
        monkeypatch.undo()
        ear.begin()  # the next take is heard again
        feed(ear, blocks_of(take))
        assert ear.finish(take, QUESTION, 1).transcript.words


def test_a_model_that_cannot_be_loaded_is_told_at_first_use(tmp_path, take):
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).write_text("{}")
    with LiveListener(Model("broken", tmp_path, "folder")) as ear:
        ear.begin()
        feed(ear, blocks_of(take))
        with pytest.raises(ModelError, match="cannot be loaded"):
            ear.finish(take, QUESTION, 1)
        with pytest.raises(ModelError):
            ear.begin()


def test_a_recording_that_is_gone_is_told_like_in_a_review(ear, tmp_path):
    with pytest.raises(VoicemockError, match="There is no file"):
        ear.analyse(tmp_path / "gone.wav", QUESTION, 1)


def test_ctrl_c_does_not_reach_the_worker_and_nothing_outlives_the_session(model, take, reviewed):
    before = {*threading.enumerate(), *multiprocessing.active_children()}
    with LiveListener(model) as ear:
        pid = ear.pid
        os.kill(pid, signal.SIGINT)  # still starting
        ear.begin()
        feed(ear, blocks_of(take), speed=8.0)
        os.kill(pid, signal.SIGINT)
        assert ear.finish(take, QUESTION, 1) == reviewed
        assert ear.pid == pid
    ear.close()  # once more does no harm
    assert gone(pid)
    assert {*threading.enumerate(), *multiprocessing.active_children()} <= before


def test_the_worker_ends_with_a_session_that_is_killed(model, take):
    code = (
        "import sys, time; from pathlib import Path; from voicemock.ear.live import LiveListener\n"
        "from voicemock.models.catalogue import find_model\n"
        "ear = LiveListener(find_model(sys.argv[1])); print(ear.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(model.path)], stdout=subprocess.PIPE, text=True) as session:
        assert session.stdout is not None
        pid = int(session.stdout.readline())
        session.kill()
    wait_until(lambda: gone(pid), "the end of the worker")
