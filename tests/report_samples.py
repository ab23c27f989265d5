"""Reports to show and to compare: two spoken answers, a second take, a written one."""

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from voicemock.coaching.what_worked import what_worked
from voicemock.schema import (
    SCHEMA_VERSION,
    AnswerReport,
    Certainty,
    Contour,
    Evidence,
    Filler,
    FillerKind,
    Finding,
    FollowUp,
    Kind,
    Measure,
    NextStep,
    Number,
    NumberKind,
    Part,
    Pause,
    Pillar,
    PillarHeard,
    Point,
    PointHeard,
    Pronouns,
    Prosody,
    Quality,
    Question,
    Recording,
    SessionInfo,
    SessionReport,
    Severity,
    Signal,
    SignalName,
    Span,
    Status,
    Transcript,
    Word,
)

S = SignalName
WORD_S, GAP_S = 0.3, 0.06
DEFAULT = "voicemock default, unvalidated"
RATES = "Laske & DiGennaro Reed 2024, doi 10.1002/jaba.1093"
PAUSE = re.compile(r"\[([\d.]+)\]")

OUTAGE = Question(
    id="latency-spike",
    text="Tell me about a time your team had to deal with a sudden latency spike.",
    kind=Kind.INCIDENT,
    tests="Whether you stay calm, mitigate before you search for the cause, and know your numbers.",
    competencies=("incident leadership",),
    expects=(S.SITUATION, S.ACTION, S.RESULT, S.TRADEOFF, S.METRIC, S.REFLECTION, S.CUSTOMER),
    target_s=(60.0, 150.0),
)
CONFLICT = Question(
    id="conflict-peer",
    text="Tell me about a disagreement with a peer. How did it end?",
    kind=Kind.BEHAVIOURAL,
    tests="Whether you see the other side and look for the goal you share.",
    competencies=("conflict", "stakeholders"),
    expects=(S.SITUATION, S.ACTION, S.RESULT, S.REFLECTION),
)

# [1.2] is a pause in seconds.
OUTAGE_SAID = (
    "[1.4] So um in March our checkout service slowed down right before the spring sale. [0.9] The ninety ninth "
    "percentile went from two hundred milliseconds to almost four seconds and uh customers were leaving their carts. "
    "[2.6] I pulled three people into a call and we looked at the dashboards together. We could have scaled the "
    "database out, but that takes an hour and costs a lot, so I decided to turn the recommendations off first. [1.3] "
    "We, uh, we knew that marketing would complain, and they did. [0.7] After ten minutes the latency was back under "
    "three hundred milliseconds. Then, you know, Dana's team found the missing index. [1.1] What I learned is that um "
    "the switch has to exist before the bad day."
)
CONFLICT_SAID = (
    "[0.8] We had a disagreement about the roadmap. [2.2] We talked about it and um we found a way that worked for "
    "everyone. [0.6] We shipped both things in the end."
)


