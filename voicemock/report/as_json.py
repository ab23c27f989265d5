"""The report as JSON: what ``--json`` prints and ``session.json`` holds; ``docs/report-json.md`` describes it."""

__all__ = ["from_json", "in_one_line", "json_schema", "to_json"]

import msgspec

from voicemock.errors import VoicemockError
from voicemock.schema import SCHEMA_VERSION, SessionReport


class _Version(msgspec.Struct):
    schema_version: int


def to_json(report: msgspec.Struct) -> bytes:
    """Return a report of any kind as indented UTF-8 JSON that ends in a newline."""
    return msgspec.json.format(in_one_line(report), indent=2) + b"\n"


def in_one_line(value: object) -> bytes:
    """Return anything with text in it as UTF-8 JSON in one line."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        # A file name that is not UTF-8 comes from the system as lone surrogates, which JSON cannot hold.
        return msgspec.json.encode(_encodable(msgspec.to_builtins(value)))


def from_json(data: bytes) -> SessionReport:
    """Read a report back.

    Unknown fields are ignored. Raises ``VoicemockError`` if the data is not a report, or one that a
    newer voicemock wrote.
    """
    try:
        version = msgspec.json.decode(data, type=_Version).schema_version
        if version > SCHEMA_VERSION:
            raise VoicemockError(
                f"This report has schema version {version}; this voicemock reads up to {SCHEMA_VERSION}.",
                hint="A newer voicemock wrote it. Update voicemock to read it.",
            )
        return msgspec.json.decode(data, type=SessionReport)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise VoicemockError(
            f"This is not a voicemock report: {error}.", hint="Give the session.json that a session or a review wrote."
        ) from error


def json_schema() -> bytes:
    """Return the JSON Schema of a report, as ``docs/report.schema.json`` holds it."""
    schema = msgspec.json.schema(SessionReport)
    # msgspec leaves out what the keys of a dictionary may be.
    for owner, name in (("AnswerReport", "signals"), ("Question", "follow_ups")):
        schema["$defs"][owner]["properties"][name]["propertyNames"] = {"$ref": "#/$defs/SignalName"}
    named = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "voicemock report", **schema}
    return msgspec.json.format(msgspec.json.encode(named), indent=2) + b"\n"


def _encodable(value: object) -> object:
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()
        case dict():
            return {key: _encodable(item) for key, item in value.items()}
        case list() | tuple():
            return [_encodable(item) for item in value]
    return value
