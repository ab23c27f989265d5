"""A question set to start from, with every key explained."""

__all__ = ["template"]

from pathlib import PurePath

from voicemock.phrases import wrap
from voicemock.printable import in_shell
from voicemock.questions.set_file import SIGNALS
from voicemock.questions.sets import id_from
from voicemock.schema import GOOD_LENGTH_S, Dimension, Kind, Round

TEMPLATE = """\
# A question set for voicemock. Try it:
#   voicemock questions validate {path}
#   voicemock practice {path}

schema_version = 1
id = "{set_id}"  # what you call it by, once it is in the folder that `voicemock questions list` names
title = "My questions"
description = "What this set is for."

# One block like this for each question.
[[questions]]
id = "{set_id}-first"  # unique; lowercase letters, digits, hyphens
text = "Tell me about a time you made something simpler."  # what the interviewer says
variants = ["What have you made simpler?"]  # said instead if it was answered the last time
kind = "behavioural"  # {kinds}
# Left out, or one of {dimensions}:
dimension = "execution"
# Left out, or some of {rounds}:
rounds = ["people"]
tests = "Whether you look for what can go away."
competencies = ["delivery", "customer"]  # your own words, to filter by
# What a good answer includes; leaving out anything else is no fault. Choose from:
# {signals}
expects = ["situation", "action", "result", "metric"]
target_s = [{good_length}]  # shortest and longest good answer, in seconds

# What to ask when something expected is missing from an answer. Keep this last in its block.
[questions.follow_ups]
result = "What came of it?"
metric = "How much simpler? Put a number on it for me."
"""


def template(file: str) -> str:
    """Return the text of a new set; file: its name, which gives it its id."""
    return TEMPLATE.format(
        path=in_shell(file),
        set_id=id_from(PurePath(file).stem),
        kinds=", ".join(Kind),
        dimensions=", ".join(Dimension),
        rounds=", ".join(Round),
        good_length=", ".join(f"{seconds:g}" for seconds in GOOD_LENGTH_S),
        signals=wrap(", ".join(SIGNALS), indent="# ").removeprefix("# "),
    )
