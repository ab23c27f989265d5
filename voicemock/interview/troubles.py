"""What went wrong with a recording, in words for people."""

__all__ = ["what_went_wrong"]

from voicemock.audio.record import Recorder
from voicemock.phrases import clock


def what_went_wrong(recorder: Recorder) -> list[str]:
    """Return what a candidate, and the report, should know of a recording that has ended."""
    told = [
        f"{missing.lasted_s:.0f} s are missing at {clock(missing.at_s)}: the program or the computer was suspended."
        for missing in recorder.missing
    ]
    if recorder.restored and recorder.error is None:
        told.append(
            "The session's folder was deleted or moved while you were speaking. This recording was written "
            "again; earlier recordings were not."
        )
    return told
