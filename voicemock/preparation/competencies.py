"""What a question in somebody's own words tests, and what a sentence of a job description asks for."""

__all__ = ["competencies_in", "competencies_named"]

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


_PEOPLE = (
    r"(?:people|engineers?|managers?|leads?|developers?|team members|the team|your team|talent|careers?|them|others)"
)
_POSTED: dict[str, str] = {
    "ambiguity": r"ambigu\w+|uncertain\w*",
    "architecture": r"architect(?:ed|ing|ur\w+)|system design|design(?:ing)? (?:distributed |large "
    r"|complex )?systems?|designing|design reviews?|distributed systems|redesign\w*|migrat\w+|microservices?"
    r"|monolith\w*|domain[- ]driven",
    "business": r"business (?:metric|outcome|goal|result|impact|value|case|objective|sense|acumen)s?|revenue|profit\w*"
    r"|p&l|commercial|conversion|go-to-market",
    "change": r"reorgani[sz]\w+|re-?orgs?|transformation\w*|change management|lead\w* (?:\w+ )?(?:through )?change"
    r"|post-merger|merg(?:e|ing) (?:the |two |three )?teams",
    "coaching": rf"coach\w*|mentor\w*|grow(?:ing|n|th of)? (?:\w+ ){{0,2}}{_PEOPLE}"
    rf"|develop(?:ed|ing|ment of)? (?:\w+ )?{_PEOPLE}|career (?:growth|development|paths?|conversations?)|promot(?:e|ed"
    r"|ing|ions?)|onboard (?:\w+ )?(?:well|engineers?|people)|one-to-ones?|1:1s?|people development",
    "communication": r"communicat\w+|explain(?:s|ed|ing)?|explanations?|presentations?|memos?"
    r"|present (?:results?|findings|ideas)"
    r"|write (?:clearly|well)|(?:in|clear) writing|written (?:and|or|communication|english|updates|reports)"
    r"|keep (?:\w+ ){1,3}informed",
    "conflict": r"conflicts?|disagree\w*|mediat\w+|disputes?|push(?:ed|ing)? back",
    "cost": r"costs?|(?:cloud|gpu|infrastructure|manag\w+|our|the) spend(?:ing)?|(?<!error )budgets?|bills?|finops"
    r"|savings?|cheaper|cost[- ]efficien\w+",
    "customer": r"customers?|clients?|users?|shoppers?|players?|patients?|merchants?|guests?|passengers?|learners?"
    r"|subscribers?|developers who use",
    "decision-making": r"decision-making|decisive\w*|judge?ment|(?:hard|tough|difficult|good|sound|quick|data-driven"
    r"|informed|better) (?:decisions?|calls?)|decisions? (?:under|without|with incomplete)"
    r"|decid\w+[^.;]{0,30}? (?:without|(?:with|on) (?:little|incomplete))",
    "delegation": r"delegat\w+|hand(?:ed|ing)? over|let(?:ting)? go of|empower\w*",
    "delivery": r"deliver(?:s|ed|ing|y|ies)?|deadlines?|slip|ship(?:s|ped|ping)?|launch(?:es|ed|ing)?|on time"
    r"|release (?:trains?|plans?|schedules?)|schedules?|milestones?|execution|project plan\w*|agile|scrum|sprints?"
    r"|project management",
    "feedback": r"feedback|(?:difficult|hard|tough) conversations?(?! about (?:under)?performance)",
    "hiring": r"hir(?:e|es|ed|ing)|recruit(?:s|ed|ing|ment)?|interview(?:s|ing|ers?)? (?:loops?|process|panel|training)"
    r"|interviewers?|bar raisers?|(?:attract|assess|turned down|close|evaluat\w+)(?: \w+){0,2} (?:candidates?|talent)"
    r"|build(?:ing)? (?:out )?(?:a|the|your) (?:\w+ )?team|headcount|staffing",
    "inclusion": r"inclusi\w+|divers(?:e|ity)|bias\w*|fair(?:ness|ly)|belonging",
    "influence": r"influenc\w+|persua\w+|convinc\w+|buy-?in|without (?:\w+ )?authority"
    r"|(?:do|does) not report to you|don't report to you",
    "operations": r"incidents?|outages?|on-?call|sl[aoi]s?|in production|production (?:issues?|systems?"
    r"|environments?)|reliab\w+|monitor\w*|postmortems?|post-mortems?|uptime|availability|observability|resilien\w+"
    r"|error budgets?|disaster recovery|business continuity|runbooks?|site reliability|sre|pagers?|paged|24/7"
    r"|operational\w*|keep (?:\w+ ){1,5}(?:running|alive|up)",
    "ownership": r"ownership|accountab\w+|own(?:s|ed|ing)? (?:your|their|our|its) (?:mistakes?|outcomes?|results?)"
    r"|end[- ]to[- ]end responsib\w+",
    "performance": r"(?:under-?)perform\w*|(?:low|poor|high) performers?|performance (?:reviews?|management|issues?"
    r"|problems?|plans?|conversations?|cycles?|calibration)|(?:conversations?|talk\w*) about performance"
    r"|(?:manag\w+|people|individual|team) performance|(?:career|job) levels|levell?ing|calibrat\w+"
    r"|(?:not meeting|set(?:ting)?) (?:\w+ )?expectations",
    "prioritisation": r"priorit\w+|roadmaps?|trade-?offs?|traded away|(?:said|say(?:ing)?) no|backlogs?|cut\w* scope"
    r"|left out|what (?:we|you) (?:will|do|would) not (?:do|build)|(?:negotiate|manage|reduce) scope",
    "scale": r"scal(?:e|ed|es|ing|able|ability)|autoscal\w+|bottlenecks?|peaks?|load|concurrent|high[- ](?:volume"
    r"|traffic|throughput)|large-scale|throughput|capacity|hyper-?growth",
    "self-awareness": r"self-aware\w*|humility|humble|growth mindset|learn(?:ed)? from (?:your |their )?mistakes",
    "stakeholders": r"stakeholders?|executives?|cross-functional\w*|product (?:managers?|owners?|and design)"
    r"|partners?|other teams?|peers?|head of product|(?:the|our) board|(?:senior )?leadership teams?"
    r"|senior leaders(?:hip)?|c-level|auditors?|regulators?|clinicians|(?:and|with) marketing|(?:finance|legal|sales"
    r"|risk|security|compliance|support)(?:,? (?:and|or) \w+)? (?:teams?|colleagues)|(?:work\w*|collaborat\w+"
    r"|partner\w*) (?:\w+ )?(?:with|across) (?:[\w,'-]+ ){0,7}(?:teams|stakeholders|offices|suppliers|vendors"
    r"|agencies|ministers|product|design|designers|scientists|leaders|regulators|colleagues|departments|functions)"
    r"|negotiat\w+",
    "strategy": r"strateg\w+|visions?|long-term|multi-year|(?:set|define|shape|own) (?:the "
    r"|a )?(?:technical )?direction",
    "technical-judgement": r"technical (?:judg\w+|decisions?|choices?|debt|direction|leadership|depth|excellence)"
    r"|build (?:or|versus|vs\.?) buy|what we build and what we buy|design decisions?|simple design|tech debt"
    r"|engineering excellence|technology choices?",
    "trust": r"trust|credibility|psychological safety",
}
"""The same for a job description, which has other words for it and other uses of these: "responsible for", "a market",
"decide", "projects" and "the ideal candidate" ask for nothing in particular. Voicemock defaults, unvalidated."""
_MEANT_OTHERWISE = re.compile(
    r"\b(?:conflicts? of interest|hiring managers?|trust (?:and|&) safety|zero trust|trusts? us|customer data"
    r"|user stor(?:y|ies)|user interfaces?|user experience|product delivery team|divers\w+ (?:range|set|stack"
    r"|technolog\w+|stakeholders?|portfolio)|time budgets?|learning budgets?|(?:continuous|ci/cd|content) delivery"
    r"|delivery network|agile working|partner discount|in (?:this|any|a \w+) capacity|levels? of|all levels"
    r"|high level|low[- ]level|high-level|data(?:base)? migrations? tools?|\d[\d.,]{0,12} ?(?:k|m|bn|thousand|million"
    r"|billion)? (?:\w+ )?(?:users|customers|clients|players|patients|merchants)|client[- ]side|service levels?"
    r"|machine learning|load balanc\w+)\b",
    re.IGNORECASE,
)
"""What holds a word of a competency and does not ask for it."""


def competencies_in(text: str) -> dict[str, str]:
    """Return the competencies that words of a text speak of, each with the words, in the order they are named."""
    return _named(text, _WORDS)


def competencies_named(sentence: str) -> dict[str, str]:
    """Return the competencies that a sentence of a job description names, as ``competencies_in`` does."""
    return _named(_MEANT_OTHERWISE.sub(lambda match: "\0" * len(match[0]), sentence.replace("’", "'")), _POSTED)


def _named(text: str, words: dict[str, str]) -> dict[str, str]:
    found = {name: re.search(rf"\b(?:{these})\b", text, re.IGNORECASE) for name, these in words.items()}
    named = sorted((match.start(), name, match[0]) for name, match in found.items() if match)
    return {name: word for _, name, word in named}
