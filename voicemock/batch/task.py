"""What a batch is asked for: the job, and of every recording whose it is and what was asked."""

__all__ = ["Job", "Task", "encodable", "short_hash"]

import hashlib
from pathlib import Path

import msgspec

from voicemock import __version__
from voicemock.loopback import LocalModel
from voicemock.models.catalogue import Model
from voicemock.reading import reader_version
from voicemock.schema import Question


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One recording to analyse.

    path: as it was given, on this machine; of one elsewhere, its name. source: its address, empty if it is here.
    candidate, date: as the user wrote them, empty if they are not known.
    problem: why there is nothing to analyse, where that is known before the work; empty if there is.
    kept: where in results.jsonl stands what was heard in it before; then its words are only read again.
    """

    path: Path
    source: str = ""
    question: Question | None = None
    candidate: str = ""
    date: str = ""
    problem: str = ""
    kept: tuple[int, int] | None = None

    @property
    def name(self) -> str:
        """Return the path, or the address, as tables can hold it."""
        return encodable(self.source or str(self.path))


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What to do with every recording.

    workers: processes, one Whisper each; 0 for one a core. track, channel: as for ``AudioFile``.
    speaker: whose words count if several people speak, see ``analyze_recording``.
    second: who is asked about what could not be told. reports: whether each recording gets a report.
    parquet: whether the table is written as Parquet too.
    hear: whether recordings may be heard; else what was heard before is read again, all of it.
    """

    out: Path
    model: Model
    verbatim: bool = True
    speaker: int | None = None
    workers: int = 1
    track: int | None = None
    channel: str | None = None
    second: LocalModel | None = None
    reports: bool = True
    parquet: bool = False
    hear: bool = True

    @property
    def hearing(self) -> str:
        """Return what decides the words besides the sound: in words, and a hash of what they leave out."""
        model = self.model.path if self.model.source == "folder" else self.model.name
        rest = short_hash(repr((str(model), self.track, self.channel, self.speaker)))
        mode = "verbatim" if self.verbatim else "plain"
        if self.speaker is not None:
            mode += f" speaker-{self.speaker or 'all'}"
        return encodable(f"{__version__} {self.model.name} {mode} {rest}")

    def reading(self, question: Question | None) -> str:
        """Return what decides the judgement besides the words: the reader, and the question with a hash of it all."""
        asked = f"{question.id} {short_hash(repr(question))} {question.text}" if question else "-"
        readers = f"{reader_version()} {self.second.name}" if self.second else reader_version()
        return encodable(f"{__version__} {readers} {asked}")


def encodable(text: str) -> str:
    """Return text as tables can hold it: a file name that is not UTF-8 has "_" for the bytes in question."""
    return "".join("_" if "\ud800" <= letter <= "\udfff" else letter for letter in text)


def short_hash(text: str) -> str:
    """Return the first 8 hexadecimal digits of a text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:8]
