"""Nothing leaves the machine: every command, watched through the kernel, in a network where nothing can be reached.

`docs/privacy.md` states what is held here.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from tests.conftest import need
from tests.fake_hub import fake_hub
from tests.fake_model import fake_model
from tests.judgeable import finished_with_findings
from tests.machine import Machine, at_home, home_of_the_first_day, machine_of_the_first_day  # noqa: F401 (fixtures)
from tests.posting_files import as_docx, as_page, as_pdf
from tests.practised import QUESTIONS, begun, finished, killed, recorded
from tests.test_pull import FILES, REPOSITORY
from voicemock.cli.main import app

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="strace is for Linux"),
    pytest.mark.allow_hosts(["127.0.0.1"]),  # where the hub for `models pull` listens
]


INTERVIEW = """\
Bo: Tell me about a time you changed your mind.
Me: Last year we moved the billing service in three weeks, and failed orders went from nine percent to two.
"""


def runs(*commands: str) -> Callable[[Machine], None]:
    return lambda machine: [machine.voicemock(*command.split()) for command in commands]


def runs_on_a_session(*commands: str) -> Callable[[Machine], None]:
    def case(machine: Machine) -> None:
        with at_home(machine):
            session = finished()
        for command in commands:
            machine.voicemock(*command.replace("ID", session.folder.name).split())

    return case


def debriefs(machine: Machine) -> None:
    (machine.work / "call.txt").write_text(INTERVIEW)
    machine.voicemock("debrief", "call.txt", "--no-open", "--add-questions", "asked.toml", "--json", "debrief.json")


def practises(machine: Machine) -> None:
    """As at the very first start, which asks for the microphone and tries it out."""
    (machine.home.own["config"] / "config.toml").unlink(missing_ok=True)  # of a try before this one

    def at(terminal) -> None:
        terminal.expect("Enter for 1: ")
        terminal.send("\r")
        terminal.expect("Enter to keep 1: ")
        terminal.send("\r")
        terminal.expect("Enter end")
        machine.home.card.play_into_microphone(machine.work / "answer.wav")
        terminal.send("\r")
        terminal.expect("Enter goes on")
        terminal.send("\r")

    options = ("--model", "tiny.en", "--voice", "natural", "--live-counts", "--no-open")
    machine.practise("practice", "live.toml", *options, at=at)


def resumes(machine: Machine) -> None:
    with at_home(machine):
        store = begun(questions=QUESTIONS[:1])
        recorded(store, 1, seconds=3)
        session = killed(store)

    def at(terminal) -> None:
        terminal.expect("Enter end")
        terminal.send("s")

    machine.practise("resume", session.name, "--no-open", at=at)


def skips(*command: str) -> Callable[[Machine], None]:
    """Hold a session of a command without saying a word."""

    def at(terminal) -> None:
        terminal.expect("Enter end")
        terminal.send("q")

    options = ("--model", "tiny.en", "--voice", "natural", "--no-open")
    return lambda machine: machine.practise(*command, *options, at=at)


def judges(machine: Machine) -> None:
    with at_home(machine):
        session = finished_with_findings().name
    for command in (
        f"feedback {session} --wrong hedging-1.1 --right missing_metric-1.1",
        f"feedback {session} --list",
        f"feedback {session}",
        "feedback --wake hedging",
        "feedback export",
        "checks",
    ):
        machine.voicemock(*command.split())


def pulls(machine: Machine) -> None:
    watch = machine.watch(network=True)
    with fake_hub(REPOSITORY, dict(FILES)) as hub:
        done = machine.run(watch, "-m", "voicemock", "models", "pull", "base.en", HF_ENDPOINT=hub.url)
    shutil.rmtree(machine.home.own["cache"] / "models")
    assert done.returncode == 0, done.stderr
    hubs = f'sin_port=htons({hub.server_port}), sin_addr=inet_addr("127.0.0.1")'
    reached_for = watch.reached_for()
    assert reached_for
    assert not {line for line in reached_for if hubs not in line}
    machine.judge_files(watch)


def tailors(machine: Machine) -> None:
    text = (Path(__file__).parent / "postings" / "payments.md").read_text(encoding="utf-8")
    for name, data in (("job.pdf", as_pdf(text)), ("job.docx", as_docx(text)), ("job.html", as_page(text))):
        (machine.work / name).write_bytes(data)
        machine.voicemock("tailor", "--job", name, "--cv", name, "--json", "seat.json")
    machine.voicemock("tailor", "--job", "job.pdf", "--out", "seat.toml", "--replace")


def opens(machine: Machine) -> None:
    """Until Ctrl-C, which comes once everything that is loaded in the background is there."""
    watch = machine.watch(network=True)  # without one there is no 127.0.0.1 to listen at
    ended = ("timeout", "--signal=INT", "--preserve-status", "8", sys.executable)
    done = subprocess.run(
        watch.command(*ended, "-m", "voicemock", "open", "--no-browser"),
        env=machine.environment,
        cwd=machine.work,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "http://127.0.0.1:" in done.stdout
    assert "voicemock is closed" in done.stdout
    here = re.compile(r'bind\(.*sin_addr=inet_addr\("127\.0\.0\.1"\)')
    reached_for = watch.reached_for(sound=machine.home.card.folder)
    assert reached_for
    assert not {line for line in reached_for if not here.match(line)}
    machine.judge_files(watch)


CASES: dict[str, Callable[[Machine], None]] = {
    "practice": practises,
    "resume": resumes,
    "drill": skips("drill", "warm-up"),
    "loop": skips("loop", "people"),
    "reverse": skips("reverse"),
    "open": opens,
    "review": runs("review answer.wav --model tiny.en --question underperforming-engineer --json report.json"),
    "debrief": debriefs,
    "read": runs("read answer.txt", "check answer.txt", "read - --ask What_did_you_do? --json answer.json"),
    "batch": runs("batch folder --out results --model tiny.en"),
    "report": runs_on_a_session(
        "report ID --no-open",
        "report ID --format srt",
        "sessions export ID --to a.zip",
        "report a.zip --redact --out -",
    ),
    "progress": runs_on_a_session("progress --no-open", "progress --html page.html --json figures.json --reviews"),
    "due": runs_on_a_session("due", "due --json due.json"),
    "plan": runs_on_a_session(
        "plan --interview-date 2999-12-29 --ics plan.ics --out plan.md", "plan", "plan --weeks 2", "plan --forget"
    ),
    "pack": runs_on_a_session(
        "pack --interview 2999-12-29 --voice natural", "pack --interview 2999-12-29 --out packed"
    ),
    "tailor": tailors,
    "compare": runs_on_a_session("compare", "compare q1 --json takes.json --html takes.html"),
    "feedback": judges,
    "checks": runs("checks"),
    "explain": runs("explain fillers"),
    "voices": runs("voices", "voices natural --use", "voices system --save spoken.wav"),
    "doctor": runs("doctor --model tiny.en --voice natural"),
    "models list": runs("models list"),
    "models pull": pulls,
    "models verify": runs("models verify tiny.en"),
    "models path": runs("models path tiny.en"),
    "questions ask-them": runs("questions ask-them --stage manager"),
    "questions list": runs("questions list"),
    "questions show": runs("questions show underperforming-engineer", "questions show delivered-late --example"),
    "questions validate": runs("questions validate live.toml"),
    "questions new": runs("questions new mine.toml"),
    "stories add": runs("stories add One --competency delivery"),
    "stories list": runs("stories add One", "stories list"),
    "stories show": runs("stories add Shown", "stories show shown"),
    "stories edit": runs(
        "stories add Edited", "stories edit edited --set title=Two --add numbers=40%", "stories edit edited"
    ),
    "stories coverage": runs("stories add One", "stories coverage"),
    "stories suggest": runs("stories add One --competency delivery", "stories suggest delivered-late"),
    "stories from": runs_on_a_session("stories from ID --answer 1"),
    "stories retract": runs("stories add Back", "stories retract back 40%"),
    "sessions list": runs_on_a_session("sessions list"),
    "sessions show": runs_on_a_session("sessions show ID"),
    "sessions delete": runs_on_a_session("sessions delete ID --yes"),
    "sessions export": runs_on_a_session("sessions export ID --to session.zip"),
}


def commands(group, name: str = "") -> Iterator[str]:
    for part, command in group.commands.items():
        full = f"{name} {part}".strip()
        if hasattr(command, "commands"):
            yield from commands(command, full)
        elif not command.hidden:  # another name of one that is tried
            yield full


LIVE = {"practice", "resume", "drill", "loop", "reverse"}
WATCHED_ELSEWHERE = {"demo"}
"""Its one run is watched in ``test_demo.py``, which also reads what it says."""

REAL = {"review", "batch", "voices", "doctor"}
"""Those that hear or speak; the live ones have somebody at the keyboard."""


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(c, marks=pytest.mark.realtime if c in LIVE else pytest.mark.real if c in REAL else ())
        for c in commands(get_command(app))
        if c not in WATCHED_ELSEWHERE
    ],
)
def test_stays_on_the_machine(command: str, machine: Machine):
    assert command in CASES, f"write down in CASES how to run `voicemock {command}`"
    CASES[command](machine)


UNSURE = """
import sys, voicemock.analyze as analyze
from voicemock.schema import Signal, SignalName, Reading
signals = {name: Signal() for name in SignalName} | {SignalName.ACTION: Signal(present=True)}
analyze.read = lambda *_, **__: Reading(signals=signals)
from voicemock.cli.main import app
app(sys.argv[1:])
"""
"""voicemock, with an answer of which it could tell but one thing."""


def test_a_second_reader_is_asked_on_this_machine_and_nobody_else(machine: Machine):
    settings = machine.home.own["config"] / "config.toml"
    aside = settings.with_suffix(".aside")
    if settings.exists():
        settings.rename(aside)
    watch = machine.watch(network=True)
    with fake_model({"result": "Failed orders went from nine percent to two."}) as server:
        settings.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        settings.write_text(f'second_reader = "{server.url} small:3b"\n')
        settings.chmod(0o600)
        try:
            proxies = dict.fromkeys(("HTTP_PROXY", "http_proxy", "ALL_PROXY"), "http://127.0.0.1:9")
            done = machine.run(watch, "-c", UNSURE, "read", "answer.txt", **proxies)
        finally:
            settings.unlink()
            if aside.exists():
                aside.rename(settings)
    assert done.returncode == 0, done.stderr
    assert "small:3b on this computer was asked" in " ".join(done.stdout.split())
    assert len(server.requests) == 1
    ours = f'sin_port=htons({server.server_port}), sin_addr=inet_addr("127.0.0.1")'
    reached_for = watch.reached_for()
    assert reached_for
    assert not {line for line in reached_for if ours not in line}
    machine.judge_files(watch)


PROBE = re.compile(r'connect\(\d+<socket:\[\d+\]>, \{sa_family=AF_INET6, .*"2001:4860:4860::8888"')
"""Chromium asks the kernel whether there is a way to IPv6 addresses: connecting a UDP socket sends nothing."""
LOCAL = re.compile(r'sa_family=AF_(?:NETLINK|UNIX, sun_path="(?:/run/dbus/|/var/run/dbus/|/tmp/|/dev/shm/|@))')


@pytest.mark.real
def test_a_browser_that_prints_sends_nothing_and_looks_nothing_up(machine: Machine):
    need(shutil.which("chromium"), "Chromium (Debian: chromium)")
    with at_home(machine):
        session = finished()
    watch = machine.watch()
    command = ("-m", "voicemock", "report", session.folder.name, "--format", "pdf", "--out", "a.pdf")
    with tempfile.TemporaryDirectory(dir="/tmp") as short:  # its sockets have no room for a longer name
        done = machine.run(watch, *command, TMPDIR=short)
        assert done.returncode == 0, done.stderr
        assert not list(Path(short).iterdir())
        kept = {path for path in watch.written(folder=machine.work) if not path.is_relative_to(short)}
    talks = {line for line in watch.reached_for() if not line.startswith("open")}  # it reads how names are looked up
    assert not {line for line in talks if not PROBE.search(line) and not LOCAL.search(line)}
    ours = (machine.work, *machine.home.own.values(), Path("/dev"), Path("/proc"))
    assert not {str(path) for path in kept if not any(path.is_relative_to(own) for own in ours) and path.exists()}


def test_importing_voicemock_silences_what_would_report_to_its_maker(machine: Machine):
    """As a library too, and whatever the user's shell said: onnxruntime would write a device id at its import."""
    watch = machine.watch()
    code = "import voicemock, onnxruntime, faster_whisper.vad as vad; vad.get_vad_model()"
    done = machine.run(watch, "-c", code, ORT_DISABLE_TELEMETRY="0")
    assert done.returncode == 0, done.stderr
    machine.judge(watch)


