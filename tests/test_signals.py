"""A closed terminal or a polite kill ends a session in order and in time."""

import os
import signal
import subprocess
import sys
import time
import wave
from pathlib import Path

import pytest

from tests.test_crash import Lives, Truth
from voicemock.archive.progress import Ended, read_progress
from voicemock.cli.orderly_end import PATIENCE_S, SIGNALS, Terminated, orderly_end
from voicemock.paths import sessions_dir
from voicemock.report import from_json

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_recording_and_writes_the_report(number: signal.Signals):
    truth, pid, code = Truth(), 0, None
    with Lives() as lives:
        for event in lives.events():
            truth.add(event)
            match event:
                case ["life", int(pid)]:
                    pass
                case ["ready", str(name)]:
                    folder = sessions_dir() / name
                case ["given", *_] if pid and len(truth.begun) == 2 and truth.given[truth.begun[1]] > 5000:
                    os.kill(pid, number)
                    pid = 0
                case ["end of life", code]:
                    pass
    assert code == 128 + number
    progress = read_progress(folder)
    assert [take.ended for take in progress.takes] == [Ended.ANSWERED, Ended.OPEN]
    assert not progress.finished
    with wave.open(str(folder / truth.begun[1])) as file:
        assert file.getnframes() == truth.given[truth.begun[1]], "what was still on its way is lost"
    report = from_json((folder / "session.json").read_bytes())
    assert [answer.question.id for answer in report.answers if answer.question] == ["q1"]
    assert (folder / "report.html").exists()


def ended_by(number: signal.Signals, code: str) -> tuple[int, str, float]:
    """Run code inside the context, send a signal once it prints, and return its exit code, output and seconds."""
    program = (
        "import os, signal, sys, threading, time\n"
        "from voicemock.cli.orderly_end import Terminated, orderly_end\n"
        f"with orderly_end():\n{code}"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT
    )
    assert child.stdout
    assert child.stdout.readline() == b"ready\n"
    time.sleep(0.2)  # it is asleep by then: a signal between two steps of Python would wait for the sleep to end
    child.send_signal(number)
    started = time.monotonic()
    said = child.communicate(timeout=30)[0].decode()
    return child.returncode, said, time.monotonic() - started


READY = " print('ready', flush=True)\n"
WAITS = " time.sleep(20)\n"


def test_the_exit_code_names_the_signal_whatever_fails_on_the_way():
    code = " try:\n  print('ready', flush=True); time.sleep(20)\n finally:\n  raise OSError('the terminal is gone')\n"
    assert ended_by(signal.SIGHUP, code)[:2] == (129, "")
    code = " try:\n  print('ready', flush=True); time.sleep(20)\n except Terminated:\n  print('caught')\n"
    assert ended_by(signal.SIGTERM, code)[:2] == (143, "caught\n")


def test_a_second_signal_does_not_disturb_the_end():
    code = (
        " try:\n  print('ready', flush=True); time.sleep(20)\n"
        " finally:\n  os.kill(os.getpid(), signal.SIGTERM); os.kill(os.getpid(), signal.SIGHUP); print('written')\n"
    )
    assert ended_by(signal.SIGTERM, code)[:2] == (143, "written\n")


@pytest.mark.parametrize(
    "code",
    [
        f" try:\n {READY} {WAITS} finally:\n  time.sleep(20)\n",
        f" threading.Thread(target=time.sleep, args=(20,)).start()\n{READY}{WAITS}",
    ],
    ids=["the report takes too long", "a thread is still at work"],
)
def test_the_process_ends_in_time_whatever_is_still_to_do(code: str):
    returned, _, took_s = ended_by(signal.SIGTERM, code)
    assert returned == 143
    assert took_s < PATIENCE_S + 3


def test_who_asked_not_to_be_hung_up_is_not():
    program = (
        "import os, signal\nfrom voicemock.cli.orderly_end import orderly_end\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "with orderly_end():\n os.kill(os.getpid(), signal.SIGHUP)\n print('still here')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, "still here\n")


def test_afterwards_signals_do_what_they_did_before():
    before = [signal.getsignal(one) for one in SIGNALS]
    with orderly_end():
        assert [signal.getsignal(one) for one in SIGNALS] != before
    assert [signal.getsignal(one) for one in SIGNALS] == before
    with pytest.raises(ZeroDivisionError), orderly_end():
        raise ZeroDivisionError
    assert [signal.getsignal(one) for one in SIGNALS] == before


def test_no_handler_of_failures_takes_it_for_one():
    assert not issubclass(Terminated, Exception | KeyboardInterrupt)


def test_a_terminal_that_is_closed_ends_the_session_in_order(tmp_path: Path):
    import pexpect

    printed = "print('a line for nobody' * 1000, flush=True)"
    program = (
        "import sys, time; from pathlib import Path; from voicemock.cli.orderly_end import orderly_end\n"
        "with orderly_end():\n"
        " try:\n  print('ready', flush=True); time.sleep(20)\n"
        f" finally:\n  {printed}; sys.stderr.write('x'); sys.stdin.read(); Path(sys.argv[1]).write_text('written')\n"
    )
    path = tmp_path / "report"
    terminal = pexpect.spawn(sys.executable, ["-c", program, str(path)], cwd=ROOT, env=os.environ, timeout=20)
    terminal.expect("ready")
    terminal.ptyproc.delayafterclose = 1.0
    terminal.close()
    assert terminal.exitstatus == 129
    assert path.read_text() == "written"
