"""A report without names: none is left in any format, every quote stands where it says, and numbers stay."""

import itertools
import json
import re
from pathlib import Path

import jsonschema
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import report_samples
from tests.builders import spoken
from tests.hostile import poisoned
from tests.report_samples import CONFLICT, Said
from voicemock.analyze import analyze
from voicemock.errors import UsageError
from voicemock.report import render_html, render_markdown, render_plain, render_srt, render_vtt, to_json
from voicemock.report.names import Names
from voicemock.report.proper_nouns import proper_nouns
from voicemock.report.redact import redact
from voicemock.report.rewritten import Change, Rewritten
from voicemock.schema import (
    AnswerReport,
    Aside,
    AsideKind,
    Evidence,
    Finding,
    NotAnalysed,
    SessionReport,
    Severity,
    Signal,
    SignalName,
)

SCHEMA = json.loads((Path(__file__).parent.parent / "docs" / "report.schema.json").read_text(encoding="utf-8"))


def answer(text: str, **changes) -> AnswerReport:
    return analyze(spoken(text), take=1) if not changes else msgspec.structs.replace(analyze(spoken(text)), **changes)


def without(text: str, *listed: str, keep: tuple[str, ...] = ()) -> str:
    """Return what a transcript says without names."""
    return redact(report_samples.session(answer(text)), listed=listed, keep=keep).report.answers[0].transcript.text


@pytest.mark.parametrize(
    ("said", "now"),
    [
        ("I asked Ada Lovelace first.", "I asked [name 1] first."),
        ("I asked ADA LOVELACE first.", "I asked [name 1] first."),
        ("i asked ada lovelace first.", "i asked [name 1] first."),
        ("I asked Ada, um, Lovelace first.", "I asked [name 1], um, [name 1] first."),
        ("i asked ada uh you know lovelace.", "i asked [name 1] uh you know [name 1]."),
        ("Ada's team and Lovelace's.", "[name 1]'s team and [name 1]'s."),
        ("Ada-Lovelace, adalovelace, Ada\nLovelace.", "[name 1], [name 1], [name 1]."),
        ("We met Ádà Lôvelace.", "We met [name 1]."),
        ("We met A\u00adda Love\u0301lace.", "We met [name 1]."),
        ("Two Adas, the Lovelaces.", "Two [name 1]s, the [name 1]s."),
        ("We adapted the canada lovelaceware.", "We adapted the canada lovelaceware."),
        ("From 40 to 4 percent, said Ada.", "From 40 to 4 percent, said [name 1]."),
    ],
)
def test_a_listed_name_is_found_however_it_is_written(said: str, now: str):
    assert without(said, "Ada Lovelace") == now


def test_each_name_has_its_number_the_same_everywhere():
    assert without("We paid Acme. acme cloud paid bob at ACME.", "Bob", "Acme", "Acme Cloud", "bob") == (
        "We paid [name 2]. [name 3] paid [name 1] at [name 2]."
    )


def test_a_part_that_is_an_everyday_word_is_no_name_by_itself():
    text = "At the Bank of America we said: At last. Of course the bank paid."
    assert without(text, "Bank of America", "AT&T", keep=("Bank",)) == (
        "At the [name 1] we said: At last. Of course the bank paid."
    )


@pytest.mark.parametrize("name", ["42", "--", "name", "Name 1"])
def test_what_cannot_be_replaced_is_said(name: str):
    with pytest.raises(UsageError):
        Names([name])


def test_names_are_found_by_their_capitals():
    text = "So Yusuf called. Then I asked Priya and, um, Goldman Sachs on Monday about the API. Priya agreed."
    done = redact(report_samples.session(answer(text)))
    assert done.report.answers[0].transcript.text == (
        "So [name] called. Then I asked [name] and, um, [name] on Monday about the API. [name] agreed."
    )
    assert done.replaced == {"[name]": ("Yusuf", "Priya", "Goldman Sachs")}
    assert done.left == ("API", "Monday")