class Said:
    """A spoken text with invented, even word times."""

    def __init__(self, script: str, *, model: str = "tiny.en") -> None:
        words: list[Word] = []
        pauses = []
        text, now = "", 0.0
        for token in script.split():
            if pause := PAUSE.fullmatch(token):
                length_s = float(pause[1])
                if words:
                    pauses.append(Pause(start_s=round(now - GAP_S, 2), end_s=round(now + length_s, 2)))
                now = round(now + length_s, 2)
                continue
            text += " " if text else ""
            words.append(
                Word(
                    text=token,
                    char_start=len(text),
                    char_end=len(text) + len(token),
                    start_s=now,
                    end_s=round(now + WORD_S, 2),
                    probability=0.9,
                )
            )
            text += token
            now = round(now + WORD_S + GAP_S, 2)
        self.duration_s = round(now + 0.5, 2)
        self.pauses = tuple(pauses)
        self.transcript = Transcript(text=text, words=tuple(words), model=model, confidence=0.9)

    def quote(self, part: str) -> Evidence:
        at = self.transcript.text.index(part)
        return self.transcript.evidence(at, at + len(part))

    def fillers(self) -> Iterable[Filler]:
        possible = {"uh"}
        for match in re.finditer(r"\b(?:um|uh|you know)\b", self.transcript.text):
            at = self.transcript.evidence(*match.span())
            yield Filler(
                text=match[0],
                kind=FillerKind.DISCOURSE if match[0] == "you know" else FillerKind.FILLED_PAUSE,
                char_start=match.start(),
                char_end=match.end(),
                certainty=Certainty.POSSIBLE if match[0] in possible else Certainty.CONFIRMED,
                start_s=at.start_s,
                end_s=at.end_s,
            )

    def pronouns(self) -> Pronouns:
        i, we = (
            tuple(Span(char_start=m.start(), char_end=m.end()) for m in re.finditer(rf"\b{p}\b", self.transcript.text))
            for p in ("I", "[Ww]e")
        )
        return Pronouns(i=i, we=we, i_share=round(len(i) / (len(i) + len(we)), 2) if i or we else None)

    def parts(self, *openings: tuple[SignalName, str]) -> tuple[Part, ...]:
        text = self.transcript.text
        starts = [text.index(opening) for _, opening in openings] + [len(text)]
        parts = []
        for (name, _), start, end in zip(openings, starts, starts[1:], strict=False):
            at = self.transcript.evidence(start, end - 1)
            share = round(text[start:end].count(" ") / (text.count(" ") + 1), 2)
            parts.append(
                Part(name=name, char_start=start, char_end=end, share=share, start_s=at.start_s, end_s=at.end_s)
            )
        return tuple(parts)

    def prosody(self) -> Prosody:
        return Prosody(
            response_latency_s=self.transcript.words[0].start_s,
            speaking_s=40.0,
            pauses=self.pauses,
            f0_median_hz=118.0,
            f0_sd_semitones=2.3,
            loudness_sd_db=6.1,
            contour=self.contour(),
        )

    def contour(self) -> Contour:
        """Invent a voice that falls at the end of each phrase, gets quieter, and stays near one note for a while."""
        tones: list[float | None] = []
        loudness: list[float | None] = []
        phrase = 0
        for step in range(round(self.duration_s * 2)):
            at = step / 2
            spoken = any(w.start_s < at + 0.5 and w.end_s > at for w in self.transcript.words)
            spoken = spoken and not any(p.start_s <= at and at + 0.5 <= p.end_s for p in self.pauses)
            phrase = phrase + 1 if spoken else 0
            lively = 0.2 if 30 <= at < 43 else 1.0
            tones.append(round(lively * (3 - phrase % 9 * 0.8 + step % 3 * 0.9), 1) if spoken else None)
            loudness.append(round(1.5 - phrase % 9 * 0.7 + step % 2 * 0.8, 1) if spoken else None)
        spread = [None if t is None else 1.1 if 35 <= n / 2 < 38 else 2.3 for n, t in enumerate(tones)]
        return Contour(
            step_s=0.5,
            semitones=tuple(tones),
            spread_semitones=tuple(spread),
            loudness_db=tuple(loudness),
        )

    def recording(self, path: str | Path) -> Recording:
        return Recording(
            path=str(path),
            duration_s=self.duration_s,
            sample_rate_hz=16_000,
            level_db=-21.5,
            noise_db=-58.2,
            quality=Quality.OK,
        )


