"""A posting or a CV written in Markdown, as the other files people have: PDF, Word, a saved page."""

import io
import re
import textwrap
import zlib
from collections.abc import Iterator
from html import escape

import docx

LINES_A_PAGE = 46


def parts(text: str) -> Iterator[tuple[str, str]]:
    """Yield ("heading" | "item" | "text", what it says), as somebody who lays it out by hand sees it."""
    paragraph: list[str] = []
    kind = "text"
    for line in [*text.splitlines(), ""]:
        bullet = re.match(r"(?:[-*•]|\d+\.)\s+", line)
        heading = re.fullmatch(r"#+ (.+)|\*\*([^*]+)\*\*|([A-Z][A-Z,&' ]{3,})", line)
        if (not line.strip() or bullet or heading or re.fullmatch(r"[-=]{3,}", line)) and paragraph:
            underlined = bool(re.fullmatch(r"[-=]{3,}", line))
            yield "heading" if underlined else kind, " ".join(paragraph).replace("**", "")
            paragraph, kind = [], "text"
        if heading:
            yield "heading", next(filter(None, heading.groups()))
        elif line.strip() and not re.fullmatch(r"[-=]{3,}", line):
            kind = "item" if bullet else kind
            paragraph.append(line[bullet.end() :] if bullet else line.strip())


def as_pdf(text: str, *, pages: int = 1) -> bytes:
    """Return a PDF whose headings are only larger and bold, as print is; pages: at least so many."""
    lines: list[tuple[str, int, bool]] = []
    for kind, said in parts(text):
        lines += [("", 10, False)] if kind != "item" else []
        opening = "• " if kind == "item" else ""
        for n, line in enumerate(textwrap.wrap(said, 82, break_on_hyphens=False)):
            lines.append(
                (
                    (opening if not n else "  " if opening else "") + line,
                    14 if kind == "heading" else 10,
                    kind == "heading",
                )
            )
    sheets = [lines[at : at + LINES_A_PAGE] for at in range(0, len(lines), LINES_A_PAGE)]
    sheets += [[("More of the same.", 10, False)]] * (pages - len(sheets))
    return pdf_of([b"\n".join(_typed(line, n) for n, line in enumerate(sheet)) for sheet in sheets])


def pdf_of(contents: list[bytes]) -> bytes:
    """Return a PDF of pages with these contents."""
    fonts = [
        b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>" % name
        for name in (b"Helvetica", b"Helvetica-Bold")
    ]
    numbers = range(5, 5 + 2 * len(contents), 2)
    kids = b" ".join(b"%d 0 R" % n for n in numbers)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        *fonts,
    ]
    for n, content in zip(numbers, contents, strict=True):
        packed = zlib.compress(content)
        resources = b"<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources %s /Contents %d 0 R >>"
            % (resources, n + 1)
        )
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed))
    file, places = b"%PDF-1.4\n", []
    for n, body in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        file
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(file))
    )


def as_docx(text: str) -> bytes:
    document = docx.Document()
    for kind, said in parts(text):
        if kind == "heading":
            document.add_heading(said, level=2)
        else:
            document.add_paragraph(said, style="List Bullet" if kind == "item" else None)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_page(text: str) -> bytes:
    """Return a page as a browser saves it, with all that stands around a posting."""
    body, listed = [], False
    for kind, said in parts(text):
        if (kind == "item") != listed:
            body.append("</ul>" if listed else "<ul>")
            listed = not listed
        tag = {"heading": "h3", "item": "li", "text": "p"}[kind]
        body.append(f"<{tag}>{escape(said)}</{tag}>")
    return AROUND.replace("POSTING", "\n".join(body) + ("</ul>" if listed else "")).encode()


AROUND = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Hiring jobs: mentors, conflict</title>
<script>var requirements = "We hire mentors who own incidents";</script><style>p::after{content:"hiring"}</style></head>
<body><nav><h2>Requirements</h2><ul><li>You hire and mentor managers</li></ul></nav>
<div id="onetrust-consent-sdk"><p>You must accept cookies to influence stakeholders.</p></div>
<header><a href="/">Jobs for conflict and inclusion</a></header>
<main><article>POSTING</article></main>
<aside><h2>Similar jobs</h2><p>You will negotiate conflicts in Kubernetes.</p></aside>
<div class="cookie-banner"><h2>Responsibilities</h2><p>You will hire conflict managers.</p></div>
<div style="display: none"><h2>Requirements</h2><p>You resolve conflicts in Cassandra.</p></div>
<footer><p>You will find more jobs about hiring here.</p></footer></body></html>"""


def _typed(line: tuple[str, int, bool], n: int) -> bytes:
    text, size, bold = line
    shown = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F%d %d Tf 50 %d Td (%s) Tj ET" % (1 + bold, size, 800 - 16 * n, shown)
