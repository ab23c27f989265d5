"""How each signal is spoken of: its name, what it is in words, and what is said where it was not heard."""

__all__ = ["Spoken", "signals"]

import functools
import tomllib
from pathlib import Path

import msgspec

from voicemock.schema import SignalName


class Spoken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row of ``signals.toml``, which says what each text is for; no probe takes a noun if it is empty."""

    name: str
    phrase: str
    advice: str
    probe: str
    probe_with_noun: str = ""


@functools.cache
def signals() -> dict[SignalName, Spoken]:
    """Read the table that ships with voicemock, in the order an interviewer would miss them."""
    table = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(table), dict[SignalName, Spoken])
