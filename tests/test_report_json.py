"""The JSON contract: what is written can be read back, and the page that describes it is true."""

import json
import re
from pathlib import Path

import jsonschema
import msgspec
import pytest

from tests import report_samples
from voicemock.errors import VoicemockError
from voicemock.report import from_json, json_schema, to_json
from voicemock.schema import SCHEMA_VERSION, SessionReport

DOCS = Path(__file__).parent.parent / "docs"
SAMPLES = [report_samples.full(), report_samples.retaken(), report_samples.explained(), report_samples.empty()]


@pytest.fixture(scope="module")
def validator():
    schema = json.loads((DOCS / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("report", SAMPLES)
def test_read_back(report):
    data = to_json(report)
    assert from_json(data) == report
    assert to_json(from_json(data)) == data
    assert data.endswith(b"}\n")


@pytest.mark.parametrize("report", SAMPLES)
def test_a_report_follows_the_schema(report, validator):
    validator.validate(json.loads(to_json(report)))


@pytest.mark.parametrize(
    "break_it",
    [
        lambda data: data["answers"][0].pop("transcript"),
        lambda data: data["answers"][0]["signals"].update(charm={"present": True}),
        lambda data: data["answers"][0]["fillers"][0].update(certainty="sure"),
        lambda data: data["answers"][0]["transcript"].update(text=None),
    ],
)
def test_the_schema_refuses(break_it, validator):
    data = json.loads(to_json(report_samples.full()))
    break_it(data)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(data)


def example() -> bytes:
    page = (DOCS / "report-json.md").read_text(encoding="utf-8")
    return re.search(r"```json\n(.*?)```", page, re.DOTALL)[1].encode()


def test_the_example_in_the_docs_is_a_report(validator):
    validator.validate(json.loads(example()))
    report = from_json(example())
    words = report.answers[0].transcript.words
    assert [report.answers[0].transcript.text[w.char_start : w.char_end] for w in words] == [w.text for w in words]


def test_the_docs_name_every_field_and_every_value():
    page = (DOCS / "report-json.md").read_text(encoding="utf-8")
    schema = json.loads(json_schema())
    named = set(re.findall(r"`(\w+)`", page))
    for name, part in schema["$defs"].items():
        missing = (set(part.get("properties", ())) | set(part.get("enum", ()))) - named
        assert not missing, f"docs/report-json.md says nothing of {missing} in {name}"


def test_unknown_fields_are_ignored():
    data = json.loads(to_json(report_samples.full()))
    data["answers"][0]["mood"] = "fine"
    assert from_json(json.dumps(data).encode()) == report_samples.full()


def test_a_newer_version_is_refused():
    newer = msgspec.structs.replace(report_samples.full(), schema_version=SCHEMA_VERSION + 1)
    with pytest.raises(VoicemockError, match=f"schema version {SCHEMA_VERSION + 1}") as error:
        from_json(to_json(newer))
    assert "Update voicemock" in error.value.hint


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"{}", b'{"schema_version": 1}', b"\xff\xfe", b'{"schema_version": "1"}']
)
def test_what_is_no_report_is_refused(data):
    with pytest.raises(VoicemockError, match="not a voicemock report"):
        from_json(data)


def test_a_file_name_that_is_no_utf8_does_not_lose_the_report():
    report = report_samples.session(report_samples.outage("take-\udcff.wav"))
    path = from_json(to_json(report)).answers[0].recording.path
    assert path == "take-?.wav"


def test_decoding_matches_the_type():
    assert isinstance(from_json(to_json(report_samples.empty())), SessionReport)
