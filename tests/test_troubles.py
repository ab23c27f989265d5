"""What went wrong with a recording is told in words, with the time."""

from types import SimpleNamespace

import pytest

from voicemock.errors import DeviceError
from voicemock.interview.troubles import what_went_wrong


def recorder(*, missing=(), restored=False, error=None) -> SimpleNamespace:
    return SimpleNamespace(missing=missing, restored=restored, error=error)


def test_nothing_is_told_where_nothing_happened() -> None:
    assert what_went_wrong(recorder()) == []


def test_what_is_missing_is_told_with_its_time_and_length() -> None:
    gaps = [SimpleNamespace(at_s=12.0, lasted_s=8.2), SimpleNamespace(at_s=75.0, lasted_s=3.0)]
    first, second = what_went_wrong(recorder(missing=gaps))
    assert first.startswith("8 s are missing at 0:12")
    assert second.startswith("3 s are missing at 1:15")


@pytest.mark.parametrize(("error", "told"), [(None, 1), (DeviceError("The microphone is gone."), 0)])
def test_a_folder_made_again_is_told_unless_the_recording_broke_off(error, told: int) -> None:
    assert len(what_went_wrong(recorder(restored=True, error=error))) == told
