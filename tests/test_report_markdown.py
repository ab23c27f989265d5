"""Markdown: complete, and deaf to what a transcript or a question tries."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests import report_samples
from tests.hostile import HOSTILE, poisoned
from voicemock.cli.answer_lines import render_not_analysed
from voicemock.printable import plain
from voicemock.report import render_markdown
from voicemock.report.markdown import escape
from voicemock.schema import SCHEMA_VERSION, NotAnalysed, SessionInfo, SessionReport

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])

TRICKY = "#-+=>.)1 |`*_[]()<>!&;~\\\n:a\u202e\x1b"


def shown(markdown: str) -> str:
    """Return the text a reader sees, refusing anything that is not a plain paragraph."""
    tokens = PARSER.parse(markdown)
    assert [token.type for token in tokens] in ([], ["paragraph_open", "inline", "paragraph_close"])
    children = tokens[1].children if tokens else []
    assert {child.type for child in children} <= {"text", "text_special"}
    return "".join(child.content for child in children)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("5.4 per minute", "5.4 per minute"),
        ("em_core R&D 2 < 3", "em_core R&D 2 &lt; 3"),
        ("# title", "\\# title"),
        ("- item", "\\- item"),
        ("-22 dB", "-22 dB"),
        ("1. item", "1\\. item"),
        ("a|b `c` *d* _e_", "a\\|b \\`c\\` \\*d\\* \\_e\\_"),
        ("&lt;", "&amp;lt;"),
        ("two\n\nlines", "two lines"),
        ("\x1b[31mred", "red"),
    ],
)
def test_escape(text, escaped):
    assert escape(text) == escaped


@given(
    st.text(
        alphabet=st.one_of(st.sampled_from("#-+=>.)1 |`*_[]()<>!&;~\\\n:a\u202e\x1b"), st.characters()), max_size=40
    )
)
def test_escaped_text_reads_as_it_was(text):
    assert shown(escape(text)) == plain(text)


def test_hostile_text_makes_no_element():
    tokens = PARSER.parse(render_markdown(poisoned(report_samples.full())))
    inline = [child for token in tokens for child in token.children or []]
    allowed = {"text", "text_special", "strong_open", "strong_close", "em_open", "em_close", "softbreak"}
    assert {child.type for child in inline} <= allowed
    assert not {"html_block", "fence", "code_block"} & {token.type for token in tokens}


def test_hostile_text_leaves_the_tables_whole():
    tokens = PARSER.parse(render_markdown(poisoned(report_samples.full())))
    rows = "".join({"tr_open": "R", "td_open": "c", "th_open": "c"}.get(token.type, "") for token in tokens)
    assert set(rows.split("R")) == {"", "ccccc"}


def test_control_characters_never_reach_a_terminal():
    page = render_markdown(poisoned(report_samples.full()))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u202a-\u202e]", page)


def test_every_finding_quote_and_limit_is_there():
    report = report_samples.full()
    page = render_markdown(report)
    for answer in report.answers:
        for finding in answer.findings:
            assert finding.message in page
            assert finding.source in page
            assert all(f'"{evidence.quote}"' in page for evidence in finding.evidence)
        assert all(measure.limit in page for measure in answer.measures.values())


def test_a_report_without_answers_or_session_is_kind():
    page = render_markdown(SessionReport(schema_version=SCHEMA_VERSION, voicemock="0.1.0", answers=()))
    assert page.startswith("# 0 answers\n")
    assert "No answer was recorded" in page


def test_one_answer_that_is_not_in_it_is_no_them():
    one = NotAnalysed(question="Why?", take=1, recording="a.wav")
    for waiting, them in (((one,), "it"), ((one, one), "them")):
        session = SessionInfo(id="s", title="Practice", started_at="", not_analysed=waiting)
        report = SessionReport(schema_version=SCHEMA_VERSION, voicemock="0.1.0", answers=(), session=session)
        assert f"To have {them} listened to again" in render_markdown(report)
        assert f"To have {them} listened to again" in render_not_analysed(session)


def test_the_hostile_text_is_hostile():
    assert PARSER.render(HOSTILE) != f"<p>{HOSTILE}</p>\n"
