"""The commands that README.md and the pages of docs/ show, as a reader would type them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt

ROOT = Path(__file__).parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), ROOT / "models" / "README.md")

_PROGRAM = re.compile(
    r"""(?:\w+=\S+\ )*               # variables set for it
                          (unshare\ -rn\ |strace\ -f\ -e\ \S+\ )?  # watched by the reader
                          (?:\.venv(?:/bin/|\\Scripts\\))?  # in the checkout's environment
                          (voicemock|pip|pipx|uv|make|python|py|dask)(?:\ (.*))?""",
    re.VERBOSE,
)
_DRAWING = re.compile(r"→|^<")
"""Blocks that show a flow or a folder."""


class Shown(NamedTuple):
    """A command on a page.

    in_text: named in a sentence or a table, where it may stand for many (NAME, FILE).
    watched_by: the program it is started with, and its options.
    """

    page: str
    program: str
    rest: str
    in_text: bool
    watched_by: str = ""

    def __str__(self) -> str:
        return f"{self.page}: {self.program} {self.rest}"


def shown() -> list[Shown]:
    """Return all commands of all pages."""
    return [command for page in PAGES for command in _on(page)]


def code_on(page: Path, language: str) -> list[str]:
    """Return a page's blocks of code in a language, in their order."""
    tokens = MarkdownIt().parse(page.read_text(encoding="utf-8"))
    return [token.content for token in tokens if token.type == "fence" and token.info == language]


def _on(page: Path) -> Iterator[Shown]:
    name = page.relative_to(ROOT).as_posix()
    for token in MarkdownIt().enable("table").parse(page.read_text(encoding="utf-8")):
        if token.type == "code_block" or (token.type == "fence" and token.info in ("", "sh", "console")):
            for line in () if _DRAWING.search(token.content) else token.content.splitlines():
                found = _PROGRAM.fullmatch(re.sub(r"\s+#.*", "", line).strip())
                assert found, f"{name}: '{line}' is no command known here; a block of something else names its language"
                yield Shown(name, found[2], (found[3] or "").strip(), in_text=False, watched_by=found[1] or "")
        for part in token.children or ():
            if part.type == "code_inline" and (found := _PROGRAM.fullmatch(part.content)):
                yield Shown(name, found[2], found[3] or "", in_text=True)
