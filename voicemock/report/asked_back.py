"""What a finding is called: its check and the take it is about, so that a verdict on it finds it again.

Only what a shell takes as one plain word is a name: a page from anywhere offers a line to copy into a terminal.
"""

__all__ = ["SAFE", "AskedBack"]

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from voicemock.schema import AnswerReport, Finding, SessionReport

if TYPE_CHECKING:
    from voicemock.report.view import AnswerView

TAKE = re.compile(r"(\d{1,4})-[^/]+?(?:-follow-up-(\d{1,4}))?/take-(\d{1,4})\.wav")
"""A recording's place in a session: the second take of question 1 is called 1.2, that of its follow-up 1f1.2."""
SAFE = re.compile(r"\w[\w.-]*", re.ASCII)


class AskedBack:
    """The ids under which a report's findings are judged: "fillers-1.2", and "-2" behind a check's second one there.

    session: which session they are in; empty if they cannot be judged: the demo's answers are nobody's.
    all: for each id the place of its answer in the report, and its place among the answer's findings.
    """

    def __init__(self, report: SessionReport) -> None:
        session = report.session
        self.session = session.id if session and not session.demo and SAFE.fullmatch(session.id) else ""
        self.all: dict[str, tuple[int, int]] = {}
        self._report = report
        self._same: dict[tuple[int, str], list[tuple[Finding, str]]] = {}
        for place, (answer, take) in enumerate(zip(report.answers, _takes(report.answers), strict=True)):
            for number, finding in enumerate(answer.findings if self.session else ()):
                same = self._same.setdefault((place, finding.check), [])
                id = f"{finding.check}-{take}" + (f"-{len(same) + 1}" if same else "")
                if SAFE.fullmatch(id) and id not in self.all:
                    same.append((finding, id))
                    self.all[id] = (place, number)

    @property
    def page(self) -> str:
        """How the address of the session's own page ends: a copy of it elsewhere is for somebody else to read."""
        return f"/sessions/{self.session}/report.html"

    def id(self, answer: "AnswerView", finding: Finding) -> str:
        """Return a finding's id, also if its message says only what is left of it; empty if it has none."""
        same = self._same.get((answer.place, finding.check), [])
        if len(same) == 1:
            return same[0][1]
        return next((id for one, id in same if one == finding), "")

    def finding(self, id: str) -> Finding:
        """Return the finding with this id; raises KeyError."""
        place, number = self.all[id]
        return self._report.answers[place].findings[number]


def _takes(answers: Sequence[AnswerReport]) -> list[str]:
    """Return a name for each answer: of its take, which stays when others come before it, else its number."""
    found: dict[str, None] = {}
    for number, answer in enumerate(answers, 1):
        match = TAKE.fullmatch(answer.recording.path) if answer.recording else None
        probe = f"f{match[2]}" if match and match[2] else ""
        name = f"{int(match[1])}{probe}.{int(match[3])}" if match else str(number)
        found[name if name not in found else str(number)] = None
    return list(found)
