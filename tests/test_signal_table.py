"""One row for every signal, and every text of it fit for its place."""

import string

import pytest

from voicemock.schema import SignalName
from voicemock.signals import signals


def test_every_signal_has_a_row_and_every_row_a_signal():
    assert set(signals()) == set(SignalName)


@pytest.mark.parametrize("name", SignalName)
def test_a_row_is_complete(name):
    spoken = signals()[name]
    assert spoken.name[0].isupper()
    assert spoken.phrase[0].islower(), "it stands after a colon"
    assert spoken.phrase[-1] not in ".?!"
    assert spoken.advice.endswith(".")
    assert spoken.probe.endswith(("?", "."))
    fields = [field for _, field, _, _ in string.Formatter().parse(spoken.probe_with_noun) if field]
    assert fields == (["noun"] if spoken.probe_with_noun else [])


def test_no_two_signals_are_spoken_of_alike():
    for text in ("name", "phrase", "advice", "probe"):
        assert len({getattr(spoken, text) for spoken in signals().values()}) == len(SignalName), text
