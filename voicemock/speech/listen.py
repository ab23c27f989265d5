"""From samples to what was said and how: the only way in for live and recorded answers."""

__all__ = ["Heard", "Listener", "Sound", "listen"]

from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from voicemock.audio.arrays import Pitch, Samples, Times
from voicemock.audio.load import RATE_HZ, AudioFile
from voicemock.schema import Filler, Prosody, Quality, Recording, Transcript
from voicemock.speech.detector import HighPass
from voicemock.speech.encoded import Encoded
from voicemock.speech.evidence import best_cut_s, repeats_as_said, repeats_itself, somebody_spoke
from voicemock.speech.pauses import Stretches, speech_stretches
from voicemock.speech.pitch import track_f0
from voicemock.speech.probe import Probe, load_probe
from voicemock.speech.prosody import Delivery, spoken_steps
from voicemock.speech.quality import Meter
from voicemock.speech.readings import Readings, read_each, read_one
from voicemock.speech.recognise import TOGETHER, Decoded, Recogniser, Said
from voicemock.speech.second_voice import Talk, load_second_voice, piece_times, talk_in
from voicemock.speech.second_voice import problems as second_voice_problems
from voicemock.speech.segments import Piece, Segmenter, Stretch
from voicemock.speech.sounds import as_written, hesitations_in, joined
from voicemock.speech.transcript import filled_pauses_of, transcript_of
from voicemock.speech.unread import UNREAD_S, Gap, find_gaps, tell, uncovered
from voicemock.speech.verbatim import SHORT_PRIMER, compare, is_filled_pause
from voicemock.speech.voiceprint import Print, prints_in
from voicemock.speech.witnesses import settle
from voicemock.speech.word_times import settled

AGAIN = 6
"""How often parts of a piece may be read by themselves in turn; each holds a second of unread speech less. Twelve times
the same sentence take five. voicemock default, unvalidated."""

FAR_DB = 20.0
"""A passage this far below its piece was said by somebody away from the microphone; it is reported, not read. voicemock
default, unvalidated."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What was measured, kept so that a part of a recording can be judged as the whole is.

    stretches: of speech. prints: whose voice is heard when; empty if that was not asked for.
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
    """Everything heard in one recording, or what is left of it without others' turns (``turns.without``).

    notes: what could not be heard, in words for people.
    """

    recording: Recording
    transcript: Transcript
    filled_pauses: tuple[Filler, ...]
    prosody: Prosody
    notes: tuple[str, ...] = ()
    sound: Sound | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found in a piece.

    place: where it lies in the recording. talk: how much of it holds another voice, None if no reader knows the
    model or nobody speaks.
    """

    place: tuple[Stretch, ...]
    words: list[Said]
    f0: Pitch
    f0_at_s: Times
    talk: Talk | None
    prints: list[Print]


