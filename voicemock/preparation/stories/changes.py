"""Changes to a story's file as they are asked for, and which answers of a session a story can be drafted from."""

__all__ = ["answers_to_draft", "with_field", "with_retracted"]

import datetime
from pathlib import Path

from voicemock.coaching.standing import standings
from voicemock.errors import UnknownNameError, UsageError
from voicemock.preparation.stories.front_matter import changed
from voicemock.preparation.stories.ledger import is_claim
from voicemock.preparation.stories.story import LISTS, TEXTS, Story
from voicemock.printable import in_shell
from voicemock.schema import AnswerReport, SessionReport
from voicemock.toml_file import toml_text


def with_field(path: Path, text: str, change: str, *, append: bool) -> str:
    """Return a file's text with FIELD=TEXT done to it.

    Raises UsageError and UnknownNameError if that says nothing, or names no field that can be changed.
    """
    field, sign, value = change.partition("=")
    field = field.strip().replace("-", "_").lower()
    option = "--add" if append else "--set"
    if not sign or not value.strip():
        raise UsageError(f"{option} {change}: a field and its text are needed.", hint=f"{option} FIELD=TEXT")
    if field not in (*TEXTS, *LISTS):
        raise UnknownNameError("field", field, (*TEXTS, *LISTS))
    if append and field in TEXTS:
        raise UsageError(f"{field} holds one text, so nothing can be added.", hint=f"Replace it: --set {field}=TEXT")
    quoted = toml_text(value.strip())
    return changed(path, text, field, quoted if append or field in TEXTS else f"[{quoted}]", append=append)


def with_retracted(path: Path, text: str, story: Story, claim: str) -> str:
    """Return a file's text with a claim taken back from now on; raises UsageError if it holds no number."""
    claim = claim.strip()
    if not is_claim(claim):
        raise UsageError(
            f"'{claim}' holds no number.", hint=f"`voicemock stories show {in_shell(story.id)}` lists what you said."
        )
    if any(one.claim == claim for one in story.retracted):
        raise UsageError(f"'{claim}' was taken back already.")
    since = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    value = f"{{ claim = {toml_text(claim)}, since = {since} }}"
    return changed(path, text, "retracted", value, append=True)


def answers_to_draft(report: SessionReport) -> list[tuple[AnswerReport, list[AnswerReport]]]:
    """Return the answers to a session's own questions that stand, each with those to its follow-ups."""
    standing = standings(report.answers)
    found = []
    for place, (answer, stands) in enumerate(zip(report.answers, standing, strict=True)):
        if stands.follows is None and stands.replaced_by is None and answer.transcript.words:
            follow_ups = [
                other
                for other, its in zip(report.answers, standing, strict=True)
                if its.follows == place and its.replaced_by is None and other.transcript.words
            ]
            found.append((answer, follow_ups))
    return found
