"""FFmpeg is native code: what kills or holds up its process costs one file at most, and leaves nothing behind."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.here import voicemock_here
from tests.media_files import tone
from tests.sounds import save_first_words
from voicemock.audio import decoding
from voicemock.audio.load import RATE_HZ, AudioFile
from voicemock.errors import AudioError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and process groups are POSIX")

DEADLY = """
import os, signal, sys
from voicemock.audio import decoder
written = []
write = decoder._write
def write_until_death(out, kind, *content):
    written.append(kind)
    if "deadly" in sys.argv[1] and len(written) > {messages}:
        {death}
    write(out, kind, *content)
decoder._write = write_until_death
"""


@pytest.fixture
def deadly(monkeypatch: pytest.MonkeyPatch):
    """Make the decoder of every file named "deadly" die after so many messages."""

    def make(messages: int, death: str = "os.kill(os.getpid(), signal.SIGSEGV)") -> None:
        start, main = decoding.PROGRAM.split("from voicemock", 1)
        body = DEADLY.format(messages=messages, death=death)
        program = f"{start.removesuffix('; ')}\n{body}\nfrom voicemock{main.replace('; ', chr(10))}"
        monkeypatch.setattr(decoding, "PROGRAM", program)

    return make


def recording(folder: Path, name: str = "deadly.wav", seconds: float = 5) -> Path:
    soundfile.write(folder / name, tone(seconds)[0], RATE_HZ, subtype="PCM_24")  # 16 bits need no decoder
    return folder / name


def test_a_file_that_kills_the_decoder_at_once_is_told(tmp_path: Path, deadly):
    deadly(0)
    with pytest.raises(AudioError, match=r"deadly.wav cannot be decoded: the decoder crashed on it") as failure:
        AudioFile(recording(tmp_path))
    assert failure.value.hint


def test_a_header_that_divides_by_zero_inside_ffmpeg_is_told(tmp_path: Path):
    """An ADX file whose blocks are 0 bytes long: as of FFmpeg 8.0 its reader dies of SIGFPE."""
    header = bytes.fromhex("8000 0020 0300 0402 0000 3e80 0000 bb80 01f4 0300" + "0000" * 5 + "2863 2943 5249")
    path = tmp_path / "zero.adx"
    path.write_bytes(header + bytes(60_000))
    with pytest.raises(AudioError, match=r"zero.adx cannot be decoded"):
        np.concatenate(list(AudioFile(path).blocks()))


def test_what_came_before_the_death_is_kept(tmp_path: Path, deadly):
    deadly(3)
    file = AudioFile(recording(tmp_path))
    assert sum(map(len, file.blocks())) == pytest.approx(2 * RATE_HZ, abs=RATE_HZ / 2)
    assert file.problems == ("only the first 0:02 of the file could be decoded: the decoder crashed on it",)


def test_a_decoder_that_spins_is_ended_by_its_own_clock(tmp_path: Path, deadly):
    deadly(2, "decoder.PATIENCE_S = 0.2; write(out, kind, *content)\n        while True: pass")
    file = AudioFile(recording(tmp_path))
    assert sum(map(len, file.blocks()))
    assert "kept the decoder busy" in file.problems[0]


def test_a_decoder_that_spins_in_the_header_is_ended_by_its_own_clock(tmp_path: Path, monkeypatch):
    start = decoding.PROGRAM.removesuffix("main()") + "from voicemock.audio import decoder; decoder.PATIENCE_S = 0.1"
    monkeypatch.setattr(decoding, "PROGRAM", f"{start}; decoder._decode = lambda *_: any(iter(int, 1)); main()")
    with pytest.raises(AudioError, match=r"deadly.wav cannot be decoded: it kept the decoder busy and gave no sound"):
        AudioFile(recording(tmp_path))


def test_a_fault_of_the_decoder_is_a_sentence(tmp_path: Path, deadly):
    deadly(0, "if kind != decoder.ERROR: raise AttributeError('codec')")
    with pytest.raises(AudioError, match=r"deadly.wav cannot be decoded \(AttributeError: codec\)"):
        AudioFile(recording(tmp_path))


def test_a_decoder_that_cannot_run_is_not_the_files_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(decoding, "PROGRAM", "import nothing_of_that_name")
    with pytest.raises(AudioError, match=r"the decoder could not run \(exit code 1\)"):
        AudioFile(recording(tmp_path))


@pytest.mark.parametrize("listened", [0, 1])
def test_a_file_half_read_leaves_no_process(tmp_path: Path, listened: int):
    file = AudioFile(recording(tmp_path, "long.wav", 300))
    process = file._decoding._process
    blocks = file.blocks()
    for _ in range(listened):
        next(blocks)
    blocks.close()
    del file, blocks
    assert process.returncode is not None


def test_a_killed_reader_takes_the_decoder_with_it(tmp_path: Path):
    """The reader is killed while the decoder waits for it to take more."""
    path = recording(tmp_path, "long.wav", 600)
    program = (
        "import sys, time; from pathlib import Path; from voicemock.audio.load import AudioFile;"
        "file = AudioFile(Path(sys.argv[1])); print(file._decoding._process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE) as reader:
        pid = int(reader.stdout.readline())
        reader.kill()
    for _ in range(100):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, 0)
            if "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:1]:
                time.sleep(0.1)
                continue
        break
    else:
        pytest.fail("the decoder lives on")


def test_the_decoder_runs_this_voicemock_and_nothing_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for name in ("av.py", "json.py", "struct.py", "voicemock.py"):
        (tmp_path / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nraise ImportError")
    monkeypatch.chdir(tmp_path)
    assert len(np.concatenate(list(AudioFile(recording(tmp_path, "a.wav", 1)).blocks()))) == RATE_HZ
    assert not (tmp_path / "ran").exists()


def test_the_decoder_is_there_at_once():
    """It loads FFmpeg and little else: a file a process must not cost a second a file."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, voicemock.audio.decoder, av; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "numpy" not in loaded
    assert "msgspec" not in loaded


@pytest.mark.real
def test_the_other_recordings_of_a_call_survive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The second of three kills its decoder: three answers were given, two are reported, and the exit code says so."""
    paths = [tmp_path / name for name in ("first.wav", "deadly.wav", "third.wav")]
    save_first_words(paths[0], seconds=3)
    paths[0].write_bytes(paths[0].read_bytes() + bytes(2))  # not as voicemock writes it: the decoder has to look
    for path in paths[1:]:
        shutil.copy(paths[0], path)
    dies = '; import os; os.abort() if "deadly" in sys.argv[1] else main()'
    monkeypatch.setattr(decoding, "PROGRAM", decoding.PROGRAM.replace("; main()", dies))
    done = voicemock_here("review", *paths, "--json", "-")
    assert done.returncode == 2
    assert f"{paths[1]} cannot be decoded: the decoder crashed on it." in done.stderr
    assert "Traceback" not in done.stderr
    heard = [Path(answer["recording"]["path"]).name for answer in json.loads(done.stdout)["answers"]]
    assert heard == ["first.wav", "third.wav"]
