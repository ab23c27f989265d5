"""Measure what a candidate waits for, on a virtual sound card in real time.

    python benchmarks/latency.py [--model tiny.en] [--answers 30,60,180] [--waits 0,1] [--live-counts] [--minutes 0]

Answers are spoken by hibari-tts (the `natural` extra), with pauses of 0.2 to 0.9 s between sentences, and played into
the virtual microphone. Each is recorded and heard as in a session, and ended by a "key" so many seconds after its last
word. Printed as Markdown tables:

- from the last word to the finished report, and from the key to it;
- from `voicemock practice` to the first sound from the loudspeaker, files cached;
- with --minutes: samples lost in a long recording while the worker hears it;
- the share of one core that recording alone takes.

Needs PulseAudio's daemon and clients (see `tests/virtual_audio.py`) and the `test` extra. About twice the length of all
answers. A busy machine measures itself: the load is printed with the figures.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Self

import numpy as np
import pexpect
import soxr
from hibari import SAMPLE_RATE, Hibari
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))
from tests.sounds import offset
from tests.virtual_audio import VirtualAudio
from voicemock.audio import devices
from voicemock.audio.load import RATE_HZ, decode
from voicemock.audio.record import Recorder, SoundCardMicrophone
from voicemock.audio.wav import wav_bytes
from voicemock.ear.live import LiveListener
from voicemock.models.catalogue import Model, find_model

Samples = NDArray[np.float32]

LOUD = 0.02
PAUSES_S = (0.2, 0.9)
SENTENCES = (
    "Two years ago I took over a team of seven that looked after the ordering service.",
    "Every Friday somebody was paged, and nobody could tell me why.",
    "So I asked each of them what they would throw away if they could.",
    "Um, the answers had one thing in common, and that was the message queue.",
    "We had built it ourselves, and the two people who knew it had left.",
    "I could have hired for it, but that would have taken us half a year.",
    "Instead we measured for two weeks how often it failed, and it was eleven times.",
    "I wrote down what moving away would cost, and what staying would cost.",
    "My manager, uh, did not like the number, but he agreed with the reason.",
    "We moved one customer at a time, smallest first, with a way back for each.",
    "In the third week we did need the way back, because of a difference in the order of messages.",
    "I decided to stop for two days and to write a test for exactly that.",
    "After that it went smoothly, and we finished a week later than planned.",
    "Pages went down from eleven in two weeks to one in a month.",
    "One of the younger engineers led the last part, and she was promoted in spring.",
    "What I would do differently is to ask the customers before, and not after.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--answers", default="30,60,180", help="lengths in seconds")
    parser.add_argument("--waits", default="0,1", help="seconds from the last word to the key")
    parser.add_argument("--live-counts", action="store_true", help="count filled pauses while they are made")
    parser.add_argument("--minutes", type=float, default=0, help="length of the long recording, 0 for none")
    parser.add_argument("--voice", default="natural", help="the interviewer's")
    options = parser.parse_args()
    model = find_model(options.model)
    with tempfile.TemporaryDirectory(prefix="vm-audio-") as folder:
        card = VirtualAudio(Path(folder))
        try:
            os.environ |= card.env
            devices.refresh()
            answers = [float(length) for length in options.answers.split(",")]
            waits = [float(wait) for wait in options.waits.split(",")]
            time_answers(card, Path(folder), model, answers, waits, counting=options.live_counts)
            time_start(card, Path(folder), options.model, options.voice)
            record_alone(Path(folder))
            if options.minutes:
                record_long(card, Path(folder), model, options.minutes)
        finally:
            card.close()


def speech(seconds: float, seed: int) -> Samples:
    """Return an answer of about so many seconds that begins with its first and ends with its last word."""
    voice, rng = Hibari(threads=1), np.random.default_rng(seed)
    order = rng.permutation(len(SENTENCES))
    parts: list[Samples] = []
    while sum(map(len, parts)) < seconds * SAMPLE_RATE:
        sound = voice(SENTENCES[order[len(parts) // 2 % len(order)]], seed=seed)
        loud = np.flatnonzero(np.abs(sound) > LOUD)
        pause = np.zeros(round(rng.uniform(*PAUSES_S) * SAMPLE_RATE), np.float32)
        parts += [sound[loud[0] : loud[-1] + 1], pause]
    return np.asarray(soxr.resample(np.concatenate(parts[:-1]), SAMPLE_RATE, RATE_HZ), np.float32)


class Clock:
    """Tells when a sample of a recording was caught, by the blocks that arrived soonest after it."""

    def __init__(self) -> None:
        self.samples = 0
        self.began_at = float("inf")
        self.spoken = threading.Event()

    def feed(self, block: Samples) -> None:
        """Note when a block came."""
        self.samples += len(block)
        self.began_at = min(self.began_at, time.monotonic() - self.samples / RATE_HZ)
        if np.abs(block).max() > LOUD:
            self.spoken.set()


def time_answers(
    card: VirtualAudio, folder: Path, model: Model, answers: list[float], waits: list[float], *, counting: bool
) -> None:
    print(
        f"| {model.name}: answer, s | key after, s | last word to report, s | key to report, s "
        "| hearing, share of one core | overflows | load |\n|---|---|---|---|---|---|---|",
        flush=True,
    )
    microphone = SoundCardMicrophone()
    took: dict[float, list[float]] = {wait: [] for wait in waits}
    with LiveListener(model, counting=counting) as ear:
        for number, length in enumerate(answers):
            said = speech(length, seed=number)
            played = folder / "answer.wav"
            played.write_bytes(wav_bytes(said, RATE_HZ))
            for wait in waits:
                take, clock = folder / f"{number}-{wait}.wav", Clock()

                def hear(block: Samples, clock: Clock = clock) -> None:
                    clock.feed(block)
                    ear.feed(block)

                ear.begin()
                used_s = cpu_s(ear.pid)
                with microphone.record(take, on_block=hear) as recorder:
                    player = card.start_playing_into_microphone(played)
                    clock.spoken.wait()
                    time.sleep(len(said) / RATE_HZ + wait)
                    key_at = time.monotonic()
                used_s = cpu_s(ear.pid) - used_s
                ear.finish(take, None, 1)
                done_at = time.monotonic()
                player.wait()
                last_word_at = clock.began_at + (offset(said, decode(take)[0]) + len(said)) / RATE_HZ
                took[wait].append(done_at - last_word_at)
                print(
                    f"| {len(said) / RATE_HZ:.0f} | {key_at - last_word_at:.2f} | {done_at - last_word_at:.2f} "
                    f"| {done_at - key_at:.2f} "
                    f"| {used_s / recorder.elapsed_s:.0%} | {recorder.overflows} | {os.getloadavg()[0]:.1f} |",
                    flush=True,
                )
    for wait, seconds in took.items():
        print(f"| median, key {wait:g} s after the last word | | {statistics.median(seconds):.2f} | | | | |")


def cpu_s(pid: int | None) -> float:
    """Return the processor time a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def time_start(card: VirtualAudio, folder: Path, model: str, voice: str, *, runs: int = 4) -> None:
    """Print how long a session takes to begin to speak; the first run only fills the file cache."""
    environment = {**card.env, "VOICEMOCK_DATA": f"{folder}/data", "VOICEMOCK_CONFIG": f"{folder}/config"}
    (folder / "config").mkdir()
    (folder / "config" / "config.toml").touch()  # else the first start asks for the microphone
    command = f"-m voicemock practice em_core -n 1 --model {model} --voice {voice} --no-open"
    took = []
    for _ in range(runs):
        with Loudspeaker(card) as loudspeaker:
            began_at = time.monotonic()
            session = pexpect.spawn(sys.executable, command.split(), env=environment, dimensions=(24, 80))
            reader = threading.Thread(target=session.expect, args=([pexpect.EOF],), kwargs={"timeout": 60})
            reader.start()
            took.append(loudspeaker.wait() - began_at)
            session.kill(9)
            reader.join()
            session.close()
    print(
        f"\n| from `practice` to the first sound, {voice}, s | {', '.join(f'{seconds:.2f}' for seconds in took[1:])} |"
    )
    print("|---|---|", flush=True)


