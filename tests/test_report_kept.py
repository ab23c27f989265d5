"""A report is read and shown for ever: by every later voicemock, in every format.

``tests/golden/schema-1.json`` is as it was written when it was kept, and is never written again.
"""

import json
from pathlib import Path

import msgspec
import pytest

from tests.golden_files import FOLDER
from voicemock.report import from_json, render_html, render_markdown, render_plain, render_srt, render_vtt, to_json
from voicemock.report.redact import redact
from voicemock.schema import SessionReport

KEPT = sorted(FOLDER.glob("schema-*.json"))


def rendered(report: SessionReport) -> dict[str, str]:
    first = report.answers[0]
    return {
        "html": render_html(report, folder=None),
        "md": render_markdown(report),
        "json": to_json(report).decode(),
        "txt": render_plain(report),
        "srt": render_srt(first),
        "vtt": render_vtt(first),
    }


def test_the_first_version_is_kept():
    assert [path.name for path in KEPT][:1] == ["schema-1.json"]


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_what_was_kept_is_shown_in_every_format(path: Path):
    data = path.read_bytes()
    report = from_json(data)
    for name, text in rendered(report).items():
        assert "checkout service" in " ".join(text.split()), name
    assert len(report.answers) == 4 and report.session.not_analysed
    assert redact(report, listed=["Dana"]).replaced


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_a_field_of_a_later_release_does_no_harm(path: Path):
    def with_more(value):
        match value:
            case dict():
                inside = {key: with_more(item) for key, item in value.items()}
                maps = {"signals", "measures", "follow_ups"}
                return {key: unmapped(item) if key in maps else item for key, item in inside.items()} | {"later": [1]}
            case list():
                return [with_more(item) for item in value]
        return value

    def unmapped(value):  # what holds names as its keys gets no key of ours
        return {key: item for key, item in value.items() if key != "later"} if isinstance(value, dict) else value

    data = path.read_bytes()
    assert from_json(json.dumps(with_more(json.loads(data))).encode()) == from_json(data)


def optional(value: object, place: tuple = ()) -> list[tuple]:
    """Return the places of all fields that have a default: an earlier release may not have had them."""
    found = []
    if isinstance(value, msgspec.Struct):
        for field in msgspec.structs.fields(value):
            if not field.required:
                found.append((*place, field.encode_name))
            found += optional(getattr(value, field.name), (*place, field.encode_name))
    elif isinstance(value, tuple):
        for number, item in enumerate(value[:2]):
            found += optional(item, (*place, number))
    return found


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_a_field_that_an_earlier_release_did_not_have_does_no_harm(path: Path):
    whole = from_json(path.read_bytes())
    places = optional(whole)
    assert len(places) > 100
    names = {place[-1] for place in places}
    for name in names:
        data = json.loads(path.read_bytes())
        for place in sorted((p for p in places if p[-1] == name), key=len, reverse=True):
            inside = data
            for step in place[:-1]:
                inside = inside[step]
            inside.pop(name, None)
        assert len(rendered(from_json(json.dumps(data).encode()))) == 6, name
