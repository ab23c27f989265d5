"""A document's text in blocks: headings, items of lists, paragraphs, each with where it stands."""

__all__ = ["BULLET", "Block", "Line", "sentences_of", "text_blocks", "together"]

import re
from collections.abc import Iterable, Iterator

import msgspec

from voicemock.preparation.seat.sections import LONGEST_HEADING, is_heading, section_named
from voicemock.printable import plain

BULLET = re.compile(r"\s*(?:[•◦▪▫●○∙·‣⁃■□◆❖➢➤►✓✔*\uf0b7\uf0a7–—-]|o(?=\s\s?[A-Z])|\(?\d{1,2}[.)])(?:\s+|$)")
_MARKED = re.compile(r"\s{0,3}#{1,6}\s+(?P<title>\S.*)")
_BOLD = re.compile(r"\s*(\*\*|__)(?P<title>[^*_]+)\1:?\s*")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{1,3}|`)(?=\S)(.{1,300}?)(?<=\S)\1(?!\w)")
_RULE = re.compile(r"\s*[-=_*]{3,}\s*")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_INLINE = re.compile(r"(?P<title>[^:.]{3,40}):\s+(?P<rest>\S.*)")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”')]*\s+(?=[\"“'(]*[A-Z0-9])")
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|etc|incl|excl|approx|max|min|avg|est|vs|ca|no|nr|inc|ltd|mr|ms|mrs|dr|prof|st|sr|jr|p\.a|a\.m|p\.m"
    r"|u\.k|u\.s|(?-i:c))\.$",
    re.IGNORECASE,
)
LONGEST_SENTENCE = 1000
"""Characters; what is longer is a list or a table without full stops, and is cut between words."""


_LETTERS = {
    **dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)),
    0xAD: "",
    0x200B: "",
}
"""Letters that type joins, written apart again, and signs that nobody sees."""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line as it is laid out; heading: its type says it is one. where: such as "line 12"; empty if unknown."""

    text: str
    where: str = ""
    heading: bool = False


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A heading, an item of a list, or a paragraph."""

    text: str
    where: str = ""
    heading: bool = False
    item: bool = False


def text_blocks(text: str) -> list[Block]:
    """Return the blocks of plain text or Markdown."""
    lines = []
    all_lines = text.splitlines()
    for number, written in enumerate(all_lines, 1):
        underlined = bool(written.strip()) and _UNDERLINE.fullmatch("".join(all_lines[number : number + 1])) is not None
        title = _MARKED.fullmatch(written) or _BOLD.fullmatch(written)
        bare = _unmarked(title["title"]) if title else "" if _RULE.fullmatch(written) else written
        bare = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", bare))
        lines.append(Line(text=bare, where=f"line {number}", heading=bool(title) or underlined or _is_shouted(bare)))
    return together(lines)


def _unmarked(title: str) -> str:
    """Return a title without the signs that close it: "# Tasks #", not "# C#"."""
    title = title.rstrip()
    bare = title.rstrip("#")
    return bare.rstrip() if bare[-1:].isspace() else title


def together(lines: Iterable[Line]) -> list[Block]:
    """Join lines that were only broken to fit a page; an empty line, a bullet and a heading each begin anew."""
    found: list[tuple[Block, list[str]]] = []  # each with its parts, joined once: a text may be one long paragraph
    going_on = False
    for line in lines:
        typed = line.text.translate(_LETTERS)
        bullet = BULLET.match(typed)
        text = plain(typed[bullet.end() :] if bullet else typed)
        if not text and not bullet:
            going_on = False
        elif line.heading or (not bullet and is_heading(text)):
            found.append((Block(text=text, where=line.where, heading=True), [text]))
            going_on = False
        elif bullet or not going_on:
            found.extend((block, [block.text]) for block in _opened(text, line.where, item=bool(bullet)))
            going_on = True
        else:
            parts = found[-1][1]
            gap = "" if re.fullmatch(r"[a-z]-", parts[-1][-2:]) and text[0].islower() else " "
            parts.append(f"{gap}{text}")
    joined = (msgspec.structs.replace(block, text="".join(parts).strip()) for block, parts in found)
    return [block for block in joined if block.text]


def sentences_of(text: str) -> Iterator[str]:
    """Yield the sentences of a block."""
    start = 0
    for match in _SENTENCE.finditer(text):
        if not _ABBREVIATION.search(text[max(start, match.start() - 10) : match.start()]):
            yield from _pieces(text[start : match.end()].strip())
            start = match.end()
    yield from _pieces(text[start:].strip())


def _pieces(sentence: str) -> Iterator[str]:
    while len(sentence) > LONGEST_SENTENCE:
        end = sentence.rfind(" ", 1, LONGEST_SENTENCE + 1)
        end = end if end > 0 else LONGEST_SENTENCE
        yield sentence[:end]
        sentence = sentence[end:].lstrip()
    if sentence:
        yield sentence


def _opened(text: str, where: str, *, item: bool) -> Iterator[Block]:
    """Yield a block as it begins: "Requirements: five years of Java" is a heading, and what stands below it."""
    inline = _INLINE.fullmatch(text)
    if inline and not item and section_named(inline["title"]) and len(inline["title"].split()) <= 4:
        yield Block(text=inline["title"], where=where, heading=True)
        text = inline["rest"]
    yield Block(text=text, where=where, item=item)


def _is_shouted(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    return bool(words) and text.upper() == text and max(map(len, words)) > 3 and len(words) <= LONGEST_HEADING
