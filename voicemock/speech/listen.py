"""From samples to what was said and how: the one way in for live and recorded answers."""

from __future__ import annotations

__all__ = ["Heard", "Listener", "Sound", "filled_pauses_of", "listen", "transcript_of"]

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from voicemock.audio.load import RATE_HZ, AudioFile
from voicemock.schema import Certainty, Filler, FillerKind, Prosody, Quality, Recording, Transcript, Word
from voicemock.speech.pauses import Stretches, speech_stretches
from voicemock.speech.pitch import track_f0
from voicemock.speech.prosody import Delivery, spoken_steps
from voicemock.speech.quality import Meter
from voicemock.speech.recognise import Decoded, Encoded, Recogniser, Said
from voicemock.speech.second_voice import Talk, piece_times, talk_in
from voicemock.speech.second_voice import problems as second_voice_problems
from voicemock.speech.segments import HighPass, Piece, Segmenter, Stretch
from voicemock.speech.sounds import hesitations_in, joined, levels_of, loudest_run
from voicemock.speech.verbatim import PRIMER, SHORT_PRIMER, compare, is_filled_pause
from voicemock.speech.voiceprint import Print, prints_in
from voicemock.speech.witnesses import settle

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


UNREAD_S = 1.0
"""Whisper may stop at a long pause though more is said after it. With this much speech left, the rest is read by
itself, as faster-whisper does. voicemock default, unvalidated."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What was measured, kept so that a part of a recording can be judged as the whole is.

    stretches: of speech. prints: whose voice is heard when; empty where nobody asked.
    problems: those of the file itself.
    """

    words: list[Said]
    stretches: Stretches
    meter: Meter
    delivery: Delivery
    talks: list[Talk]
    prints: list[Print]
    problems: tuple[str, ...]


