"""The terms of a job: the technologies, the rules, the trade and the scale that its description names."""

__all__ = ["Term", "TermKind", "terms_weighed"]

import enum
import re
from collections.abc import Iterator, Sequence

import msgspec

from voicemock.preparation.seat.posting import Said, weight_of
from voicemock.preparation.seat.sections import Section
from voicemock.reading.text import word_set


class TermKind(enum.StrEnum):
    """What a term is."""

    NAME = "name"
    TRADE = "trade"
    SCALE = "scale"


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """One term as it is written, and the sentences that hold it."""

    name: str
    kind: TermKind
    weight: float
    sentences: tuple[Said, ...]


_TOOLS = (
    r"AWS IoT|Azure IoT Hub|(?:AWS|Azure) [A-Z][a-z]+|Kafka Streams|AWS|Azure|GCP|Google Cloud|Kubernetes|Docker"
    r"|Terraform|Ansible|Pulumi|Helm|Istio|Envoy|Kafka|RabbitMQ|Redis|Memcached|Postgres|PostgreSQL|MySQL|MariaDB"
    r"|MongoDB|Cassandra|DynamoDB|Spanner|Snowflake|BigQuery|Redshift|Databricks|Spark|Flink|Airflow|dbt|Hadoop"
    r"|Elasticsearch|OpenSearch|Solr|Neo4j|ClickHouse|Java|Kotlin|Scala|Python|Golang|Go(?= (?:and|or|services"
    r"|experience|code|backend)|[,;.)/]|$)|Rust|C\+\+|C#|\.NET|Ruby on Rails|Ruby|Rails|PHP|Laravel|Node\.js|NodeJS"
    r"|TypeScript|JavaScript|React Native|React|Angular|Vue(?:\.js)?|Next\.js|Swift|Objective-C|Flutter|Elixir|Erlang"
    r"|Haskell|Clojure|Perl|GraphQL|gRPC|REST|MQTT|OPC UA|Unity|Unreal Engine|Unreal|Perforce|Jenkins|GitHub Actions"
    r"|GitLab CI|GitLab|GitHub|CircleCI|Bazel|Buildkite|Nix|Prometheus|Grafana|Datadog|New Relic|Splunk|OpenTelemetry"
    r"|PagerDuty|Spring Boot|Spring|Django|FastAPI|Flask|PyTorch|TensorFlow|Kubeflow|MLflow|SageMaker|Ray|Salesforce"
    r"|SAP|Shopify|Magento|Stripe|Linux|Windows|Android|iOS|AUTOSAR|ROS|Zephyr|FreeRTOS|Looker|Tableau|Power BI|Jira"
    r"|Vault|Consul|Nomad|OpenShift|VMware|Lambda|CDK|CloudFormation"
)
_TRADES = (
    r"payments?(?! page)|settlement|ledgers?|fraud(?: detection)?|checkout|e-commerce|marketplaces?|telemedicine"
    r"|electronic health records?|medical devices?|firmware|embedded(?: systems| software)?|over-the-air"
    r"|edge (?:computing|gateways?)|telemetry|time[- ]series|machine learning|deep learning|large language models?"
    r"|feature stores?|model registr(?:y|ies)|data (?:platforms?|lakes?|warehouses?|pipelines?|mesh|lakehouses?)"
    r"|distributed systems|microservices|event[- ]driven|event sourcing|multi-tenan\w+|single sign-on|zero trust"
    r"|matchmaking|live ops|live operations|multiplayer|anti-cheat|headless commerce|A/B tests?|A/B testing"
    r"|feature flags?|error budgets?|infrastructure as code|continuous (?:delivery|deployment|integration)"
    r"|developer (?:experience|platforms?|productivity)|internal platforms?|black friday|cyber monday|route planning"
    r"|telematics|real-time bidding|streaming|content delivery|search ranking|recommendations?(?= (?:engine|system"
    r"|model)s?)|observability|chaos engineering|disaster recovery|data residency|penetration tests?"
)
_SHAPES = (
    # PCI DSS, IEC 62443, ISO 27001; SLA, HL7, EC2, DCB0129; PostgreSQL, FinOps; CI/CD
    r"[A-Z]{2,}(?:/[A-Z]{2,})+|[A-Z]{2,6} \d+(?:\.\d+)+|(?:[A-Z]{2,6} ){1,2}\d{3,}(?:-\d+)?|PCI[- ]DSS"
    r"|[A-Z]{2,}[A-Z0-9]*s?(?![\w-])|[A-Z]+[0-9]+[A-Za-z0-9]*|[a-z][A-Z]{2,}\w*|[A-Z][a-z]+[A-Z]\w*"
    r"|[A-Z]{2,}[a-z]{2,}\w*"
)
_NUMBER = (
    r"(?:[$£€]? ?\d+(?:[.,]\d+)* ?(?:k|m|bn|million|billion|thousand|TB|PB|GB)?\b|(?:two|three|four|five|six|seven"
    r"|eight|nine|ten|twenty|fifty|hundreds of|thousands of|millions of|a hundred|a thousand|a million)(?: (?:hundred"
    r"|thousand|million|billion))?)"
)
_SCALES = re.compile(
    rf"(?<![\w.,])(?:99(?:\.\d+)? ?(?:%|percent)|{_NUMBER} (?:\w+ ){{0,2}}\w+s (?:an?|per|each|every) (?:second"
    rf"|minute|hour|day|night|week|month|year)|[$£€] ?\d[\d.,]* ?(?:k|m|bn|million|billion)? (?:an?|per|each"
    rf"|every) (?:second|minute|hour|day|night|week|month|year)|(?:\d+x|\d+ times|ten times|a hundred times"
    rf"|twice) (?:the|our|today's) \w+|[$£€]? ?\d+(?:\.\d+)? ?(?:million|billion|thousand|bn|m|k|TB"
    rf"|PB)\b(?: (?:\w+ )?[a-z]+s\b)?|(?:\w+ )(?:million|billion|thousand) (?:\w+ )?[a-z]+s\b"
    rf"|\d{{1,3}}(?:,\d{{3}})+ (?:\w+ )?[a-z]+s\b|\d{{4,}} (?:\w+ )?[a-z]+s\b)",
    re.IGNORECASE,
)
_NAMES = re.compile(rf"(?<![\w./-])(?:{_TOOLS}|{_SHAPES})(?![\w+#])")
_TRADE = re.compile(rf"(?<![\w-])(?:{_TRADES})(?![\w-])", re.IGNORECASE)
_NO_TERMS = word_set(
    "UK US USA EU EMEA APAC CET GMT UTC EST PST CEO CTO CFO COO CPO CIO VP VPS SVP EVP HR IT PM PMS EM EMS PC PCS TV UX"
    " UI QA R&D EUR USD GBP CHF AUD CAD RRSP PTO NYC LA SF AND OR NOT THE WE YOU ALL OUR FOR WITH ID IDS OK FAQ CV CVS"
    " EEO BSC MSC PHD MBA BA BS MS OKR OKRS KPI KPIS LinkedIn YouTube GmbH AG PLC LLC LTD DEI ERG ERGS IC ICS II III IV"
)
_NO_NAMES = word_set(
    "English German French Spanish Dutch Swedish Polish Portuguese Italian Europe European Germany America American"
    " Asia Engineering Manager Director Head Product Design Data Security Finance Legal Sales Marketing Operations"
    " Risk Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August"
    " September October November December You We The Our Your This Have Experience Computer Science Software Team"
    " Bachelor Master Degree Christmas Easter Technology Technical Platform Senior Staff Principal Lead Leads Google"
    " Microsoft Amazon"
)