class Loudspeaker:
    """Tells when the loudspeaker first sounded; a context manager that listens meanwhile."""

    RATE_HZ = 44_100

    def __init__(self, card: VirtualAudio) -> None:
        self._card = card

    def __enter__(self) -> Self:
        command = ["parec", "--device=speaker.monitor", "--format=s16le", "--channels=1", "--latency-msec=10"]
        self._process = subprocess.Popen(command, env=self._card.env, stdout=subprocess.PIPE)
        assert self._process.stdout
        self._process.stdout.read(self.RATE_HZ)  # half a second: a sleeping card takes two to wake up
        return self

    def wait(self) -> float:
        """Return the moment of the first sound, from its place in the stream: blocks arrive in bursts."""
        assert self._process.stdout
        heard, began_at = 0, float("inf")
        while pcm := self._process.stdout.read(882):  # 10 ms
            heard += len(pcm) // 2
            began_at = min(began_at, time.monotonic() - heard / self.RATE_HZ)
            if np.abs(np.frombuffer(pcm, np.int16)).max() > LOUD * 32768:
                return began_at + heard / self.RATE_HZ
        raise RuntimeError("parec ended")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        assert self._process.stdout
        self._process.stdout.close()


def record_alone(folder: Path, *, seconds: float = 30.0) -> None:
    """Print what recording costs while nobody listens."""
    with SoundCardMicrophone().record(folder / "alone.wav"):
        began_at, used = time.monotonic(), time.process_time()
        time.sleep(seconds)
        share = (time.process_time() - used) / (time.monotonic() - began_at)
    print(f"| recording alone, share of one core | {share:.1%} |", flush=True)


def record_long(card: VirtualAudio, folder: Path, model: Model, minutes: float) -> None:
    """Print what a long recording loses while it is heard."""
    said = speech(180, seed=99)
    played = folder / "answer.wav"
    played.write_bytes(
        wav_bytes(np.tile(np.pad(said, (0, RATE_HZ)), 1 + int(minutes * 60 * RATE_HZ / len(said))), RATE_HZ)
    )
    clock = Clock()
    with LiveListener(model) as ear:
        ear.begin()

        def hear(block: Samples) -> None:
            clock.feed(block)
            ear.feed(block)

        with SoundCardMicrophone().record(folder / "long.wav", on_block=hear) as recorder:
            player = card.start_playing_into_microphone(played)
            time.sleep(minutes * 60)
            report(recorder, clock)
            player.terminate()
            player.wait()
        key_at = time.monotonic()
        words = ear.finish(folder / "long.wav", None, 1).transcript.words
    print(f"| key to report after {minutes:g} min, s | {time.monotonic() - key_at:.2f} |\n| words | {len(words)} |")


def report(recorder: Recorder, clock: Clock) -> None:
    missing_s = time.monotonic() - clock.began_at - recorder.elapsed_s
    print(f"| {recorder.elapsed_s / 60:.0f} min heard live: input overflows | {recorder.overflows} |")
    print(f"| recording behind the clock, s | {missing_s:.2f} |", flush=True)


if __name__ == "__main__":
    main()