class Heard(msgspec.Struct, frozen=True, kw_only=True):
    """All that was heard in one recording, or what is left of it without others' turns (``turns.without``)."""

    recording: Recording
    transcript: Transcript
    filled_pauses: tuple[Filler, ...]
    prosody: Prosody
    sound: Sound | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found in a piece.

    place: where it lies in the recording. talk: how much of it holds another voice, None where no reader knows the
    model or nobody speaks.
    """

    place: tuple[Stretch, ...]
    words: list[Said]
    f0: NDArray[np.float32]
    f0_at_s: NDArray[np.float32]
    talk: Talk | None
    prints: list[Print]


class Listener:
    """Hears one recording as it comes in.

    voices: also hear whose voice it is, at a tenth more work.
    """

    def __init__(self, recogniser: Recogniser, *, voices: bool = False) -> None:
        self._recogniser = recogniser
        self._voices = voices
        self._high_pass = HighPass()
        self._segmenter = Segmenter()
        self._meter = Meter()
        self._delivery = Delivery()
        self._words: list[Said] = []
        self._talks: list[Talk] = []
        self._prints: list[Print] = []
        self._ahead: _Found | None = None

    def feed(self, block: NDArray[np.float32]) -> None:
        """Take the next samples, mono at 16 kHz; now and then this recognises a finished piece."""
        clean = self._high_pass(block)
        self._meter.feed(block, clean)
        for piece in self._segmenter.feed(clean):
            self._hear(piece)

    @property
    def speaking(self) -> bool:
        """Tell whether words wait to be recognised and somebody speaks on."""
        return self._segmenter.speaking

    @property
    def pausing(self) -> bool:
        """Tell whether nobody has spoken for half a second and words wait to be recognised."""
        return self._segmenter.pausing

    def words(self) -> list[Said]:
        """Return the words so far; in a pause this recognises the waiting ones ahead of time.

        Asking never changes what comes out in the end: the result is kept for ``finish`` and used there
        if nobody has spoken since, else thrown away.
        """
        tail = self._segmenter.tail()
        if tail is None:
            return list(self._words)
        self._ahead = self._find(tail)
        return self._words + self._ahead.words

    def finish(
        self,
        *,
        path: Path | str,
        sample_rate_hz: int = RATE_HZ,
        channels: int = 1,
        problems: tuple[str, ...] = (),
    ) -> Heard:
        """Recognise what is left and return everything; the transcript is empty where nobody spoke."""
        for piece in self._segmenter.finish():
            self._hear(piece)
        levels = self._meter.levels_db()
        stretches = joined(speech_stretches(self._segmenter.speech, levels), self._words)
        level_db, noise_db = self._meter.loudness(spoken_steps(stretches, len(levels)))
        sound = Sound(self._words, stretches, self._meter, self._delivery, self._talks, self._prints, problems)
        problems = (*problems, *self._meter.problems(level_db, noise_db), *second_voice_problems(self._talks))
        transcript = transcript_of(self._words, self._recogniser.name)
        return Heard(
            recording=Recording(
                path=str(path),
                duration_s=round(self._meter.duration_s, 3),
                sample_rate_hz=sample_rate_hz,
                channels=channels,
                level_db=level_db,
                noise_db=noise_db,
                clipped_share=self._meter.clipped_share,
                quality=Quality.POOR if problems else Quality.OK,
                problems=problems,
            ),
            transcript=transcript,
            filled_pauses=filled_pauses_of(transcript, self._words),
            prosody=self._delivery.prosody(transcript.words, stretches, levels),
            sound=sound,
        )

    def _hear(self, piece: Piece) -> None:
        found = self._find(piece)
        if found.words:
            self._words += found.words
            self._delivery.feed(found.f0, found.f0_at_s)
            self._prints += found.prints
        if found.talk:
            self._talks.append(found.talk)

    def _find(self, piece: Piece) -> _Found:
        if self._ahead and self._ahead.place == piece.stretches:
            return self._ahead
        f0 = self._recogniser.beside(track_f0, piece.samples)  # while the encoder has the other cores
        encoded = self._recogniser.encode(piece.samples)
        words = self._recognise(piece, encoded)
        reader = self._recogniser.second_voice
        talk = talk_in(piece, encoded, reader) if words and reader else None
        prints = prints_in(piece, self._segmenter.speech) if words and self._voices else []
        pitch = f0()
        return _Found(piece.stretches, words, pitch, piece_times(piece, len(pitch)), talk, prints)

    def _recognise(self, piece: Piece, encoded: Encoded) -> list[Said]:
        """Return what is said in a piece, with its times in the recording; this takes nearly all the time."""
        recogniser = self._recogniser
        primed = recogniser.beside(recogniser.decode, encoded, primer=PRIMER) if recogniser.verbatim else None
        plain = recogniser.decode(encoded)
        if plain.loops:
            plain = recogniser.decode(encoded, careful=True)
        if not plain.tokens or plain.invented:
            return []
        words = recogniser.align(encoded, plain.tokens)
        rest = self._unread(piece, words)
        if primed:
            words = self._hesitations(piece, encoded, words, primed(), whole=rest is None)
        else:
            words = _as_written(words, levels_of(piece.samples))
        timed = [replace(w, start_s=piece.time_s(w.start_s), end_s=piece.time_s(w.end_s)) for w in words]
        return timed + (self._recognise(rest, recogniser.encode(rest.samples)) if rest else [])

    def _unread(self, piece: Piece, words: list[Said]) -> Piece | None:
        """Return what follows the last word where it holds speech, else None."""
        if not words or words[-1].end_s < UNREAD_S:
            return None
        rest = piece.after(words[-1].end_s)
        return rest if self._segmenter.speech_s(rest) >= UNREAD_S else None

    def _hesitations(
        self, piece: Piece, encoded: Encoded, words: list[Said], primed: Decoded, *, whole: bool
    ) -> list[Said]:
        """Weigh what was heard by a reading that expected hesitations.

        whole: whether the words reach the end of the piece; if not, nothing after them is looked at.
        """
        recogniser = self._recogniser
        if primed.loops:
            primed = recogniser.decode(encoded, primer=SHORT_PRIMER)
        texts, after_last = ([], 0.0) if primed.loops else recogniser.words(primed)
        plain, extras = compare(words, texts, after_last=after_last)
        levels = levels_of(piece.samples)
        sounds = hesitations_in(recogniser.probe, encoded, levels) if recogniser.probe else None
        if not whole:
            extras = [extra for extra in extras if extra.gap < len(plain)]
            sounds = sounds and tuple(sound for sound in sounds if sound.end_s <= words[-1].end_s)
        return settle(plain, extras, sounds, levels)


def listen(file: AudioFile, recogniser: Recogniser, *, voices: bool = False) -> Heard:
    """Hear a whole file, where asked with whose voice it is. Raises ``AudioError`` where it cannot be decoded."""
    listener = Listener(recogniser, voices=voices)
    for block in file.blocks():
        listener.feed(block)
    return listener.finish(
        path=file.path, sample_rate_hz=file.sample_rate_hz, channels=file.channels, problems=file.problems
    )


def _as_written(words: list[Said], levels: NDArray[np.float32]) -> list[Said]:
    """Mark the hesitations Whisper wrote unasked, the only ones known where none were looked for."""
    found = []
    for word in words:
        if is_filled_pause(word.text):
            start_s, end_s = loudest_run(word.start_s, word.end_s, levels)
            word = replace(word, start_s=start_s, end_s=end_s, certainty=Certainty.POSSIBLE)
        found.append(word)
    return found


def transcript_of(said: list[Said], model: str) -> Transcript:
    """Join the words by single spaces and give each its place."""
    words = []
    at = 0
    for word in said:
        words.append(
            Word(
                text=word.text,
                char_start=at,
                char_end=at + len(word.text),
                start_s=round(word.start_s, 3),
                end_s=round(word.end_s, 3),
                probability=round(word.probability, 3),
            )
        )
        at += len(word.text) + 1
    return Transcript(
        text=" ".join(word.text for word in said),
        words=tuple(words),
        model=model,
        confidence=round(sum(word.probability for word in said) / len(said), 3) if said else None,
    )


def filled_pauses_of(transcript: Transcript, said: list[Said]) -> tuple[Filler, ...]:
    """Return the hesitations among the words of a transcript, each at its place."""
    return tuple(
        Filler(
            text=word.text,
            kind=FillerKind.FILLED_PAUSE,
            char_start=word.char_start,
            char_end=word.char_end,
            certainty=certainty,
            start_s=word.start_s,
            end_s=word.end_s,
        )
        for word, source in zip(transcript.words, said, strict=True)
        if (certainty := source.certainty) is not None
    )
