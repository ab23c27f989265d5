"""A recording as a page can play it: small, inside the page, and exact to the word.

Opus in WebM, because Chromium seeks in it to within 10 ms; in MP3 it lands up to 0.1 s away, which is another word
(benchmarks/seeking.py).
"""

__all__ = ["EMBED_UP_TO_S", "Sound", "load_sound"]

import base64
import urllib.parse
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
import numpy as np

from voicemock.audio.arrays import Samples
from voicemock.audio.frames import Frames
from voicemock.audio.load import RATE_HZ, AudioFile
from voicemock.errors import AudioError
from voicemock.report.opus import encoded
from voicemock.schema import Recording

EMBED_UP_TO_S = 30 * 60.0
"""A longer recording would make the page too heavy; it is linked instead."""

BARS, FINE_BARS = 260, 3000
"""Bars of the waveform: about three pixels each on a wide screen, and as wide once a long answer is drawn larger."""

HOP = RATE_HZ // 20
"""The samples one level is taken of, 50 ms."""

LOUD_QUANTILE = 0.97
"""The bars above this are all drawn at full height: one slammed door must not make the voice look small."""

LEAST_LOUD = 0.1
"""Full height is never less than this share of the loudest bar: one word must not make the silence look loud."""

SHAPE = 0.8
"""Heights are raised to this power: quiet speech is still to be seen."""


class Sound(msgspec.Struct, frozen=True, kw_only=True):
    """What the player plays and draws.

    src: a data: URI, or an address if it is too long for that; empty if there is nothing to play.
    levels: the waveform's bars, 0 to 1. fine: more of them, for where it is drawn larger.
    problem: why nothing can be played, in words for people.
    """

    src: str = ""
    levels: tuple[float, ...] = ()
    fine: tuple[float, ...] = ()
    problem: str = ""

    @property
    def linked(self) -> bool:
        """Return whether the recording is outside the page."""
        return bool(self.src) and not self.src.startswith("data:")


def load_sound(
    recording: Recording,
    *,
    folder: Path | None,
    page_in: Path | None = None,
    elsewhere: bool = True,
    copies: Mapping[str, Path] | None = None,
    embed_up_to_s: float = EMBED_UP_TO_S,
) -> Sound:
    """Return a recording ready for a page; never raises for a recording that is gone or damaged.

    For folder, page_in, elsewhere and copies see ``render_html``. embed_up_to_s: what is longer is linked.
    """
    if folder is None:
        return Sound(problem="The sound was left out of this page.")
    copy = copies.get(recording.path) if copies else None
    path = copy or _find(Path(recording.path), folder, elsewhere=elsewhere)
    if path is None:
        return Sound(problem=f"The recording is no longer at {recording.path}, so it cannot be played.")
    if copy and recording.duration_s > embed_up_to_s:
        return Sound(problem=f"The recording is at {recording.path}, and too long to be played in this page.")
    if recording.duration_s > embed_up_to_s:
        return Sound(src=_address(path, page_in or folder))
    try:
        data, meter = _encode(AudioFile(path, track=recording.track, channel=recording.channel).blocks())
    except (AudioError, OSError) as error:
        why = str(error).replace(str(copy), recording.path) if copy else error
        return Sound(problem=f"The recording cannot be played: {why}")
    src = f"data:audio/webm;base64,{base64.b64encode(data).decode('ascii')}"
    return Sound(src=src, levels=meter.bars(BARS), fine=meter.bars(FINE_BARS))


def _find(path: Path, folder: Path, *, elsewhere: bool) -> Path | None:
    """Look in the report's folder first, then where the command was given."""
    if not elsewhere and (path.anchor or ".." in path.parts):
        return None
    places = (folder / path, path) if elsewhere else (folder / path,)
    return next((place for place in places if place.is_file()), None)


def _address(path: Path, folder: Path) -> str:
    path, folder = path.resolve(), folder.resolve()
    if path.is_relative_to(folder):
        return urllib.parse.quote(path.relative_to(folder).as_posix())
    return path.as_uri()


def _encode(blocks: Iterator[Samples]) -> "tuple[bytes, _Meter]":
    """Encode blocks as they come, and measure their levels on the way."""
    meter = _Meter()
    return encoded(map(meter.measured, blocks)), meter


class _Meter:
    """Gathers the level of every 50 ms for the waveform; the last one may be shorter."""

    def __init__(self) -> None:
        self._frames = Frames(HOP)
        self._power: list[Samples] = []

    def measured(self, block: Samples) -> Samples:
        """Take the next block, and return it."""
        self._power.append(np.square(self._frames.feed(block)).mean(axis=1))
        return block

    def bars(self, most: int) -> tuple[float, ...]:
        """Return the waveform in at most so many bars, the loudest at 1 and quiet speech still to be seen."""
        power = np.concatenate(self._power) if self._power else np.zeros(0)
        if len(rest := self._frames.rest):
            power = np.append(power, np.square(rest).mean())
        if not power.any():
            return ()
        # Every bar as long as every other, to half a hop: equal counts first would drift from the time axis.
        starts = np.linspace(0, len(power), min(most, len(power)), endpoint=False).round().astype(int)
        bars = np.add.reduceat(power, starts) / np.diff(starts, append=len(power))
        loud = max(np.quantile(bars, LOUD_QUANTILE), LEAST_LOUD * bars.max())
        heights = np.minimum(np.sqrt(bars / loud), 1.0)
        return tuple(float(height) for height in np.round(heights**SHAPE, 3))
