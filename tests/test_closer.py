"""What a report says of the numbers of an answer, and of how its system is watched."""

import msgspec

from tests import report_samples
from voicemock.cli.answer_lines import render_answer
from voicemock.report import render_markdown
from voicemock.report.closer import closer
from voicemock.schema import AnswerReport, Evidence, Number, NumberKind, Pillar, PillarHeard

K, P = NumberKind, Pillar


def answer(*kinds: NumberKind, missing: tuple[NumberKind, ...] = (), **more: object) -> AnswerReport:
    numbers = tuple(Number(kind=kind, evidence=Evidence(quote="40")) for kind in kinds)
    plain = msgspec.structs.replace(report_samples.written(), numbers=numbers, numbers_not_heard=missing)
    return msgspec.structs.replace(plain, **more)


def watched(*pillars: Pillar, missing: tuple[Pillar, ...] = ()) -> AnswerReport:
    heard = tuple(PillarHeard(pillar=pillar, evidence=Evidence(quote="paged")) for pillar in pillars)
    return answer(pillars=heard, pillars_not_heard=missing)


def test_the_numbers_are_counted_by_kind():
    assert closer(answer(K.MONEY, K.LATENCY, K.LATENCY)) == ("Numbers: latency (2), money.",)
    assert closer(answer(K.MONEY, K.OTHER, K.OTHER)) == ("Numbers: money, 2 more.",)


def test_numbers_of_no_plain_kind_are_not_spoken_of():
    assert closer(answer(K.OTHER)) == closer(answer()) == ()


def test_what_was_not_heard_comes_last():
    given = answer(K.LATENCY, missing=(K.USERS, K.MONEY))
    assert closer(given) == ("Numbers: latency. Not heard: users, money.",)


def test_what_a_follow_up_gives_is_not_missing():
    given = answer(K.LATENCY, missing=(K.USERS, K.MONEY))
    assert closer(given, [answer(K.USERS)]) == ("Numbers: latency. Not heard: money.",)
    assert closer(given, [answer(K.OTHER)]) == ("Numbers: latency.",)  # of which kind is not known
    assert closer(given, [answer(K.USERS), answer(K.MONEY)]) == ("Numbers: latency.",)


def test_the_pillars_are_named_with_their_words():
    assert closer(watched(P.ALERTS)) == ('How it is watched: alerts ("paged").',)
    given = watched(P.ALERTS, missing=(P.LOGS, P.TRACES))
    assert closer(given) == ('How it is watched: alerts ("paged"). Not heard: logs, traces.',)
    assert closer(given, [watched(P.LOGS)]) == ('How it is watched: alerts ("paged"). Not heard: traces.',)


def test_every_report_says_it():
    report = report_samples.full()
    (line, *_) = closer(report.answers[0])
    assert line in " ".join(render_answer(report.answers[0]).split())
    assert line in render_markdown(report)
