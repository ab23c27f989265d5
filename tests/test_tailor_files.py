"""Job descriptions and CVs as files: damaged, locked, scanned, of the wrong kind, too long, or a whole web page."""

import importlib.util
import io
import json
import re
import time
import zipfile
from html import escape
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader, PdfWriter

from tests.conftest import need
from tests.here import voicemock_here
from tests.posting_files import as_docx, as_page, as_pdf, pdf_of
from voicemock.documents import MOST_UNPACKED
from voicemock.errors import UsageError, VoicemockError
from voicemock.preparation.seat.blocks import text_blocks
from voicemock.preparation.seat.documents import read_document
from voicemock.preparation.seat.page_text import page_blocks
from voicemock.preparation.seat.pdf_text import pdf_blocks
from voicemock.preparation.seat.posting import every_sentence
from voicemock.preparation.seat.word_text import word_blocks
from voicemock.report.pdf import find_browser, print_page

POSTINGS = Path(__file__).parent / "postings"
TEXT = (POSTINGS / "payments.md").read_text(encoding="utf-8")
OLE = b"\xd0\xcf\x11\xe0" + b"x" * 600


def locked(user: str, algorithm: str) -> bytes:
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(as_pdf(TEXT))))
    writer.encrypt(user, "owner", algorithm=algorithm)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return file.getvalue()


