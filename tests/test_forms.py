"""A session of any form is conducted as it was begun, and taken up again as it was."""

from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from tests.drilled import said
from tests.stage import RecordedStage
from tests.test_interview import FakeEar, FakeKeys, FakeMicrophone, FakeSpeaker
from voicemock.archive.progress import Ended, Setup
from voicemock.archive.resume import open_session
from voicemock.archive.store import new_session
from voicemock.interview.stage import ENTER
from voicemock.jobs import practise
from voicemock.jobs.drills import drill_set, reverse_set
from voicemock.jobs.practise import Equipment, conduct
from voicemock.models.catalogue import Model
from voicemock.preparation.form import SILENCE
from voicemock.preparation.stories.bank import add_story
from voicemock.preparation.stories.draft import template

TEXT = "We moved it because it broke, and errors fell from 9 percent to 2 percent."


class Speaker(FakeSpeaker):
    def __init__(self, *_, **__) -> None:
        super().__init__()

    def prepare(self, text: str, *, keep: bool = False) -> None:
        pass

    def wait(self) -> None:
        pass


@pytest.fixture
def heard(monkeypatch):
    """Stand in for the process that listens, and for the voice."""

    @contextmanager
    def listening(*_, **__):
        yield FakeEar(lambda _, question, take: said(TEXT, question, take))

    monkeypatch.setattr(practise, "LiveListener", listening)
    monkeypatch.setattr(practise, "Interviewer", Speaker)


def conducted(store, *keys: str) -> RecordedStage:
    stage = RecordedStage()
    microphone = SimpleNamespace(find=FakeMicrophone)
    equipment = Equipment(store.progress.setup, Model("tiny.en", None, "wheel"), microphone, None, None)
    conduct(store, equipment, stage=stage, keys=FakeKeys(*keys))
    store.close()
    return stage


def begun(chosen, **setup):
    return new_session(
        title=chosen.title, question_set=chosen.id, questions=chosen.questions, setup=Setup(model="tiny.en", **setup)
    )


@pytest.mark.usefixtures("heard")
def test_a_drill_is_conducted_as_one_and_goes_on_as_one():
    chosen = drill_set("why", "em_core", question="brilliant-but-difficult")
    store = begun(chosen, form="drill/why")
    assert store.info.form == "drill/why"
    first = conducted(store, ENTER, "q")
    assert "One decision, twice. First as it comes." in first.of("told")
    assert not first.of("heard"), "the drill's own words stand instead of the summary"
    assert len(first.of("asked")) == 1
    again = conducted(open_session(store.folder, tell=print), ENTER, ENTER)
    assert [question.id for _, question in again.of("asked")] == ["brilliant-but-difficult-why"]
    assert "telling 2: words say why in 1 of 1 sentence" in again.of("told")[-1]


@pytest.mark.usefixtures("heard")
def test_a_drill_asks_back_and_knows_the_story_bank():
    pushed = conducted(begun(drill_set("pushback", "em_core"), form="drill/pushback"), *[ENTER] * 9)
    assert [question.text for _, question in pushed.of("asked")][2] == SILENCE
    add_story("Moving it", template("Moving it", {}))
    named = conducted(begun(drill_set("name-it", "em_core", count=1), form="drill/name-it"), *[ENTER] * 3)
    assert "no stories in your bank" not in "".join(named.of("told"))


@pytest.mark.usefixtures("heard")
def test_notes_and_predictions_are_part_of_what_was_chosen():
    asked = conducted(begun(reverse_set("manager", count=1), form="reverse/manager", notes="Halden Rail"), ENTER)
    assert "No question was recognised" in asked.of("told")[-1]
    plain = begun(drill_set("name-it", "em_core", count=1), predict=True)
    assert "You said, and was heard:" in "".join(conducted(plain, ENTER, "y", "0", ENTER, ENTER).of("told"))
    assert (plain.folder / "predictions.json").exists()
    assert "You said" not in "".join(
        conducted(begun(drill_set("name-it", "em_core", count=1)), *[ENTER] * 4).of("told")
    )


@pytest.mark.usefixtures("heard")
def test_what_is_only_to_be_listened_to_is_not_called_no_questions():
    store = begun(drill_set("warm-up", "em_core"), form="drill/warm-up")
    store.ask(1, store.progress.questions[0])
    take = store.begin()
    store.path(take).write_bytes(bytes(100))
    store.end(take, Ended.ANSWERED)
    store.close()
    assert "Drill: warm-up: nothing more is asked. Model: tiny.en." in conducted(
        open_session(store.folder, tell=lambda _: None)
    ).of("told")