FARTHEST = 10
"""Characters between two names of one list: ", and or " and its like (voicemock default, unvalidated)."""


def terms_weighed(asked: Sequence[Said], every: Sequence[Said]) -> tuple[Term, ...]:
    """Return the terms that sentences ask for, the weightiest first; of two as weighty, the one named first.

    every: all sentences; what only looks like a term and stands where the firm speaks of itself is its name.
    """
    of_the_firm = " ".join(
        one.text for one in every if one.section in (Section.FIRM, Section.OFFER, Section.EQUAL, Section.PROCESS)
    )
    found: dict[str, list[tuple[str, TermKind, Said]]] = {}
    for sentence in asked:
        for name, kind in dict(_terms_in(sentence.text, of_the_firm)).items():
            found.setdefault(_same(name), []).append((name, kind, sentence))
    weighed = [
        Term(
            name=named[0][0],
            kind=named[0][1],
            weight=sum(weight_of(sentence) for _, _, sentence in named),
            sentences=tuple(sentence for _, _, sentence in named),
        )
        for named in found.values()
    ]
    return tuple(sorted(weighed, key=lambda term: -term.weight))


def _terms_in(text: str, of_the_firm: str) -> Iterator[tuple[str, TermKind]]:
    found = [(m.start(), m.end(), m[0], TermKind.NAME) for m in _NAMES.finditer(text) if _is_name(m[0], of_the_firm)]
    if found:
        found += [(start, end, name, TermKind.NAME) for start, end, name in _listed(text, found)]
    found += [(m.start(), m.end(), m[0], TermKind.TRADE) for m in _TRADE.finditer(text)]
    found += [(m.start(), m.end(), m[0].strip(), TermKind.SCALE) for m in _SCALES.finditer(text) if _is_scale(m[0])]
    for _, _, name, kind in sorted(found):
        yield name, kind


def _is_name(name: str, of_the_firm: str) -> bool:
    if re.fullmatch(_TOOLS, name):
        return True
    return name.upper() not in _NO_TERMS and name not in _NO_TERMS and name not in of_the_firm


def _listed(text: str, found: Sequence[tuple[int, int, str, TermKind]]) -> Iterator[tuple[int, int, str]]:
    """Yield names nobody knows that stand in one list with names of tools: "Bazel, Buildkite, Firecracker or Nix"."""
    tools = [(start, end) for start, end, name, _ in found if re.fullmatch(_TOOLS, name) or not name.isupper()]
    taken = [(start, end) for start, end, _, _ in found]
    for match in re.finditer(r"(?<![\w.])[A-Z][a-z]+(?:[A-Z]\w*)?(?![\w-])", text):
        start, end = match.span()
        near = any(
            max(s, start) - min(e, end) <= FARTHEST
            and re.fullmatch(r"\s*(?:,|/|,? (?:and|or|on)|;)\s*(?:and |or )?", text[min(e, end) : max(s, start)])
            for s, e in tools
        )
        if near and match[0] not in _NO_NAMES and not any(s < end and start < e for s, e in taken):
            yield start, end, match[0]
            tools.append((start, end))


def _is_scale(text: str) -> bool:
    """Return whether a number tells of what the firm runs: none of years, of days in the office, or of a time limit."""
    return not re.search(
        r"\b(?:times|(?:second|minute|hour|day|week|month|year)s?) ?(?:of|a|per|each|every)\b|years", text
    )


def _same(name: str) -> str:
    """Return what two spellings of a term have in common."""
    return re.sub(r"[\s-]+", " ", name.lower()).removesuffix("s")
