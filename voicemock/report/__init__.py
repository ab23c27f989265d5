"""The report in all its formats, made again from a stored one, and without names."""

__all__ = [
    "from_json",
    "json_schema",
    "render_html",
    "render_markdown",
    "render_plain",
    "render_srt",
    "render_vtt",
    "to_json",
    "write_report",
]

from voicemock.report.as_json import from_json, json_schema, to_json
from voicemock.report.captions import render_srt, render_vtt
from voicemock.report.html import render_html
from voicemock.report.markdown import render_markdown
from voicemock.report.plain import render_plain
from voicemock.report.write import write_report
