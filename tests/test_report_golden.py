"""The report's pages and its JSON Schema, compared with reviewed files.

``REWRITE_GOLDEN=1 python -m pytest tests/test_report_golden.py`` rewrites them all.
"""

import re
from pathlib import Path

import pytest

from tests import report_samples
from tests.golden_files import FOLDER, check_golden
from voicemock.report import json_schema, render_html, render_markdown, to_json
from voicemock.report.player_audio import Sound
from voicemock.report.templates import asset

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", ["full", "retaken", "practised", "explained", "empty"])
def test_markdown(name):
    check_golden(FOLDER / f"{name}.md", render_markdown(getattr(report_samples, name)()).encode())


@pytest.mark.parametrize("name", ["full", "retaken", "practised", "explained", "empty"])
def test_html(name, monkeypatch, tmp_path):
    sound = Sound(src="data:audio/webm;base64,AAAA", levels=(0.1, 0.8, 1.0, 0.4), fine=(0.1, 0.9))
    monkeypatch.setattr("voicemock.report.player_audio.load_sound", lambda recording, **_: sound)
    page = render_html(getattr(report_samples, name)(), folder=tmp_path)
    for part in ("report.css", "report.js", "zoom.js", "feedback.css", "feedback.js"):
        page = page.replace(asset(part), f"/* {part} */")
    page = re.sub(r"&#39;sha256-[^&]+&#39;", "(hash)", page)
    check_golden(FOLDER / f"{name}.html", page.encode())


def test_json():
    check_golden(FOLDER / "full.json", to_json(report_samples.full()))


def test_schema():
    check_golden(ROOT / "docs" / "report.schema.json", json_schema())