def outage(path: str | Path = "01-latency-spike/take-1.wav", *, take: int = 1) -> AnswerReport:
    said = Said(OUTAGE_SAID)
    fillers = tuple(said.fillers())
    yes = {
        S.SITUATION: "in March our checkout service slowed down right before the spring sale",
        S.ACTION: "I decided to turn the recommendations off first",
        S.RESULT: "After ten minutes the latency was back under three hundred milliseconds",
        S.TRADEOFF: "We could have scaled the database out, but that takes an hour and costs a lot",
        S.REFLECTION: "What I learned is that um the switch has to exist before the bad day",
        S.CUSTOMER: "customers were leaving their carts",
        S.CREDITS_TEAM: "Dana's team found the missing index",
    }
    signals = {name: Signal() for name in SignalName}
    signals |= {name: Signal(present=True, sure=True, evidence=(said.quote(quote),)) for name, quote in yes.items()}
    signals[S.METRIC] = Signal(
        present=True,
        sure=True,
        evidence=(
            said.quote("from two hundred milliseconds to almost four seconds"),
            said.quote("an hour"),
            said.quote("under three hundred milliseconds"),
        ),
    )
    signals[S.COST] = Signal(present=False)
    return AnswerReport(
        question=OUTAGE,
        recording=said.recording(path),
        transcript=said.transcript,
        fillers=fillers,
        pronouns=said.pronouns(),
        signals=signals,
        measures={
            "length": Measure(value=48.1, unit="s", status=Status.WATCH, limit="1:00–2:30", source=DEFAULT),
            "filled_pauses_per_min": Measure(
                value=5.4, unit="per minute", status=Status.WATCH, limit="up to 5", source=RATES
            ),
            "speech_rate": Measure(
                value=131.0,
                unit="words/min",
                status=Status.GOOD,
                limit="120–165",
                source="Microsoft Speaker Coach; Tauroza & Allison 1990",
            ),
            "i_share": Measure(
                value=0.5,
                unit="share of I",
                status=Status.GOOD,
                limit="at least 40% I, and the team named",
                source=DEFAULT,
            ),
            "pitch_spread": Measure(
                value=2.3, unit="semitones", status=Status.GOOD, limit="at least 1.5", source=DEFAULT
            ),
            "hedges": Measure(value=None, unit="a hundred words", status=Status.NOT_ASSESSED, source=DEFAULT),
            "pauses": Measure(value=6.0, unit="pauses of 0.5 s or more", status=Status.INFO),
        },
        findings=(
            Finding(
                check="fillers",
                severity=Severity.WATCH,
                message="4 filled pauses, 5 a minute. Breathe out silently instead, then go on.",
                measured="5.4 per minute",
                limit="5 per minute",
                source=RATES,
                evidence=tuple(
                    Evidence(
                        quote=f"… {f.text} …",
                        char_start=f.char_start,
                        char_end=f.char_end,
                        start_s=f.start_s,
                        end_s=f.end_s,
                    )
                    for f in fillers
                    if f.kind is FillerKind.FILLED_PAUSE
                ),
            ),
            Finding(
                check="length",
                severity=Severity.PROBLEM,
                message="0:48 is short for this question. Add what you did and what changed because of it.",
                measured="0:48",
                limit="1:00–2:30",
                source=DEFAULT,
            ),
        ),
        prosody=said.prosody(),
        parts=said.parts((S.SITUATION, "So um"), (S.ACTION, "I pulled"), (S.RESULT, "After ten")),
        follow_ups=(
            FollowUp(text="What would have made it four hours instead of ten minutes?", trigger="missing risk"),
        ),
        take=take,
        numbers=tuple(
            Number(kind=kind, evidence=evidence)
            for kind, evidence in zip(
                (NumberKind.LATENCY, NumberKind.TIME, NumberKind.LATENCY), signals[S.METRIC].evidence, strict=True
            )
        ),
        numbers_not_heard=(NumberKind.ERRORS,),
        pillars=(PillarHeard(pillar=Pillar.METRICS, evidence=said.quote("dashboards")),),
        pillars_not_heard=(Pillar.LOGS, Pillar.TRACES),
    )


def conflict(path: str | Path = "02-conflict-peer/take-1.wav") -> AnswerReport:
    said = Said(CONFLICT_SAID)
    signals = {name: Signal() for name in SignalName}
    signals[S.SITUATION] = Signal(
        present=True, sure=True, evidence=(said.quote("We had a disagreement about the roadmap"),)
    )
    signals[S.RESULT] = Signal(present=False)
    recording = said.recording(path)
    return AnswerReport(
        question=CONFLICT,
        recording=Recording(
            path=recording.path,
            duration_s=recording.duration_s,
            sample_rate_hz=48_000,
            channels=2,
            level_db=-34.0,
            noise_db=-41.0,
            quality=Quality.POOR,
            problems=("the voice is only 7 dB above the noise",),
        ),
        transcript=said.transcript,
        fillers=tuple(said.fillers()),
        pronouns=said.pronouns(),
        signals=signals,
        measures={
            "length": Measure(value=14.5, unit="s", status=Status.PROBLEM, limit="1:00–2:30", source=DEFAULT),
            "i_share": Measure(
                value=0.0, unit="share of I", status=Status.WATCH, limit="at least 40% I", source=DEFAULT
            ),
        },
        findings=(
            Finding(
                check="i_vs_we",
                severity=Severity.PROBLEM,
                message="0 I against 4 we: your part is hard to see. Say which decision was yours.",
                measured="0 I, 4 we",
                limit="at least 40% I",
                source=DEFAULT,
                evidence=(said.quote("We talked about it"), said.quote("we found a way")),
            ),
        ),
        prosody=said.prosody(),
        follow_ups=(FollowUp(text="What was your part in it?", trigger="missing action"),),
        notes=("The check 'monotone' failed and was left out (ValueError: too short).",),
    )


def written() -> AnswerReport:
    text = "Fine.\n\nWe did fine."
    words = tuple(Word(text=m[0], char_start=m.start(), char_end=m.end()) for m in re.finditer(r"\S+", text))
    return AnswerReport(
        question=None,
        recording=None,
        transcript=Transcript(text=text, words=words),
        fillers=(),
        pronouns=Pronouns(),
        signals={name: Signal() for name in SignalName},
        measures={},
        findings=(),
    )


