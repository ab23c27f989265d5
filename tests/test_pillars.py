"""Which pillars of observability an answer speaks of, and which no word of it hints at."""

import pytest

from voicemock.reading import from_text
from voicemock.reading.details import details
from voicemock.reading.pillars import pillars_not_told, pillars_told
from voicemock.schema import Kind, Pillar, Question, Signal, SignalName

P = Pillar
DEEP = Question(id="q", text="Tell me about a system.", kind=Kind.DEEP_DIVE, expects=(SignalName.OPERATIONS,))


@pytest.mark.parametrize(
    ("text", "pillar", "quote"),
    [
        ("We went through the logs of every node.", P.LOGS, "logs"),
        ("I found it in a log file.", P.LOGS, "log file"),
        ("There was distributed tracing across services.", P.TRACES, "tracing"),
        ("Each call has a trace id.", P.TRACES, "trace id"),
        ("We had dashboards for it.", P.METRICS, "dashboards"),
        ("Prometheus scrapes it.", P.METRICS, "Prometheus"),
        ("The on-call engineer rolls it back.", P.ALERTS, "on-call"),
        ("It pages whoever is up.", P.ALERTS, "pages whoever"),
        ("I was paged at five.", P.ALERTS, "paged"),
    ],
)
def test_a_pillar_is_heard_with_its_words(text: str, pillar: Pillar, quote: str):
    (heard,) = pillars_told(from_text(text))
    assert (heard.pillar, heard.evidence.quote) == (pillar, quote)


@pytest.mark.parametrize(
    "text",
    [
        "Then she logs in and pays.",
        "Logging in took a minute.",
        "Our write-ahead logs are on disk.",
        "The stack traces were long.",
        "There were traces of it.",
        "This really traces back to him.",
        "The success metrics were clear.",
        "Spoiler alert: it broke.",
        "That should have been the alarm bells.",
        "Please don't call on me.",
        "The landing page was slow.",
        "There was a catalog of blogs.",
    ],
)
def test_other_things_by_the_same_words_are_none(text: str):
    assert pillars_told(from_text(text)) == ()


def test_each_is_told_once_by_what_was_said_first():
    heard = pillars_told(from_text("Alerts go to a phone. We have logs, and alarms, and more logs."))
    assert [(h.pillar, h.evidence.quote) for h in heard] == [(P.LOGS, "logs"), (P.ALERTS, "Alerts")]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("We have alerts.", (P.LOGS, P.TRACES, P.METRICS)),
        ("We have alerts, and a graph of the load.", (P.LOGS, P.TRACES)),
        ("It rings whoever has the phone that week.", (P.LOGS, P.TRACES, P.METRICS)),
        ("A bot notices and opens a bug. We follow a request through, and keep a record.", (P.METRICS,)),
        ("We have observability.", ()),
    ],
)
def test_a_hint_keeps_a_pillar_from_being_missed(text: str, missing: tuple[Pillar, ...]):
    assert pillars_not_told(from_text(text)) == missing


def test_they_are_told_only_where_operations_were_heard_and_missed_only_where_expected():
    transcript = from_text("We have alerts on it.")
    heard = {SignalName.OPERATIONS: Signal(present=True)}
    closer = details(transcript, heard, DEEP)
    assert [h.pillar for h in closer.pillars] == [P.ALERTS]
    assert closer.pillars_not_heard == (P.LOGS, P.TRACES, P.METRICS)
    assert details(transcript, heard, None).pillars_not_heard == ()
    for present in (None, False):
        closer = details(transcript, {SignalName.OPERATIONS: Signal(present=present)}, DEEP)
        assert closer.pillars == closer.pillars_not_heard == ()


def test_nothing_is_missed_where_no_pillar_was_named():
    heard = {SignalName.OPERATIONS: Signal(present=True)}
    assert details(from_text("We wrote it up afterwards."), heard, DEEP).pillars_not_heard == ()