BROKEN = {
    "scan.pdf": (pdf_of([b"0 0 10 10 re f"] * 2), "as in a scan"),
    "cut.pdf": (as_pdf(TEXT)[:400], "is damaged"),
    "noise.pdf": (b"%PDF-1.4\n" + b"\x00\xff" * 500, "is damaged"),
    "named.pdf": (b"hello", "is not a PDF"),
    "locked.pdf": (locked("secret", "RC4-128"), "is encrypted"),
    "locked256.pdf": (locked("secret", "AES-256"), "is encrypted"),
    "cut.docx": (as_docx(TEXT)[:3000], "is damaged"),
    "other.docx": (zipped("a", b"b"), "is damaged"),
    "text.docx": (b"hello", "is damaged"),
    "locked.docx": (OLE, "password"),
    "old.doc": (OLE, "before 2007"),
    "sheet.txt": (zipped("a", b"b"), "an office file"),
    "a.rtf": (b"x", "rich-text"),
    "rtf.txt": (b"{\\rtf1 x}", "rich-text"),
    "a.odt": (b"x", "OpenDocument"),
    "a.mhtml": (b"x", "web archive"),
    "a.png": (b"\x89PNG", "not a kind of file"),
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n ", "is empty"),
    "binary.txt": (b"a\0b", "is not a text file"),
    "rule.md": (b"----", "holds no text"),
    "page.html": (b"<html><body><script>we hire</script></body></html>", "holds no text"),
    "greek.txt": (("Ζητούμε διευθυντή για την ομάδα πληρωμών " * 9).encode(), "another language"),
    "german.txt": (
        ("Wir suchen eine Leiterin für das Team Zahlungen mit acht Menschen. " * 5).encode(),
        "another language",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_told_with_what_to_do(name, tmp_path):
    data, said = BROKEN[name]
    (tmp_path / name).write_bytes(data)
    done = voicemock_here("tailor", "--job", tmp_path / name)
    message, _, hint = done.stderr.strip().partition("\n")
    assert done.returncode == 2
    assert name in message and said in message, done.stderr
    assert hint and done.stdout == ""


def test_nothing_is_fetched_and_a_missing_file_is_named(tmp_path):
    for name, said in (("https://example.com/job", "fetches nothing"), ("WWW.example.com", "fetches nothing")):
        with pytest.raises(UsageError, match=said):
            read_document(name)
    with pytest.raises(UsageError, match="No such file"):
        read_document(str(tmp_path / "none.txt"))
    with pytest.raises(UsageError, match="cannot be read"):
        read_document("a\0b.txt")


def test_a_pdf_that_only_forbids_changes_is_read():
    blocks, notes = pdf_blocks(Path("a.pdf"), locked("", "RC4-128"))
    assert any(block.text == "What we look for" and block.heading for block in blocks)
    assert notes == []


def test_of_a_long_pdf_it_is_said_how_much_was_read():
    blocks, notes = pdf_blocks(Path("a.pdf"), as_pdf(TEXT, pages=41))
    assert notes == ["a.pdf has 41 pages: only the first 40 were read."]
    assert [block.where for block in blocks[-2:]] == ["page 39", "page 40"]
    assert pdf_blocks(Path("a.pdf"), as_pdf(TEXT, pages=40))[1] == []


def test_pages_without_text_are_named():
    written = b"BT /F1 10 Tf 50 700 Td (You will hire.) Tj ET"
    silent = b"0 0 10 10 re f"
    assert pdf_blocks(Path("a.pdf"), pdf_of([written, silent]))[1] == [
        "a.pdf: no text on page 2; what stands there as a picture was not read."
    ]
    assert "no text on pages 1, 3 and 4;" in pdf_blocks(Path("a.pdf"), pdf_of([silent, written, silent, silent]))[1][0]


def test_where_all_of_a_pdf_is_bold_bold_is_no_heading():
    lines = [b"BT /F2 10 Tf 50 %d Td (You hire %d) Tj ET" % (700 - 40 * n, n) for n in range(4)]
    assert not any(block.heading for block in pdf_blocks(Path("a.pdf"), pdf_of([b"\n".join(lines)]))[0])


def typed(*lines: bytes, gap: int = 12) -> list[tuple[str, bool, bool]]:
    content = b"\n".join(
        b"BT %s 1 0 0 1 50 %d Tm %s ET" % (b"/F1 10 Tf", 700 - gap * n, line) for n, line in enumerate(lines)
    )
    return [(block.text, block.heading, block.item) for block in pdf_blocks(Path("a.pdf"), pdf_of([content]))[0]]


def test_lines_of_a_pdf_are_joined_unless_the_next_word_had_room():
    full = b"(You will hire and coach the engineers of two teams who run the service of ) Tj"
    assert typed(full, b"(Kafka and Redis) Tj") == [
        ("You will hire and coach the engineers of two teams who run the service of Kafka and Redis", False, False)
    ]
    assert [text for text, _, _ in typed(full, b"(coach leads) Tj", b"(Mentor all) Tj")][1:] == ["Mentor all"]
    assert len(typed(b"(You will hire) Tj", b"(coach leads) Tj")) == 1
    assert len(typed(b"(You will hire) Tj", b"(coach leads) Tj", gap=18)) == 2


def test_headings_of_a_pdf_are_larger_and_items_are_labelled():
    label = b"(You hire.) Tj ET /Lbl <</MCID 1>> BDC EMC BT /F1 10 Tf 1 0 0 1 50 500 Tm"
    assert typed(label + b"(Coach.) Tj", b"(Mentor.) Tj") == [
        ("You hire.", False, False),
        ("Coach.", False, True),
        ("Mentor.", False, False),
    ]
    larger = b"/F1 12 Tf (Kafka) Tj"
    assert typed(larger, b"(You hire) Tj", b"(and coach) Tj")[0] == ("Kafka", True, False)
    assert typed(larger.replace(b"12", b"11"), b"(You hire) Tj", b"(and coach) Tj")[0][1] is False


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_people_have(encoding, tmp_path):
    (tmp_path / "job.txt").write_bytes("Förder – £1,200 für you".encode(encoding))
    found = read_document(str(tmp_path / "job.txt"))
    assert found.text == "Förder – £1,200 für you"
    assert bool(found.notes) is (encoding == "cp1252")


def test_a_file_that_is_far_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("voicemock.preparation.seat.documents.MOST_BYTES", 14)
    (tmp_path / "job.txt").write_text("You will hire.")
    assert read_document(str(tmp_path / "job.txt")).text == "You will hire."
    (tmp_path / "job.txt").write_text("You will hire!!")
    with pytest.raises(UsageError, match="MB"):
        read_document(str(tmp_path / "job.txt"))


def test_a_word_file_that_unpacks_to_a_memory_is_refused():
    with pytest.raises(UsageError, match="unpacks to over"):
        word_blocks(Path("a.docx"), zipped("word/document.xml", b" " * (MOST_UNPACKED + 1)))


def test_tables_boxes_and_bold_lines_of_a_word_file_are_read():
    document = docx.Document()
    document.add_paragraph().add_run("Kafka").bold = True
    document.add_table(rows=1, cols=1).cell(0, 0).text = "You hire"
    document.add_paragraph("Coach\nMentor", style="List Number")
    paragraph = document.add_paragraph("Kept ")
    paragraph._p.append(docx.oxml.parse_xml(f"<w:ins {WORD}><w:r><w:t>added</w:t></w:r></w:ins>"))
    paragraph._p.append(docx.oxml.parse_xml(f"<w:del {WORD}><w:r><w:delText>deleted</w:delText></w:r></w:del>"))
    box = "<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>"
    paragraph._p.append(
        docx.oxml.parse_xml(
            f"<w:r {WORD}><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        )
    )
    file = io.BytesIO()
    document.save(file)
    blocks = word_blocks(Path("a.docx"), file.getvalue())
    assert [(b.text, b.heading, b.item) for b in blocks] == [
        ("Kafka", True, False),
        ("You hire", False, False),
        ("Coach Mentor", False, True),
        ("Kept added", False, False),
        ("In a box", False, False),
    ]
    assert blocks[0].where == "paragraph 1"


WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def page(body: str, encoding: str = "utf-8", head: str = "") -> list[tuple[str, bool, bool]]:
    data = f"<html><head>{head}</head><body>{body}</body></html>".encode(encoding)
    return [(block.text, block.heading, block.item) for block in page_blocks(Path("a.html"), data)]


def test_a_page_is_read_without_what_stands_around_the_posting():
    around = (
        "<nav>n</nav>",
        "<script>s</script>",
        "<footer>f</footer>",
        '<p class="x cookie-note">c</p>',
        "<p hidden>h</p>",
    )
    around += (
        '<div role="dialog">d</div>',
        '<p style="display:none">x</p>',
        '<i aria-hidden="true">a</i>',
        "<form>f</form>",
    )
    assert page("".join(around) + '<p class="relatedness">Kept</p>') == [("Kept", False, False)]
    assert page("<h2>Tasks</h2><ul><li>One <b>bold</b></li><li><p>Two</p></li></ul><p><b>Skills</b></p>a<br>b") == [
        ("Tasks", True, False),
        ("One bold", False, True),
        ("Two", False, True),
        ("Skills", True, False),
        ("a", False, False),
        ("b", False, False),
    ]


@pytest.mark.realtime
@pytest.mark.parametrize("unit", ["you will hire people and\n", "a-\n", "- \nso\n", "# a # b\n"])
def test_the_time_to_cut_a_text_into_blocks_grows_with_its_length(unit):
    def seconds(times: int) -> float:
        began = time.process_time()
        text_blocks(unit * times)
        return time.process_time() - began

    seconds(2_000)
    short = seconds(2_000)
    assert seconds(16_000) < max(0.6, 3 * 8 * short)  # with its square, 64 times as much


def test_a_title_full_of_spaces_is_read_without_the_signs_around_it():
    (one,) = text_blocks("# a" + " " * 4_000 + "b #  ")  # with a pattern that looks back, hours
    assert (one.text, one.heading) == ("a b", True)
    titles = {"## Tasks ##": "Tasks", "# A # B #": "A # B", "# C#": "C#", "# ##": "##", "   # Tasks": "Tasks"}
    assert {line: text_blocks(line)[0].text for line in titles} == titles
    assert not text_blocks("#tasks of it are these")[0].heading


def test_lines_are_joined_at_a_hyphen_and_else_by_a_space():
    assert [one.text for one in text_blocks("a cross-\nfunc-\nB-\nc\n- \nempty\nitem -\nx")] == [
        "a cross-func- B- c",
        "empty item - x",
    ]


def test_a_file_whose_name_looks_like_an_address_is_read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="is an address"):
        read_document("www.acme.txt")
    (tmp_path / "www.acme.txt").write_text("We hire.")
    assert read_document("www.acme.txt").text == "We hire."


def test_the_main_part_of_a_page_is_taken_where_it_holds_enough():
    long = "You will hire. " * 20
    assert page(f"<p>Jobs</p><main><p>{long}</p></main>") == [(long.strip(), False, False)]
    assert len(page("<p>Jobs</p><main><p>Short.</p></main>")) == 2


def test_the_posting_that_a_page_carries_as_data_is_taken():
    data = '{"@graph": [{"@type": "JobPosting", "description": "<h3>Tasks</h3><p>%s</p>"}]}' % ("Hire. " * 40)
    script = '<script type="application/ld+json">%s</script>'
    assert page("<p>Loading</p>", head=script % data)[0] == ("Tasks", True, False)
    assert page("<p>Loaded</p>", head=script % data.replace("Hire. ", "")) == [("Loaded", False, False)]
    assert page("<p>Loaded</p>", head=script % "{not json") == [("Loaded", False, False)]
    assert page("<p>Loaded</p>", head=script % data.replace("<h3>Tasks</h3><p>", "<!--")) == [("Loaded", False, False)]
    declared = data.replace("<h3>", "<?xml version='1.0' encoding='utf-8'?><h3>")
    assert page("<p>Loading</p>", head=script % declared)[0] == ("Tasks", True, False)


@pytest.mark.parametrize("times", [1, 2])
def test_the_posting_may_be_escaped_and_of_several_kinds(times):
    text = f"<h3>Tasks &amp; more</h3><p>{'Hire. ' * 40}</p>"
    for _ in range(times):
        text = escape(text)
    data = json.dumps({"@type": ["Thing", "JobPosting"], "description": text})
    found = page("<p>Loading</p>", head=f'<script type="application/ld+json">{data}</script>')
    assert found == [("Tasks & more", True, False), (("Hire. " * 40).strip(), False, False)]


@pytest.mark.parametrize("text", ["a<b>b</b> &lt;p&gt;", "<p>a</p><p>&lt;p&gt;</p>", "vector&lt;T&gt; and x &lt;y "])
def test_a_sign_that_a_posting_writes_about_stays_as_it_is(text):
    data = json.dumps({"@type": "JobPosting", "description": text + "Hire. " * 40})
    found = page("<p>Loading</p>", head=f'<script type="application/ld+json">{data}</script>')
    assert any("<p>" in one[0] or "vector<T> and x <y Hire" in one[0] for one in found)


def test_a_page_nested_too_deeply_is_said_to_be(tmp_path):
    path = tmp_path / "deep.html"
    path.write_text("<html><body>" + "<div>" * 3000 + "You will hire people." + "</div>" * 3000 + "</body></html>")
    with pytest.raises(UsageError, match="nested too deeply"):
        read_document(str(path))


def test_a_page_is_read_in_its_encoding():
    assert page("<p>Malmö</p>") == [("Malmö", False, False)]
    assert page("<p>Malmö</p>", "cp1252") == [("Malmö", False, False)]
    assert page("<p>Malmö</p>", "iso-8859-2", '<meta charset="iso-8859-2">') == [("Malmö", False, False)]


def test_what_is_not_installed_is_named_and_plain_text_needs_nothing(tmp_path, monkeypatch):
    find = importlib.util.find_spec
    gone = ("pypdf", "docx", "lxml")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *a: None if name in gone else find(name, *a))
    for ending, data in (
        ("pdf", as_pdf(TEXT)),
        ("docx", as_docx(TEXT)),
        ("html", as_page(TEXT)),
        ("md", TEXT.encode()),
    ):
        (tmp_path / f"job.{ending}").write_bytes(data)
        if ending == "md":
            assert read_document(str(tmp_path / "job.md")).blocks
        else:
            with pytest.raises(VoicemockError) as told:
                read_document(str(tmp_path / f"job.{ending}"))
            assert 'pip install "voicemock[prepare]"' in told.value.hint


@pytest.mark.real
def test_a_pdf_that_a_browser_printed_reads_as_the_page(tmp_path):
    try:
        browser = find_browser()
    except VoicemockError:
        need(None, "a browser")
    text = (POSTINGS / "iot.md").read_text(encoding="utf-8")  # its items end without a full stop
    shown = re.sub("<(style|nav|aside|footer|header)>.*?</\\1>|<div.*?</div>", "", as_page(text).decode(), flags=re.S)
    printed = print_page(shown, browser=browser, beside=tmp_path)
    found = every_sentence(pdf_blocks(Path("a.pdf"), printed)[0])
    own = every_sentence(text_blocks(text))
    assert [(one.text, one.section) for one in found] == [(one.text, one.section) for one in own]