def session(*answers: AnswerReport, steps: tuple[NextStep, ...] = (), skipped: tuple[str, ...] = ()) -> SessionReport:
    return SessionReport(
        schema_version=SCHEMA_VERSION,
        voicemock="0.1.0",
        answers=answers,
        session=SessionInfo(
            id="2026-11-21T10-03-12-em-core",
            title="Engineering manager, core questions",
            started_at="2026-11-21T10:03:12",
            question_set="em_core",
            skipped=skipped,
        ),
        next_steps=steps,
        what_worked=what_worked(answers),
    )


def full() -> SessionReport:
    """Two spoken answers and a written one, with all there is to show."""
    return session(
        outage(),
        conflict(),
        written(),
        steps=(
            NextStep(
                text="0 I against 4 we: your part is hard to see. Say which decision was yours.",
                check="i_vs_we",
                answer=1,
            ),
            NextStep(
                text="0:48 is short for this question. Add what you did and what changed because of it.",
                check="length",
                answer=0,
            ),
            NextStep(
                text="4 filled pauses, 5 a minute. Breathe out silently instead, then go on.", check="fillers", answer=0
            ),
        ),
        skipped=("hiring-mistake",),
    )


def retaken() -> SessionReport:
    """One question answered twice; the second take is the same answer told worse."""
    first = outage()
    again = msgspec.structs.replace(
        outage("01-latency-spike/take-2.wav", take=2),
        measures=first.measures
        | {"speech_rate": Measure(value=196.0, unit="words/min", status=Status.WATCH, limit="120–165", source=DEFAULT)},
        signals=first.signals | {S.METRIC: Signal(present=False), S.COST: Signal(present=True)},
        numbers=(),
        numbers_not_heard=(),
    )
    step = NextStep(text="196 words a minute is fast. Stop for one breath after each point.", check="pace", answer=1)
    return session(first, again, steps=(step,))


def practised() -> SessionReport:
    """A question told, probed and told again; the last follow-up gives what the second take lacks."""
    number = Finding(
        check="missing_metric",
        severity=Severity.PROBLEM,
        message="No number was heard that shows the result. Give one with its baseline: from what, to what.",
        measured="not heard",
        limit="at least one",
        source=DEFAULT,
    )
    asked = FollowUp(text="What did that change, in numbers?", trigger="not heard: a number", signal=S.METRIC)
    first = msgspec.structs.replace(
        outage(), candidate_notes=("Your note at 0:12: slow down",), signals=outage().signals | {S.COST: Signal()}
    )
    again = msgspec.structs.replace(
        outage("01-latency-spike/take-2.wav", take=2),
        signals=first.signals | {S.METRIC: Signal(present=False)},
        numbers=(),
        numbers_not_heard=(),
        findings=(number,),
        follow_ups=(asked,),
    )
    probe = msgspec.structs.replace(
        OUTAGE, id="latency-spike-follow-up-1", text=asked.text, tests="", expects=(S.METRIC,)
    )
    early = msgspec.structs.replace(conflict("01-latency-spike-follow-up-1/take-1.wav"), question=probe)
    said = Said("[0.4] From four seconds down to three hundred milliseconds.")
    late = msgspec.structs.replace(
        written(),
        question=probe,
        recording=said.recording("01-latency-spike-follow-up-1/take-2.wav"),
        transcript=said.transcript,
        signals={S.METRIC: Signal(present=True, evidence=(said.quote("From four seconds down to three hundred"),))},
        take=2,
    )
    return session(first, early, again, late)


def explained() -> SessionReport:
    """A concept: some of its points heard, and a word its listener would not know."""
    text = "An error budget is one minus the SLO. We spend it on launches."
    concept = Question(
        id="what-an-error-budget-is",
        text="What is an error budget?",
        kind=Kind.CONCEPT,
        points=tuple(Point(name=name, said=("x",)) for name in ("what the target leaves", "spent on releases")),
        jargon=("SLO",),
    )
    said = Said(f"[0.4] {text}")
    quote = said.quote("is one minus the SLO")
    answer = msgspec.structs.replace(
        written(),
        question=concept,
        recording=said.recording("01-what-an-error-budget-is/take-1.wav"),
        transcript=said.transcript,
        points=(
            PointHeard(name="what the target leaves", heard=True, evidence=(quote,)),
            PointHeard(name="and on <incidents>", heard=False),
        ),
        jargon=(said.quote("SLO"),),
    )
    return session(answer)


def empty() -> SessionReport:
    """Nothing was answered."""
    return session(skipped=("latency-spike", "conflict-peer"))