class Listener:
    """Hears one recording as it comes in.

    voices: also hear whose voice it is, at a tenth more work.
    together: how many pieces to wait for and read at once; the words come later, and are the same.
    probe: hears filled pauses; None takes the one made for the recogniser's model. Used if it is verbatim.
    """

    def __init__(
        self, recogniser: Recogniser, *, voices: bool = False, together: int = 1, probe: Probe | None = None
    ) -> None:
        self._recogniser = recogniser
        self._probe = probe or load_probe(recogniser.name)
        self._second_voice = load_second_voice(recogniser.name)
        self._voices = voices
        self._together, self._waiting = together, list[Piece]()
        self._high_pass = HighPass()
        self._segmenter = Segmenter()
        self._meter = Meter()
        self._delivery = Delivery()
        self._words: list[Said] = []
        self._talks: list[Talk] = []
        self._prints: list[Print] = []
        self._ahead: _Found | None = None

    def feed(self, block: Samples) -> None:
        """Take the next samples, mono at 16 kHz; now and then this recognises a finished piece."""
        clean = self._high_pass(block)
        self._meter.feed(block, clean)
        self._take(self._segmenter.feed(clean))

    @property
    def speaking(self) -> bool:
        """Tell whether words are waiting to be recognised while somebody goes on speaking."""
        return self._segmenter.speaking

    @property
    def pausing(self) -> bool:
        """Tell whether nobody has spoken for half a second and words are waiting to be recognised."""
        return self._segmenter.pausing

    def words(self) -> list[Said]:
        """Return the words so far; in a pause, this recognises the waiting ones ahead of time.

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
        """Recognise what is left and return everything; the transcript is empty if nobody spoke."""
        self._take(self._segmenter.finish(), last=True)
        levels = self._meter.levels_db()
        stretches = joined(speech_stretches(self._segmenter.speech, levels), self._words)
        level_db, noise_db = self._meter.loudness(spoken_steps(stretches, len(levels)))
        words = settled(self._words, stretches) if stretches else []
        notes, missing = tell(uncovered([(w.start_s, w.end_s) for w in words], stretches), stretches)
        problems = (*problems, *missing)
        sound = Sound(words, stretches, self._meter, self._delivery, self._talks, self._prints, problems)
        problems = (*problems, *self._meter.problems(level_db, noise_db))
        problems = (*problems, *second_voice_problems(self._talks, level_db=level_db))
        transcript = transcript_of(words, self._recogniser.name)
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
            filled_pauses=filled_pauses_of(transcript, words),
            prosody=self._delivery.prosody(transcript.words, stretches, levels),
            notes=notes,
            sound=sound,
        )

    def _take(self, pieces: list[Piece], *, last: bool = False) -> None:
        if self._together == 1:
            for piece in pieces:
                self._hear(self._find(piece))
            return
        self._waiting += pieces
        while self._waiting and (last or len(self._waiting) >= self._together):
            some, self._waiting = self._waiting[: self._together], self._waiting[self._together :]
            sounds = [(self._recogniser.encode(piece.samples), self._segmenter.speech_in(piece)) for piece in some]
            for piece, readings in zip(some, read_each(self._recogniser, sounds), strict=True):
                self._hear(self._find(piece, readings))

    def _hear(self, found: _Found) -> None:
        if found.words:
            self._words += found.words
            self._delivery.feed(found.f0, found.f0_at_s)
            self._prints += found.prints
        if found.talk:
            self._talks.append(found.talk)

    def _find(self, piece: Piece, readings: Readings | None = None) -> _Found:
        if self._ahead and self._ahead.place == piece.stretches:
            return self._ahead
        f0 = self._recogniser.beside(track_f0, piece.samples)  # while the encoder has the other cores
        encoded = readings.encoded if readings else self._recogniser.encode(piece.samples)
        words = self._recognise(piece, encoded, readings=readings)
        talk = talk_in(piece, encoded, self._second_voice) if words and self._second_voice else None
        prints = prints_in(piece, self._segmenter.speech) if words and self._voices else []
        pitch = f0()
        return _Found(piece.stretches, words, pitch, piece_times(piece, len(pitch)), talk, prints)

    def _recognise(
        self, piece: Piece, encoded: Encoded, *, again: int = AGAIN, readings: Readings | None = None
    ) -> list[Said]:
        """Return what is said in a piece, with its times in the recording; this takes nearly all the time.

        again: how often parts of it may be read by themselves. readings: of the whole, if it has been read.
        """
        recogniser, speech = self._recogniser, self._segmenter.speech_in(piece)
        speech_s = sum(end_s - start_s for start_s, end_s in speech)
        whole = again == AGAIN
        readings = readings or read_one(recogniser, encoded, speech, whole=whole)
        plain, primed = readings.plain, readings.primed
        cut_s = best_cut_s(speech, len(piece.samples) / RATE_HZ) if again and speech_s >= 2 * UNREAD_S else None
        if plain.loops and cut_s:
            return self._halves(piece, cut_s, again=again)
        if plain.loops and not repeats_as_said(plain, speech_s):
            plain = recogniser.decode(encoded, careful=True)
        words: list[Said] = []
        gaps: list[Gap] = []
        if (whole or not plain.guessed) and somebody_spoke(plain, primed, speech_s):
            words, gaps = find_gaps(recogniser.align(encoded, plain.tokens), speech)
        doubtful = recogniser.verbatim and (gaps or repeats_itself(plain)) and primed().loops
        if cut_s and (doubtful or not words):
            return self._halves(piece, cut_s, again=again)
        if not words:
            return []
        if recogniser.verbatim:
            words = self._hesitations(piece, encoded, words, primed(), gaps)
        else:
            words = as_written(words, piece.levels_db())
        return self._filled(piece, words, gaps if again else [], again=again)

    def _filled(self, piece: Piece, words: list[Said], gaps: list[Gap], *, again: int) -> list[Said]:
        """Return the words, with their times in the recording, and those found in the gaps between them."""
        found: list[Said] = []
        for gap in gaps:
            faint = piece.part(gap.start_s, gap.end_s).level_db < piece.level_db - FAR_DB
            more = [] if faint else self._part(piece, gap.start_s, gap.end_s, again=again)
            first = next((i for i, word in enumerate(words) if word.start_s + word.end_s > 2 * gap.start_s), len(words))
            last = next((i for i in range(first, len(words)) if words[i].start_s >= gap.end_s), len(words))
            better = len(more) > last - first
            found += _timed(piece, words[: first if better else last]) + (more if better else [])
            words = words[last:]
        return found + _timed(piece, words)

    def _halves(self, piece: Piece, cut_s: float, *, again: int) -> list[Said]:
        """Read each side of a pause by itself: a loop seldom survives that, but something said twice does."""
        end_s = len(piece.samples) / RATE_HZ
        return self._part(piece, 0.0, cut_s, again=again) + self._part(piece, cut_s, end_s, again=again)

    def _part(self, piece: Piece, start_s: float, end_s: float, *, again: int) -> list[Said]:
        part = piece.part(start_s, end_s)
        return self._recognise(part, self._recogniser.encode(part.samples), again=again - 1)

    def _hesitations(
        self, piece: Piece, encoded: Encoded, words: list[Said], primed: Decoded, gaps: list[Gap]
    ) -> list[Said]:
        """Weigh what was heard by a reading that expected hesitations.

        gaps: where words are missing; these are read by themselves, and nothing in them is looked at here.
        """
        recogniser = self._recogniser
        if primed.loops:
            primed = recogniser.decode(encoded, primer=SHORT_PRIMER)
        texts, after_last = ([], 0.0) if primed.loops else recogniser.words(primed)
        plain, extras = compare(words, texts, after_last=after_last)
        levels = piece.levels_db()
        sounds = hesitations_in(self._probe, encoded, levels) if self._probe else None
        for gap in gaps:
            first, last = (sum(not is_filled_pause(word.text) for word in words[:at]) for at in (gap.first, gap.last))
            extras = [extra for extra in extras if not first <= extra.gap <= last]
            sounds = sounds and tuple(sound for sound in sounds if not gap.holds(sound.start_s, sound.end_s))
        return settle(plain, extras, sounds, levels)


def listen(file: AudioFile, recogniser: Recogniser, *, voices: bool = False) -> Heard:
    """Hear a whole file and, if asked, whose voice it is. Raises ``AudioError`` if it cannot be decoded."""
    listener = Listener(recogniser, voices=voices, together=TOGETHER)
    for block in file.blocks():
        listener.feed(block)
    return listener.finish(
        path=file.path, sample_rate_hz=file.sample_rate_hz, channels=file.channels, problems=file.problems
    )


def _timed(piece: Piece, words: list[Said]) -> list[Said]:
    """Return words of a piece with their times in the recording."""
    return [replace(word, start_s=piece.time_s(word.start_s), end_s=piece.time_s(word.end_s)) for word in words]
