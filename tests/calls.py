"""One invented interview, written as each program writes its transcripts; every name and word is made up."""

import html
import io
from collections.abc import Callable, Sequence

import docx

ANA, BO, LI = "Ana Ruiz-García (Guest)", "Dr. Bo Lind", "李伟"
Line = tuple[str, float, str]

LATE = "Tell me about a project that you delivered late. When did you know, and who did you tell?"
CALL: tuple[Line, ...] = (
    (BO, 1.5, "Hi Ana, can you hear me? How are you today?"),
    (ANA, 6.0, "Yes, loud & clear. I'm fine, thank you, and the coffee is good here so I had a quiet morning."),
    (
        BO,
        14.25,
        "Great. We are forty people, and we run the payments of three banks, so we care about reliability a lot.",
    ),
    (BO, 24.0, f"So, {LATE[0].lower()}{LATE[1:]}"),
    (ANA, 33.0, "Sure. Last year my team of six was to move the billing service to a new database by March, and I had"),
    (BO, 47.5, "Mm-hm."),
    (
        ANA,
        48.0,
        "promised the date before I asked the people who would do it: in February we saw that 1,200 rows were bad.",
    ),
    (ANA, 62.0, "So I told sales the same day, we cut the scope by a third, and failed invoices fell from 9% to 2%."),
    (LI, 80.0, "And why did you cut that scope?"),
    (
        ANA,
        84.0,
        "Because the reports could be done by hand for a month, and each week of delay cost about 4,000 euros.",
    ),
    (LI, 100.0, "Right, got it. How do you decide what to delegate?"),
    (ANA, 106.0, "Do you mean technical work or people work?"),
    (LI, 110.0, "Both."),
    (
        ANA,
        112.0,
        "I give away what somebody can learn from, I keep what needs a decision across teams, and I check in weekly.",
    ),
    (BO, 3600.0, "Thank you. Do you have any questions for us?"),
    (ANA, 3605.0, "Yes. How is on-call organised, and how often is somebody woken up at night?"),
    (BO, 3615.0, "We rotate weekly. What did we do about the nights? We moved the batch jobs to the morning."),
    (ANA, 3630.0, "That sounds sensible, thank you. We had the same with our jobs, and it took us a year to see it."),
)


def clock(seconds: float, mark: str = ".") -> str:
    whole, part = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{mark}{part:03d}"


def short(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}" if minutes >= 60 else f"{minutes}:{rest:02d}"


def teams_vtt(call: Sequence[Line]) -> str:
    cues = (
        f"5d2a06ac-0b5e-4c3f-9a51-7e54b1f0ce11/{n}-0\n{clock(at)} --> {clock(at + 4)}\n"
        f"<v {html.escape(name)}>{html.escape(text, quote=False)}</v>\n"
        for n, (name, at, text) in enumerate(call)
    )
    return "WEBVTT\n\n" + "\n".join(cues)


def zoom_vtt(call: Sequence[Line]) -> str:
    cues = (f"{n}\n{clock(at)} --> {clock(at + 4)}\n{name}: {text}\n" for n, (name, at, text) in enumerate(call, 1))
    return "WEBVTT\n\n" + "\n".join(cues)


def otter_srt(call: Sequence[Line]) -> str:
    cues = (
        f"{n}\n{clock(at, ',')} --> {clock(at + 4, ',')}\n{name}: {text}\n"
        for n, (name, at, text) in enumerate(call, 1)
    )
    return "\n".join(cues)


def zoom_captions(call: Sequence[Line]) -> str:
    return "".join(f"[{name}] {clock((23.5 * 3600 + at) % 86_400)[:8]}\n{text}\n\n" for name, at, text in call)


def otter_txt(call: Sequence[Line]) -> str:
    lines = "".join(f"{name}  {short(at)}  \n{text}\n\n" for name, at, text in call)
    return f"{lines}Transcribed by https://otter.ai\n"


def teams_docx(call: Sequence[Line]) -> bytes:
    document = docx.Document()
    document.add_paragraph("Interview-20261103_100000-Meeting Transcript")
    document.add_paragraph("3 November 2026, 10:00am")
    document.add_paragraph("1h 0m 42s")
    document.add_paragraph(f"{BO} started transcription")
    for name, at, text in call:
        document.add_paragraph(f"{name}   {short(at)}\n{text}")
    document.add_paragraph(f"{BO} stopped transcription")
    return _bytes(document)


def early_teams_docx(call: Sequence[Line]) -> bytes:
    document = docx.Document()
    for name, at, text in call:
        document.add_paragraph(f"{_loose(at)} --> {_loose(at + 4)}\n{name}\n{text}")
    return _bytes(document)


def meet_txt(call: Sequence[Line]) -> str:
    lines = [
        "📝 Notes",
        "Nov 3, 2026",
        "Summary",
        f"{BO} asked about delivery: the date was missed.",
        "",
        "📖 Transcript",
    ]
    lines += ["Nov 3, 2026", "Interview - Transcript", "00:00:00", " "]
    for name, at, text in call:
        lines += ["00:55:00", " "] if at == 3600 else []
        lines.append(f"{name}: {text}")
    end = "This editable transcript was computer generated and might contain errors."
    return "\n".join([*lines, "", "Transcription ended after 01:00:42", "", end])


def meet_docx(call: Sequence[Line]) -> bytes:
    document = docx.Document()
    document.add_heading("Interview (2026-11-03 10:00 GMT) - Transcript")
    document.add_heading("Attendees", 2)
    document.add_paragraph(", ".join(dict.fromkeys(name for name, _, _ in call)))
    document.add_heading("Transcript", 2)
    for name, _, text in call:
        document.add_paragraph().add_run(f"{name}: ").bold = True
        document.paragraphs[-1].add_run(text)
    document.add_heading("Transcription ended after 01:00:42", 2)
    return _bytes(document)


def plain_txt(call: Sequence[Line]) -> str:
    return "".join(f"{name}: {text}\n" for name, _, text in call)


FORMATS: dict[str, Callable[[Sequence[Line]], str | bytes]] = {
    "teams.vtt": teams_vtt,
    "zoom.vtt": zoom_vtt,
    "otter.srt": otter_srt,
    "meeting_saved_closed_caption.txt": zoom_captions,
    "otter.txt": otter_txt,
    "teams.docx": teams_docx,
    "early-teams.docx": early_teams_docx,
    "meet.txt": meet_txt,
    "meet.docx": meet_docx,
    "plain.txt": plain_txt,
}


def written(name: str, call: Sequence[Line] = CALL) -> bytes:
    content = FORMATS[name](call)
    return content if isinstance(content, bytes) else content.encode()


def _loose(seconds: float) -> str:
    """Write a time as early Teams does, without leading zeros."""
    return f"{int(seconds) // 3600}:{int(seconds) // 60 % 60}:{seconds % 60:g}"


def _bytes(document: "docx.document.Document") -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
