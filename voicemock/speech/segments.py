"""Cut a stream of samples at its pauses into pieces a recogniser can take one at a time.

Live and file input go through the same code, frame by frame, so the size of the blocks fed in makes no
difference: a saved take read again is cut at the same places.
"""

__all__ = ["Piece", "Segmenter", "Stretch"]

from dataclasses import dataclass

import numpy as np

from voicemock.audio.arrays import Levels, Samples
from voicemock.audio.frames import HOP, Frames
from voicemock.audio.load import RATE_HZ
from voicemock.speech.detector import FRAME, SPEECH_OFF, SPEECH_ON, SpeechDetector
from voicemock.speech.quality import levels_of

SHORTEST = int(22.0 * RATE_HZ)
"""A piece is cut at the first pause after this length."""

LONGEST = int(28.0 * RATE_HZ)
"""A piece without such a pause is cut at this length, in the longest pause it has. Whisper's window holds 30 s; two are
left empty, because Whisper is at its worst in a window cut mid-word."""

CUT_PAUSE = int(0.5 * RATE_HZ)
"""A pause this long separates phrases, so no word is cut. voicemock default, unvalidated."""

LEAST_BEFORE = int(8.0 * RATE_HZ)
"""If a recording ends in mid-phrase, its last piece is cut once more, at its last pause, if this much lies before
it: that part was recognised ahead in the pause, and only the last phrase is left to do. On spoken text this changed no
word error (docs/hearing.md)."""

MARGIN = int(0.5 * RATE_HZ)
"""Silence kept on both sides of speech: quiet starts and trailing hesitations lie in it."""

