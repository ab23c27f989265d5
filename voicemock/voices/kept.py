"""Speech kept in the cache folder: what every session says first need not be rendered every time."""

__all__ = ["render_kept"]

import contextlib
import hashlib
import io
import wave
from pathlib import Path

from voicemock.paths import cache_dir, private_dir, write_whole
from voicemock.voices import Voice


def render_kept(voice: Voice, text: str, path: Path) -> None:
    """Render as the voice does, or copy what it rendered in an earlier session.

    For the few texts every session says; a candidate's own questions are not to pile up. Raises VoiceError.
    """
    if voice.edition is None:
        voice.render(text, path)
        return
    key = hashlib.sha256(f"{voice.edition}\n{text}".encode())
    kept = cache_dir() / "speech" / f"{key.hexdigest()[:32]}.wav"
    with contextlib.suppress(OSError, EOFError, wave.Error):
        sound = kept.read_bytes()
        if _is_whole(sound):
            write_whole(path, sound)
            return
    voice.render(text, path)
    with contextlib.suppress(OSError):  # the next session renders it again
        write_whole(private_dir(kept.parent) / kept.name, path.read_bytes())


def _is_whole(sound: bytes) -> bool:
    with wave.open(io.BytesIO(sound)) as file:
        samples: int = file.getnframes()
        return samples > 0 and len(file.readframes(samples)) == 2 * samples