ADDRESSES = (
    *(
        "http://127.0.0.1:9/a.wav",
        "https://127.0.0.1:9/a.wav",
        "tcp://127.0.0.1:9",
        "udp://127.0.0.1:9",
        "rtsp://127.0.0.1:9/a",
    ),
    *(
        "rtmp://127.0.0.1:9/a",
        "ftp://127.0.0.1:9/a.wav",
        "tls://127.0.0.1:9",
        "rtp://127.0.0.1:9",
        "hls+http://127.0.0.1:9/a",
    ),
    *("concat:http://127.0.0.1:9/a.wav", "cache:http://127.0.0.1:9/a.wav", "async:tcp://127.0.0.1:9"),
)
LURES = {
    "list.m3u8": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n",
    "sdp.wav": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n",
    "concat.wav": "ffconcat version 1.0\nfile http://127.0.0.1:9/a.wav\n",
}
"""Files that send FFmpeg to an address; it goes by their content, not by their name."""

READERS = {
    "a recording": "from voicemock.audio.load import AudioFile\nread = lambda path: list(AudioFile(path).blocks())",
    "a short sound": "from voicemock.audio.load import decode as read",
}


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS.keys())
def test_a_path_that_looks_like_an_address_and_a_file_that_holds_one_are_not_followed(reader: str, machine: Machine):
    for name, content in LURES.items():
        (machine.work / name).write_text(content)
    refused = f"""
import signal, sys
from pathlib import Path
from voicemock.errors import AudioError
{reader}
signal.alarm(60)  # whoever listens for an answer may do so for long
for name in sys.argv[1:]:
    try:
        read(Path(name))
    except AudioError:
        print(name)
"""
    watch = machine.watch()
    done = machine.run(watch, "-c", refused, *ADDRESSES, *LURES)
    assert done.stdout.splitlines() == [*ADDRESSES, *LURES], done.stderr
    assert not watch.reached_for()
