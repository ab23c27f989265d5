"""Watch a command and all its processes through the kernel: what it connects to, looks up and writes.

Native code passes every check made in Python; nothing passes strace. The command runs in a network namespace of its
own where nothing can be reached, so that an attempt does no harm. Linux only: needs strace and the right to unshare.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import need

_CALLS = (
    "connect,bind,sendto,sendmsg,sendmmsg,io_uring_setup,"
    "open,openat,openat2,creat,mkdir,mkdirat,mknod,mknodat,rename,renameat,renameat2,link,linkat,symlink,symlinkat"
)
_TALKS = ("connect", "bind", "sendto", "sendmsg", "sendmmsg")
_OPENS = ("open", "openat", "openat2")
_NAMES = {"/etc/resolv.conf", "/etc/hosts", "/etc/host.conf", "/etc/gai.conf"}
"""Read by the C library to look up the address of a host."""

_CALL = re.compile(r"(\w+)\((.*)")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_FOLDER = re.compile(r"(?:AT_FDCWD|\d+)<([^>]*)>, $")
_SOCKET = re.compile(r'sa_family=AF_UNIX, sun_path=(@?)"([^"]*)"')


def need_strace() -> None:
    """Skip where a command cannot be watched; fail in CI."""
    need(shutil.which("strace"), "strace")
    need(_namespace() is not None, "the right to make a network namespace (unshare)")


def _namespace() -> list[str] | None:
    """Return the beginning of a command that runs without a network, None if the system does not allow it."""
    for options in ("-n", "-rn"):  # as root, or as root in a user namespace
        command = ["unshare", options]
        if shutil.which("unshare") and subprocess.run([*command, "true"], capture_output=True).returncode == 0:
            return command
    return None


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a user's fresh machine, with nothing of ours in it.

    Above all without CI=true: libraries that report to their makers are silent there, but not at a user's.
    """
    inherited = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    # Python's own .pyc files beside the installed packages are not what is looked for.
    return {**inherited, "HOME": str(home), "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", **more}


class Watch:
    """Runs one command under strace, and tells afterwards what it did."""

    def __init__(self, folder: Path, *, network: bool = False) -> None:
        self._logs = folder / "strace"
        self._logs.mkdir()
        self._network = network

    def command(self, *command: str) -> list[str]:
        """Return the command that runs this one, watched."""
        strace = ["strace", "-ff", "--seccomp-bpf", "-qqq", "-y", "-s", "4096", "-o", str(self._logs / "log")]
        return [*([] if self._network else _namespace() or []), *strace, "-e", f"trace={_CALLS}", *command]

    def reached_for(self, *, sound: Path | None = None) -> set[str]:
        """Return all attempts to connect, send or look up a name, as strace words them.

        sound: the folder of the sound server's socket; connecting there is no attempt to leave the machine.
        """
        return {line for name, line in self._calls() if self._reaches(name, line, sound)}

    def written(self, *, folder: Path) -> set[Path]:
        """Return every path that was opened for writing, made, renamed or linked, or was to be.

        folder: where the command ran, which is where relative paths begin.
        """
        found = set()
        for name, line in self._calls():
            if name in _TALKS or (name in _OPENS and not re.search(r"O_(WRONLY|RDWR|CREAT|TRUNC)", line)):
                continue
            found |= {Path(os.path.normpath(folder / path)) for path in _paths(line)}
        return found

    def _reaches(self, name: str, line: str, sound: Path | None) -> bool:
        if name == "io_uring_setup":  # could connect unseen
            return True
        if name in _OPENS:
            return bool(_NAMES & {str(path) for path in _paths(line)})
        if name not in _TALKS or "sa_family=" not in line:
            return False
        local = _SOCKET.search(line)
        return local is None or not _is_sound(local[1] + local[2], sound)

    def _calls(self) -> Iterator[tuple[str, str]]:
        logs = list(self._logs.iterdir())
        assert logs, "strace wrote nothing"
        for log in logs:
            for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
                if call := _CALL.match(line):
                    yield call[1], line


def _paths(line: str) -> Iterator[Path]:
    """Yield the paths in a call's arguments, behind the folder strace names for a relative one."""
    for found in _STRING.finditer(line):
        path = found[1].encode("latin-1", "replace").decode("unicode_escape").encode("latin-1", "replace")
        folder = _FOLDER.search(line[: found.start()])
        yield Path(folder[1] if folder else "", os.fsdecode(path))


def _is_sound(socket: str, sound: Path | None) -> bool:
    """Tell whether this is where a sound server of this machine would listen (PulseAudio, PipeWire, JACK)."""
    ours = sound is not None and Path(socket).is_relative_to(sound)
    return ours or bool(re.match(r"(/var)?/run/(user/\d+/)?(pulse/|pipewire)|/dev/shm/jack_|/tmp/pulse-", socket))