MARGIN_FRAMES = -(-MARGIN // FRAME)
"""The frames that hold it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Samples of a piece that stood together in the recording.

    at: where they start in the piece, in samples.
    start: where they start in the recording, in samples.
    """

    at: int
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Up to 28 s of speech with its pauses; of long silences only the margins are kept.

    samples: (samples,) at 16 kHz. stretches: where in the recording they stood, in order.
    """

    samples: Samples
    stretches: tuple[Stretch, ...]

    @property
    def level_db(self) -> float:
        """Return its level in dB relative to full scale."""
        return float(10 * np.log10(np.square(self.samples, dtype=np.float64).mean() + 1e-12))

    def levels_db(self) -> Levels:
        """Return the level of every 20 ms of it."""
        return levels_of(Frames(HOP).feed(self.samples))

    def time_s(self, offset_s: float) -> float:
        """Return when in the recording the given second of the piece was said."""
        offset = offset_s * RATE_HZ
        home = self.stretches[0]
        for stretch in self.stretches:
            if stretch.at <= offset:
                home = stretch
        return (home.start + min(offset - home.at, home.length)) / RATE_HZ

    def part(self, start_s: float, end_s: float) -> "Piece":
        """Return what lies between two seconds of the piece."""
        first, last = (min(max(round(s * RATE_HZ), 0), len(self.samples)) for s in (start_s, end_s))
        kept = []
        for stretch in self.stretches:
            start, end = max(first, stretch.at), min(last, stretch.at + stretch.length)
            if start < end:
                kept.append(Stretch(start - first, stretch.start + start - stretch.at, end - start))
        return Piece(self.samples[first:last], tuple(kept))


class Segmenter:
    """Collects speech and gives it out in pieces.

    speech: (start, end) in samples of every stretch of speech so far, pauses of any length between them.
    """

    def __init__(self) -> None:
        self.speech: list[tuple[int, int]] = []
        self._detector = SpeechDetector()
        self._stream = Frames(FRAME)
        self._position = 0  # samples judged so far
        self._speaking = False
        self._frames: list[tuple[int, Samples]] = []  # kept frames and where they start
        self._keep_until = 0
        self._paused_at = 0  # how many frames were kept when speech last went on after a pause
        self._recent: list[tuple[int, Samples]] = []  # silence that may become a margin

    def feed(self, block: Samples) -> list[Piece]:
        """Take the next samples, (samples,) at 16 kHz without rumble; return the pieces they complete, mostly none."""
        pieces = []
        frames = self._stream.feed(block)
        for frame, chance in zip(frames, self._detector.probabilities(frames), strict=True):
            self._take(frame, chance)
            if (cut := self._cut()) is not None:
                pieces.append(self._give(cut))
        return pieces

    def speech_in(self, piece: Piece) -> list[tuple[float, float]]:
        """Return the stretches of speech in a piece, (start, end) in its seconds."""
        found = []
        for stretch in reversed(piece.stretches):
            for start, end in reversed(self.speech):
                if end <= stretch.start:
                    break
                first, last = max(start, stretch.start), min(end, stretch.start + stretch.length)
                if first < last:
                    moved = stretch.at - stretch.start
                    found.append(((first + moved) / RATE_HZ, (last + moved) / RATE_HZ))
        return found[::-1]

    def finish(self) -> list[Piece]:
        """Return what is left once the recording has ended."""
        if len(rest := self._stream.rest):
            frame = np.pad(rest, (0, FRAME - len(rest)))
            self._take(frame, *self._detector.probabilities(frame[None]))
        if not self._frames:
            return []
        early = not self.pausing and self._paused_at * FRAME >= LEAST_BEFORE
        before = [self._give(self._paused_at)] if early else []
        return [*before, self._give(len(self._frames))]

    @property
    def speaking(self) -> bool:
        """Tell whether speech is waiting to be given out and goes on, or ended a moment ago."""
        return bool(self._frames) and not self.pausing

    @property
    def pausing(self) -> bool:
        """Tell whether speech waits to be given out and the margin after it is full: more silence adds nothing."""
        return bool(self._frames) and self._position >= self._keep_until

    def tail(self) -> Piece | None:
        """Return, in a pause, what ``finish`` will give if nobody speaks again, or first if one more phrase comes."""
        return _piece(self._frames) if self.pausing else None

    def _take(self, frame: Samples, chance: float) -> None:
        start = self._position
        self._position += FRAME
        self._speaking = chance >= (SPEECH_OFF if self._speaking else SPEECH_ON)
        if self._speaking:
            if self._frames and start >= self._keep_until:
                self._paused_at = len(self._frames)
            if self.speech and self.speech[-1][1] == start:
                self.speech[-1] = (self.speech[-1][0], self._position)
            else:
                self.speech.append((start, self._position))
            self._frames.extend(self._recent)
            self._recent.clear()
            self._keep_until = self._position + MARGIN
        if self._speaking or start < self._keep_until:
            self._frames.append((start, frame))
        else:
            self._recent.append((start, frame))
            self._recent = self._recent[-MARGIN_FRAMES:]

    def _cut(self) -> int | None:
        """Return how many of the kept frames make a piece now, None to wait."""
        length = len(self._frames) * FRAME
        if length < SHORTEST:
            return None
        silent = self._position - self.speech[-1][1]
        if silent >= CUT_PAUSE:
            return len(self._frames)
        return self._best_pause() if length >= LONGEST else None

    def _best_pause(self) -> int:
        """Return the middle of the longest pause in the second half of a full piece, else all of it."""
        first = self._frames[len(self._frames) // 2][0]
        last = self._frames[-1][0]
        gaps = [
            (after - before, (before + after) // 2)
            for (_, before), (after, _) in zip(self.speech, self.speech[1:], strict=False)
            if before >= first and after <= last
        ]
        if not gaps:
            return len(self._frames)
        middle = max(gaps)[1]
        return sum(start < middle for start, _ in self._frames)

    def _give(self, frames: int) -> Piece:
        kept, self._frames = self._frames[:frames], self._frames[frames:]
        self._paused_at = max(0, self._paused_at - frames)
        return _piece(kept)


def _piece(kept: list[tuple[int, Samples]]) -> Piece:
    """Join frames and note which of them stood together."""
    stretches: list[Stretch] = []
    for i, (start, _) in enumerate(kept):
        if stretches and stretches[-1].start + stretches[-1].length == start:
            last = stretches[-1]
            stretches[-1] = Stretch(last.at, last.start, last.length + FRAME)
        else:
            stretches.append(Stretch(i * FRAME, start, FRAME))
    return Piece(np.concatenate([samples for _, samples in kept]), tuple(stretches))
