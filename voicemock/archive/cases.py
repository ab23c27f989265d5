"""Findings the user called wrong, as test cases: the words around each quote and what was made of them, no sound."""

__all__ = ["Case", "Cases", "as_lines", "disagreements", "read_lines"]

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

import msgspec

from voicemock.archive.feedback import Judged, all_judged
from voicemock.archive.resume import read_report
from voicemock.errors import VoicemockError
from voicemock.report.asked_back import AskedBack
from voicemock.report.redact import Redacted, redact
from voicemock.schema import AnswerReport, Finding

END_OF_SENTENCE = re.compile(r"[.?!…]['\"”’)]*\s+|\n+")
BESIDE = 1
"""Sentences on either side of a quote's own."""


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One disagreement.

    words: the sentences of each quote with their neighbours, or the whole answer if there is no quote: what is not
    there can be told from nothing less. said, measured, limit: the finding. voicemock: the version that was judged.
    model: the Whisper model that wrote the words; "text" if they were typed.
    """

    check: str
    verdict: str = "wrong"
    question: str | None
    words: tuple[str, ...]
    quotes: tuple[str, ...]
    said: str
    measured: str
    limit: str
    model: str
    voicemock: str


class Cases(NamedTuple):
    """Disagreements, and what a person should look at before they are sent.

    replaced: the names behind each placeholder. left: words with a capital that were left.
    gone: how many findings the report no longer has, or says otherwise.
    """

    cases: tuple[Case, ...]
    replaced: dict[str, tuple[str, ...]]
    left: tuple[str, ...]
    gone: int


def disagreements(*, names: Sequence[str] = (), keep: Collection[str] = (), tell: Callable[[str], None]) -> Cases:
    """Return every finding called wrong in any session, without names; nothing of a session is changed.

    names, keep: as for ``redact``. tell: is told of damage, and of sessions that are left out.
    """
    cases: list[Case] = []
    replaced: dict[str, dict[str, None]] = {}
    left: dict[str, None] = {}
    gone = 0
    for folder, judged in all_judged(tell):
        wrong = {id: one for id, one in judged.items() if not one.right}
        if not wrong:
            continue
        try:
            report = read_report(folder, tell=tell, quiet=())
        except (OSError, VoicemockError) as error:
            tell(f"{folder.name} is left out: {error}")
            continue
        asked, clean = AskedBack(report), redact(report, listed=names, keep=keep)
        found = [id for id in wrong if id in asked.all and asked.finding(id).message == wrong[id].said]
        gone += len(wrong) - len(found)
        cases += [_case(clean, asked.all[id], wrong[id]) for id in found]
        if found:
            for placeholder, words in clean.replaced.items():
                replaced.setdefault(placeholder, {}).update(dict.fromkeys(words))
            left.update(dict.fromkeys(clean.left))
    behind = {placeholder: tuple(words) for placeholder, words in sorted(replaced.items())}
    return Cases(tuple(cases), behind, tuple(left), gone)


def as_lines(cases: Sequence[Case]) -> bytes:
    """Return test cases as JSON, one a line."""
    return b"".join(msgspec.json.encode(case).replace(b"\x7f", b"\\u007f") + b"\n" for case in cases)


def read_lines(data: bytes) -> tuple[Case, ...]:
    """Return the test cases of a file; raises msgspec.DecodeError if it holds something else."""
    return tuple(msgspec.json.decode(line, type=Case) for line in data.splitlines() if line.strip())


def _case(clean: Redacted, at: tuple[int, int], judged: Judged) -> Case:
    answer = clean.report.answers[at[0]]
    finding = answer.findings[at[1]]
    return Case(
        check=finding.check,
        question=answer.question.text if answer.question else None,
        words=tuple(_around(answer, finding)) or (answer.transcript.text,),
        quotes=tuple(evidence.quote for evidence in finding.evidence),
        said=finding.message,
        measured=finding.measured,
        limit=finding.limit,
        model=answer.transcript.model,
        voicemock=judged.voicemock,
    )


def _around(answer: AnswerReport, finding: Finding) -> Iterator[str]:
    """Yield the sentences around the quotes; stretches that meet are one."""
    text = answer.transcript.text
    ends = [match.end() for match in END_OF_SENTENCE.finditer(text)]
    starts = [0, *ends]
    wanted: set[int] = set()
    for evidence in finding.evidence:
        if evidence.char_start is not None and evidence.char_end is not None:
            first = sum(end <= evidence.char_start for end in ends)
            last = max(first, sum(end < evidence.char_end for end in ends))
            wanted |= set(range(max(0, first - BESIDE), min(len(starts), last + BESIDE + 1)))
    for number in sorted(wanted):
        if number - 1 not in wanted:
            last = next(n for n in range(number, len(starts) + 1) if n + 1 not in wanted)
            yield text[starts[number] : [*ends, len(text)][last]].strip()
