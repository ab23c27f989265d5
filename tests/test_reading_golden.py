"""What is read in the labelled answers, and said about them, to the letter: from the words to the three next steps.

``REWRITE_GOLDEN=1 python -m pytest tests/test_reading_golden.py`` writes it anew: look through the difference as
through any other.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.golden_files import FOLDER, check_golden
from voicemock.analyze import analyze_text, assemble
from voicemock.questions.asked import asked
from voicemock.reading import main_noun, unmeasured_claim
from voicemock.schema import AnswerReport, Span

ANSWERS = Path(__file__).parent / "answers" / "dev.jsonl"


def told(answer: AnswerReport) -> Iterator[str]:
    """Yield a line for each thing that was read."""
    text = answer.transcript.text

    def words(spans: tuple[Span, ...]) -> str:
        return " ".join(f"{span.char_start}:{text[span.char_start : span.char_end]}" for span in spans)

    yield f"fillers {' '.join(f'{f.char_start}:{f.text}' for f in answer.fillers)}"
    yield f"I {words(answer.pronouns.i)}"
    yield f"we {words(answer.pronouns.we)}"
    for name, signal in answer.signals.items():
        quotes = " | ".join(f"{e.char_start} {e.quote[:40]} … {e.quote[-20:]}" for e in signal.evidence)
        yield f"{name} {signal.present} {quotes}".rstrip()
    yield f"parts {' '.join(f'{p.name}:{p.char_start}-{p.char_end}' for p in answer.parts)}"
    yield f"about '{main_noun(answer.transcript)}', claims '{unmeasured_claim(answer.transcript)}'"
    for name, measure in answer.measures.items():
        yield f"{name} {measure.value} {measure.unit}, {measure.status}, {measure.limit}"
    for found in answer.findings:
        yield f"- {found.check} {found.severity}: {found.message} ({found.measured}; {found.limit})"
        yield from (f"  > {quote.quote}" for quote in found.evidence)
    for probe in answer.follow_ups:
        yield f"? {probe.text} ({probe.trigger})"


def test_the_labelled_answers() -> None:
    lines, answers = [], []
    for row in map(json.loads, ANSWERS.read_text(encoding="utf-8").splitlines()):
        text = re.sub(r"\[\[\w:|\]\]", "", row["marked"])
        answers.append(analyze_text(text, question=asked(row["question"])))
        lines += [f"# {row['id']}: {row['question']}", *told(answers[-1]), ""]
    lines += [f"{step.answer} {step.check}: {step.text}" for step in assemble(answers).next_steps]
    check_golden(FOLDER / "readings.txt", "\n".join(lines).encode() + b"\n")
