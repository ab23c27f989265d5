"""Whether somebody is speaking, frame by frame: Silero VAD, and the filter before it."""

__all__ = ["CONTEXT", "FRAME", "SPEECH_OFF", "SPEECH_ON", "HighPass", "SpeechDetector"]


import numpy as np

from voicemock.audio.arrays import Samples
from voicemock.audio.load import RATE_HZ
from voicemock.telemetry import load_onnxruntime

FRAME = 512
"""Samples in one step of Silero VAD at 16 kHz: 32 ms."""

CONTEXT = 64
"""Samples of the step before that Silero VAD wants in front."""

SPEECH_ON = 0.5
"""Probability from which on speech starts: Silero VAD's own default."""

SPEECH_OFF = 0.35
"""Probability below which speech may end: Silero VAD's own default."""

VOICE_LEVEL = 0.1
"""Root mean square the loudest frames are brought to before Silero VAD judges them (-20 dB full scale): it
misses half the words of a recording 30 dB below that."""

MOST_GAIN = 32.0
"""At most +30 dB. voicemock default, unvalidated."""

LEVEL_DECAY = 0.997
"""What is kept of the loudest level at each frame: a third of it after 11 s. voicemock default, unvalidated."""

HIGH_PASS_HZ = 60.0
"""Below the lowest voice there is only hum, knocks on the table and the offset of cheap sound cards."""


class HighPass:
    """Removes what is below every voice, block by block (Butterworth, second order)."""

    def __init__(self) -> None:
        from scipy.signal import butter

        self._sections = butter(2, HIGH_PASS_HZ, "high", fs=RATE_HZ, output="sos")
        self._state = np.zeros((1, 2))

    def __call__(self, block: Samples) -> Samples:
        """Return the next samples, (samples,) at 16 kHz, filtered; the filter remembers those before."""
        from scipy.signal import sosfilt

        filtered, self._state = sosfilt(self._sections, block, zi=self._state)
        return np.asarray(filtered, np.float32)


class SpeechDetector:
    """Silero VAD, the model inside faster-whisper, its state carried along from frame to frame."""

    def __init__(self) -> None:
        from faster_whisper.vad import get_vad_model

        load_onnxruntime()
        self._session = get_vad_model().session
        self._h = np.zeros((1, 1, 128), np.float32)
        self._c = np.zeros((1, 1, 128), np.float32)
        self._context = np.zeros(CONTEXT, np.float32)
        self._level = 0.0

    def probabilities(self, frames: Samples) -> list[float]:
        """Judge the next frames; several at once give what one at a time would, to the bit, in a third of the time.

        Parameters
        ----------
        frames
            (frames, ``FRAME``) samples at 16 kHz, of any level.

        Returns
        -------
        How likely each is speech, 0 to 1.
        """
        if not len(frames):
            return []
        before = np.concatenate([self._context[None], frames[:-1, -CONTEXT:]])
        seen = self._gains(frames)[:, None] * np.concatenate([before, frames], axis=1)
        out, self._h, self._c = self._session.run(None, {"input": seen, "h": self._h, "c": self._c})
        self._context = frames[-1, -CONTEXT:].copy()
        chances: list[float] = out.ravel().tolist()
        return chances

    def _gains(self, frames: Samples) -> Samples:
        """Return what brings each frame to one level, (frames,)."""
        gains = []
        for level in np.sqrt(np.square(frames).mean(axis=1)).tolist():
            self._level = max(level, self._level * LEVEL_DECAY)
            gains.append(min(MOST_GAIN, VOICE_LEVEL / max(self._level, 1e-9)))
        return np.array(gains, np.float32)
