"""A report out of a zip file that `sessions export` wrote, or anybody else: nothing in it is trusted.

Nothing is unpacked but the recordings that the report names, and those only if their sizes are sensible.
"""

__all__ = ["Zipped"]

import re
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from voicemock.errors import SessionError
from voicemock.paths import private_dir
from voicemock.report import from_json
from voicemock.report.player_audio import EMBED_UP_TO_S
from voicemock.schema import SessionReport

REPORT = "session.json"
MOST_NAMES = 100_000
MOST_REPORT_BYTES = 64 * 2**20
MOST_SOUND_BYTES = 256 * 2**20
"""Of one recording; one that a page holds is a quarter of that."""
MOST_BYTES = 2**30
"""Of all recordings together."""

UNSAFE = re.compile(r"^[/\\]|^\w:|(?:^|[/\\])\.\.(?:[/\\]|$)")
"""A name that leads out of the folder it is unpacked in."""
NOT_READ = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


class Zipped:
    """One exported session in a zip file. Raises SessionError wherever the file is not what it should be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._file = zipfile.ZipFile(path)
        except NOT_READ as error:
            raise self._error(f"is not a zip file that can be read: {error}") from error
        self._names = {info.filename: info for info in self._file.infolist()}
        self._check()
        self._top = self._session()

    def __enter__(self) -> "Zipped":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def report(self) -> SessionReport:
        """Read the report."""
        return from_json(self._read(f"{self._top}{REPORT}", most=MOST_REPORT_BYTES))

    def unpack_sound(self, report: SessionReport, folder: Path) -> None:
        """Write the recordings that a page can hold to a folder, each in its place there."""
        left = MOST_BYTES
        for recording in {a.recording.path: a.recording for a in report.answers if a.recording}.values():
            name = f"{self._top}{recording.path}"
            if name not in self._names or UNSAFE.search(recording.path) or recording.duration_s > EMBED_UP_TO_S:
                continue
            sound = self._read(name, most=min(MOST_SOUND_BYTES, left))
            left -= len(sound)
            target = folder / recording.path
            private_dir(target.parent)
            target.write_bytes(sound)

    def _check(self) -> None:
        if len(self._names) > MOST_NAMES:
            raise self._error(f"holds {len(self._names):,} files, which no session does")
        for name, info in self._names.items():
            if UNSAFE.search(name):
                raise self._error(f"holds a name that leads out of its folder ({name})")
            if info.flag_bits & 1:
                raise self._error("is encrypted", hint="Unpack it with its password, and give the folder.")

    def _session(self) -> str:
        """Return the folder of the one session in it, with its slash."""
        paths = [PurePosixPath(name) for name in self._names]
        tops = [path.parent for path in paths if path.name == REPORT and len(path.parts) <= 2]
        if len(tops) != 1:
            what = "no session" if not tops else f"{len(tops)} sessions"
            hint = "Give a file that `voicemock sessions export` wrote, or unpack it and give a session's folder."
            raise self._error(f"holds {what}", hint=hint)
        return "" if tops[0] == PurePosixPath() else f"{tops[0]}/"

    def _read(self, name: str, *, most: int) -> bytes:
        try:
            with self._file.open(name) as file:
                content = file.read(most + 1) if self._names[name].file_size <= most else None
        except NOT_READ as error:
            raise self._error(f"is damaged: {name} cannot be read ({error})") from error
        if content is None or len(content) > most:
            raise self._error(f"is not unpacked: {name} would have more than {most // 2**20} MB")
        return content

    def _error(self, what: str, *, hint: str = "") -> SessionError:
        self._close()
        return SessionError(f"{self.path} {what}.", hint=hint or "Export the session again: voicemock sessions export")

    def _close(self) -> None:
        if hasattr(self, "_file"):
            self._file.close()
