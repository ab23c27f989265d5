"""Pages lead to each other, and their pictures are small, described, and fetch nothing."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted(
    {*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob(".github/**/*.md"), ROOT / "benchmarks/README.md"}
)
PICTURES = sorted((ROOT / "docs" / "pictures").iterdir())
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
MOST_BYTES = 150_000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page):
    targets = [target for _, _, target in LINK.findall(page.read_text(encoding="utf-8"))]
    here = [target.partition("#")[0] for target in targets if not re.match(r"https?:|#", target)]
    assert not [target for target in here if not (page.parent / target).exists()]


def test_the_index_names_every_page():
    linked = {target for _, _, target in LINK.findall((ROOT / "docs" / "index.md").read_text(encoding="utf-8"))}
    pages = {p.name for p in (ROOT / "docs").glob("*") if p.is_file()}
    assert pages - {"index.md"} <= linked


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_a_picture_is_small_shown_and_described(picture):
    assert picture.stat().st_size <= MOST_BYTES
    shown = {
        (page.parent / target).resolve(): alt
        for page in PAGES
        for mark, alt, target in LINK.findall(page.read_text(encoding="utf-8"))
        if mark
    }
    assert len(shown[picture]) > 40


@pytest.mark.parametrize("picture", [p for p in PICTURES if p.suffix == ".svg"], ids=lambda picture: picture.name)
def test_a_drawing_fetches_nothing(picture):
    text = picture.read_text(encoding="utf-8")
    assert not re.search(r"url\((?!#)|@import|@font-face|href=|<script", text)
    ElementTree.fromstring(text)
