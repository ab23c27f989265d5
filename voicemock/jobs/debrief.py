"""A real interview, recorded or transcribed: each answer read with its question, and practice beside it."""

__all__ = [
    "Debriefed",
    "Exchanged",
    "add_questions",
    "debrief_recording",
    "debrief_transcript",
    "new_in",
    "own_set",
    "said_beside",
    "write_debrief",
]

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from voicemock.analyze import analyze_own, analyze_text
from voicemock.archive.history import history
from voicemock.archive.lock import writing
from voicemock.errors import AudioError, UsageError
from voicemock.jobs.review import write_review
from voicemock.loopback import LocalModel
from voicemock.paths import shipped, user_data_dir, write_whole
from voicemock.phrases import plural
from voicemock.preparation.debrief.additions import new_questions, with_questions
from voicemock.preparation.debrief.beside import Beside, beside
from voicemock.preparation.debrief.candidate import Candidate, candidate_of
from voicemock.preparation.debrief.exchanges import Exchange, exchanges_in
from voicemock.preparation.debrief.questions import Asked, questions_of
from voicemock.questions.sets import list_sets, validate
from voicemock.schema import AnswerReport, Question, SessionReport, Status
from voicemock.toml_file import read_text
from voicemock.transcripts import Conversation, read_transcript, took_s

if TYPE_CHECKING:
    from voicemock.speech.recognise import Recogniser

NOT_HEARD = "Transcripts leave out most ums and uhs, so finding few of them means little."
BY_ITS_TIMES = "How long an answer took is told by the transcript's times."

LOCK = ".sets.lock"

Analyse = Callable[[Exchange, Question], AnswerReport]


class Exchanged(msgspec.Struct, frozen=True, kw_only=True):
    """One question and what came of it. answer: None if too little was answered to be read."""

    exchange: Exchange
    asked: Asked
    answer: AnswerReport | None
    practised: Beside | None


class Debriefed(msgspec.Struct, frozen=True, kw_only=True):
    """A whole interview. asked_them: what the candidate asked. talk: their turns that answer no question."""

    call: Conversation
    candidate: Candidate
    exchanges: tuple[Exchanged, ...]
    asked_them: tuple[str, ...]
    talk: int

    @property
    def answers(self) -> tuple[AnswerReport, ...]:
        """Return the answers that were read, in their order."""
        return tuple(one.answer for one in self.exchanges if one.answer)


def debrief_transcript(
    path: Path, data: bytes | None = None, *, me: str | None, second: LocalModel | None, tell: Callable[[str], None]
) -> Debriefed:
    """Debrief a transcript; raises UsageError if it cannot be read, or says not enough about who speaks.

    data: what is in it, if that has been read. me: see ``candidate_of``. tell: is told what of the history is damaged.
    """
    try:
        data = path.read_bytes() if data is None else data
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", hint="Check the path.") from error
    call = read_transcript(path, data)

    def analyse(exchange: Exchange, question: Question) -> AnswerReport:
        turns = [call.turns[place] for place in exchange.answer]
        said = " ".join(turn.text for turn in turns)
        return _unheard(analyze_text(said, question=question, second=second, took_s=took_s(turns)))

    return _debrief(call, me, analyse, tell)


def _unheard(report: AnswerReport) -> AnswerReport:
    """Take back that few hesitations were found: whoever wrote the transcript may have left them out."""
    measures = {
        name: msgspec.structs.replace(one, value=None, status=Status.NOT_ASSESSED)
        if name in ("filled_pauses", "filled_pauses_per_min") and one.status in (Status.GOOD, Status.FINE, Status.INFO)
        else one
        for name, one in report.measures.items()
    }
    timed = (BY_ITS_TIMES,) if report.duration_s is not None else ()
    return msgspec.structs.replace(report, measures=measures, notes=(*report.notes, NOT_HEARD, *timed))


