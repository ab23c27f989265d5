"""Who said what, in every format other programs write."""

import builtins
import importlib.util
import io
import zipfile
from itertools import groupby
from pathlib import Path

import pytest

from tests import calls
from tests.calls import ANA, BO, CALL, FORMATS, LI
from voicemock.errors import UsageError
from voicemock.transcripts import Turn, holds_text, read_transcript

A = Path("call.txt")


def turns(text: str | bytes) -> list[tuple[str, str]]:
    data = text if isinstance(text, bytes) else text.encode()
    return [(turn.speaker, turn.text) for turn in read_transcript(A, data).turns]


SAID = [(name, " ".join(text for _, _, text in run)) for name, run in groupby(CALL, lambda line: line[0])]


@pytest.mark.parametrize("name", FORMATS)
def test_every_word_goes_to_who_said_it(name):
    call = read_transcript(Path(name), calls.written(name))
    assert [(turn.speaker, turn.text) for turn in call.turns] == SAID
    assert call.speakers[0] == ANA
    assert call.notes == ()


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"plain.txt", "meet.txt", "meet.docx"}))
def test_times_count_from_the_start_and_past_the_hour(name):
    found = read_transcript(Path(name), calls.written(name)).turns
    shift = CALL[0][1] if "caption" in name else 0.0  # by the clock on the wall, over midnight
    starts = [next(run)[1] for _, run in groupby(CALL, lambda line: line[0])]
    assert [turn.start_s for turn in found] == pytest.approx([at - shift for at in starts], abs=1.0)


