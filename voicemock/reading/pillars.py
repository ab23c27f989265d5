"""Which pillars of observability an answer speaks of: logs, traces, metrics, alerts.

By an explicit table of words, of an answer that was heard to say how a system is run. A pillar is called not heard only
where no word of the whole answer so much as hints at it: "it rings whoever has the phone" is an alert by another name.
"""

__all__ = ["pillars_not_told", "pillars_told"]

from collections.abc import Iterator

from voicemock.reading.text import Passage, passage, word_set
from voicemock.schema import Pillar, PillarHeard, Transcript

_SAYS: dict[Pillar, frozenset[str]] = {
    Pillar.LOGS: word_set("logs logging logger loggers logline loglines syslog splunk kibana logstash loki"),
    Pillar.TRACES: word_set("tracing traces opentelemetry otel jaeger zipkin"),
    Pillar.METRICS: word_set(
        "monitoring dashboard dashboards metrics grafana prometheus datadog nagios cloudwatch statsd graphite"
    ),
    Pillar.ALERTS: word_set("alert alerts alerted alerting alarm alarms paged pager pagers pagerduty opsgenie"),
}
"""Words that speak of a pillar whatever stands around them, but for the words below."""
_SAYS_IN_TWO: dict[Pillar, frozenset[tuple[str, str]]] = {
    Pillar.LOGS: frozenset(
        ("log", after) for after in ("file", "files", "line", "lines", "search", "entry", "entries")
    ),
    Pillar.TRACES: frozenset(("trace", after) for after in ("id", "ids")),
    Pillar.METRICS: frozenset({("new", "relic")}),
    Pillar.ALERTS: frozenset(
        {("on", "call")}
        | {(page, who) for page in ("page", "pages") for who in ("me", "us", "whoever", "somebody", "someone")}
    ),
}
_NOT_AFTER: dict[Pillar, frozenset[str]] = {
    Pillar.LOGS: word_set("ahead commit transaction decision change replication binary travel"),
    Pillar.TRACES: word_set("stack ray contact no any without"),
    Pillar.METRICS: word_set("success business vanity product aggregate engagement hiring team customer admin sales"),
    Pillar.ALERTS: word_set("fire smoke red weather price customer spoiler"),
}
"""Before such a word, it is about something else: a stack trace, a measure of success, a fire alarm."""
_NOT_BEFORE: dict[Pillar, frozenset[str]] = {
    Pillar.LOGS: word_set("in on into out off"),
    Pillar.TRACES: word_set("of back down it this that"),
    Pillar.METRICS: frozenset(),
    Pillar.ALERTS: word_set("clock bell bells me you him her"),
}
"""The same behind it: logging in, traces of something."""
_ANY = word_set("observability telemetry instrumentation instrumented instrument honeycomb")
"""Words that may mean every pillar."""
_HINTS: dict[Pillar, frozenset[str]] = {
    Pillar.LOGS: word_set(
        "log logged record records recorded recording recordings trail audit history journal kept keep"
    ),
    Pillar.TRACES: word_set(
        "trace traced span spans follow followed follows path correlation id ids end-to-end hop hops"
    ),
    Pillar.METRICS: word_set(
        "metric monitor monitors monitored graph graphs graphed chart charts gauge gauges measure measures measured"
        " measuring watch watches watched watching screen screens counter counters stats statistics health healthy"
        " probe probes check checks checked number numbers slo slos sla slas p50 p90 p95 p99 budget track"
        " tracked tracking"
    ),
    Pillar.ALERTS: word_set(
        "page pages paging oncall call calls called calling phone phones ring rings rang rung wake wakes woke woken"
        " text texts sms buzz buzzes buzzed beep beeps beeped bleep bleeps notify notifies notified notification"
        " notifications siren bell bug notice notices noticed ticket tickets red"
        " ping pings pinged email emails emailed slack message messages warn warns"
        " warned warning warnings light lights rota rotation told tells"
    ),
}
"""Words that may mean a pillar by another name: they claim nothing, and keep it from being called missing."""


def pillars_told(transcript: Transcript) -> tuple[PillarHeard, ...]:
    """Return the pillars spoken of, each with the words that first do."""
    spoken = passage(transcript.text)
    found = []
    for pillar in Pillar:
        if place := next(_said(spoken, pillar), None):
            found.append(PillarHeard(pillar=pillar, evidence=transcript.evidence(*spoken.chars(*place))))
    return tuple(found)


def pillars_not_told(transcript: Transcript) -> tuple[Pillar, ...]:
    """Return the pillars of which no word of the answer so much as hints."""
    said = {token.word for token in passage(transcript.text).tokens}
    if not _ANY.isdisjoint(said):
        return ()
    return tuple(pillar for pillar in Pillar if said.isdisjoint(_SAYS[pillar] | _HINTS[pillar]))


def _said(spoken: Passage, pillar: Pillar) -> Iterator[tuple[int, int]]:
    """Yield where a pillar is spoken of, as (first, end) token indices."""
    for i, token in enumerate(spoken.tokens):
        pair = (token.word, spoken.word(i + 1))
        together = pair in _SAYS_IN_TWO[pillar] and not token.after.strip("-")
        if not together and token.word not in _SAYS[pillar]:
            continue
        end = i + 2 if together else i + 1
        if spoken.word(i - 1) not in _NOT_AFTER[pillar] and spoken.word(end) not in _NOT_BEFORE[pillar]:
            yield i, end
