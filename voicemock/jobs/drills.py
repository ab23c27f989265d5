"""What is asked in a drill, in a round, and the other way round: questions of their own, or of the sets."""

__all__ = ["drill_set", "form_set", "reverse_set", "round_set"]

import random

from voicemock.errors import UnknownNameError, UsageError
from voicemock.jobs.due import usual_set
from voicemock.preparation.drills import find_drill
from voicemock.preparation.reverse import find_listener, reverse_questions
from voicemock.preparation.rounds import find_round, round_questions
from voicemock.questions.chosen import Only
from voicemock.questions.sets import QuestionSet, find_question, list_sets, set_in_settings
from voicemock.schema import Question


def form_set(form: str, usual: str, *, count: int, minutes: int, dimension: str | None = None) -> QuestionSet:
    """Return what is asked in a form, named as in ``SessionInfo``: "drill/shrink", "loop/strategy", "reverse/manager".

    usual: the set of the settings. count: questions to ask them. minutes, dimension: of a round. Raises as the others
    do.
    """
    kind, _, name = form.partition("/")
    if kind == "drill":
        return drill_set(name, usual)
    if kind == "loop":
        return round_set(name, usual, minutes=minutes, dimension=dimension)
    if kind == "reverse":
        return reverse_set(name, count=count)
    raise UnknownNameError("kind of session", kind, ("drill", "loop", "reverse"))


def drill_set(name: str, usual: str, *, question: str | None = None, count: int | None = None) -> QuestionSet:
    """Return the questions of a drill as a set.

    usual: the set of the settings. question: the one to take. count: how many to take, if not as many as usual.
    Raises UnknownNameError, and UsageError where the question does not suit the drill.
    """
    drill = find_drill(name)
    if not drill.draws and (question or count):
        raise UsageError(f"The drill {name} brings its own question.", hint="Leave --question and -n out.")
    drawn: tuple[Question, ...] = ()
    if question:
        usually = (one for found in usual_set(usual) for one in found.questions)  # that set may be a file elsewhere
        drawn = (next((one for one in usually if one.id == question), None) or find_question(question),)
        if not drill.suits(drawn[0]):
            another = next((f", or take one such as {one.id}" for one in _known() if drill.suits(one)), "")
            raise UsageError(
                f"The question {question} does not suit the drill {name}.", hint=f"Leave --question out{another}."
            )
    elif drill.draws:
        own = [one for one in set_in_settings(usual).questions if drill.suits(one)]
        fit = own or [one for one in _known() if drill.suits(one)]
        drawn = tuple(random.sample(fit, min(count or drill.draws, len(fit))))
    return QuestionSet(
        id=f"drill-{name}", title=f"Drill: {name}", description=drill.summary, questions=tuple(drill.plan(drawn))
    )


def round_set(name: str, usual: str = "", *, minutes: int, dimension: str | None = None) -> QuestionSet:
    """Return the questions of a whole interview as a set; raises UnknownNameError, and UsageError if there is none.

    usual: the set of the settings, which may be a file elsewhere. dimension: the side of the job to stay on, but for
    the question that the round begins with.
    """
    form = find_round(name)
    known = _known(*usual_set(usual))
    wanted = [one for one in Only(dimension=dimension).of(known) if form.round in one.rounds]
    if not wanted:
        on = f" with --dimension {dimension}" if dimension else ""
        raise UsageError(
            f"No set has a question for the round {name}{on}.", hint="`voicemock questions list` shows them."
        )
    first = [one for one in known if one.id == form.first and one not in wanted]
    asked = round_questions(form, [*first, *wanted], minutes=minutes)
    title = f"Round: {name.replace('-', ' ')}"
    return QuestionSet(id=f"loop-{name}", title=title, description=form.summary, questions=asked)


def reverse_set(who: str, *, count: int) -> QuestionSet:
    """Return so many invitations to ask somebody; raises UnknownNameError."""
    find_listener(who)
    title = f"Your questions to the {who.replace('-', ' ')}"
    return QuestionSet(id=f"reverse-{who}", title=title, description="", questions=reverse_questions(count))


def _known(*more: QuestionSet) -> list[Question]:
    """Return the questions of all sets; one that is in several, such as in a set drawn for a seat, stands once."""
    return list({question.id: question for one in (*list_sets(), *more) for question in one.questions}.values())
