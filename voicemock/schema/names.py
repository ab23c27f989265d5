"""The words the schema is written in: what kinds there are of each thing."""

__all__ = [
    "CORE_SIGNALS",
    "EXERCISES",
    "AsideKind",
    "Certainty",
    "Dimension",
    "FillerKind",
    "Kind",
    "NumberKind",
    "Pillar",
    "Quality",
    "Round",
    "Severity",
    "SignalName",
    "Status",
]

import enum


class Kind(enum.StrEnum):
    """What sort of question it is; decides which lens an answer is read through."""

    BEHAVIOURAL = "behavioural"
    DEEP_DIVE = "deep_dive"
    STRATEGY = "strategy"
    PEOPLE = "people"
    INCIDENT = "incident"
    HIRING = "hiring"
    MOTIVATION = "motivation"
    DRILL = "drill"
    CONCEPT = "concept"


EXERCISES = (Kind.CONCEPT, Kind.DRILL)
"""Asked by no interviewer, and answered with no story."""


class Dimension(enum.StrEnum):
    """What an answer to a question is prepared for: the four sides that are judged."""

    TECHNICAL_LEADERSHIP = "technical_leadership"
    ORGANISATIONAL_LEADERSHIP = "organisational_leadership"
    COMMUNICATION = "communication"
    EXECUTION = "execution"


class Round(enum.StrEnum):
    """Where in a day of interviews a question is asked."""

    PEOPLE = "people"
    TECHNICAL_LEADERSHIP = "technical_leadership"
    DEEP_DIVE = "deep_dive"
    STRATEGY = "strategy"
    HIRING = "hiring"
    BAR_RAISER = "bar_raiser"
    MOTIVATION = "motivation"


class SignalName(enum.StrEnum):
    """What an interviewer listens for; ``docs/signals.md`` defines each."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"
    TRADEOFF = "tradeoff"
    METRIC = "metric"
    RATIONALE = "rationale"
    REFLECTION = "reflection"
    CUSTOMER = "customer"
    CUSTOMER_FIRST = "customer_first"
    STAKEHOLDERS = "stakeholders"
    PEOPLE_GROWTH = "people_growth"
    RISK = "risk"
    OPERATIONS = "operations"
    SCALE = "scale"
    COST = "cost"
    OWNS_FAILURE = "owns_failure"
    CREDITS_TEAM = "credits_team"
    ORG_IMPACT = "org_impact"
    DIAGNOSIS = "diagnosis"
    SHARED_GOAL = "shared_goal"
    EMPATHY = "empathy"
    HIRING_EVIDENCE = "hiring_evidence"
    UNCERTAINTY = "uncertainty"
    TEAM_BURDEN = "team_burden"
    MIGRATION = "migration"
    MITIGATE_FIRST = "mitigate_first"
    TARGET = "target"
    DIRECTION = "direction"
    ON_TOPIC = "on_topic"


CORE_SIGNALS = (
    SignalName.SITUATION,
    SignalName.ACTION,
    SignalName.RESULT,
    SignalName.TRADEOFF,
    SignalName.METRIC,
)
"""Expected of an answer if its question is not known (voicemock default, unvalidated)."""


class NumberKind(enum.StrEnum):
    """What a number measures.

    A rate is so much in a time, or a percentage of what is no other kind. People are all but those a thing is for.
    """

    USERS = "users"
    RATE = "rate"
    LATENCY = "latency"
    ERRORS = "errors"
    AVAILABILITY = "availability"
    MONEY = "money"
    PEOPLE = "people"
    TIME = "time"
    OTHER = "other"


class Pillar(enum.StrEnum):
    """What shows how a system is doing: its logs, traces and metrics, and the alerts that call somebody."""

    LOGS = "logs"
    TRACES = "traces"
    METRICS = "metrics"
    ALERTS = "alerts"


class Quality(enum.StrEnum):
    """Whether a recording is good enough to judge delivery by."""

    OK = "ok"
    POOR = "poor"


class FillerKind(enum.StrEnum):
    """A hesitation sound (um, uh), or a word used as one (like, you know)."""

    FILLED_PAUSE = "filled_pause"
    DISCOURSE = "discourse"


class Certainty(enum.StrEnum):
    """Whether two witnesses agree, or only one speaks."""

    CONFIRMED = "confirmed"
    POSSIBLE = "possible"


class AsideKind(enum.StrEnum):
    """Whose words were left out: the question read aloud, or anybody else's turn."""

    QUESTION = "question"
    OTHER = "other"


class Status(enum.StrEnum):
    """Where a measure is relative to its limit."""

    GOOD = "good"
    FINE = "fine"
    WATCH = "watch"
    PROBLEM = "problem"
    INFO = "info"
    NOT_ASSESSED = "not_assessed"


class Severity(enum.StrEnum):
    """How much a finding matters to an interviewer."""

    INFO = "info"
    WATCH = "watch"
    PROBLEM = "problem"
