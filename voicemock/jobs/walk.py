"""The sound for the way there: a question, silence to answer it, and one's own best answer to it."""

__all__ = ["Chosen", "Stop", "choose_takes", "walk_text", "write_walk"]

import tempfile
import wave
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from voicemock.archive.practised import Practised
from voicemock.archive.sources import open_source
from voicemock.archive.takes import answer_of
from voicemock.audio.arrays import Samples
from voicemock.audio.excerpt import excerpt
from voicemock.audio.load import ENDS_EARLY_S, RATE_HZ, decode
from voicemock.audio.spliced import spliced
from voicemock.errors import AudioError, VoicemockError
from voicemock.paths import whole_file
from voicemock.phrases import clock, day, plural, wrap
from voicemock.preparation.pack.best_take import Trimmed, best_first, own_takes, trimmed
from voicemock.preparation.schedule import heard_of
from voicemock.printable import plain
from voicemock.voices import Voice

TAKES = 6
"""Answers on the way; each adds its own length and its silence (voicemock default, unvalidated)."""
LONGEST_SILENCE_S = 120.0
"""To answer in; a deep dive of four minutes is begun, not told, on a walk (voicemock default, unvalidated)."""
BREATH_S = 1.5
"""Silence before the first question; twice as much after an answer (voicemock default, unvalidated)."""
LOUD_DB, MOST_GAIN = -20.0, 10.0
"""Every answer is brought to one level, as far as it can be without clipping (voicemock defaults, unvalidated)."""


class Chosen(NamedTuple):
    """A question's best take. of: out of how many. gone: better ones that cannot be played. recording: its file."""

    row: Practised
    of: int
    gone: int
    recording: Path
    trimmed: Trimmed
    level_db: float | None


class Stop(NamedTuple):
    """One question in the file: when it is asked, when there is silence to answer, when the take begins and is cut."""

    chosen: Chosen
    asked_s: float
    silence_s: float
    answer_s: float
    joints_s: tuple[float, ...]
    end_s: float


def choose_takes(
    rows: Sequence[Practised], competencies: Sequence[str], *, tell: Callable[[str], None]
) -> tuple[Chosen, ...]:
    """Return the best takes to questions about these competencies, one for each, the first first; then of any other.

    tell: is told which recordings are gone or damaged.
    """
    takes, own = best_first(rows), own_takes(rows)
    found: dict[str, Chosen | None] = {}
    about = {id: given[0].question.competencies for id, given in takes.items() if given[0].question}
    wanted: dict[str, None] = {}
    for name in competencies:
        fitting = [id for id in takes if name in about[id] and id not in wanted]
        wanted |= dict.fromkeys(fitting[:1])
    for id in (*wanted, *takes):
        if id not in found and sum(one is not None for one in found.values()) < TAKES:
            found[id] = _readable(takes[id], len(own[id]), tell)
    return tuple(filter(None, found.values()))


def _readable(takes: Sequence[Practised], of: int, tell: Callable[[str], None]) -> Chosen | None:
    """Return the first take whose recording is there and whole."""
    for gone, row in enumerate(takes):
        try:
            with open_source(row.session.id, sound=True, tell=lambda _: None) as source:
                answer = answer_of(row, source.report.answers)
                kept = trimmed(answer) if answer else None
                if answer and answer.recording and kept:
                    path = source.folder / answer.recording.path
                    _sound(path, kept)
                    return Chosen(row, of, gone, path, kept, answer.recording.level_db)
        except (VoicemockError, OSError):
            pass
        name = row.question.id if row.question else ""
        tell(f"The take of {name} from {day(row.session.started_at)} cannot be played.")
    return None


def _sound(path: Path, kept: Trimmed) -> Samples:
    """Return what is kept of a recording and what is cut out of that; raise AudioError if not all of it is there."""
    samples = excerpt(path, kept.start_s, kept.end_s)
    if len(samples) < (kept.end_s - kept.start_s - ENDS_EARLY_S) * RATE_HZ:
        raise AudioError(f"{path} ends early.")
    return samples


def write_walk(path: Path, chosen: Sequence[Chosen], voice: Voice) -> tuple[Stop, ...]:
    """Write the sound as one WAV file, whole or not at all, and return what is where in it.

    Raises VoiceError if the voice cannot ask, AudioError if a recording cannot be read, OSError if there is no room.
    """
    stops = []
    with whole_file(path) as file, wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE_HZ)

        def put(samples: Samples) -> float:
            sound.writeframes((np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2").tobytes())
            return float(sound.getnframes() / RATE_HZ)

        at = put(_silence(BREATH_S))
        for one in chosen:
            question = one.row.question
            asked = at
            silent = put(_spoken(question.text if question else "", voice))
            answer = put(_silence(min(LONGEST_SILENCE_S, question.target_s[1] if question else LONGEST_SILENCE_S)))
            take, joints = _take(one)
            end = put(take)
            stops.append(Stop(one, asked, silent, answer, tuple(answer + joint for joint in joints), end))
            at = put(_silence(2 * BREATH_S))
    return tuple(stops)


def _silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * RATE_HZ), np.float32)


def _spoken(text: str, voice: Voice) -> Samples:
    with tempfile.TemporaryDirectory(prefix="voicemock-") as folder:
        path = Path(folder) / "question.wav"
        voice.render(text, path)
        return decode(path, rate_hz=RATE_HZ)[0]


def _take(one: Chosen) -> tuple[Samples, tuple[float, ...]]:
    start = one.trimmed.start_s
    samples = _sound(one.recording, one.trimmed)
    gain = 10 ** ((LOUD_DB - one.level_db) / 20) if one.level_db is not None else 1.0
    loudest = float(np.abs(samples).max())
    samples = samples * np.float32(min(gain, MOST_GAIN, 0.95 / loudest if loudest else 1.0))
    return spliced(samples, [(begin - start, end - start) for begin, end in one.trimmed.stretches])


def walk_text(stops: Sequence[Stop]) -> str:
    """Return what is where in the file, and every place where something was cut out of a take."""
    lines = [
        "# What is in walk.wav",
        "",
        "Each soft blip marks a place where silence, or an um between two pauses, is left",
    ]
    lines += ["out. Nothing else is changed, and nothing is moved.", ""]
    for stop in stops:
        lines += _stop(stop)
    return "\n".join(lines)


def _stop(stop: Stop) -> Iterator[str]:
    row = stop.chosen.row
    yield wrap(f"{clock(stop.asked_s)}  {plain(row.question.text if row.question else '')}", indent="")
    yield f"{clock(stop.silence_s)}  {plural(round(stop.answer_s - stop.silence_s), 'second')} to answer"
    heard, asked = heard_of(row)
    of = stop.chosen.of
    best = f"the best of {of} takes{' that can be played' if stop.chosen.gone else ''}" if of > 1 else "your only take"
    how = f", {heard} of {asked} expected points heard" if asked else ""
    yield f"{clock(stop.answer_s)}  {best}: {day(row.session.started_at)}{how}"
    yield f"      session {plain(row.session.id)}, answer {row.place}"
    for cut, joint in zip(stop.chosen.trimmed.cuts, stop.joints_s, strict=True):
        what = f'silence and "{plain(" ".join(cut.said))}"' if cut.said else "silence"
        where = f"{cut.start_s:.2f} to {cut.end_s:.2f} s of the recording"
        yield f"      {clock(joint)}  {cut.end_s - cut.start_s:.1f} s of {what} left out: {where}"
    yield ""