def test_what_only_begins_sentences_is_left_and_told():
    done = redact(report_samples.session(answer("Dana fixed it. We had moved it.")))
    assert "Dana fixed it" in done.report.answers[0].transcript.text
    assert done.left == ("Dana",)


def test_a_word_can_be_kept():
    assert without("We moved to Snowflake with Priya.", keep=("snowflake",)) == "We moved to Snowflake with [name]."


def test_found_words_beside_listed_ones_go_too():
    assert without("We asked Ada-Smith and Goldman Ada.", "Ada") == "We asked [name 1]-[name] and [name] [name 1]."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("we met at GitHub, iRobot and O'Brien's", {"GitHub", "iRobot", "O'Brien"}),
        ('he said, "Nobody moves" and (Later) left', set()),
        ("in Q3 with EC2 and plan B, p99 at I'm", set()),
        ("it broke.Then Zoe came", {"Zoe"}),
        ("Mr Singh, don't. We're We’ve", {"Singh"}),
    ],
)
def test_which_words_are_names(text: str, found: set[str]):
    assert proper_nouns([text]).found == found


def test_voicemocks_own_words_lose_listed_names_only():
    report = report_samples.session(report_samples.outage())
    finding = msgspec.structs.replace(report.answers[0].findings[0], source="Microsoft Speaker Coach")
    text = "We asked Microsoft and the Speaker."
    report = report_samples.session(answer(text, findings=(finding,)))
    assert redact(report).report.answers[0].findings[0].source == "Microsoft Speaker Coach"
    assert "Microsoft" not in to_json(redact(report, listed=["Microsoft"]).report).decode()


def everywhere(name: str) -> SessionReport:
    """Return a report with a name in every place a name can be."""
    slug = name.lower().replace(" ", "-")
    said = Said(
        f"[1.0] So um I asked {name} about it. [2.4] And {name.replace(' ', ' um ')} said no to {name.upper()}."
    )
    quote = said.quote(f"I asked {name}")
    finding = Finding(
        check="hedging",
        severity=Severity.WATCH,
        message=f'1 hedge, such as "{name}".',
        measured=f"{name} 1",
        limit=name,
        source=name,
        evidence=(
            quote,
            Evidence(
                quote=f"… um I asked {name.split()[0]} …", char_start=quote.char_start, char_end=quote.char_start + 1
            ),
            Evidence(quote=f"{name} about it. … (2.4 s) … And {name.split()[0]}", start_s=5.0, end_s=7.4),
        ),
    )
    base = report_samples.conflict(f"/home/{slug}/{name}.m4a")
    question = msgspec.structs.replace(CONFLICT, id=f"{slug}-asked", text=f"Why {name}?", tests=name)
    one = msgspec.structs.replace(
        base,
        question=question,
        transcript=msgspec.structs.replace(said.transcript, model=f"/home/{slug}/models/base.en"),
        fillers=tuple(said.fillers()),
        pronouns=said.pronouns(),
        signals={SignalName.ACTION: Signal(present=True, sure=True, evidence=(quote,))},
        measures={f"{name} rate": base.measures["length"]},
        findings=(finding,),
        prosody=said.prosody(),
        notes=(f"{name}.m4a ends early", f"Your note at 0:12: ask {name}"),
        candidate_notes=(f"call {name}",),
        asides=(Aside(kind=AsideKind.OTHER, text=f"And {name.lower()}?", start_s=3.0, end_s=4.0),),
        follow_ups=(msgspec.structs.replace(report_samples.outage().follow_ups[0], text=f"You said {name}?"),),
    )
    session = msgspec.structs.replace(
        report_samples.session(one).session,
        id=f"2026-11-21T10-03-12-{slug}",
        title=f"{name} loop",
        question_set=slug.replace("-", "_"),
        skipped=(f"{slug}-late",),
        not_analysed=(NotAnalysed(question=name, take=1, recording=f"03-{slug}/take-1.wav", reason=name),),
    )
    return msgspec.structs.replace(report_samples.session(one), session=session)


