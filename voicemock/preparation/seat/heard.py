"""Whether a term of a job was heard: in its own words, in others for the same, or only as an everyday word.

The words of an answer are in lower case, and nothing but letters and figures is left of them.
"""

__all__ = ["heard"]

import functools
import re

from voicemock.reading.text import word_set

_OTHER_NAMES = (
    "C++|c plus plus|cpp|c",
    "C#|c sharp|csharp|c",
    "F#|f sharp|fsharp|f",
    ".NET|dot net|dotnet|net",
    "golang|go",
    "node.js|node js|nodejs|node",
    "react|react js|reactjs",
    "vue|vue.js|vue js|vuejs",
    "next.js|next js|nextjs",
    "REST|restful|rest API|REST APIs",
    "rust|rustlang",
    "ruby on rails|rails",
    "spring|spring boot|springboot",
    "spark|apache spark|pyspark",
    "unreal|unreal engine",
    "javascript|JS",
    "typescript|TS",
    "postgres|postgresql|postgre SQL|postgres q l",
    "mysql|my sequel|my SQL",
    "SQL|sequel",
    "nosql|no sequel|no SQL",
    "mongodb|mongo",
    "dynamodb|dynamo",
    "elasticsearch|elastic search|elastic",
    "kubernetes|k8s|k8|kube",
    "AWS|amazon web services",
    "GCP|google cloud|google cloud platform",
    "CI/CD|CI and CD|continuous integration and continuous delivery|continuous integration and delivery"
    "|continuous integration and continuous deployment|continuous integration and deployment",
    "IAC|infrastructure as code",
    "SRE|site reliability|site reliability engineering|site reliability engineer",
    "SSO|single sign-on|single sign on",
    "ML|machine learning",
    "AI|artificial intelligence|a i",
    "LLM|large language model",
    "SLA|service level agreement",
    "SLO|service level objective",
    "SLI|service level indicator",
    "IOT|internet of things",
    "CDN|content delivery network",
    "EHR|electronic health record",
    "RBAC|role-based access control",
    "OTA|over-the-air|over the air",
    "multi-tenant|multi-tenancy|multitenant",
    "A/B test|A/B testing|split test|split testing",
    "penetration test|penetration testing|pen test|pen testing",
    "embedded|embedded system|embedded software",
)
"""What else a term is called."""
_EVERYDAY = word_set(
    """
    access acid act agile airflow ant apex arm backstage bash basic beam bun c camel can case chef combine
    consul crystal d dart drill druid dry dynamo echo elastic elixir ember envoy excel express f fiber flask
    flutter flux gin go harbor heat helm hive ignite lambda lean linear map maven mesh metal meteor nest net
    next node nomad notion nova outlook phoenix play prefect presto pulsar puppet r raid rails ray react remix
    rest ruby rust safe salt segment sentry sequel shell slack snowflake soap solid spa spanner spark spring
    storm stripe swift teams unity unreal vault windows word zoom
    """
)
"""Names that are words of everyday, so that hearing them shows nothing."""


def heard(term: str, said: str) -> bool | None:
    """Return whether a term is among what was said, None if only an everyday word is that it may have been."""
    names = _names(term)
    found = [name for name in names if _pattern(name).search(said)]
    if found and all(_key(name) in _everyday() for name in found):
        return None
    return bool(found)


@functools.cache
def _everyday() -> frozenset[str]:
    return frozenset(map(_key, (*_EVERYDAY, "a i")))


def _names(term: str) -> tuple[str, ...]:
    groups = [group.split("|") for group in _OTHER_NAMES]
    others = (name for group in groups if _key(term) in map(_key, group) for name in group)
    return tuple(dict.fromkeys((term, *others)))


def _key(name: str) -> str:
    """Return what is the same in all ways to write one name."""
    return " ".join(re.findall(r"[^\W_]+|[+#]", name.lower())).removesuffix("s")


@functools.cache
def _pattern(name: str) -> re.Pattern[str]:
    """Return a name as a recogniser may write it: "S. L. A.", "post gres", "CI and CD"."""
    between = r"\W*(?:(?:and|or)\W+)?" if "/" in name or "&" in name else r"\W*"
    singular = re.sub(r"(?<=\w)ies$", "y", name).removesuffix("s")
    stem, ending = (singular[:-1], "(?:y|ies)") if singular.endswith("y") else (singular, "(?:'?s)?")
    letters = between.join(map(_letters, re.findall(r"[^\W_]+|[+#]", stem)))
    return re.compile(rf"(?<!\w){letters}{ending}(?!\w)")


def _letters(part: str) -> str:
    """Return a part of a name; capitals as one or each apart: "I am" is no IAM, and "a, I think" no AI."""
    whole = part.lower()
    if not (part.isupper() and part.isalpha()):
        return r"\W*".join(map(re.escape, whole))
    spelled = r"\W+".join(whole)
    return whole if set(whole) <= set("ai") else rf"(?:{whole}|{spelled})"