def debrief_recording(
    path: Path, *, recogniser: "Recogniser", me: str | None, second: LocalModel | None, tell: Callable[[str], None]
) -> Debriefed:
    """Debrief a recording; raises AudioError if it cannot be read, or if nobody can be told apart in it."""
    from voicemock.audio.load import AudioFile
    from voicemock.reading.conversation import answer_of, spoken_turns
    from voicemock.speech.listen import listen

    file = AudioFile(path)
    other = file.other()
    files = [file, other] if other else [file]
    hearings = []
    for one in files:
        heard = listen(one, recogniser, voices=other is None)
        recording = msgspec.structs.replace(heard.recording, track=one.track, channel=one.channel)
        hearings.append(msgspec.structs.replace(heard, recording=recording))
    spoken = spoken_turns(hearings)
    notes = ("Each person has a track or a side of their own.",) if other else file.notes
    call = Conversation(format="a recording", turns=tuple(one.turn for one in spoken), notes=notes)
    if len(call.speakers) < 2:
        raise AudioError(
            f"{path}: two people could not be told apart.",
            hint="`voicemock review` reads it as one answer. A transcript that names who speaks can be debriefed.",
        )

    def analyse(exchange: Exchange, question: Question) -> AnswerReport:
        own = answer_of(spoken, hearings, mine=exchange.answer, first=exchange.place)
        return analyze_own(own, question=question, second=second)

    return _debrief(call, me, analyse, tell)


def _debrief(call: Conversation, me: str | None, analyse: Analyse, tell: Callable[[str], None]) -> Debriefed:
    candidate = candidate_of(call.turns, call.speakers, me)
    interview = exchanges_in(call.turns, candidate.name)
    rows = history(tell=tell)
    asked = questions_of(interview.exchanges, _known())
    found = [
        Exchanged(
            exchange=exchange,
            asked=one,
            answer=None if exchange.brief else analyse(exchange, one.question),
            practised=beside(one.question, rows),
        )
        for exchange, one in zip(interview.exchanges, asked, strict=True)
    ]
    return Debriefed(
        call=call,
        candidate=candidate,
        exchanges=tuple(found),
        asked_them=interview.asked_them,
        talk=interview.talk,
    )


def said_beside(one: Exchanged) -> str:
    """Say what was practised of a question, and how that went; empty if nothing was."""
    asked, done = one.asked, one.practised
    known = f"In your question sets: {asked.known}. " if asked.known else ""
    what = "A follow-up. " if asked.question.follow_up_to else known
    return f"{what}{_practised(done)}".strip()


def _practised(one: Beside | None) -> str:
    if one is None:
        return ""
    went = f": {one.heard} of {one.asked} expected points heard" if one.asked else ""
    if one.competency:
        times = plural(one.times, "session")
        return f'Not practised yet. Others on {one.competency}: {times}, the last on {one.day}, "{one.text}"{went}.'
    return f"Practised in {plural(one.times, 'session')}, the last on {one.day}{went}."


def write_debrief(found: Debriefed, folder: Path | None) -> tuple[Path, SessionReport]:
    """Write the report on the answers, as a review is written; raises SessionError if that cannot be."""
    return write_review(found.answers, folder, title="Debrief")


def own_set(path: Path) -> tuple[Path, str]:
    """Return where a set of the user's own really is, and its text, empty if there is no such file yet.

    Raises UsageError for a set that ships, DataFileError for one that is not valid.
    """
    real = Path(os.path.realpath(path))
    if path.suffix != ".toml" or real.is_relative_to(os.path.realpath(shipped("question_sets"))):
        raise UsageError(f"{path} is not a set of your own.", hint="Name a .toml file, which is made if there is none.")
    text = read_text(real, what="question set") if real.exists() else ""
    if text:
        validate(real, text)
    return real, text


def new_in(found: Debriefed) -> tuple[Question, ...]:
    """Return the questions that are in no set yet."""
    return new_questions([one.asked for one in found.exchanges], _known())


def add_questions(found: Debriefed, path: Path) -> tuple[Question, ...]:
    """Put the questions that are in no set yet at the end of a set's file, and return them.

    Raises what ``own_set`` does, and SessionError if the file cannot be written. It is then as it was.
    """
    real, _ = own_set(path)
    with writing(real, lock=user_data_dir() / LOCK):
        # another debrief may have added its own meanwhile
        _, text = own_set(path)
        known = (*_known(), *(validate(real, text).questions if text else ()))
        new = new_questions([one.asked for one in found.exchanges], known)
        if new:
            write_whole(real, with_questions(real, text, new))
    return new


def _known() -> tuple[Question, ...]:
    return tuple(question for one in list_sets() for question in one.questions)