def formats(report: SessionReport) -> dict[str, str]:
    return {
        "html": render_html(report, folder=None),
        "md": render_markdown(report),
        "json": to_json(report).decode(),
        "txt": render_plain(report),
        "srt": "".join(map(render_srt, report.answers)),
        "vtt": "".join(map(render_vtt, report.answers)),
    }


def evidence_of(value: object) -> list[msgspec.Struct]:
    """Return every struct with a place in a transcript."""
    found = [value] if hasattr(value, "char_start") else []
    if isinstance(value, msgspec.Struct):
        value = tuple(getattr(value, name) for name in value.__struct_fields__)
    if isinstance(value, dict):
        value = tuple(value.values())
    return found + [one for item in value for one in evidence_of(item)] if isinstance(value, tuple) else found


def quoted(value: msgspec.Struct) -> str | None:
    return getattr(value, "quote", getattr(value, "text", None))


def check_places(before: AnswerReport, after: AnswerReport) -> None:
    """Hold that whatever stood where it said it did still does."""
    old, new = before.transcript.text, after.transcript.text
    for one in after.transcript.words:
        assert one.text == new[one.char_start : one.char_end]
    assert all(a.char_end <= b.char_start for a, b in itertools.pairwise(after.transcript.words))
    bare = msgspec.structs.replace(before, transcript=msgspec.structs.replace(before.transcript, words=()))
    done = msgspec.structs.replace(after, transcript=msgspec.structs.replace(after.transcript, words=()))
    for was, now in zip(evidence_of(bare), evidence_of(done), strict=True):
        if was.char_start is None:
            assert now.char_start is None
            continue
        assert 0 <= now.char_start <= now.char_end <= len(new)
        if quoted(was) is not None and quoted(was) == old[was.char_start : was.char_end]:
            assert quoted(now) == new[now.char_start : now.char_end]


LETTERS = st.text("abcdefghijklmnopqrstuvwxyzéöø", min_size=5, max_size=9)
NAME = st.lists(LETTERS.map(str.title), min_size=1, max_size=3).map(" ".join)
FURNITURE = " ".join(formats(redact(everywhere("Zzzyx Qqwerty"), listed=["Zzzyx Qqwerty"]).report).values()).lower()


@settings(max_examples=25, deadline=None)
@given(NAME, st.sampled_from(["lower", "upper", "title"]))
def test_no_listed_name_is_left_in_any_format_and_every_quote_stands(name: str, case: str):
    parts = name.lower().split()
    if any(part in FURNITURE for part in parts):
        return  # a word that every report holds
    before = everywhere(name)
    done = redact(before, listed=[getattr(name, case)()])
    for kind, text in formats(done.report).items():
        folded = text.casefold()
        assert not re.search(r"[\W_]*".join(map(re.escape, parts)), folded), kind
        assert not re.search(r"\W+um\W+".join(map(re.escape, parts)), folded), kind
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(to_json(done.report)))
    for was, now in zip(before.answers, done.report.answers, strict=True):
        check_places(was, now)
    assert not done.missing


def test_the_parts_of_a_name_are_gone_too():
    for text in formats(redact(everywhere("Zzzyx Qqwerty"), listed=["Zzzyx Qqwerty"]).report).values():
        assert not re.search("zzzyx|qqwerty", text, re.IGNORECASE)


@pytest.mark.parametrize("name", ["full", "retaken", "practised", "empty"])
def test_a_report_without_names_is_otherwise_the_same(name: str):
    before = getattr(report_samples, name)()
    done = redact(before, keep=["Dana"])
    assert done.replaced == {}
    assert done.report == before
    for was, now in zip(
        before.answers, redact(before, listed=["Dana", "checkout service"]).report.answers, strict=True
    ):
        check_places(was, now)


