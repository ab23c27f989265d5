"""What a question in somebody's own words tests."""

__all__ = ["competencies_in"]

import re

_WORDS: dict[str, str] = {
    "ambiguity": r"ambigu\w+|uncertain\w*|unclear|incomplete|unknowns?|without (?:all )?the facts",
    "architecture": r"architect\w*|system design|redesign\w*|migrat\w+|databases?|microservices?|monolith\w*",
    "business": r"business|revenue|profit\w*|market\w*|commercial",
    "change": r"reorgani[sz]\w+|re-?orgs?|transformation|transition\w*|change management|adopt\w*",
    "coaching": r"coach\w*|mentor\w*|develop(?:ed|ing)? (?:people|someone|somebody|an engineer)"
    r"|grow(?:n|th|ing)?|grew|promot\w+|onboard\w*",
    "communication": r"communicat\w+|explain\w*|present(?:ed|ing|ation)?|memos?|bad news",
    "conflict": r"conflicts?|disagree\w*|clash\w*|argu(?:e|ed|ment\w*)|tension\w*|disputes?|pushed? back",
    "cost": r"costs?|spend(?:ing)?|spent|budgets?|bills?|finops|savings?|cheaper|expensive|efficien\w+",
    "customer": r"customers?|clients?|users?",
    "decision-making": r"decisions?|decid\w+|judg\w+|chose|choices?|choos\w+",
    "delegation": r"delegat\w+|hand(?:ed|ing)? over|let(?:ting)? go of (?:work|tasks?)|empower\w*",
    "delivery": r"deliver\w*|deadlines?|late|slipp?\w*|ship\w*|launch\w*|on time|projects?|releases?|schedules?",
    "feedback": r"feedback|criticis\w+|difficult conversations?|hard conversations?",
    "hiring": r"hir(?:e[sd]?|ing)|recruit\w*|interview(?:s|ing|ers?)?|candidates?|bar raisers?",
    "inclusion": r"inclusi\w+|divers\w+|bias\w*|fair(?:ness|er)?|belong\w*",
    "influence": r"influenc\w+|persuad\w+|convinc\w+|buy-?in|without authority",
    "motivation": r"motivat\w+|why (?:do|are|did) you (?:want|leav|join|becom)\w*|why us|why this",
    "operations": r"incidents?|outages?|on-?call|sl[ao]s?|production|reliab\w+|monitor\w*|postmortems?|pages?"
    r"|uptime|availability",
    "ownership": r"own(?:ed|ership)|accountab\w+|responsib\w+|mistakes?|fail(?:ed|ures?)?|wrong",
    "performance": r"(?:under-?)?perform(?:er|ers|ance|ing)?|expectations|the bar|not good enough|pips?"
    r"|fire[ds]?|firing|let (?:someone|somebody) go",
    "prioritisation": r"priorit\w+|roadmaps?|trade-?offs?|said no|say(?:ing)? no|too much work",
    "scale": r"scal(?:e|ed|es|ing|able|ability)|growth in (?:traffic|users)|bottlenecks?|peak|load",
    "self-awareness": r"weakness\w*|strengths?|yourself|self-aware\w*|learn(?:ed|t|ing)?|changed your mind|regret\w*",
    "stakeholders": r"stakeholders?|executives?|cross-functional|product managers?|partners?|other teams?|peers?",
    "strategy": r"strateg\w+|visions?|long-term|multi-year|direction",
    "technical-judgement": r"technical (?:decision|judg|call|choice|disagree)\w*|technolog\w+"
    r"|build (?:or|versus|vs) buy|technical debt",
    "trust": r"trust\w*|credibility|psychological safety",
}
"""Words that speak of each competency of the shipped sets; voicemock defaults, unvalidated."""


def competencies_in(text: str) -> dict[str, str]:
    """Return the competencies that words of a text speak of, each with the words, in the order they are named."""
    found = {name: re.search(rf"\b(?:{words})\b", text, re.IGNORECASE) for name, words in _WORDS.items()}
    named = sorted((match.start(), name, match[0]) for name, match in found.items() if match)
    return {name: word for _, name, word in named}
