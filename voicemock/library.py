"""What programs and notebooks call: one recording or one text in, its ``AnswerReport`` out.

``import voicemock`` offers all of it; docs/python.md shows it. Everything that goes wrong is a ``VoicemockError``.
"""

__all__ = ["check", "review"]

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from voicemock.errors import AudioError, UsageError
from voicemock.schema import AnswerReport, Question

if TYPE_CHECKING:
    from voicemock.models.catalogue import Model
    from voicemock.speech.recognise import Recogniser

MODELS_KEPT = 2
"""So many stay loaded between calls: one, and another to compare it with."""


def review(
    audio: str | os.PathLike[str],
    *,
    ask: str | None = None,
    question: str | Question | None = None,
    model: str | None = None,
    channel: str | None = None,
    speaker: int | Literal["all"] | None = None,
) -> AnswerReport:
    """Listen to one recording and report on the answer in it.

    ask: the question answered, in your words. question: the same as an id of a question set, or as a ``Question``.
    model: a Whisper model's name or folder; by default the one `voicemock review` takes. It stays loaded.
    channel: "left", "right", a number from "1", or "all"; by default all, or of two people the one who says more.
    speaker: of several people the one to judge, 1 for who speaks most, or "all".

    Raises AudioError if the file cannot be read or nobody speaks, ModelError, UsageError, UnknownNameError.
    """
    from voicemock.analyze import analyze_recording
    from voicemock.config import load_config
    from voicemock.models.catalogue import find_model

    chosen, who = _chosen(question, ask), _number(speaker)
    config = load_config()
    recogniser = _recogniser(find_model(model or config.model))
    answer = analyze_recording(
        Path(audio), recogniser=recogniser, question=chosen, channel=channel, speaker=who, second=config.local_model
    )
    if not answer.transcript.words:
        raise AudioError(f"{audio}: no speech found.", hint="Play the recording: can you hear the answer?")
    return answer


def check(text: str, *, ask: str | None = None, question: str | Question | None = None) -> AnswerReport:
    """Report on a written answer, without what only a voice can show.

    ask, question: as for ``review``. Raises UsageError if the text holds no words, UnknownNameError.
    """
    from voicemock.analyze import analyze_text
    from voicemock.config import load_config

    if not any(map(str.isalnum, text)):
        raise UsageError("The text contains no words.", hint="Give the answer's text.")
    return analyze_text(text, question=_chosen(question, ask), second=load_config().local_model)


@lru_cache(maxsize=MODELS_KEPT)
def _recogniser(model: "Model") -> "Recogniser":
    """Load a model, once."""
    from voicemock.speech.recognise import Recogniser

    return Recogniser(model)


def _chosen(question: str | Question | None, ask: str | None) -> Question | None:
    from voicemock.questions.asked import asked
    from voicemock.questions.sets import find_question

    if question is not None and ask is not None:
        raise UsageError("ask and question both name a question.", hint="Give one of them.")
    if ask is not None:
        if not any(map(str.isalnum, ask)):
            raise UsageError("The question in ask is empty.", hint="Give its words, or leave ask out.")
        return asked(ask)
    return find_question(question) if isinstance(question, str) else question


def _number(speaker: int | str | None) -> int | None:
    """Return the number `analyze_recording` takes, 0 for all."""
    if speaker == "all":
        return 0
    if speaker is not None and (not isinstance(speaker, int) or speaker < 1):
        raise UsageError(f"speaker={speaker!r} is not a speaker.", hint='Give 1, 2, … or "all".')
    return speaker
