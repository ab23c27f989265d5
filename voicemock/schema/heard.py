"""What was heard: the recording, the words with their times, and how they sounded."""

__all__ = [
    "Aside",
    "Contour",
    "Evidence",
    "Filler",
    "Pause",
    "Prosody",
    "Recording",
    "Span",
    "Transcript",
    "Word",
    "spoken_s",
]

import bisect

import msgspec

from voicemock.schema.names import AsideKind, Certainty, FillerKind, Quality


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """One piece of audio and how well it was recorded.

    level_db: RMS level of the speech in dB relative to full scale; None if nothing was spoken.
    noise_db: level of the quietest tenth in dB relative to full scale.
    clipped_share: share of samples at full scale, 0 to 1.
    problems: why quality is poor, in words for people.
    track: the sound track heard, from 1; None if there is one.
    channel: the channel heard, a number from 1 or "all"; None if there is one.
    """

    path: str
    duration_s: float
    sample_rate_hz: int
    channels: int = 1
    level_db: float | None = None
    noise_db: float | None = None
    clipped_share: float = 0.0
    quality: Quality = Quality.OK
    problems: tuple[str, ...] = ()
    track: int | None = None
    channel: str | None = None


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """One word of a transcript; punctuation belongs to the word it touches."""

    text: str
    char_start: int
    char_end: int
    start_s: float | None = None
    end_s: float | None = None
    probability: float | None = None


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the transcript."""

    char_start: int
    char_end: int


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """The words that prove a finding, and when they were said."""

    quote: str
    char_start: int | None = None
    char_end: int | None = None
    start_s: float | None = None
    end_s: float | None = None


class Transcript(msgspec.Struct, frozen=True, kw_only=True):
    """What was said, verbatim, with fillers, repeats and cut-off words in their place.

    model: the Whisper model that wrote it; "text" for a written answer.
    confidence: mean word probability, 0 to 1; None for text.
    took_s: how long it took by the times of the transcript it is from, whose words have none; else None.
    """

    text: str
    words: tuple[Word, ...] = ()
    model: str = "text"
    confidence: float | None = None
    took_s: float | None = None

    @property
    def duration_s(self) -> float | None:
        """Return the time from the first word to the last, None for text without times."""
        timed = [w for w in self.words if w.start_s is not None and w.end_s is not None]
        if not timed:
            return self.took_s
        first, last = timed[0].start_s, timed[-1].end_s
        return None if first is None or last is None else last - first

    def evidence(self, char_start: int, char_end: int) -> Evidence:
        """Quote a stretch of the text, with the times of the words it touches."""
        first = bisect.bisect_right(self.words, char_start, key=lambda word: word.char_end)
        end = bisect.bisect_left(self.words, char_end, key=lambda word: word.char_start)
        touched = self.words[first:end]
        return Evidence(
            quote=self.text[char_start:char_end],
            char_start=char_start,
            char_end=char_end,
            start_s=touched[0].start_s if touched else None,
            end_s=touched[-1].end_s if touched else None,
        )


class Aside(msgspec.Struct, frozen=True, kw_only=True):
    """Words in the recording that are not the candidate's: not in the transcript, and not counted."""

    kind: AsideKind
    text: str
    start_s: float
    end_s: float


class Filler(msgspec.Struct, frozen=True, kw_only=True):
    """One filled pause or discourse filler."""

    text: str
    kind: FillerKind
    char_start: int
    char_end: int
    certainty: Certainty
    start_s: float | None = None
    end_s: float | None = None


PAUSE_S = 0.5
"""A silence this long counts as a pause. voicemock default: noticed by listeners, longer than the closure of
any consonant, and clear of the breath groups of fluent speech."""


class Pause(msgspec.Struct, frozen=True, kw_only=True):
    """A silence between two stretches of speech, at least ``PAUSE_S`` long."""

    start_s: float
    end_s: float


class Contour(msgspec.Struct, frozen=True, kw_only=True):
    """Pitch and loudness along a recording: a value for every ``step_s`` from its start, None where nothing tells.

    semitones: the median pitch there, against the median of the whole answer.
    spread_semitones: how far the pitch spreads in the ten seconds around.
    loudness_db: the level of the speech there, against the level of all speech.
    """

    step_s: float
    semitones: tuple[float | None, ...] = ()
    spread_semitones: tuple[float | None, ...] = ()
    loudness_db: tuple[float | None, ...] = ()


class Prosody(msgspec.Struct, frozen=True, kw_only=True):
    """How it sounded. None if the audio is too short or too poor to tell.

    response_latency_s: silence before the first word.
    speech_rate_wpm: words a minute from first word to last, pauses included.
    articulation_rate_wpm: words a minute of speaking time, pauses of 0.5 s or more left out.
    f0_sd_semitones: spread of the voice's pitch around its median.
    contour: pitch and loudness along the recording; None in older reports.
    """

    response_latency_s: float | None = None
    speaking_s: float = 0.0
    pauses: tuple[Pause, ...] = ()
    speech_rate_wpm: float | None = None
    articulation_rate_wpm: float | None = None
    f0_median_hz: float | None = None
    f0_sd_semitones: float | None = None
    loudness_sd_db: float | None = None
    contour: Contour | None = None


def spoken_s(transcript: Transcript, asides: tuple[Aside, ...]) -> float | None:
    """Return the time from the first word to the last, without the time somebody else spoke in between."""
    whole_s = transcript.duration_s
    if whole_s is None or not asides:
        return whole_s
    words = transcript.words
    after = {bisect.bisect_right(words, aside.start_s, key=lambda word: word.start_s or 0.0) for aside in asides}
    between = [(words[at - 1].end_s, words[at].start_s) for at in after if 0 < at < len(words)]
    return whole_s - sum(start - end for end, start in between if end is not None and start is not None)
