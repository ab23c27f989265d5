"""A story drafted from a recorded answer: its own words, and what was not heard. Nothing is added to them.

The values in the front matter are quotes word for word; when they were said stands in a comment behind each.
"""

__all__ = ["draft", "template"]

from collections.abc import Iterator, Sequence

from voicemock.phrases import clock, shortened
from voicemock.preparation.stories.front_matter import new_file
from voicemock.reading.text import passage
from voicemock.schema import AnswerReport, Evidence, SignalName, assessed
from voicemock.toml_file import toml_text

S = SignalName
FIELDS = {
    "numbers": (S.METRIC, "a number"),
    "tradeoffs": (S.TRADEOFF, "a trade-off"),
    "why": (S.RATIONALE, "why you decided as you did"),
    "learned": (S.REFLECTION, "what you learned"),
}
PARTS = {
    S.SITUATION: ("Situation", "the situation"),
    S.TASK: ("Task", "what was yours to do"),
    S.ACTION: ("Action", "what you did"),
    S.RESULT: ("Result", "what came of it"),
}
YOURS = {
    "people": "[]  # yours to write: who was there",
    "earned_secret": '""  # yours to write: ' + ("what only somebody who was there knows"),
}

_TEMPLATE = """
What happened, in a few lines: the situation, what you did, what came of it.
"""
_HINTS = {
    "title": "",
    "competencies": "  # what it shows, such as delivery, conflict, coaching: `voicemock stories coverage` lists them",
    "numbers": '  # such as "failed orders from 9% to 2%"',
    "tradeoffs": "  # what you turned down, or what it cost",
    "why": "  # why you decided as you did",
    "people": "",
    "learned": "  # what you would do again, or not",
    "earned_secret": "  # what only somebody who was there knows",
}


def template(title: str, lists: dict[str, Sequence[str]]) -> str:
    """Return a new story's file; lists: what is known of it already, by field."""
    values = []
    for name, hint in _HINTS.items():
        known = lists.get(name, ())
        empty = '""' if name in ("learned", "earned_secret") else "[]"
        value = toml_text(title) if name == "title" else f"[{', '.join(map(toml_text, known))}]" if known else empty
        values.append((name, value + ("" if known else hint)))
    return new_file(values, _TEMPLATE)


def draft(
    answer: AnswerReport, follow_ups: Sequence[AnswerReport], take: str, *, title: str, yours: bool = True
) -> str:
    """Return a story's file, drafted from an answer and those to its follow-ups.

    take: what the answer is called. yours: False for a recording that was reviewed, which may be anybody's.
    """
    given = [(answer, ""), *((one, " in a follow-up") for one in follow_ups)]
    competencies = answer.question.competencies if answer.question else ()
    values = [
        ("title", toml_text(title)),
        ("competencies", f"[{', '.join(map(toml_text, competencies))}]"),
        *((name, _values(name, signal, what, given)) for name, (signal, what) in FIELDS.items()),
        *YOURS.items(),
        ("takes", f"[{toml_text(take)}]"),
    ]
    asked = " ".join(answer.question.text.split()) if answer.question else ""
    source, to = ("your answer", " to: ") if yours else ("the words of the recording", ", asked: ")
    body = [f"Drafted from {source}{to}{asked}" if asked else f"Drafted from {source}."]
    for signal, (heading, what) in PARTS.items():
        body += ["", f"## {heading}", "", *(_told(signal, given) or [_gap(signal, what, given)])]
    return new_file(values, "\n".join(body))


def _values(name: str, signal: SignalName, what: str, given: Sequence[tuple[AnswerReport, str]]) -> str:
    """Return a field's value as TOML: one quote a line, each with its time in a comment."""
    found = list(dict.fromkeys(_quotes(signal, given)))
    if name == "learned":
        gap = f'""  # {_gap(signal, what, given)}'
        return f"{toml_text(' '.join(quote for quote, _ in found))}{_at(found[0][1])}" if found else gap
    if not found:
        return f"[]  # {_gap(signal, what, given)}"
    return "\n".join(["[", *(f"  {toml_text(quote)},{_at(when)}" for quote, when in found), "]"])


def _at(when: str) -> str:
    return f"  # at {when}" if when else ""


def _quotes(signal: SignalName, given: Sequence[tuple[AnswerReport, str]]) -> Iterator[tuple[str, str]]:
    """Yield the sentences that prove a signal, and when they were said."""
    for answer, where in given:
        heard = answer.signals.get(signal)
        for evidence in heard.evidence if heard and heard.present else ():
            whole = _sentence(answer, evidence)
            quote = " ".join(whole.quote.split())
            if quote:
                yield quote, f"{clock(whole.start_s)}{where}" if whole.start_s is not None else where.strip()


def _sentence(answer: AnswerReport, evidence: Evidence) -> Evidence:
    """Return the whole sentences that some words stand in."""
    if evidence.char_start is None or evidence.char_end is None:
        return evidence
    spoken = passage(answer.transcript.text)
    spans = [spoken.chars(first, end) for first, end in spoken.sentences]
    touched = [span for span in spans if span[0] < evidence.char_end and span[1] > evidence.char_start]
    if not touched:
        return evidence
    end = touched[-1][1]
    closing = answer.transcript.text[end : end + 1]
    return answer.transcript.evidence(touched[0][0], end + 1 if closing in (".", "?", "!", "%") else end)


def _told(signal: SignalName, given: Sequence[tuple[AnswerReport, str]]) -> list[str]:
    """Return the parts of the answers that tell something, as quotes with their times; else what proves it."""
    found = []
    for answer, where in given:
        for part in answer.parts:
            if part.name is signal:
                text = " ".join(answer.transcript.text[part.char_start : part.char_end].split())
                found.append((text, f"{clock(part.start_s)}{where}" if part.start_s is not None else where.strip()))
    quotes = found or list(dict.fromkeys(_quotes(signal, given)))
    return [f"> {quote}" + (f" ({when})" if when else "") for quote, when in quotes]


def _gap(signal: SignalName, what: str, given: Sequence[tuple[AnswerReport, str]]) -> str:
    """Say that something was not heard, or that it could not be told."""
    heard = [answer.signals[signal].present for answer, _ in given if signal in answer.signals]
    surely = assessed(given[0][0].signals) and bool(heard) and all(present is False for present in heard)
    return f"not heard: {what}" if surely else f"not sure whether you said it: {what}"


def title_of(answer: AnswerReport) -> str:
    """Return a first title: how the answer begins, to be replaced by its owner."""
    return shortened(" ".join(answer.transcript.text.split()[:8]))
