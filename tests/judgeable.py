"""Sessions with findings to judge, for tests."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from tests.practised import QUESTIONS, begun, finished, recorded, report_on
from voicemock.analyze import assemble
from voicemock.archive.feedback import Judged, now
from voicemock.archive.progress import Ended
from voicemock.archive.store import Store
from voicemock.checks import DEFAULT
from voicemock.schema import AnswerReport, Finding, Question, Severity

TEXT = (
    "It began in March. We had one service. I think it was maybe slow, as Ada Lovelace said. "
    "So we moved it. Then we waited. It went well."
)
QUOTE = "I think it was maybe slow"


def finding(check: str, answer: AnswerReport | None = None, **fields: object) -> Finding:
    """Return a finding; answer: whose words it quotes."""
    start = answer.transcript.text.find(QUOTE) if answer else -1
    evidence = (answer.transcript.evidence(start, start + len(QUOTE)),) if answer and start >= 0 else ()
    values = {
        "check": check,
        "severity": Severity.WATCH,
        "message": f"About {check}: say it plainly.",
        "measured": "1",
        "limit": "none",
        "source": DEFAULT,
        "evidence": evidence,
    }
    return Finding(**(values | fields))


def with_findings(answer: AnswerReport, checks: Sequence[str] = ("hedging", "missing_metric")) -> AnswerReport:
    """Return an answer with a finding a check: the first quotes it, the others miss something."""
    found = tuple(finding(check, answer if n == 0 else None) for n, check in enumerate(checks))
    return msgspec.structs.replace(answer, findings=found)


def judgeable(
    checks: Sequence[str] = ("hedging", "missing_metric"),
    *,
    questions: tuple[Question, ...] = QUESTIONS[:1],
    text: str = TEXT,
    store: Store | None = None,
) -> Path:
    """Return the folder of a finished session in which these checks found something in each answer."""
    store = store or begun(questions=questions)
    for number in range(1, len(questions) + 1):
        take = store.end(recorded(store, number), Ended.ANSWERED)
        store.save(store.path(take), with_findings(report_on(take, text), checks))
    store.write_report(assemble(store.answers, session=store.info), finished=True)
    store.close()
    return store.folder


def finished_with_findings(questions: tuple[Question, ...] = QUESTIONS) -> Path:
    """Return the folder of a session as ``finished`` makes it, but with something to judge."""
    folder = finished(questions=questions).folder
    for path in folder.glob("*/take-1.json"):
        answer = msgspec.json.decode(path.read_bytes(), type=AnswerReport)
        path.write_bytes(msgspec.json.encode(with_findings(answer)))
    return folder


def verdict(id: str, *, right: bool = False, at: str = "", check: str = "") -> Judged:
    """Return a verdict on such a finding."""
    check = check or id.partition("-")[0]
    said = f"About {check}: say it plainly."
    return Judged(id=id, check=check, right=right, at=at or now(), said=said, voicemock="0.1.0")
