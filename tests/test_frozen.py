"""Values of the schema stay as they are: they can be hashed, and no part of one can be changed."""

import copy
import pickle

import msgspec
import pytest

from tests import report_samples
from voicemock import schema
from voicemock.schema import AnswerReport, FrozenMap, Kind, Question, Reading, Signal, SignalName

QUESTION = Question(id="q", text="Why?", kind=Kind.PEOPLE, follow_ups={SignalName.METRIC: "How many?"})
STRUCTS = [value for value in vars(schema).values() if isinstance(value, type) and issubclass(value, msgspec.Struct)]


def answer() -> AnswerReport:
    return msgspec.structs.replace(report_samples.outage(), question=QUESTION)


@pytest.mark.parametrize("make", [lambda: copy.deepcopy(QUESTION), answer], ids=["question", "answer"])
def test_equal_values_have_one_hash(make):
    assert make() == make()
    assert len({make(), make()}) == 1


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda struct: struct.__name__)
def test_no_field_holds_what_can_be_changed(struct):
    assert struct.__struct_config__.frozen
    for field in msgspec.structs.fields(struct):
        assert not {"dict", "list", "set"} & set(str(field.type).replace("[", " ").split()), field.name


@pytest.mark.parametrize(
    "change",
    [
        lambda: setattr(QUESTION, "id", "other"),
        lambda: QUESTION.follow_ups.__setitem__(SignalName.METRIC, "?"),
        lambda: QUESTION.follow_ups.pop(SignalName.METRIC),
        lambda: QUESTION.follow_ups.update({SignalName.RISK: "?"}),
        lambda: QUESTION.follow_ups.__ior__({SignalName.RISK: "?"}),
        lambda: answer().measures.clear(),
        lambda: answer().signals.__delitem__(SignalName.METRIC),
        lambda: Reading().signals.setdefault(SignalName.METRIC, Signal()),
    ],
)
def test_nothing_of_it_can_be_changed(change):
    with pytest.raises((AttributeError, TypeError)):
        change()
    assert QUESTION.follow_ups == {SignalName.METRIC: "How many?"}


def test_what_it_was_made_from_may_change_afterwards():
    mine = {SignalName.METRIC: "How many?"}
    made = msgspec.structs.replace(QUESTION, follow_ups=mine)
    mine.clear()
    assert made == QUESTION


@pytest.mark.parametrize(
    "carry",
    [
        copy.deepcopy,
        lambda value: pickle.loads(pickle.dumps(value)),
        lambda value: msgspec.json.decode(msgspec.json.encode(value), type=AnswerReport),
        lambda value: msgspec.structs.replace(value, signals=dict(value.signals)),
    ],
    ids=["copied", "pickled", "written and read", "replaced"],
)
def test_it_stays_frozen_wherever_it_is_carried(carry):
    there = carry(answer())
    assert there == answer()
    assert hash(there) == hash(answer())
    for mapping in (there.signals, there.measures, there.question.follow_ups):
        assert type(mapping) is FrozenMap


def test_frozen_maps_are_written_as_objects():
    assert msgspec.json.encode(FrozenMap({"a": 1})) == b'{"a":1}'
    assert FrozenMap({"a": 1}) | {"b": 2} == {"a": 1, "b": 2}
