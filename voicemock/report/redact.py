"""A report without names: those that are listed, and those that a capital gives away.

Numbers stay. Every place in a transcript is moved with its words, so that a quote still stands where it says it does.
"""

__all__ = ["Redacted", "redact"]

import enum
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PureWindowsPath
from typing import Any, NamedTuple

import msgspec

from voicemock.report.names import PLACEHOLDER, Found, Names
from voicemock.report.proper_nouns import proper_nouns
from voicemock.report.rewritten import Change, Rewritten
from voicemock.schema import Evidence, SessionReport, Transcript

TYPED = "Your note at "
IDS = frozenset({"id", "question_set", "skipped", "recording"})
"""Fields that hold an id or a place in a session's folder."""
OURS = frozenset({"check", "source", "limit", "unit", "measured", "voicemock", "model"})
"""Fields with words of voicemock's own: only listed names are looked for in them."""
IN_SESSION = re.compile(r"\d\d-[^/\\]+/take-\d+\.wav")
SUFFIX = re.compile(r"\.\w{1,5}")


class Redacted(NamedTuple):
    """A report without names, and what a person should look at before it is sent.

    replaced: for each placeholder the names behind it, as they were written.
    missing: listed names that are nowhere in the report.
    left: words with a capital that were left.
    """

    report: SessionReport
    replaced: dict[str, tuple[str, ...]]
    missing: tuple[str, ...]
    left: tuple[str, ...]


def redact(report: SessionReport, *, listed: Sequence[str] = (), keep: Collection[str] = ()) -> Redacted:
    """Replace names everywhere in a report, in what its files are called, too. Raises UsageError for no name.

    listed: names to replace by "[name 1]" and so on, in any case, also around a filler. keep: words to leave.
    """
    names = Names(listed)
    nouns, asked = proper_nouns(_said(report), keep=keep), proper_nouns(_asked(report), keep=keep)
    work = _Redaction(names, nouns.found | asked.found, _files(report))
    done = work.report(report)
    missing = [name for n, name in enumerate(names.listed, 1) if f"[{PLACEHOLDER} {n}]" not in work.replaced]
    gone = {word for words in work.replaced.values() for word in words}
    return Redacted(
        report=done,
        replaced={new: tuple(words) for new, words in sorted(work.replaced.items(), key=lambda item: _order(item[0]))},
        missing=tuple(missing),
        left=tuple(word for word in nouns.left if word not in gone),
    )


def _order(placeholder: str) -> int:
    return int(re.sub(r"\D", "", placeholder) or 1_000_000)


def _said(report: SessionReport) -> Iterator[str]:
    """Yield what people said and typed."""
    for answer in report.answers:
        yield answer.transcript.text
        yield from (aside.text for aside in answer.asides)
        yield from answer.candidate_notes
        yield from (note.removeprefix(TYPED) for note in answer.notes if note.startswith(TYPED))


def _asked(report: SessionReport) -> Iterator[str]:
    yield from (answer.question.text for answer in report.answers if answer.question)
    if report.session:
        yield report.session.title
        yield from (take.question for take in report.session.not_analysed)


def _files(report: SessionReport) -> dict[str, str]:
    """Return what recordings outside a session are called instead: their own names, and folders, may tell whose."""
    paths = dict.fromkeys(a.recording.path for a in report.answers if a.recording)
    renamed = {}
    for number, path in enumerate((p for p in paths if not IN_SESSION.fullmatch(p)), 1):
        suffix = PureWindowsPath(path).suffix
        renamed[path] = f"recording-{number}{suffix if SUFFIX.fullmatch(suffix) else ''}"
    return renamed


