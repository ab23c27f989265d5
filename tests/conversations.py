"""What is heard of an invented conversation: words, silences and voices, without a sound."""

import re

import numpy as np
from numpy.typing import NDArray

from voicemock.audio.frames import HOP
from voicemock.schema import Certainty, Quality, Recording
from voicemock.speech.listen import Heard, Sound
from voicemock.speech.pauses import Stretches
from voicemock.speech.prosody import Delivery
from voicemock.speech.quality import Meter
from voicemock.speech.recognise import Said
from voicemock.speech.transcript import filled_pauses_of, transcript_of
from voicemock.speech.verbatim import is_filled_pause
from voicemock.speech.voiceprint import Print

WORD_S = 0.3
GAP_S = 0.05
NOISE = 0.25
"""How far each print lies from its voice: two of one voice are then 0.94 alike, as clean ones are."""

PRINT_S = 1.2
PITCH_HZ = {"A": 100.0, "B": 200.0, "C": 150.0}


def conversation(script: str, *, voices: bool = True, alike: float = 0.0) -> Heard:
    """Return what is heard of "A: So we moved it. [1.2] B: And then?": speakers, words, and silences in seconds.

    voices: whether it is known whose voice is heard when. alike: the cosine of any two voices.
    """
    rng = np.random.default_rng(0)
    words: list[Said] = []
    stretches: Stretches = []
    prints: list[Print] = []
    delivery = Delivery()
    now, speaker = 0.0, "A"
    for token in script.split():
        if silence := re.fullmatch(r"\[([\d.]+)\]", token):
            now += float(silence[1])
        elif re.fullmatch(r"[ABC]:", token):
            speaker = token[0]
        else:
            sure = Certainty.CONFIRMED if is_filled_pause(token) else None
            words.append(Said(token, now, now + WORD_S, 0.9, sure))
            if stretches and now - stretches[-1][1] < 2 * GAP_S:
                stretches[-1] = (stretches[-1][0], now + WORD_S)
            else:
                stretches.append((now, now + WORD_S))
            if voices and prints and prints[-1].end_s > now - 2 * GAP_S and now - prints[-1].start_s < PRINT_S:
                prints[-1] = Print(prints[-1].start_s, now + WORD_S, prints[-1].values)
            elif voices:
                prints.append(Print(now, now + WORD_S, _voice(speaker, alike, rng)))
            delivery.feed(np.full(15, PITCH_HZ[speaker], np.float32), (now + np.arange(15) / 50).astype(np.float32))
            now += WORD_S + GAP_S
    transcript = transcript_of(words, "tiny.en")
    meter = Meter()
    sound = np.full(round(now * 50) * HOP, 0.001, np.float32)
    for start_s, end_s in stretches:
        sound[int(start_s * 50) * HOP : int(end_s * 50) * HOP] = 0.1
    meter.feed(sound, sound)
    return Heard(
        recording=Recording(path="call.wav", duration_s=now, sample_rate_hz=16_000, quality=Quality.OK),
        transcript=transcript,
        filled_pauses=filled_pauses_of(transcript, words),
        prosody=delivery.prosody(transcript.words, stretches, meter.levels_db()),
        sound=Sound(words, stretches, meter, delivery, [], prints, ()),
    )


def _voice(speaker: str, alike: float, rng: np.random.Generator) -> NDArray[np.float32]:
    values = np.zeros(192)
    values[0], values["ABC".index(speaker) + 1] = np.sqrt(alike), np.sqrt(1 - alike)
    noise = rng.normal(size=192)
    values = values + NOISE * noise / np.linalg.norm(noise)
    return (values / np.linalg.norm(values)).astype(np.float32)
