"""What the arrays passed between modules hold: their shape, rate and range, each said once."""

__all__ = ["Channels", "Levels", "Pitch", "Samples", "Steps", "Times"]

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Mono sound, (samples,), -1 to 1; at 16 kHz wherever no other rate is named."""

Channels = NDArray[np.float32]
"""The channels of a sound track, (channels, samples), -1 to 1, at 16 kHz."""

Levels = NDArray[np.float32]
"""The level of every 20 ms, (steps,), in dB relative to full scale, -100 to 0."""

Steps = NDArray[np.bool_]
"""Whether something holds in every 20 ms, (steps,)."""

Pitch = NDArray[np.float32]
"""F0 of every 20 ms, (steps,), in Hz; NaN if nothing is voiced."""

Times = NDArray[np.float32]
"""When in the recording every 20 ms of a piece was heard, (steps,), in seconds."""