def test_meet_knows_the_time_of_the_first_turn_below_one_alone():
    found = read_transcript(A, calls.written("meet.txt")).turns
    timed = [turn for turn in found if turn.start_s is not None]
    assert [turn.start_s for turn in timed] == [0.0, 3300.0]
    assert timed[0] == found[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_any_encoding_and_line_ends_will_do(encoding, newline):
    text = calls.plain_txt(CALL).replace("\n", newline)
    assert turns(text.encode(encoding)) == SAID


def test_windows_text_is_read_and_said_to_be():
    call = read_transcript(A, "José: Hé.\nBo: Ça va?\n".encode("cp1252"))
    assert call.turns[0] == Turn(speaker="José", text="Hé.")
    assert "UTF-8" in call.notes[0]


def test_two_at_once_are_put_in_the_order_they_begin_and_one_in_a_row_is_joined():
    found = turns(
        "WEBVTT\n\nNOTE made by hand\nin two lines\n\n00:09.000 --> 00:12.000\n<v Bo>Right.</v>\n\n"
        "00:01.000 --> 00:10.000 align:start\n<v.loud Ana>We <b>moved</b> it.</v>\n\nNOTE aside\n\n"
        "00:10.500 --> 00:11.000\n<v Ana></v>\n\n00:12.000 --> 00:14.000\n<v Bo>&lt;Good&gt;.</v><v Ana>Thanks.</v>\n"
    )
    assert found == [("Ana", "We moved it."), ("Bo", "Right. <Good>."), ("Ana", "Thanks.")]


def test_a_cue_over_several_lines_and_one_that_names_nobody():
    call = read_transcript(
        A,
        b"0\n00:00:00,000 --> 00:00:01,000\n(music)\n\n"
        b"1\n00:00:01,000 --> 00:00:02,000\nAna: We moved\nit in March.\n\n2\n00:00:02,000 --> 00:00:03,000\n"
        b"and the reason: it was slow.\n3\n00:00:03,000 --> 00:00:04,000\nBo: Why?\n\n"
        b"4\n00:00:04,000 --> 00:00:05,000\nAna: It broke.\n5\n00:00:05,000 --> 00:00:06,000\nBo: Oh.\n",
    )
    assert [(t.speaker, t.text) for t in call.turns] == [
        ("", "(music)"),
        ("Ana", "We moved it in March. and the reason: it was slow."),
        ("Bo", "Why?"),
        ("Ana", "It broke."),
        ("Bo", "Oh."),
    ]
    assert call.notes == ("1 cue without a name given to whoever was named before.",)


@pytest.mark.parametrize(
    "name",
    [
        "Dr. Ana Ruiz (she/her)",
        "ana@example.org",
        "Søren O'Neil-Åberg",
        "Ludwig van der Berg",
        "Мария Петрова",
        "김민준",
        "Ruiz, Ana",
        "Speaker 1",
        "Unknown Speaker",
        "Interviewer",
        "ANA RUIZ [External]",
        "A",
    ],
)
def test_names_of_every_shape_are_names(name):
    assert turns(f"{name}: We moved it.\nBo: Why?\n{name}: It was slow.\n")[0] == (name, "We moved it.")


@pytest.mark.parametrize("start", ["Result", "The thing is this", "What I did", "10", "Next step", "well"])
def test_the_beginning_of_a_sentence_is_no_name(start):
    found = turns(f"Ana: We moved it.\n{start}: it was quick.\nBo: Why?\nAna: It was slow.\n")
    assert [name for name, _ in found] == ["Ana", "Bo", "Ana"]
    assert found[0][1].endswith(f"{start}: it was quick.")


def test_a_word_before_a_colon_once_in_much_text_is_no_name_but_a_quiet_person_is():
    prose = "\n".join(["We did this and that and it was slow."] * 6)
    assert [n for n, _ in turns(f"Ana: So.\n{prose}\nKafka: the queue.\nBo: Why?\nAna: Yes.\nBo: Hm?\n")] == [
        "Ana",
        "Bo",
        "Ana",
        "Bo",
    ]
    assert ("Eve", "Hello.") in turns("Ana: So.\nEve: Hello.\nBo: Why?\n")


def test_labels_in_lower_case_are_speakers_if_they_come_often():
    text = "interviewer: why?\nme: because.\nthe reason: it was slow.\ninterviewer: and?\nme: fine.\n"
    assert [name for name, _ in turns(text)] == ["interviewer", "me", "interviewer", "me"]
    text = "ana: why?\nbo: because.\nana: and?\nbo: fine.\nana: so?\nbo: so.\n"
    assert [name for name, _ in turns(text)] == ["ana", "bo"] * 3


def test_a_time_that_was_said_at_the_start_of_a_line_stays_said():
    text = "Bo: Why?\nAna: We were paged at about\n10:45 and it took us until\nnoon (12:10): an hour.\nBo: I see.\n"
    found = read_transcript(Path("a.txt"), text.encode()).turns
    assert found[1].text == "We were paged at about 10:45 and it took us until noon (12:10): an hour."
    assert [turn.start_s for turn in found] == [None, None, None]


def test_a_time_that_begins_a_line_is_when_it_was_said_in_brackets_or_where_most_lines_have_one():
    text = "0:03 Bo: Why?\n0:05 Ana: We moved\n[0:09] it and\n(0:11) left.\nBo: Oh.\nAna: Yes.\nBo: No.\nAna: So.\n"
    found = read_transcript(Path("a.txt"), text.encode()).turns
    assert [(turn.text, turn.start_s) for turn in found[:3]] == [
        ("Why?", 3.0),
        ("We moved it and left.", 5.0),
        ("Oh.", 11.0),
    ]
    each = read_transcript(Path("a.txt"), b"0:03 Bo: Why?\n0:05 Ana: We moved\n0:09 it.\nAna: So.\nBo: I see.\n").turns
    assert each[1].text.startswith("We moved it.")
    half = read_transcript(Path("a.txt"), b"0:03 Bo: Why?\nAna: We moved\n0:09 it.\nBo: Oh.\n").turns
    assert half[1].text == "We moved 0:09 it."


def test_times_beside_names_and_what_stands_before_the_first_name_are_left_out():
    text = "Interview\nDate: Tuesday\n\n[00:00:05] Bo: Why?\nAna (1:05): Because.\n(01:00:09)\nBo: **Fine.**\n"
    call = read_transcript(A, text.encode())
    assert [(t.speaker, t.start_s) for t in call.turns] == [("Bo", 5.0), ("Ana", 65.0), ("Bo", 3609.0)]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no words"),
        (b"WEBVTT\n\n", "who speaks"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nSo we moved it.\n", "who speaks"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nSo we moved it.\n", "who speaks"),
        (b"So we moved it. It went well.", "who speaks"),
        (b"Ana: So we moved it.\nAna: It went well.\n", "one speaker only, Ana"),
        ("📝 Notes\nSummary\nAna: was asked.\nBo: asked.".encode(), "notes on the call"),
        (b"%PDF-1.7 ", "a PDF"),
        (b"{\\rtf1 Ana: So", "rich text"),
        (b"\xd0\xcf\x11\xe0 ", "an old Word document"),
        (b"PK\x03\x04 broken", "not a Word file"),
        (b"Ana: \x81\x8d\xff", "not a text file"),
    ],
)
def test_what_cannot_be_told_is_said_and_what_to_do(data, says):
    with pytest.raises(UsageError, match=says) as caught:
        read_transcript(A, data)
    assert caught.value.hint
    assert str(A) in caught.value.message