def test_ids_and_files_are_renamed_alike():
    done = redact(everywhere("Ada Lovelace"), listed=["Ada Lovelace"]).report
    assert done.session.id == "2026-11-21T10-03-12-name-1"
    assert done.session.skipped == ("name-1-late",)
    assert done.session.not_analysed[0].recording == "03-name-1/take-1.wav"
    assert done.answers[0].question.id == "name-1-asked"
    assert done.answers[0].recording.path == "recording-1.m4a"
    assert done.answers[0].notes[0] == "recording-1.m4a ends early"
    assert done.answers[0].transcript.model == "base.en"
    assert done.answers[0].asides[0].text == "And [name 1]?"


def test_a_found_name_is_gone_from_ids_too():
    report = report_samples.session(answer("We asked Priya."))
    session = msgspec.structs.replace(report.session, id="2026-priya-loop", title="A loop with Priya at Acme")
    done = redact(msgspec.structs.replace(report, session=session)).report.session
    assert (done.id, done.title) == ("2026-name-loop", "A loop with [name] at [name]")


def test_in_an_id_a_long_name_is_found_inside_a_word_and_a_short_one_is_not():
    assert [(one.start, one.end) for one in Names(["Ada Lovelace"]).in_id("call-adalovelace2.m4a")] == [(5, 16)]
    assert Names(["Li"]).in_id("conflict-peer") == []
    assert [(one.start, one.end) for one in Names(["Li"]).in_id("li-peer")] == [(0, 2)]


def test_a_hostile_report_and_one_with_impossible_places_are_survived():
    hostile = redact(poisoned(report_samples.full()), listed=["Dana"]).report
    assert not [text for text in formats(hostile).values() if re.search(r"\bDana\b", text)]
    one = answer("We asked Ada Lovelace.")
    wild = Evidence(quote="Ada", char_start=-5, char_end=900)
    finding = msgspec.structs.replace(report_samples.outage().findings[0], evidence=(wild, Evidence(quote="… …")))
    words = one.transcript.words[::-1] + one.transcript.words
    one = msgspec.structs.replace(
        one, findings=(finding,), transcript=msgspec.structs.replace(one.transcript, words=words)
    )
    done = redact(report_samples.session(one), listed=["Ada Lovelace"]).report
    assert all("Ada" not in text for text in formats(done).values())


def test_a_recording_inside_a_session_keeps_its_place():
    assert redact(report_samples.full()).report.answers[0].recording.path == "01-latency-spike/take-1.wav"


def test_a_merged_word_keeps_the_time_of_both():
    before = report_samples.session(answer("I asked Ada Lovelace first."))
    words = before.answers[0].transcript.words
    now = redact(before, listed=["Ada Lovelace"]).report.answers[0].transcript.words
    assert [word.text for word in now] == ["I", "asked", "[name 1]", "first."]
    assert (now[2].start_s, now[2].end_s) == (words[2].start_s, words[3].end_s)


def test_what_is_listed_and_not_there_is_told():
    assert redact(report_samples.full(), listed=["Dana", "Grace Hopper"]).missing == ("Grace Hopper",)


@given(st.text("ab ", max_size=30), st.lists(st.integers(0, 30), max_size=8), st.integers(0, 30), st.integers(0, 30))
def test_places_move_with_their_words(text: str, cuts: list[int], start: int, end: int):
    edges = sorted({min(cut, len(text)) for cut in cuts})
    changes = [Change(a, b, f"[{n}]") for n, (a, b) in enumerate(itertools.pairwise(edges)) if n % 2 == 0 and a < b]
    done = Rewritten(text, changes)
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    assert 0 <= done.start(start) <= len(done.text) and 0 <= done.end(end) <= len(done.text)
    if start < end and not any(c.start < end and start < c.end for c in changes):
        assert done.piece(start, end) == text[start:end]
    if start < end:
        assert done.start(start) <= done.end(end)
        assert all(c.new in done.piece(start, end) for c in changes if c.start < end and start < c.end)
