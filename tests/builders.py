"""Answers for tests: written ones, and spoken ones whose words get even times."""

import msgspec

from voicemock.reading import from_text, read
from voicemock.schema import Answer, Kind, Pause, Prosody, Question, Recording, SignalName, Transcript


def question(*expects: SignalName, target_s: tuple[float, float] = (60, 150)) -> Question:
    return Question(id="q", text="Tell me about it.", kind=Kind.BEHAVIOURAL, expects=expects, target_s=target_s)


def written(text: str, *, question: Question | None = None) -> Answer:
    transcript = from_text(text)
    return Answer(question=question, transcript=transcript, reading=read(transcript, question=question))


def spoken(
    text: str,
    *,
    lasts_s: float = 60.0,
    question: Question | None = None,
    pauses: tuple[Pause, ...] = (),
    **prosody: float | None,
) -> Answer:
    """Return an answer whose words are spread evenly over ``lasts_s``."""
    heard = from_text(text)
    step_s = lasts_s / len(heard.words)
    words = tuple(
        msgspec.structs.replace(word, start_s=n * step_s, end_s=(n + 1) * step_s, probability=0.9)
        for n, word in enumerate(heard.words)
    )
    transcript = Transcript(text=text, words=words, model="fake", confidence=0.9)
    return Answer(
        question=question,
        recording=Recording(path="take-1.wav", duration_s=lasts_s, sample_rate_hz=16_000, level_db=-20.0),
        transcript=transcript,
        prosody=Prosody(pauses=pauses, **prosody),
        reading=read(transcript, question=question),
    )
