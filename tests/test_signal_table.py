"""One file for every signal, every text of it fit for its place, and the page that repeats it."""

import string
import tomllib
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from voicemock import signals as catalogue
from voicemock.reading.encoder import load_bars
from voicemock.schema import SignalName
from voicemock.signals import Entry, signals

ROOT = Path(__file__).parent.parent
FOLDER = Path(catalogue.__file__).parent
LONGEST = {"name": 4, "phrase": 5, "advice": 11, "probe": 15, "probe_with_noun": 15, "definition": 12}
"""Words; a message names two phrases and one piece of advice, and is read in one breath."""


def test_every_signal_has_a_file_and_every_file_a_signal():
    assert {path.stem for path in FOLDER.glob("*.toml")} == {name.value for name in SignalName}
    assert set(signals()) == set(SignalName)


def test_the_reader_tells_these_signals_and_no_others():
    assert set(load_bars().signals) == {name.value for name in SignalName}


def test_they_come_in_the_order_of_their_ranks():
    ranks = [entry.rank for entry in signals().values()]
    assert all(earlier < later for earlier, later in pairwise(ranks))
    assert next(iter(signals())) is SignalName.ON_TOPIC, "an answer to something else is brought back before all"


def test_a_key_that_nobody_reads_is_refused():
    written = tomllib.loads((FOLDER / "metric.toml").read_text(encoding="utf-8"))
    assert msgspec.convert(written, Entry) == signals()[SignalName.METRIC]
    for wrong in (written | {"advise": "Give one number."}, {k: v for k, v in written.items() if k != "advice"}):
        with pytest.raises(msgspec.ValidationError, match=r"advise|advice"):
            msgspec.convert(wrong, Entry)


@pytest.mark.parametrize("name", SignalName)
def test_it_can_be_spoken_of(name):
    entry = signals()[name]
    assert entry.name[0].isupper()
    assert entry.phrase[0].islower(), "it stands after a colon"
    assert entry.phrase[-1] not in ".?!"
    assert entry.advice.endswith(".")
    assert entry.probe.endswith(("?", "."))
    fields = [field for _, field, _, _ in string.Formatter().parse(entry.probe_with_noun) if field]
    assert fields == (["noun"] if entry.probe_with_noun else [])
    assert not [text for text, most in LONGEST.items() if len(getattr(entry, text).split()) > most]


@pytest.mark.parametrize("name", SignalName)
def test_it_is_defined_with_examples_for_and_against_and_a_source(name):
    entry = signals()[name]
    assert entry.definition[0].isupper() and entry.definition.endswith(".")
    for clause in (entry.counts, entry.counts_not):
        assert clause and not clause[0].isupper() and clause[-1] not in ".?!", "it stands in a table"
        assert "|" not in clause and "\n" not in clause
    assert entry.source.endswith(".")
    for told in (entry.examples, entry.counterexamples):
        assert 2 <= len(told) <= 3
        assert all(one[0].isupper() and one.endswith(".") for one in told)


def test_no_two_signals_are_spoken_of_alike():
    for text in ("name", "phrase", "advice", "probe", "definition", "counts", "counts_not"):
        assert len({getattr(entry, text) for entry in signals().values()}) == len(SignalName), text
    told = [one for entry in signals().values() for one in (*entry.examples, *entry.counterexamples)]
    assert len(set(told)) == len(told)


def test_the_page_says_what_the_files_say():
    page = (ROOT / "docs" / "signals.md").read_text(encoding="utf-8").splitlines()
    first = page.index("|---|---|---|") + 1
    rows = page[first : page.index("", first)]
    assert rows == [f"| `{name}` | {signals()[name].counts} | {signals()[name].counts_not} |" for name in SignalName]
