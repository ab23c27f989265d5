"""What is known about a seat, in lines for the terminal."""

__all__ = ["seat_lines"]

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from voicemock.phrases import plural, shortened, wrap
from voicemock.preparation.seat.cv import Claimed
from voicemock.preparation.seat.posting import Said, Weighed
from voicemock.preparation.seat.tailored import Tailored
from voicemock.preparation.seat.terms import Term, TermKind
from voicemock.printable import plain

MOST, MOST_SENTENCES, MOST_TERMS = 8, 3, 15
"""Shown of a list, of the sentences for one competency, and of terms; the JSON has all."""


MOST_WORDS = 60
"""Of a sentence that is shown whole, so that the word it is shown for stands in it; more is a list without full stops
(voicemock default)."""


def seat_lines(found: Tailored) -> Iterator[str]:
    """Yield all of it, each line with the sentence it came from."""
    yield from _competencies(found.competencies)
    yield from _terms(found.terms)
    yield from _questions(found)
    if found.cvs:
        yield from _claims(found)
    yield from _unsaid(found)
    yield from _open(found)


def _competencies(competencies: Sequence[Weighed]) -> Iterator[str]:
    yield "What this posting asks for, the weightiest first"
    if not competencies:
        yield wrap("No sentence of it asks for a competency that voicemock knows.", indent="  ")
    for number, one in enumerate(competencies[:MOST], 1):
        yield f"  {number}. {one.name}"
        for sentence in one.sentences[:MOST_SENTENCES]:
            yield _quoted(sentence)
        if more := len(one.sentences) - MOST_SENTENCES:
            yield from [f"     and {plural(more, 'more sentence')}"] if more > 0 else []
    yield from _rest(len(competencies) - MOST)
    yield ""


def _terms(terms: Sequence[Term]) -> Iterator[str]:
    if terms:
        yield "Terms it uses: technologies, words of the trade, and scale"
        yield from _by_sentence([(term.name, term.sentences[0]) for term in terms[:MOST_TERMS]])
        yield from _rest(len(terms) - MOST_TERMS)
        yield ""


def _questions(found: Tailored) -> Iterator[str]:
    if found.questions:
        yield "Questions for it"
        for number, drawn in enumerate(found.questions, 1):
            yield wrap(plain(drawn.question.text), first=f"  {number}. ", indent="     ")
            yield wrap(f"{drawn.question.id}, for {drawn.competency}", indent="     ")
            yield _quoted(drawn.sentence)
        yield ""


def _claims(found: Tailored) -> Iterator[str]:
    untold = [claim for claim in found.claims if not claim.story]
    bare = [claim for claim in found.claims if not claim.number]
    compared = f"none of the {found.stories} you have speaks of them" if found.stories else "you have none yet"
    yield from _listed(f"Lines of your CV that need a story: {compared}", untold)
    if untold:
        yield wrap("`voicemock stories add TITLE` starts one.", indent="  ")
        yield ""
    yield from _listed("Lines of your CV that need a number", bare)
    if bare:
        yield ""
    silent = [claim for claim in found.claims if claim.story and not claim.told]
    yield from _listed("Lines of your CV with a story that no recording tells yet", silent)
    if silent:
        yield ""
    if not found.claims:
        yield wrap('In your CV, no line was found that tells what you did: such a line begins with it, as in "Led …".')
        yield ""


def _listed(title: str, claims: Sequence[Claimed]) -> Iterator[str]:
    if claims:
        yield wrap(title)
    for claim in claims[:MOST]:
        about = [f"this posting asks for {claim.shows[0]}"] if claim.shows else []
        about += [f"your story is {claim.story}"] if claim.story else []
        yield wrap(plain(claim.text), first="  - ", indent="    ")
        yield wrap(_place(PurePath(claim.cv).name, claim.where, *about), indent="    ")
    yield from _rest(len(claims) - MOST)


def _unsaid(found: Tailored) -> Iterator[str]:
    if not found.answers:
        yield wrap("Which of its terms you use in your answers is not known yet: no practice answer is recorded here.")
    elif found.unsaid:
        yield wrap(f"Terms not heard in {_answers(found)}")
        yield from _by_sentence([(one.term, one.sentence) for one in found.unsaid[:MOST_TERMS]])
        yield from _rest(len(found.unsaid) - MOST_TERMS)
        yield wrap("A name may have been said and misheard.", indent="  ")
    elif sum(term.kind is not TermKind.SCALE for term in found.terms) > len(found.unclear):
        others = " other" if found.unclear else ""
        yield wrap(f"All its{others} names and words of the trade were heard in {_answers(found)}.")
    if found.answers and found.unclear:
        words = ", ".join(map(plain, found.unclear))
        yield wrap(f"Not told, since they are everyday words too: {words}.")
    yield ""


def _answers(found: Tailored) -> str:
    return f"the {plural(found.answers, 'practice answer')} on this machine"


def _open(found: Tailored) -> Iterator[str]:
    if found.open:
        yield "What was not found in this posting: ask them"
    for one in found.open:
        yield wrap(f"No words were found in it on {one.what}.", first="  - ", indent="    ")
        yield wrap(one.ask.text, indent="    ")
        yield f"    voicemock questions ask-them --topic {one.ask.topic}"


def _by_sentence(terms: Sequence[tuple[str, Said]]) -> Iterator[str]:
    """Yield terms, those of one sentence together."""
    sentences: dict[Said, list[str]] = {}
    for name, sentence in terms:
        sentences.setdefault(sentence, []).append(plain(name))
    for sentence, names in sentences.items():
        yield wrap(", ".join(names), indent="  ")
        yield _quoted(sentence)


def _quoted(sentence: Said) -> str:
    place = f" ({sentence.where})" if sentence.where else ""
    text = plain(sentence.text)
    if len(text.split()) > MOST_WORDS:
        text = shortened(text)
    return wrap(f'"{text}"{place}', indent="     ")


def _place(*parts: str) -> str:
    return plain(", ".join(part for part in parts if part))


def _rest(count: int) -> Iterator[str]:
    if count > 0:
        yield f"  and {count} more; --json - shows them all"
