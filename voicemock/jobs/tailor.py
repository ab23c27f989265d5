"""Prepare for one seat: the posting and the CVs read, and set beside the story bank and the recordings."""

__all__ = ["seat_set", "tailor"]

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from voicemock.archive.history import history
from voicemock.errors import UsageError
from voicemock.paths import shipped
from voicemock.phrases import plural
from voicemock.preparation.seat.cv import claims_in
from voicemock.preparation.seat.documents import Document
from voicemock.preparation.seat.posting import asked_in, competencies_weighed, every_sentence
from voicemock.preparation.seat.tailored import Tailored, drawn_for, left_open, never_said, unclear
from voicemock.preparation.seat.terms import terms_weighed
from voicemock.preparation.stories.bank import read_bank, tell_unread, usable
from voicemock.preparation.stories.told import tellings
from voicemock.progress.sessions import counts
from voicemock.questions.ask_them import questions_to_ask
from voicemock.questions.sets import QuestionSet, id_from, list_sets
from voicemock.reading.english import seems_english
from voicemock.reading.text import passage, word_set

FEWEST_WORDS = 40
"""Of fewer, no posting is made up (voicemock default)."""

LEAST_FOREIGN = 0.05
"""Share of words of other languages, or of words in other letters, from which on a text is no list of English names
(voicemock default, unvalidated)."""
_FOREIGN = word_set(
    "der die das und für mit ist von ein eine wir sie den dem zu el los las la les des du de une pour avec et en het"
    " een van voor och att som för med av il che di una per gli na się oraz że que para com da os um uma og af til"
)


def tailor(job: Document, cvs: Sequence[Document], *, tell: Callable[[str], None]) -> Tailored:
    """Return what a posting asks for, and what is missing to answer it; raise UsageError for what is in no English.

    tell: is told what of the files and of the history was not read.
    """
    posting = _english(job, tell)
    read = [_english(cv, tell) for cv in cvs]
    sentences = every_sentence(posting.blocks)
    asked = asked_in(sentences)
    competencies = competencies_weighed(asked)
    terms = terms_weighed(asked, sentences)
    known = [question for one in list_sets(shipped("question_sets")) for question in one.questions]
    every = history(tell=tell)
    rows = [row for row in every if row.said and counts(row.session, reviews=False)]
    entries = read_bank()
    tell_unread(entries, tell)
    stories = usable(entries)
    told = {id: len(answers) for id, answers in tellings(stories, every).items()}
    names = [one.name for one in competencies]
    claims = [claim for cv in read for claim in claims_in(cv.blocks, str(cv.path), stories, asked=names, told=told)]
    return Tailored(
        job=str(posting.path),
        cvs=tuple(str(cv.path) for cv in read),
        competencies=competencies,
        terms=terms,
        questions=drawn_for(competencies, known) if competencies else (),
        claims=tuple(claims),
        stories=len(stories),
        unsaid=never_said(terms, rows) if rows else (),
        answers=len(rows),
        open=left_open(sentences, questions_to_ask()),
        unclear=unclear(terms, rows),
    )


def seat_set(found: Tailored, name: str) -> tuple[QuestionSet, dict[str, str]]:
    """Return the questions drawn for a seat as a set named after a file, and why each is in it, by its id."""
    if not found.questions:
        raise UsageError(
            f"{found.job} asks for no competency that voicemock knows, so there are no questions to write.",
            hint="Is the whole posting in that file? `voicemock questions list` shows what else can be asked.",
        )
    job = Path(found.job).name
    chosen = QuestionSet(
        id=id_from(name),
        title=f"For this seat: {job}",
        description=f"Drawn from what {job} weighs, the weightiest first.",
        questions=tuple(drawn.question for drawn in found.questions),
    )
    why = {drawn.question.id: f"{drawn.competency}, for: {drawn.sentence.text}" for drawn in found.questions}
    return chosen, why


def _is_foreign(text: str) -> bool:
    """Return whether a text is in another language: a CV in English may have few words that any English is full of."""
    spoken = passage(text)
    foreign = [token.word in _FOREIGN or not token.word.isascii() for token in spoken.tokens]
    return not seems_english(spoken) and sum(foreign) >= LEAST_FOREIGN * len(foreign)


def _english(document: Document, tell: Callable[[str], None]) -> Document:
    for note in document.notes:
        tell(note)
    if _is_foreign(document.text):
        raise UsageError(
            f"{document.path} seems to be in another language, and voicemock reads English alone.",
            hint="If you do see English in it, copy that into a .txt file, and name the file.",
        )
    words = len(re.findall(r"\w+", document.text))
    if words < FEWEST_WORDS:
        tell(f"{document.path} holds {plural(words, 'word')}. Is all of it in that file?")
    return document
