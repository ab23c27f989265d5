"""What the headings of a job description and of a CV announce."""

__all__ = ["LONGEST_HEADING", "Section", "is_heading", "section_named"]

import enum
import re

LONGEST_HEADING = 9
"""Words; a line with more is a sentence."""


class Section(enum.StrEnum):
    """A part of a job description. Only of the first four does anything count as asked for."""

    DUTIES = "duties"
    ASKED = "asked for"
    NICE = "nice to have"
    OTHER = "no heading that is known"
    OFFER = "what is offered"
    FIRM = "about the firm"
    PROCESS = "how they hire"
    EQUAL = "equal opportunities"


# The first whose words are in the heading wins: "benefits of an inclusive workplace" asks for nothing, nor does "About
# our company", but "About the role" does.
_HEADINGS: tuple[tuple[Section, str], ...] = (
    (
        Section.EQUAL,
        r"equal|equality|equity|diversity|inclusi(?:on|ve)|belonging|accommodations?|adjustments|eeo|our commitment"
        r"|privacy|data protection|legal",
    ),
    (
        Section.NICE,
        r"nice[- ]to[- ]haves?|good[- ]to[- ]haves?|preferred|desirable|desired|bonus(?: points)?|plus(?:es)?"
        r"|even better|we'd love|would be (?:nice|great|good)|extra points|ideally",
    ),
    (
        Section.OFFER,
        r"benefits?|perks?|offer(?:s|ed|ing)?|in it for you|what you(?:'ll| will|)(?: get(?! to)| receive)"
        r"|compensation|salary|pay|package|rewards?|remuneration|why (?:join|work|us|you'll love|.+\?)|life at"
        r"|working (?:here|at|with us)|culture",
    ),
    (
        Section.PROCESS,
        r"how we hire|(?:hiring|interview|recruitment|selection|application) process|the process|how to apply|apply"
        r"|next steps|your application|contact|recruitment",
    ),
    (
        Section.ASKED,
        "requirements?|qualifications?|look(?:ing)? for|who you are|about you|your (?:profile|background|experience)"
        "|profile|what you(?:'ll| will|) (?:bring|need|have)|you(?:'ll| will)? (?:have|bring|need|might be|may be)"
        "|you are|must[- ]haves?|skills|experience|essential|ideal candidate|person specification"
        "|what we need from you|what it takes|a (?:good |great )?fit",
    ),
    (
        Section.DUTIES,
        r"responsibilit(?:y|ies)|what you(?:'ll| will)(?: be)? (?:do|doing|own|lead|work on|get to do)|your (?:tasks?"
        r"|role|mission|job|work|impact|day)|the (?:role|job|position|opportunity|challenge|work|mission)|this role"
        r"|role|duties|tasks|job description|day[- ]to[- ]day|you will|you'll|what we need|accountabilities|the task",
    ),
    (
        Section.FIRM,
        r"about|who we are|(?:the|our) (?:company|story|values|mission|vision|product|team|business|clients|customers)"
        r"|what we do|how we work|what we believe|company",
    ),
    (Section.ASKED, r"you|your|you've|you'd"),
)

_ANY = re.compile(rf"(?<!\w)(?:{'|'.join(words for _, words in _HEADINGS)})(?!\w)")
_NAMED = ("about", "why", "life at", "working at", "who is", "the team at")
"""What a firm's own name follows in a heading."""
_FILLERS = re.compile(
    r"(?<!\w)(?:a|an|and|or|of|for|in|at|to|with|the|your|our|we|us|you|it|is|be|have|do|this|key|main|core|minimum"
    r"|basic|required|additional|general|technical|professional|personal|work|job|role|position|what|how|we're|we are"
    r"|section|statement|employer|opportunity|opportunities|education|knowledge|desired|company|team|&|/|\+)(?![\w'])"
)


def is_heading(line: str) -> bool:
    """Return whether a line is a heading by its words alone: they name a section, and hardly anything else.

    "Experience" is one; "Experience with Kafka", in a list whose bullets were lost, is not.
    """
    text = line.replace("’", "'").strip()
    if not text[:1].isupper() or text[-1] in ".,;!" or section_named(text) is None:
        return False
    text = text.strip(" :").lower()
    rest = _FILLERS.sub("", _ANY.sub("", text))
    return text.startswith(_NAMED) or line.rstrip().endswith(":") or not re.search(r"\w", rest)


def section_named(heading: str) -> Section | None:
    """Return what a heading announces, None if that is not known or the text is too long for one."""
    text = heading.replace("’", "'").strip(" :#*-–•.").lower()
    if not text or len(text.split()) > LONGEST_HEADING:
        return None
    return next((section for section, words in _HEADINGS if re.search(rf"(?<!\w)(?:{words})(?!\w)", text)), None)
