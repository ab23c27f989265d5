import pytest

from voicemock.reading.cues import Cue, load_cues, sentence_line
from voicemock.reading.text import passage
from voicemock.schema import SignalName

CUES = [(name, cue) for name, cues in load_cues().items() for cue in cues]


def line(text: str) -> str:
    spoken = passage(text)
    return sentence_line(spoken, 0, len(spoken.tokens))


@pytest.mark.parametrize(("name", "cue"), CUES, ids=[f"{name.value}.{cue.name}" for name, cue in CUES])
def test_a_cue_finds_its_example(name: SignalName, cue: Cue) -> None:
    assert cue.match.search(line(cue.yes)), f"{cue.match.pattern} does not find {line(cue.yes)!r}"
    if cue.no:
        assert not cue.match.search(line(cue.no))


def test_cues_match_whole_words_only() -> None:
    costs = {cue.name: cue for cue in load_cues()[SignalName.COST]}
    assert costs["costs"].match.search("it was cheaper to own")
    assert not costs["costs"].match.search("cheaperish by feel")


def test_a_line_drops_hesitations_repeats_and_asides() -> None:
    assert line("Um, so he, he went, you know, down, uh, to Leeds.") == "so he went down to leeds"