def test_a_file_that_is_too_large_and_a_document_that_unpacks_too_large_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("voicemock.transcripts.text_in.MOST_BYTES", 100)
    assert turns(b"Ana: So?\nBo: Yes." + b" " * 82)
    with pytest.raises(UsageError, match="over"):
        turns(b"Ana: So?\nBo: Yes." + b" " * 84)
    monkeypatch.setattr("voicemock.transcripts.text_in.MOST_BYTES", 100_000)
    monkeypatch.setattr("voicemock.documents.MOST_UNPACKED", 100_000)
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b" " * 100_001)
    with pytest.raises(UsageError, match="unpacks"):
        turns((tmp_path / "a.docx").read_bytes())
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", b" ")
        file.writestr("word/media/image1.png", b" " * 100_000)
    with pytest.raises(UsageError, match="unpacks"):
        turns((tmp_path / "a.docx").read_bytes())


def test_two_headers_are_enough_and_one_is_none():
    assert turns("Ana Ruiz  0:03\nSo.\n\nBo  0:05\nWhy?\n") == [("Ana Ruiz", "So."), ("Bo", "Why?")]
    with pytest.raises(UsageError, match="who speaks"):
        turns("Ana Ruiz  0:03\nSo we moved it.\n")


def test_a_damaged_document_is_told():
    data = bytearray(calls.written("teams.docx"))
    data[len(data) // 3 : len(data) // 2] = bytes(len(data) // 2 - len(data) // 3)
    with pytest.raises(UsageError, match="not a Word file"):
        turns(bytes(data))
    named = io.BytesIO()
    with zipfile.ZipFile(named, "w") as file:
        file.writestr("word/\u00e9.xml", b"")
    with pytest.raises(UsageError, match="not a Word file"):
        turns(named.getvalue().replace("\u00e9".encode(), b"\x81\x81"))


def test_a_document_without_python_docx_says_what_to_install(monkeypatch):
    data = calls.written("teams.docx")
    really = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: None if name == "docx" else really(name, *more)
    )
    with pytest.raises(UsageError, match='the extra "prepare"') as caught:
        turns(data)
    assert 'pip install "voicemock[prepare]"' in caught.value.hint


def test_text_needs_no_python_docx(monkeypatch):
    really = builtins.__import__

    def without(name, *more):
        assert name != "docx"
        return really(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert turns(calls.plain_txt(CALL)) == SAID


@pytest.mark.parametrize(
    ("name", "head", "text"),
    [
        ("a.vtt", b"\0\0", True),
        ("a.txt", b"", True),
        ("a", b"Ana: Hi", True),
        ("a.bin", "李".encode()[:2], True),
        ("a.m4a", b"\0\0\0 ftypM4A", False),
        ("a.mp3", b"ID3\x04\x00", False),
        ("a.mp3", b"\xff\xfb\x90\x64", False),
        ("a", b"", False),
    ],
)
def test_a_recording_is_told_from_a_transcript(name, head, text):
    assert holds_text(Path(name), head) is text


def test_three_hours_are_read_in_one_pass():
    lines = [(name, n * 4.0, f"{text} number {n}") for n in range(150) for name, _, text in CALL]
    call = read_transcript(A, calls.teams_vtt(lines).encode())
    assert sum(len(turn.text.split()) for turn in call.turns) == sum(len(text.split()) for _, _, text in lines)
    assert set(call.speakers) == {ANA, BO, LI}
