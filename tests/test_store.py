"""Sessions on disk: private, whole, never overwritten."""

import stat

import msgspec
import pytest

from tests.builders import written
from voicemock.analyze import analyze
from voicemock.errors import SessionError
from voicemock.schema import AnswerReport
from voicemock.session.store import new_session


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_the_owner_can_read_a_session():
    store = new_session(title="Practice", question_set="em_core")
    recording = store.take(1, "conflict", 1)
    store.save(recording, analyze(written("So we moved it.")))
    assert mode(store.folder) == mode(recording.parent) == 0o700
    assert mode(recording.with_suffix(".json")) == 0o600
    assert recording.relative_to(store.folder).as_posix() == "01-conflict/take-1.wav"


def test_a_saved_answer_reads_back_as_it_was():
    store = new_session(title="Practice")
    answer = analyze(written("So we moved it."))
    store.save(store.take(1, "q", 1), answer)
    assert msgspec.json.decode((store.folder / "01-q/take-1.json").read_bytes(), type=AnswerReport) == answer


def test_two_sessions_in_one_second_do_not_meet():
    folders = {new_session(title="Practice").folder for _ in range(3)}
    assert len(folders) == 3


def test_a_folder_that_cannot_be_made_is_explained(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SessionError, match="No session folder can be made"):
        new_session(title="Practice", folder=tmp_path / "file" / "deeper")
