"""Takes: one recording after another, kept and listened to, whatever goes wrong on the way."""

__all__ = ["Takes"]

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from voicemock.archive.progress import Ended, Take
from voicemock.archive.store import Store
from voicemock.audio.arrays import Samples
from voicemock.audio.record import Microphone, Recorder
from voicemock.errors import DeviceError, ModelError, SessionError, VoicemockError
from voicemock.interview.arrival import SoundWatch
from voicemock.interview.silence import SilenceWatch
from voicemock.interview.stage import ENTER, Room, TurnView
from voicemock.interview.troubles import what_went_wrong
from voicemock.interview.turn import Turn, TurnEnd
from voicemock.phrases import plural
from voicemock.printable import in_shell
from voicemock.schema import AnswerReport, Question, Signal, SignalName, Status

LACKS = frozenset({"missing_signals", "missing_metric", "missing_tradeoff"})
"""Checks that tell what an answer leaves out."""

ENDED = {
    TurnEnd.SKIPPED: Ended.SKIPPED,
    TurnEnd.AGAIN: Ended.AGAIN,
    TurnEnd.LOST: Ended.OPEN,
    TurnEnd.FINISHED: Ended.OPEN,
}
"""What the store calls an end; the others are answers. An unfinished answer counts if something was said."""


class _Over(NamedTuple):
    """How a recording ended, what the candidate typed meanwhile, and what went wrong."""

    end: TurnEnd
    notes: Sequence[str] = ()
    troubles: Sequence[str] = ()


class Takes:
    """Records the takes of one session and listens to them.

    first_word_s: thinking time before the first word that auto-stop does not count.
    """

    def __init__(self, store: Store, room: Room, *, first_word_s: float) -> None:
        self._store = store
        self._room = room
        self._stage = room.stage
        self._setup = store.progress.setup
        self._first_word_s = first_word_s
        self._microphone: Microphone | None = None
        self._heard = False  # whether this microphone ever gave sound

    def record(self, question: Question, *, may_cut_in: bool) -> tuple[TurnEnd, Take]:
        """Record one take and return how it ended; it is in the store before and after.

        may_cut_in: the interviewer ends an answer that goes on too long.
        """
        take = self._store.begin()
        try:
            over = self._watch(self._store.path(take), question, may_cut_in=may_cut_in)
        except DeviceError as error:
            self._stage.warned(f"{error.message} {error.hint}".strip())
            over = _Over(TurnEnd.LOST)
        ended = ENDED.get(over.end, Ended.ANSWERED)
        return over.end, self._store.end(take, ended, notes=over.notes, troubles=over.troubles)

    def _watch(self, path: Path, question: Question, *, may_cut_in: bool) -> _Over:
        """Record until the turn ends."""
        room = self._room
        room.keys.clear()
        room.ear.begin()
        silence = SilenceWatch() if self._setup.auto_stop_s or may_cut_in else None
        sound = SoundWatch(heard_before=self._heard)

        def on_block(block: Samples) -> None:
            room.ear.feed(block)
            sound.feed(block)
            if silence:
                silence.feed(block)

        self._microphone = self._microphone or room.find_microphone()
        with self._microphone.record(path, on_block=on_block) as recorder:
            view = TurnView(recorder, question, sound=sound)
            setup = msgspec.structs.replace(self._setup, interruptions=may_cut_in)
            turn = Turn(view, room, setup=setup, first_word_s=self._first_word_s, silence=silence)
            with self._stage.recording(view):
                end = turn.run()
        self._heard = self._heard or sound.heard
        troubles = what_went_wrong(recorder)
        for trouble in troubles:
            self._stage.warned(trouble)
        if sound.missing and not sound.heard:
            self._stage.warned("Nothing came from the microphone during this answer.")
        self._tell(recorder, watched=silence is not None)
        return _Over(TurnEnd.LOST if recorder.error else end, turn.notes, troubles)

    def _tell(self, recorder: Recorder, *, watched: bool) -> None:
        """Say what went wrong with a recording; raises what the session cannot go on with."""
        if recorder.overflows:
            self._stage.warned(
                f"The computer was too busy {plural(recorder.overflows, 'time')}; some sound is missing."
            )
        if recorder.error and not isinstance(recorder.error, DeviceError):
            go_on = f"\nThen go on with: voicemock resume {in_shell(self._store.folder.name)}"
            hint = recorder.error.hint + (go_on if self._store.folder.exists() else "")
            raise SessionError(recorder.error.message, hint=hint) from recorder.error
        if recorder.listener_error and watched:
            self._stage.warned("Silence could not be told from speech in this answer; the recording is complete.")
        if recorder.error:
            kept_s = round(recorder.elapsed_s)
            kept = f" The {kept_s} s before that {'is' if kept_s == 1 else 'are'} kept." if kept_s else ""
            self._stage.warned(f"{recorder.error.message}{kept}")

    def wait_for_microphone(self) -> TurnEnd:
        """Wait until there is a microphone again, or the candidate gives up."""
        while True:
            self._stage.told("Connect a microphone, then press Enter to go on with your answer; q finishes.")
            if self._room.keys.wait(ENTER, "q") == "q":
                return TurnEnd.FINISHED
            try:
                self._microphone, self._heard = self._room.find_microphone(), False
            except DeviceError as missing:
                self._stage.warned(f"{missing.message} {missing.hint}".strip())
            else:
                return TurnEnd.LOST

    def listen(
        self, take: Take, how: Callable[[Path, Question, int], AnswerReport], *, show: bool = True
    ) -> AnswerReport | None:
        """Report on a take. Whatever fails here costs the candidate this report, not the session."""
        recording = self._store.path(take)
        try:
            with self._stage.listening():
                answer = how(recording, take.step.question, take.take)
        except ModelError:  # no later take would fare better
            resume = f"voicemock resume {in_shell(self._store.folder.name)}"
            self._stage.warned(f"What you said is kept. Once the model works again, `{resume}` will listen to it.")
            raise
        except Exception as error:
            reason = error.message if isinstance(error, VoicemockError) else f"{type(error).__name__}: {error}"
            self._stage.warned(f"This take could not be analysed ({reason}). It is kept: {recording}")
            self._store.fail(take, reason)
            return None
        if take.ended is Ended.OPEN:
            answer = _broken_off(answer)
        answer = msgspec.structs.replace(answer, notes=(*answer.notes, *take.troubles), candidate_notes=take.notes)
        self._store.save(recording, answer)
        if show and (take.ended is Ended.ANSWERED or answer.transcript.words):
            self._stage.heard(answer)
        return answer


def _broken_off(answer: AnswerReport) -> AnswerReport:
    """Return what was found in an answer without what it lacks: nobody chose to end it there."""
    length, question = answer.measures.get("length"), answer.question
    short = length and length.value is not None and question is not None and length.value < question.target_s[0]
    measures = {name: one for name, one in answer.measures.items() if name != "signals_heard"}
    if length and short:
        measures["length"] = msgspec.structs.replace(length, status=Status.FINE)
    left_out = LACKS | {"length"} if short else LACKS
    return msgspec.structs.replace(
        answer,
        measures=measures,
        signals={
            name: Signal() if one.present is False and name is not SignalName.ON_TOPIC else one
            for name, one in answer.signals.items()
        },
        findings=tuple(finding for finding in answer.findings if finding.check not in left_out),
        notes=(*answer.notes, "This answer was broken off, so nothing is said of what it leaves out."),
    )
