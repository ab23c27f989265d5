"""The words that were said as a transcript, and the hesitations in it."""

__all__ = ["filled_pauses_of", "transcript_of"]

from voicemock.schema import Filler, FillerKind, Transcript, Word
from voicemock.speech.recognise import Said


def transcript_of(said: list[Said], model: str) -> Transcript:
    """Join the words by single spaces and give each its place."""
    words = []
    at = 0
    for word in said:
        words.append(
            Word(
                text=word.text,
                char_start=at,
                char_end=at + len(word.text),
                start_s=round(word.start_s, 3),
                end_s=round(word.end_s, 3),
                probability=round(word.probability, 3),
            )
        )
        at += len(word.text) + 1
    return Transcript(
        text=" ".join(word.text for word in said),
        words=tuple(words),
        model=model,
        confidence=round(sum(word.probability for word in said) / len(said), 3) if said else None,
    )


def filled_pauses_of(transcript: Transcript, said: list[Said]) -> tuple[Filler, ...]:
    """Return the hesitations among the words of a transcript, each at its place."""
    return tuple(
        Filler(
            text=word.text,
            kind=FillerKind.FILLED_PAUSE,
            char_start=word.char_start,
            char_end=word.char_end,
            certainty=certainty,
            start_s=word.start_s,
            end_s=word.end_s,
        )
        for word, source in zip(transcript.words, said, strict=True)
        if (certainty := source.certainty) is not None
    )
