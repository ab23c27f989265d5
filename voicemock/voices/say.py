"""Render one utterance with pyttsx3, then leave: run as a process of its own, never imported by voicemock.

pyttsx3 cannot be trusted with a second utterance: engines used again ignore the rate and overwrite
earlier files, threads crash them, and leaving Python in the usual way can hang in the driver. One short
process an utterance works every time. It stands alone, so that it starts in no time:

    python -P say.py OUTPUT RATE_WPM [VOICE] < TEXT
    python -P say.py --list

Standard output holds one line of JSON, ``Reply`` in ``system.py``.
"""

__all__: list[str] = []

import ctypes
import json
import os
import sys
import threading
import time
from typing import Any

_FINISH_S = 60.0


def main() -> None:
    """Render the text on standard input, or list the voices, and report in one line of JSON."""
    reply_to = os.dup(1)
    os.dup2(2, 1)  # pyttsx3 prints to standard output
    try:
        if sys.argv[1:] == ["--list"]:
            reply = _list()
        else:
            path, rate_wpm, *voice = sys.argv[1:]
            reply = _render(sys.stdin.buffer.read().decode(), path, int(rate_wpm), voice[0] if voice else None)
    except _NoSynthesiserError as error:
        reply = {"error": str(error), "no_synthesiser": True}
    except Exception as error:  # whatever the driver raised, the parent must hear of it
        reply = {"error": f"{type(error).__name__}: {error}"}
    os.write(reply_to, json.dumps(reply).encode())
    os._exit(0)  # espeak's threads may never let a normal exit end


class _NoSynthesiserError(Exception):
    pass


def _start() -> Any:
    """Return pyttsx3's engine."""
    if sys.platform.startswith("linux"):
        _find_espeak()
    try:
        import pyttsx3

        return pyttsx3.init()
    except (ImportError, OSError, RuntimeError) as error:
        raise _NoSynthesiserError(error) from error


def _list() -> dict[str, Any]:
    engine = _start()
    voices = engine.getProperty("voices")
    return {"voices": _shown(voices), "usual": _english(voices, engine.getProperty("voice")) or ""}


def _shown(voices: list[Any]) -> list[list[str]]:
    return [[str(v.id), v.name or "", next(iter(_languages(v)), "")] for v in voices]


def _render(text: str, path: str, rate_wpm: int, wanted: str | None) -> dict[str, Any]:
    engine = _start()
    voices = engine.getProperty("voices")
    voice = _choose(voices, wanted) if wanted else _english(voices, engine.getProperty("voice"))
    if wanted and voice is None:
        return {"error": "unknown voice", "voices": _shown(voices)}

    errors: list[str] = []
    finished = threading.Event()
    engine.connect("error", lambda name, exception: errors.append(str(exception)))  # noqa: ARG005
    engine.connect("finished-utterance", lambda name, completed: finished.set())  # noqa: ARG005
    if voice is not None:
        engine.setProperty("voice", voice)
    engine.setProperty("rate", rate_wpm)
    if engine.driver_name == "espeak":
        _hand_over(engine)
    engine.save_to_file(text, path)
    engine.runAndWait()
    # espeak is still at work when runAndWait returns. Windows' driver is not, and never says it finished.
    if sys.platform != "win32" and not errors and not finished.wait(_FINISH_S):
        errors.append("it did not finish")
    return {"error": errors[0]} if errors else {}


def _hand_over(engine: Any) -> None:
    """Let espeak take what was set before it is asked to speak.

    pyttsx3's loop sets the rate and ends itself at once; ending takes back what espeak's thread has not begun, which
    on a busy machine is the rate (seen: 200 words a minute instead of 170).
    """
    from pyttsx3.drivers import _espeak

    engine.proxy.setBusy(False)
    engine.proxy.setBusy(True)
    deadline = time.monotonic() + _FINISH_S
    while _espeak.IsPlaying():
        if time.monotonic() > deadline:
            raise RuntimeError("it does not take the rate")
        time.sleep(0.002)


def _find_espeak() -> None:
    """Load espeak-ng from the espeakng-loader wheel if the system has none.

    pyttsx3 asks for libespeak-ng.so.1 by name and finds the one that is loaded already.
    """
    if any(_loads(name) for name in ("libespeak-ng.so.1", "libespeak.so.1")):
        return
    try:
        import espeakng_loader
    except ImportError:
        return
    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _choose(voices: list[Any], wanted: str) -> str | None:
    """Return the id of the voice with this id, name or language, or the only one whose name holds it."""
    wanted = wanted.casefold()
    for voice in voices:
        if wanted in (voice.id.casefold(), (voice.name or "").casefold(), *_languages(voice)):
            return str(voice.id)
    holding = [v.id for v in voices if wanted in v.id.casefold() or wanted in (v.name or "").casefold()]
    return str(holding[0]) if len(holding) == 1 else None


def _english(voices: list[Any], current: str | None) -> str | None:
    """Return the system's own choice if it speaks English, else the first voice that does."""
    english = [v.id for v in voices if any(lang.startswith("en") for lang in _languages(v))]
    return current if current in english or not english else str(english[0])


def _languages(voice: Any) -> list[str]:
    return [lang.casefold().replace("_", "-") for lang in voice.languages or () if isinstance(lang, str)]


if __name__ == "__main__":
    main()
