"""Render the demo's two sample answers, and write down what is in them and when.

    .venv/bin/python benchmarks/demo_answers.py voicemock/demo

The text is our own, spoken by hibari-tts (the ``natural`` extra) a fifth lower than its voice, so that
the candidate does not sound like the interviewer. In a script, ``[um]`` is a filled pause, and ``(1.5)`` a
silence of so many seconds; both end one piece of speech and begin another, which is what places them
exactly. A room's faint noise lies under everything. Seeded: the same versions give the same bytes.
"""

import re
import sys
from pathlib import Path

import av
import msgspec
import numpy as np
import soxr
from hibari import SAMPLE_RATE, Hibari
from numpy.typing import NDArray

from voicemock.demo.samples import FilledPause, Sample

LOWER = 0.84
"""Played slower by this factor the voice becomes deeper and larger; rendered faster, it keeps its pace."""

PACE = 0.95
FILLER_PHONEMES = {"um": "ˈʌm", "uh": "ˈʌ"}
FILLER_PACE = 0.55  # a filled pause is drawn out: 0.3 to 0.5 s
AROUND_FILLER_S = (0.18, 0.42)
NOISE_DB = -62.0
PEAK = 0.6
RATE_HZ = 16_000

SCRIPTS = {
    "delivered-late": """
        So, [um] last year our team was moving the billing system to a new platform, and we were behind schedule.
        (0.5) [uh] we had promised it to the sales people for the summer, and, [um] in the spring we found out that
        another team, the one we depended on, had changed their plans. (0.7) So we sat down together, we went
        through everything that was left, and we cut the list. (2.6) [um] then we went to the sales director, and,
        [uh] she was not happy at all, but we explained it to her, and we asked her for more time. (0.6) In the end
        the new billing went live in the autumn, later than we had planned, and, [um] everybody was quite happy with
        it. (0.5) Looking back, we learned that we should have talked to that team much earlier.
        """,
    "latency-hunt": """
        Last spring the checkout of our shop became slow, and nobody knew why. (0.5) The slowest one percent of
        requests took two point four seconds, and customers gave up before they paid. (0.5) My job was to find the
        cause, and to keep the shop open meanwhile. (0.4) So first I switched the recommendations off, to take load
        from the servers, and I told support and sales. (0.4) Then I asked two engineers to trace one request from
        end to end. It showed that most of the time went into one call, to the tax service, which another team looks
        after. (0.6) We had two options: to keep each tax rate for a few minutes, or to run our own copy of the
        rules. (0.4) A copy is always exact, [um] but I would have had to put a team of six on call for it. (0.4) So
        I decided to keep the rates, and I accepted that one could be five minutes out of date, because they hardly
        ever change. (0.6) I rolled it out to ten percent of the traffic first, with an alert on the error rate and
        a way back. (0.5) After a month the slowest requests were down from two point four seconds to six hundred
        milliseconds, and completed orders went up by three percent. (0.6) What I would do differently today is to
        agree on a target with my team before I touch anything.
        """,
}
MARK = re.compile(r"\[(\w+)\]|\((\d+\.\d+)\)")


class Studio:
    """Speaks pieces and joins them, keeping the time."""

    def __init__(self, hibari: Hibari, seed: int) -> None:
        self.hibari = hibari
        self.rng = np.random.default_rng(seed)
        self.seed = seed
        self.parts: list[NDArray[np.float32]] = []
        self.words: list[str] = []
        self.filled_pauses: list[FilledPause] = []
        self.silence(0.8)

    @property
    def now_s(self) -> float:
        """Seconds so far."""
        return sum(map(len, self.parts)) / (SAMPLE_RATE * LOWER)

    def silence(self, seconds: float) -> None:
        """Be silent."""
        self.parts.append(np.zeros(round(seconds * SAMPLE_RATE * LOWER), np.float32))

    def say(self, text: str) -> None:
        """Speak one piece."""
        self.words.append(text)
        self.parts.append(trimmed(self.hibari(text, speed=PACE / LOWER, seed=self.seed)))

    def hesitate(self, text: str) -> None:
        """Say um or uh, with a silence before and after it."""
        self.silence(self.rng.uniform(*AROUND_FILLER_S))
        start_s = self.now_s
        self.parts.append(
            trimmed(self.hibari.from_phonemes(FILLER_PHONEMES[text], speed=FILLER_PACE / LOWER, seed=self.seed))
        )
        self.filled_pauses.append(FilledPause(text, round(start_s, 2), round(self.now_s, 2)))
        self.words.append(text)
        self.silence(self.rng.uniform(*AROUND_FILLER_S))

    def finish(self) -> NDArray[np.float32]:
        """Return everything said, deeper and in a room."""
        self.silence(0.8)
        sound = soxr.resample(np.concatenate(self.parts), SAMPLE_RATE * LOWER, RATE_HZ)
        white = np.fft.rfft(self.rng.standard_normal(len(sound)))
        room = np.fft.irfft(white / np.sqrt(np.arange(1, len(white) + 1)), len(sound))  # pink, as rooms are
        room *= 10 ** (NOISE_DB / 20) / room.std()
        return (sound * PEAK / np.abs(sound).max() + room).astype(np.float32)


def trimmed(sound: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cut the silence before and after the speech, so that the script alone decides on pauses."""
    loud = np.flatnonzero(np.abs(sound) > 0.01)
    return sound[loud[0] : loud[-1] + 1]


def render(question: str, script: str, hibari: Hibari, folder: Path, *, seed: int) -> Sample:
    studio = Studio(hibari, seed)
    rest = " ".join(script.split())
    while rest:
        mark = MARK.search(rest)
        piece = rest[: mark.start()].strip() if mark else rest
        if piece:
            studio.say(piece)
        if mark and mark[1]:
            studio.hesitate(mark[1])
        elif mark:
            studio.silence(float(mark[2]))
        rest = rest[mark.end() :].strip() if mark else ""
    sound = studio.finish()
    file = f"{question}.ogg"
    encode(sound, folder / file)
    return Sample(
        question=question,
        file=file,
        duration_s=round(len(sound) / RATE_HZ, 2),
        text=" ".join(studio.words),
        filled_pauses=tuple(studio.filled_pauses),
    )


def encode(sound: NDArray[np.float32], path: Path) -> None:
    pcm = (np.clip(sound, -1, 1) * 32767).astype(np.int16)
    with av.open(str(path), "w", options={"fflags": "+bitexact"}) as file:
        stream = file.add_stream("libopus", rate=RATE_HZ, layout="mono", bit_rate=32_000)
        for start in range(0, len(pcm), RATE_HZ):
            frame = av.AudioFrame.from_ndarray(pcm[None, start : start + RATE_HZ], format="s16", layout="mono")
            frame.sample_rate = RATE_HZ
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


def main() -> None:
    folder = Path(sys.argv[1])
    hibari = Hibari(threads=1)
    samples = [render(q, s, hibari, folder, seed=n) for n, (q, s) in enumerate(SCRIPTS.items(), 1)]
    (folder / "samples.json").write_bytes(msgspec.json.format(msgspec.json.encode(samples), indent=1) + b"\n")
    for sample in samples:
        size = (folder / sample.file).stat().st_size
        print(f"{sample.file}: {sample.duration_s} s, {size / 1000:.0f} kB, {len(sample.filled_pauses)} filled pauses")


if __name__ == "__main__":
    main()
