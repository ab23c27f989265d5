"""One recording under the candidate's hands: keys, pauses, silence, the clock."""

__all__ = ["KEYS_END", "Turn", "TurnEnd"]

import enum
import math
import time

from voicemock.archive.progress import Setup
from voicemock.interview.silence import SilenceWatch
from voicemock.interview.stage import ENTER, ESCAPE, Room, TurnView
from voicemock.phrases import clock

POLL_S = 0.1
CONFIRM_S = 3.0
"""How long a first Ctrl-C waits for a second one."""

COUNTDOWN_S = 3.0
"""The last seconds of an auto-stop's silence are counted down in view."""

CUT_IN = 1.5
"""Times the longest good length from which on an interviewer with --interruptions cuts in."""

CARRIED_ON_S = 1.0
"""Speech past that length before an interviewer cuts in: a cough after the end is not speech.
voicemock default, unvalidated."""

PHRASE_END_S = 0.3
STANDARD_PAUSE_S = 1.0
"""An interviewer cuts in at a pause between these. A shorter one may lie within a word; about a second is the longest
silence people leave in conversation (Jefferson 1989, "standard maximum silence"): whoever is silent for longer has
finished, or is thinking, and is not cut off."""

RUN_ON_S = 20.0
"""Whoever goes this long past that length without a pause is cut off in mid-phrase. voicemock default, unvalidated."""

FINISH = "Finish the session? Ctrl-C again finishes, anything else goes on."
GOING_ON = "Going on."
NO_WORDS = "nothing yet; words appear when you pause"
NOT_SPOKEN = "There is no voice to say it with; the question is above."

BACKSPACE = ("\x7f", "\b")


class TurnEnd(enum.Enum):
    """How a recording ended."""

    ANSWERED = enum.auto()
    SKIPPED = enum.auto()
    AGAIN = enum.auto()
    CUT_SHORT = enum.auto()
    LOST = enum.auto()
    FINISHED = enum.auto()


KEYS_END = {ENTER: TurnEnd.ANSWERED, "s": TurnEnd.SKIPPED, "r": TurnEnd.AGAIN, "q": TurnEnd.FINISHED}


class Turn:
    """Watches one recorder and the keyboard until the answer ends.

    setup: what the candidate chose; interruptions holds for this turn.
    first_word_s: thinking time before the first word that auto-stop does not count.
    notes: what the candidate typed, each with the time.
    """

    def __init__(
        self, view: TurnView, room: Room, *, setup: Setup, first_word_s: float, silence: SilenceWatch | None = None
    ) -> None:
        self.notes: list[str] = []
        self._view = view
        self._recorder = view.recorder
        self._question = view.question
        self._room = room
        self._setup = setup
        self._first_word_s = first_word_s
        self._silence = silence
        self._asked_to_end_at = -math.inf
        self._spoken_in_time_s: float | None = None

    def run(self) -> TurnEnd:
        """Return how the answer ended; Ctrl-C twice finishes the session."""
        while not self._recorder.finished:
            try:
                key = self._room.keys.poll(POLL_S)
                end = self._press(key) if key else self._clock()
            except KeyboardInterrupt:
                if self._asking_to_end:
                    end = TurnEnd.FINISHED
                else:
                    self._asked_to_end_at = time.monotonic()
                    self._view.message = FINISH
                    end = None
            if end:
                self._keep_note()
                return end
            self._show()
        self._keep_note()
        return TurnEnd.LOST if self._recorder.error else TurnEnd.ANSWERED

    @property
    def _asking_to_end(self) -> bool:
        return time.monotonic() - self._asked_to_end_at < CONFIRM_S

    def _press(self, key: str) -> TurnEnd | None:
        if self._silence:
            self._silence.touch()
        if self._asking_to_end:
            self._asked_to_end_at, self._view.message = -math.inf, GOING_ON
            return None
        if self._view.note is not None:
            self._type(key)
            return None
        key = key.lower()
        self._view.message = ""
        if key == "p":
            self._pause(not self._view.paused)
        elif key == "h":
            was_paused = self._view.paused
            self._pause(True)
            try:
                if not self._room.speaker.say(self._question.text):
                    self._room.stage.unspoken(self._question)
                    self._view.message = NOT_SPOKEN
            finally:
                self._pause(was_paused)
        elif key == "n":
            self._view.note = ""
        elif key == "t":
            self._view.partial = None if self._view.partial is not None else ""
        return KEYS_END.get(key)

    def _type(self, key: str) -> None:
        """Add to the note; Enter keeps it, Escape drops it."""
        note = self._view.note or ""
        if key == ENTER:
            self._keep_note()
        elif key == ESCAPE:
            self._view.note, self._view.message = None, "The note was discarded."
        else:
            self._view.note = note[:-1] if key in BACKSPACE else note + key if key.isprintable() else note

    def _keep_note(self) -> None:
        """Keep what was typed, if anything was; the end of an answer does not throw it away."""
        if note := (self._view.note or "").strip():
            self.notes.append(f"Your note at {clock(int(self._recorder.elapsed_s))}: {note}")
            self._view.message = f"Noted: {note}"
        self._view.note = None

    def _pause(self, paused: bool) -> None:
        self._view.paused = paused
        (self._recorder.pause if paused else self._recorder.resume)()
        if self._silence and not paused:
            self._silence.touch()

    def _clock(self) -> TurnEnd | None:
        """Return how the time that passed ends the answer, if it does."""
        if self._setup.interruptions and self._cuts_in():
            return TurnEnd.CUT_SHORT
        self._view.countdown_s = None
        if self._silence is None or self._setup.auto_stop_s is None or self._view.paused:
            return None
        if self._view.note is not None:  # the next letters would be taken for keys
            return None
        patience_s = self._setup.auto_stop_s + (0.0 if self._silence.spoken else self._first_word_s)
        left_s = patience_s - self._silence.silent_s
        if left_s <= 0:
            return TurnEnd.ANSWERED
        if left_s <= COUNTDOWN_S:
            self._view.countdown_s = left_s
        return None

    def _cuts_in(self) -> bool:
        """Whether the interviewer cuts in now: the candidate is past the limit and has just ended a phrase."""
        if self._silence is None or self._recorder.elapsed_s <= CUT_IN * self._question.target_s[1]:
            return False
        if self._spoken_in_time_s is None:
            self._spoken_in_time_s = self._silence.spoken_s
        over_s = self._silence.spoken_s - self._spoken_in_time_s
        if self._view.paused or self._view.note is not None or over_s < CARRIED_ON_S:
            return False
        pause_s = self._silence.pause_s
        return pause_s <= STANDARD_PAUSE_S and (pause_s >= PHRASE_END_S or over_s > RUN_ON_S)

    def _show(self) -> None:
        if self._view.message == FINISH and not self._asking_to_end:
            self._view.message = ""
        if self._setup.live_counts:
            self._view.counts = self._room.ear.filled_pauses
        if self._view.partial is not None:
            self._view.partial = self._room.ear.partial or NO_WORDS
        self._room.stage.moved(self._view)
