"""A filled pause is sound: it ends where its level falls, counts anew after a silence, and is never a listed pause."""

from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.conftest import need, needed
from voicemock.audio.load import RATE_HZ, AudioFile
from voicemock.models.catalogue import catalog, find_model, installed
from voicemock.schema import Certainty
from voicemock.speech.listen import listen
from voicemock.speech.pauses import pauses
from voicemock.speech.probe import Event, Probe
from voicemock.speech.recognise import Recogniser, Said
from voicemock.speech.segments import Piece
from voicemock.speech.sounds import hesitations_in, joined, loudest_run

PROBE = Probe(model="fake", made="for this test", bias=0.0, weights=(1.0,))
LOUD, SOFT, QUIET = -20.0, -38.0, -60.0


def steps(*parts: tuple[float, int]) -> NDArray[np.float32]:
    """Return so many 20 ms steps of each value."""
    return np.concatenate([np.full(count, value, np.float32) for value, count in parts])


def heard(filled: NDArray[np.float32], levels: NDArray[np.float32]) -> tuple[Event, ...]:
    """Return what is heard where the probe is sure of the frames above 0."""
    encoded: Any = SimpleNamespace(output=filled[None, :, None] * 6, frames=2 * len(filled))
    return hesitations_in(PROBE, encoded, levels)


def test_a_sound_ends_where_its_level_falls() -> None:
    (um,) = heard(steps((-1, 50), (1, 40), (-1, 50)), steps((QUIET, 50), (LOUD, 25), (QUIET, 65)))
    assert (um.start_s, um.end_s) == (pytest.approx(1.0, abs=0.021), pytest.approx(1.5, abs=0.021))


def test_the_soft_mm_of_um_belongs_to_it() -> None:
    levels = steps((QUIET, 50), (LOUD, 12), (SOFT, 13), (QUIET, 65))
    (um,) = heard(steps((-1, 50), (1, 40), (-1, 50)), levels)
    assert um.end_s == pytest.approx(1.5, abs=0.021)
    assert um.dips == ()


def test_silence_parts_two_hesitations() -> None:
    levels = steps((QUIET, 50), (LOUD, 15), (QUIET, 8), (LOUD, 17), (QUIET, 50))
    first, second = heard(steps((-1, 50), (1, 40), (-1, 50)), levels)
    assert (first.end_s, second.start_s) == (pytest.approx(1.3, abs=0.021), pytest.approx(1.46, abs=0.021))


def test_soft_noise_after_a_sound_is_no_part_of_it() -> None:
    levels = steps((QUIET, 50), (LOUD, 15), (QUIET, 6), (-35, 17), (QUIET, 50))
    (um,) = heard(steps((-1, 50), (1, 40), (-1, 50)), levels)
    assert um.end_s == pytest.approx(1.3, abs=0.021)


def test_creak_parts_nothing() -> None:
    levels = steps((QUIET, 50), (LOUD, 15), (QUIET, 2), (LOUD, 23), (QUIET, 50))
    assert len(heard(steps((-1, 50), (1, 40), (-1, 50)), levels)) == 1


def test_what_follows_a_silence_must_sound_like_a_hesitation_itself() -> None:
    levels = steps((QUIET, 50), (LOUD, 15), (QUIET, 8), (LOUD, 20), (QUIET, 50))
    found = heard(steps((-1, 50), (1, 24), (-1, 69)), levels)
    assert [round(event.start_s, 2) for event in found if event.strength > 0.8] == [pytest.approx(1.0, abs=0.021)]


def test_dips_are_noted_the_deepest_first() -> None:
    levels = steps((QUIET, 50), (LOUD, 12), (-28, 3), (LOUD, 12), (-35, 3), (LOUD, 12), (QUIET, 50))
    (event,) = heard(steps((-1, 50), (1, 42), (-1, 50)), levels)
    assert event.dips == (pytest.approx(1.57, abs=0.03), pytest.approx(1.27, abs=0.03))
    assert event.deep == 1


def test_noise_is_no_reason_to_cut() -> None:
    rng = np.random.default_rng(0)
    levels = (steps((-30, 50), (LOUD, 30), (-30, 60)) + rng.normal(0, 1, 140)).astype(np.float32)
    (event,) = heard(steps((-1, 50), (1, 30), (-1, 60)), levels)
    assert event.end_s - event.start_s == pytest.approx(0.6, abs=0.05)


def test_levels_are_those_of_the_samples() -> None:
    piece = Piece(np.full(RATE_HZ // 50 * 3 + 7, 0.1, np.float32), ())
    assert piece.levels_db() == pytest.approx([-20.0] * 3, abs=0.01)
    assert heard(steps((-1, 10)), np.zeros(0, np.float32)) == ()


def test_a_place_is_narrowed_to_what_sounds_in_it() -> None:
    levels = steps((QUIET, 20), (LOUD, 3), (QUIET, 5), (LOUD, 10), (QUIET, 20))
    assert loudest_run(0.3, 1.0, levels) == (pytest.approx(0.56), pytest.approx(0.76))
    assert loudest_run(0.0, 0.3, levels) == (0.3, 0.3)


def said(start_s: float, end_s: float, certainty: Certainty | None = Certainty.POSSIBLE) -> Said:
    return Said("um", start_s, end_s, 0.9, certainty)


def test_a_hesitation_taken_for_silence_becomes_speech() -> None:
    assert joined([(1.0, 2.0), (4.0, 5.0)], [said(2.4, 2.9), said(3.0, 3.2, None)]) == [
        (1.0, 2.0),
        (2.4, 2.9),
        (4.0, 5.0),
    ]
    assert joined([(1.0, 2.0)], [said(0.3, 0.6)])[0][0] == 0.3  # the response began with it


SPANS = st.lists(st.tuples(st.floats(0, 30), st.floats(0, 2)), max_size=8)


@given(stretches=SPANS, sounds=SPANS)
def test_no_listed_pause_overlaps_a_hesitation(
    stretches: list[tuple[float, float]], sounds: list[tuple[float, float]]
) -> None:
    words = [said(round(start_s, 3), round(start_s + length_s, 3)) for start_s, length_s in sounds]
    found = joined(joined([(start_s, start_s + length_s) for start_s, length_s in stretches], []), words)
    assert all(end_s < start_s for (_, end_s), (start_s, _) in pairwise(found))
    for pause in pauses(found):
        assert not any(w.start_s < pause.end_s and pause.start_s < w.end_s for w in words if w.end_s > w.start_s)


@pytest.mark.real
def test_three_in_a_row_are_three_and_none_lies_in_a_pause(tmp_path: Path) -> None:
    hibari = needed("hibari")
    need(installed(catalog().entry("tiny.en")), "Whisper tiny.en (the offline extra)")
    path = tmp_path / "answer.wav"
    hibari.Hibari().save("The reason was, uh, um, uh, we lost two people.", str(path))
    found = listen(AudioFile(path), Recogniser(find_model("tiny.en")))
    assert [len(f.text.strip(",")) for f in found.filled_pauses] == [2, 2, 2]
    assert all(a.end_s <= b.start_s for a, b in pairwise(found.filled_pauses))
    for pause in found.prosody.pauses:
        assert not any(f.start_s < pause.end_s and pause.start_s < f.end_s for f in found.filled_pauses)
