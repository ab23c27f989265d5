"""Keep the sound system's own messages off the candidate's screen."""

__all__ = ["quiet"]

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet() -> Iterator[None]:
    """Discard what native libraries write to standard error, until the context ends.

    ALSA and PortAudio report each drained buffer and lost device there, in the middle of the live view;
    what matters reaches us as exceptions.
    """
    sys.stderr.flush()
    saved = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        sys.stderr.flush()
        os.dup2(saved, 2)
        os.close(nowhere)
        os.close(saved)
