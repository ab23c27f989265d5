"""Predict, then reveal: before an answer's summary is shown, its speaker says what will be in it."""

__all__ = ["PredictingStage"]

from collections.abc import Callable, Sequence

from voicemock.archive.predictions import About, Predicted
from voicemock.interview.stage import ENTER, KeySource, Stage
from voicemock.phrases import wrap
from voicemock.progress.calibration import FILLED_PAUSES, NAMES, outcome
from voicemock.schema import AnswerReport, Question, SessionReport, SignalName

YES_OR_NO = {"y": "yes", "n": "no"}
ASKED = {
    About.LENGTH: ("Was its length on target?", YES_OR_NO),
    About.METRIC: ("Did you give a number?", YES_OR_NO),
    About.TRADEOFF: ("Did you name a trade-off?", YES_OR_NO),
    About.FILLED_PAUSES: ('How many "um" and "uh"?', dict(zip("01234", FILLED_PAUSES, strict=True))),
}
EXPECTED = {About.METRIC: SignalName.METRIC, About.TRADEOFF: SignalName.TRADEOFF}
LEAVE = "q"
"""Leaves the rest of one answer's predictions; it is what input that has ended gives."""


class PredictingStage:
    """Asks what an answer held before it shows it; everything else as the stage behind it does.

    keep: takes what was predicted of an answer.
    """

    def __init__(self, stage: Stage, keys: KeySource, keep: Callable[[Sequence[Predicted]], None]) -> None:
        self._stage, self._keys, self._keep = stage, keys, keep
        self._just_given: Question | None = None
        self.told, self.warned, self.unspoken = stage.told, stage.warned, stage.unspoken
        self.recording, self.moved, self.listening = stage.recording, stage.moved, stage.listening
        self.reported = stage.reported

    def asked(self, question: Question, heading: str) -> None:
        """Show a question; its answer is to be predicted, unless it follows another up."""
        self._just_given = None if question.follow_up_to else question
        self._stage.asked(question, heading)

    def heard(self, answer: AnswerReport, *, earlier: bool = False) -> None:
        """Ask what was in an answer that was just given, then show it, and both side by side."""
        said = (
            {} if earlier or answer.question != self._just_given or not answer.transcript.words else self._ask(answer)
        )
        self._just_given = None
        self._stage.heard(answer, earlier=earlier)
        if not said:
            return
        predicted = [_predicted(answer, about, word) for about, word in said.items()]
        lines = (wrap(_beside(one), indent="  ") for one in predicted)
        self._stage.told("\n".join(("\nYou said, and was heard:", *lines)))
        self._keep(predicted)

    def ended(self, report: SessionReport) -> None:
        """Show what to change next."""
        self._stage.ended(report)

    def _ask(self, answer: AnswerReport) -> dict[About, str]:
        """Return what the speaker says of an answer; nothing of what was skipped, or not asked for."""
        said: dict[About, str] = {}
        self._stage.told("\nBefore you see it: Enter skips a question, q the rest.")
        self._keys.clear()
        for about, (text, choices) in ASKED.items():
            if about in EXPECTED and EXPECTED[about] not in answer.expects:
                continue
            named = "y yes, n no" if choices is YES_OR_NO else ", ".join(f"{k} {name}" for k, name in choices.items())
            self._stage.told(wrap(f"{text} {named}"))
            key = self._keys.wait(*choices, ENTER, LEAVE)
            if key == LEAVE:
                break
            if key != ENTER:
                said[about] = choices[key]
                self._stage.told(f"  {choices[key]}")
        return said


def _predicted(answer: AnswerReport, about: About, said: str) -> Predicted:
    heard, right = outcome(answer, about, said)
    question = answer.question.id if answer.question else ""
    return Predicted(question=question, take=answer.take, about=about, said=said, heard=heard, right=right)


def _beside(one: Predicted) -> str:
    verdict = {True: "right", False: "not so", None: "nobody can say"}[one.right]
    return f"{NAMES[one.about]}: you said {one.said}; {one.heard}: {verdict}"