class _Redaction:
    """One report's redaction; replaced: the words behind each placeholder so far."""

    def __init__(self, names: Names, found: Collection[str], files: Mapping[str, str]) -> None:
        self._names = names
        self._files = files
        called = [(path, new) for path, new in files.items()]
        called += [(PureWindowsPath(path).name, new) for path, new in files.items()]
        self._elsewhere = [(old, new) for old, new in called if re.search(r"\w[./\\]\w", old)]
        either = "|".join(map(re.escape, sorted(found, key=len, reverse=True)))
        self._found = (
            re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])(?:[ -](?:{either})(?![^\W_]))*") if found else None
        )
        self._found_in_id = re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])", re.IGNORECASE) if found else None
        self.replaced: dict[str, dict[str, None]] = {}

    def report(self, report: SessionReport) -> SessionReport:
        """Return a report without the names."""
        texts = [Rewritten(a.transcript.text, self._changes(a.transcript.text)) for a in report.answers]
        answers = tuple(self._fields(answer, text) for answer, text in zip(report.answers, texts, strict=True))
        worked = tuple(
            self._fields(one, texts[one.answer] if 0 <= one.answer < len(texts) else None) for one in report.what_worked
        )
        rest: SessionReport = self._fields(msgspec.structs.replace(report, answers=(), what_worked=()), None)
        return msgspec.structs.replace(rest, answers=answers, what_worked=worked)

    def _value(self, value: Any, field: str, said: Rewritten | None) -> Any:
        if isinstance(value, enum.Enum):
            return value
        if isinstance(value, str):
            return self._text(value, field)
        if isinstance(value, Transcript) and said:
            words = said.words(value.words)
            model = PureWindowsPath(value.model).name or value.model
            return msgspec.structs.replace(value, text=said.text, words=words, model=self._text(model, "model"))
        if isinstance(value, msgspec.Struct):
            return self._fields(value, said)
        if isinstance(value, tuple):
            return tuple(self._value(item, field, said) for item in value)
        if isinstance(value, Mapping):
            return {self._value(k, "check", said): self._value(item, field, said) for k, item in value.items()}
        return value

    def _fields(self, value: Any, said: Rewritten | None) -> Any:
        """Return a struct without names; its places in the transcript, and quotes of it, move with the words."""
        changed = {name: self._value(getattr(value, name), name, said) for name in value.__struct_fields__}
        start, end = getattr(value, "char_start", None), getattr(value, "char_end", None)
        if said and start is not None and end is not None:
            changed |= {"char_start": said.start(start), "char_end": said.end(end)}
            quoted, now = said.old[start:end], said.piece(start, end)
            for name in value.__struct_fields__:
                text = getattr(value, name)
                if type(text) is str and text == quoted:  # not a StrEnum
                    changed[name] = now
            if isinstance(value, Evidence) and value.quote == quoted:
                return msgspec.structs.replace(value, **changed)
        if said and isinstance(value, Evidence):
            changed["quote"] = self._around(value, said)
        return msgspec.structs.replace(value, **changed)

    def _around(self, evidence: Evidence, said: Rewritten) -> str:
        """Return a quote of several pieces, "… and um Ada …", each as it stands in the transcript now.

        A piece that begins or ends within a name has only a part of it.
        """

        def now(piece: "re.Match[str]") -> str:
            words = piece[0].split()
            found = list(re.finditer(r"\s+".join(map(re.escape, words)), said.old)) if words else []
            if not found:
                return self._text(piece[0], "")
            near = min(found, key=lambda match: abs(match.start() - (evidence.char_start or 0)))
            return f" {' '.join(said.piece(*near.span()).split())} "

        return self._text(re.sub(r"[^…]+", now, evidence.quote).strip(), "")

    def _text(self, text: str, field: str) -> str:
        if field == "path" and text in self._files:
            return self._files[text]
        for old, new in self._elsewhere:
            text = text.replace(old, new)
        if field in (*IDS, "path"):
            changes = [self._change(text, one, f"{PLACEHOLDER}-{one.number}") for one in self._names.in_id(text)]
            text = Rewritten(text, changes).text
            return self._found_in_id.sub(PLACEHOLDER, text) if self._found_in_id else text
        return Rewritten(text, self._changes(text, listed_only=field in OURS)).text

    def _changes(self, text: str, *, listed_only: bool = False) -> list[Change]:
        listed = self._names.in_text(text)
        changes = [self._change(text, one, f"[{PLACEHOLDER} {one.number}]") for one in listed]
        for match in self._found.finditer(text) if self._found and not listed_only else ():
            for start, end in _beside(text, match.span(), listed):
                self._note(f"[{PLACEHOLDER}]", text[start:end])
                changes.append(Change(start, end, f"[{PLACEHOLDER}]"))
        return sorted(changes)

    def _change(self, text: str, found: Found, new: str) -> Change:
        self._note(f"[{PLACEHOLDER} {found.number}]", text[found.start : found.end])
        return Change(found.start, found.end, new)

    def _note(self, placeholder: str, word: str) -> None:
        self.replaced.setdefault(placeholder, {})[" ".join(word.split())] = None


def _beside(text: str, span: tuple[int, int], listed: Sequence[Found]) -> Iterator[tuple[int, int]]:
    """Yield what of a stretch is no listed name, without spaces and hyphens at its ends, and without a plural's s."""
    at = span[0]
    for start, end in [
        *((one.start, one.end) for one in listed if one.end > at and one.start < span[1]),
        (span[1],) * 2,
    ]:
        inner = re.search(r"[^\W_](?:.*[^\W_])?", text[at:start])
        if inner and inner[0] != "s":
            yield at + inner.start(), at + inner.end()
        at = max(at, end)
