"""The text of a saved web page: the posting on it, not the page around it."""

__all__ = ["page_blocks"]

import contextlib
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from voicemock.errors import UsageError
from voicemock.preparation.seat.blocks import Block, Line, together
from voicemock.preparation.seat.sections import LONGEST_HEADING

FEWEST = 200
"""Characters of what a page calls its posting, or its main part, from which on that is taken for all of it (voicemock
default)."""
MOST_ESCAPED = 2
"""How often a description may be escaped, over and over (voicemock default)."""
_SKIPPED = {
    *("script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "select", "svg", "iframe"),
    *("head", "dialog", "object", "video", "audio", "canvas", "textarea", "menu"),
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6", "dt", "legend", "caption"}
_BLOCKS = {
    *("p", "div", "section", "article", "main", "header", "ul", "ol", "dl", "dd", "table", "tr", "td", "th", "body"),
    *("blockquote", "pre", "figure", "address", "hr", "li", "html", "center", "details", "summary", "tbody"),
}
_LAID_OUT = re.compile(r"<(?:p|div|ul|ol|li|h[1-6]|br|strong|b|em|i|u|span|section|table)\b[^<>]*>", re.IGNORECASE)
"""What lays out a text, unlike "vector<T>"."""
_AROUND = re.compile(
    r"(?:^|[\s_-])(?:cookie\w*|consent|gdpr|onetrust|breadcrumbs?|navbar|navigation|newsletter|sidebar|related|similar"
    r"|recommended|share|social|popup|modal|banner|skip-link|footer|subscribe|login|signup)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Names of what stands around a posting."""
_ROLES = {"navigation", "banner", "contentinfo", "dialog", "alertdialog", "complementary", "search", "menu", "menubar"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def page_blocks(path: Path, data: bytes) -> list[Block]:
    """Return the blocks of a page; raise UsageError if it is none."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding=_encoding(data), no_network=True)
    try:
        page = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UsageError(f"{path} holds no page that can be read.", hint="Save it again from your browser.") from error
    posting = _posted(page)
    main = page.find(".//main")
    if posting is not None:
        page = posting
    elif any(one.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for one in parser.error_log):  # the rest was not read
        raise UsageError(
            f"{path} is nested too deeply to be read to its end.",
            hint="Copy its text into a file that ends in .txt, and name that file.",
        )
    elif main is not None and len(main.text_content()) >= FEWEST:
        page = main
    return together(_lines(page))


def _encoding(data: bytes) -> str | None:
    """Return UTF-8 if the bytes are, and else leave it to what the page says of itself."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        data.decode()
    except UnicodeDecodeError:
        return None if b"charset" in data[:4096].lower() else "cp1252"
    return "utf-8"


def _posted(page: Any) -> Any:
    """Return the posting that a page carries as data for search engines (schema.org's JobPosting), None without one."""
    from lxml import etree

    for script in page.iter("script"):
        if script.get("type") == "application/ld+json":
            try:
                found = list(_postings(json.loads(script.text or "")))
            except (ValueError, RecursionError):
                continue
            for text in found:
                with contextlib.suppress(etree.LxmlError):  # one that holds no text, such as a comment
                    posting = _page_of(text)
                    if len(posting.text_content()) >= FEWEST:
                        return posting
    return None


def _page_of(text: str) -> Any:
    """Return a description as a page: one whose signs are escaped, as "&lt;p&gt;", is read as what they stand for."""
    from lxml import html

    def parsed(text: str) -> Any:
        return html.document_fromstring(
            text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8", no_network=True)
        )

    page = parsed(text)
    if any(one.tag not in ("html", "body", "p") for one in page.iter()) or len(page.findall(".//p")) > 1:
        return page
    for _ in range(MOST_ESCAPED):
        text = unescape(text)
        if _LAID_OUT.search(text):
            return parsed(text)
    return page


def _postings(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _postings(one)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        is_posting = "JobPosting" in (kinds if isinstance(kinds, list) else [kinds])
        if is_posting and isinstance(value.get("description"), str):
            yield value["description"]
        yield from _postings(value.get("@graph", []))


def _lines(page: Any) -> Iterator[Line]:
    """Yield a line for each block of the page, an empty one after it."""
    pending: list[str] = []

    def flushed(*, heading: bool = False, item: bool = False) -> Iterator[Line]:
        text = " ".join("".join(pending).split())
        pending.clear()
        if text:
            yield Line(text=f"• {text}" if item else text, heading=heading)
            yield Line(text="")

    def walk(element: Any, *, item: bool = False) -> Iterator[Line]:
        name = element.tag if isinstance(element.tag, str) else ""
        if name == "br":
            yield from flushed(item=item)
        elif name and not _is_around(element, name):
            block = name in _BLOCKS or name in _HEADINGS
            inside = (item or name == "li") if name not in ("ul", "ol") else False
            if block:
                yield from flushed(item=item)
            pending.append(element.text or "")
            for child in element:
                yield from walk(child, item=inside)
                pending.append(child.tail or "")
            if block:
                bold = name in ("p", "div", "li") and _is_bold(element)
                yield from flushed(heading=name in _HEADINGS or bold, item=inside and not bold)

    yield from walk(page)
    yield from flushed()


def _is_around(element: Any, name: str) -> bool:
    if name in ("html", "body", "main", "article"):
        return False
    named = f"{element.get('id', '')} {element.get('class', '')}"
    return (
        name in _SKIPPED
        or element.get("role", "") in _ROLES
        or element.get("aria-hidden") == "true"
        or element.get("hidden") is not None
        or bool(_HIDDEN.search(element.get("style", "")))
        or bool(_AROUND.search(named))
    )


def _is_bold(element: Any) -> bool:
    """Return whether all of a short paragraph is bold, as a heading is that was typed by hand."""
    text = "".join(element.itertext()).strip()
    bold = "".join("".join(one.itertext()) for one in element.iter("b", "strong")).strip()
    return bool(text) and bold == text and len(text.split()) <= LONGEST_HEADING
