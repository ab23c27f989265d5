"""The report as HTML, Markdown and JSON."""

__all__ = ["from_json", "json_schema", "render_html", "render_markdown", "to_json", "write_report"]

from voicemock.report.as_json import from_json, json_schema, to_json
from voicemock.report.html import render_html
from voicemock.report.markdown import render_markdown
from voicemock.report.write import write_report
