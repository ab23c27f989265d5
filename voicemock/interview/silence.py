"""How long nobody has spoken, for answers that end by themselves or are cut short."""

__all__ = ["SilenceWatch"]

from voicemock.audio.arrays import Samples
from voicemock.audio.frames import Frames
from voicemock.audio.load import RATE_HZ
from voicemock.speech.detector import FRAME, SPEECH_OFF, SpeechDetector


class SilenceWatch:
    """Listens to every block of a recording with Silero VAD, 0.1 ms for each 32 ms of sound.

    The process that listens detects speech too, but may be seconds behind while it recognises: an answer would end
    late, and an interviewer cut in after the pause. If nobody asked for either, nothing is detected here.

    Patient by design: the lower of the detector's two thresholds counts as speech, so a whisper or a
    drawn-out "um" is not taken for the end.
    """

    def __init__(self) -> None:
        self._detector = SpeechDetector()
        self._stream = Frames(FRAME)
        self._heard = 0
        self._last_sign = 0
        self._last_speech = 0
        self._spoken = 0

    @property
    def spoken(self) -> bool:
        """Whether anything was said."""
        return bool(self._spoken)

    @property
    def spoken_s(self) -> float:
        """Seconds of speech so far."""
        return self._spoken / RATE_HZ

    @property
    def pause_s(self) -> float:
        """Seconds of recording since speech was last heard; keys make no difference."""
        return (self._heard - self._last_speech) / RATE_HZ

    @property
    def silent_s(self) -> float:
        """Seconds of recording since speech, or since any other sign of life, was last heard."""
        return (self._heard - self._last_sign) / RATE_HZ

    def feed(self, block: Samples) -> None:
        """Take the next samples, 16 kHz mono."""
        for chance in self._detector.probabilities(self._stream.feed(block)):
            self._heard += FRAME
            if chance >= SPEECH_OFF:
                self._last_sign = self._last_speech = self._heard
                self._spoken += FRAME

    def touch(self) -> None:
        """Start counting again: a key was pressed."""
        self._last_sign = self._heard
