"""The catalogue of signals, one file each: what a signal is, and how it is spoken of."""

__all__ = ["Entry", "signals"]

import functools
import tomllib
from pathlib import Path

import msgspec

from voicemock.schema import SignalName


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file, ``NAME.toml``.

    rank: its place in the order in which an interviewer would miss it; a probe for an earlier one is asked first.
    name: as people read it. phrase: the thing itself, after "not heard: ". advice: one thing to try where it was
    missed. probe: what is asked then. probe_with_noun: the same where the candidate's own word for the thing is plain;
    no probe takes a noun if it is empty.
    definition: what it is. counts, counts_not: what the speaker says when it is heard, and what is no proof of it.
    examples, counterexamples: sentences as people say them. source: on whose word an interviewer listens for it.
    """

    rank: int
    name: str
    phrase: str
    advice: str
    probe: str
    probe_with_noun: str = ""
    definition: str
    counts: str
    counts_not: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str


@functools.cache
def signals() -> dict[SignalName, Entry]:
    """Read the catalogue that ships with voicemock, in the order an interviewer would miss them."""
    found = {name: _entry(name) for name in SignalName}
    return dict(sorted(found.items(), key=lambda item: item[1].rank))


def _entry(name: SignalName) -> Entry:
    text = Path(__file__).with_name(f"{name.value}.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Entry)
