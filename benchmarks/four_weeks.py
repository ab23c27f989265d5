"""Four weeks of one user, spoken and heard: whether plan, due list, story coverage and progress agree at every step.

    PYTHONPATH=. python benchmarks/four_weeks.py [--model tiny.en] [--voice natural]

A simulated clock. Twice a week the user answers two questions, each on a side of the job of its own, and is heard by
Whisper: every week with fewer ums, from the second with a number, from the third with a reason and what it cost, in the
last with what was learned. After a session a story is drafted from it, as `voicemock stories from` does. On every day,
before and after what is done on it, what the commands say is held against each other and against the sessions' own
reports. The first disagreement ends it; else a table is printed.
"""

import argparse
import datetime
import os
import tempfile
from pathlib import Path
from typing import NamedTuple

from history import write_session

from voicemock.analyze import analyze_recording
from voicemock.archive.history import history
from voicemock.archive.practised import Practised
from voicemock.jobs.covered import competencies_of, sets_to_cover
from voicemock.jobs.due import find_schedule
from voicemock.jobs.plan import find_plan
from voicemock.models.catalogue import find_model
from voicemock.paths import sessions_dir
from voicemock.preparation.planning.aims import Aims
from voicemock.preparation.planning.planned import Plan, Task
from voicemock.preparation.schedule import Schedule
from voicemock.preparation.stories.bank import add_story, read_bank, usable
from voicemock.preparation.stories.coverage import coverage_of
from voicemock.preparation.stories.draft import draft
from voicemock.preparation.stories.told import tellings
from voicemock.progress.summary import Progress, progress_of
from voicemock.questions.sets import find_question
from voicemock.report import from_json
from voicemock.schema import AnswerReport, FillerKind, Question, SignalName
from voicemock.speech.recognise import Recogniser
from voicemock.voices import Voice, open_voice

START = datetime.date(2026, 11, 2)
WEEKS, SESSIONS_A_WEEK = 4, 2
DAY = datetime.timedelta(days=1)
USUAL = "em_core"


class Told(NamedTuple):
    """A story's sentences, and what each week adds."""

    title: str
    first: str
    did: str
    vague: str
    number: str
    why: str
    price: str
    learned: str


STORIES = {
    "hardest-technical-decision": Told(
        "Moving billing to Postgres",
        "Two years ago our billing ran on an old database that failed at the end of every month.",
        "I decided to move it to Postgres, one customer at a time, and I wrote the plan with the team.",
        "In the end it worked much better than before.",
        "In the end failed invoices went from nine percent down to two percent.",
        "I chose that because a patch would have failed again with the next large customer.",
        "The trade-off was two months of writing everything twice, so we gave up the new reports that quarter.",
        "What I learned is to rehearse the way back before the way there.",
    ),
    "underperforming-engineer": Told(
        "The engineer who stopped shipping",
        "Last year an engineer on my team missed every date for three months.",
        "I sat down with him each week, I asked what was in the way, and I paired him with a senior colleague.",
        "After a while he was doing fine again.",
        "Within ten weeks he shipped four features, after none in the quarter before.",
        "I did that because he had moved teams twice and nobody had explained the systems to him.",
        "It cost us a senior engineer for two days a week instead of the search project.",
        "Looking back, I should have asked him in the first month.",
    ),
    "delivered-late": Told(
        "The payment launch that slipped",
        "In spring my team had promised a new payment page to the sales people for May.",
        "I saw in April that we would be late, and I told the head of sales on the same day.",
        "We shipped later, and people were happy in the end.",
        "We shipped five weeks late, and failed payments fell from six percent to one percent.",
        "I moved the date because the fraud checks were not safe to leave out.",
        "We dropped the gift cards instead of the checks, and that cost us the summer campaign.",
        "It was my mistake to promise a date before the design, and today I never do.",
    ),
    "disagree-with-your-boss": Told(
        "Against the rewrite",
        "My director wanted to rewrite our search service from scratch last winter.",
        "I disagreed, I measured the slow requests for a week, and I showed him what I had found.",
        "He listened, and we found a way that was good for everybody.",
        "We fixed two queries, and the slowest requests went from three seconds to four hundred milliseconds.",
        "I argued for it because nine of ten slow requests came from the same place.",
        "The price was that we kept the old code for another year instead of starting fresh.",
        "Since then I bring numbers before I bring an opinion.",
    ),
}


def words_of(story: Told, week: int) -> str:
    """Return what is said in a week, from 0."""
    said = [story.first, story.did, story.vague if week == 0 else story.number]
    said[2:2] = [story.why, story.price] if week >= 2 else []
    said += [story.learned] if week == 3 else []
    ums = WEEKS - 1 - week
    return " ".join(f"Um, {one[0].lower()}{one[1:]}" if n < ums else one for n, one in enumerate(said))


class Standing(NamedTuple):
    """What the commands say on a day. reports: by question, what each session's own file says, the oldest first."""

    today: datetime.date
    rows: tuple[Practised, ...]
    plan: Plan
    due: Schedule
    progress: Progress
    reports: dict[str, list[tuple[datetime.date, AnswerReport]]]


def stand(aims: Aims, today: datetime.date) -> Standing:
    """Ask all of them."""
    rows = history(tell=print)
    reports: dict[str, list[tuple[datetime.date, AnswerReport]]] = {}
    for path in sorted(sessions_dir().glob("*/session.json")):
        for answer in from_json(path.read_bytes()).answers:
            if answer.question:
                day = datetime.date.fromisoformat(path.parent.name[:10])
                reports.setdefault(answer.question.id, []).append((day, answer))
    return Standing(
        today,
        rows,
        find_plan(aims, USUAL, today, tell=print),
        find_schedule(USUAL, today, tell=print),
        progress_of(rows, today=today),
        reports,
    )


def signals_of(answer: AnswerReport) -> tuple[int, int]:
    """Return how many of the signals that were expected and could be told were heard, and how many those are."""
    told = [answer.signals[name].present for name in answer.expects if name is not SignalName.ON_TOPIC]
    return sum(one is True for one in told), sum(one is not None for one in told)


def compare(now: Standing) -> int:
    """Hold everything against everything; return how many statements were held."""
    held = [
        *_due_and_plan(now),
        *_coverage_and_plan(now),
        *_progress_and_plan(now),
        *_due_and_reports(now),
    ]
    for what, one, other in held:
        if one != other:
            raise SystemExit(f"{now.today}: {what}: {one} and {other}")
    return len(held)


Pair = tuple[str, object, object]


def _due_and_plan(now: Standing) -> list[Pair]:
    due = {one.question.id: one.question for one in now.due.due}
    planned = [item for item in now.plan.now.items if item.task is Task.DUE] if now.plan.now else []
    open_still = [one for one in planned if not one.done]
    weak = [one.weakness for one in now.due.due]
    return [
        ("questions due, by the plan and by the list", now.plan.due, len(due)),
        ("what comes back", [due.get(one.about) for one in open_still], [one.question for one in open_still]),
        ("the weak first", weak, sorted(weak)),
        ("answered today, and due", [one.question.id for one in now.due.due if one.last == now.today], []),
        ("practised, and on the list", {*due, *(one.question.id for one in now.due.later)}, set(now.reports)),
    ]


def _coverage_and_plan(now: Standing) -> list[Pair]:
    stories = usable(read_bank())
    told = tellings(stories, now.rows)
    covered = coverage_of(stories, competencies_of(sets_to_cover(now.rows, USUAL)), told)
    taken_for = [(story.title, row.question.id) for story in stories for row in told.get(story.id, ()) if row.question]
    return [
        ("competencies without a story", set(now.plan.gaps), set(covered.gaps)),
        ("stories", now.plan.stories, len(stories)),
        ("takes of another story", [one for one in taken_for if STORIES[one[1]].title != one[0]], []),
    ]


def _progress_and_plan(now: Standing) -> list[Pair]:
    reports = [(day, one) for given in now.reports.values() for day, one in given]
    signals = [one for one in now.progress.signals if one.key is not SignalName.ON_TOPIC]
    heard, asked = (sum(signals_of(one)[n] for _, one in reports) for n in (0, 1))
    week = [day for day, _ in reports if day >= now.plan.done.since]
    return [
        ("answers", now.progress.answers, len(reports)),
        ("sessions", len(now.progress.sessions), len({day for day, _ in reports})),
        ("points heard, by progress", sum(one.heard for one in signals), heard),
        ("points heard, by the plan's sides", sum(one.heard for one in now.plan.sides), heard),
        ("points asked, by progress", sum(one.asked for one in signals), asked),
        ("points asked, by the plan's sides", sum(one.asked for one in now.plan.sides), asked),
        ("answers this week", now.plan.done.answers, len(week)),
        ("days this week", now.plan.done.days, len(set(week))),
        ("got worse", [one.series.key for one in now.progress.moved if one.verdict == "worse"], []),
    ]


def _due_and_reports(now: Standing) -> list[Pair]:
    return [
        (f"how {one.question.id} went", (one.last, one.heard, one.asked), (day, *signals_of(answer)))
        for one in (*now.due.due, *now.due.later)
        for day, answer in now.reports[one.question.id][-1:]
    ]


def answer(question: Question, week: int, folder: Path, voice: Voice, recogniser: Recogniser) -> AnswerReport:
    """Say it and hear it."""
    path = folder / "take.wav"
    voice.render(words_of(STORIES[question.id], week), path)
    return analyze_recording(path, recogniser=recogniser, question=question)


def ums(answers: list[AnswerReport]) -> int:
    """Return how many filled pauses were heard."""
    return sum(one.kind is FillerKind.FILLED_PAUSE for answer in answers for one in answer.fillers)


def row_of(week: int, given: list[AnswerReport], now: Standing) -> str:
    """Return a week's row of the table."""
    heard, asked = (sum(signals_of(one)[n] for one in given) for n in (0, 1))
    wanted = {name: [one.signals[name].present for one in given] for name in (SignalName.METRIC, SignalName.TRADEOFF)}
    told = " | ".join(f"{sum(one is True for one in found)} of {len(found)}" for found in wanted.values())
    planted = 4 * (WEEKS - 1 - week)
    gaps = len(now.plan.gaps)
    return f"| {week + 1} | {ums(given)} of {planted} | {told} | {heard} of {asked} | {now.plan.stories} | {gaps} |"


def live(voice: Voice, recogniser: Recogniser, folder: Path) -> None:
    """Live the four weeks."""
    aims = Aims(interview=START + WEEKS * 7 * DAY, began=START, id="benchmark")
    held = 0
    print("| week | ums heard | a number | a trade-off | points heard | stories | gaps |\n" + "|---" * 7 + "|")
    for week in range(WEEKS):
        given: list[AnswerReport] = []
        for n in range(7):
            today = START + (7 * week + n) * DAY
            now = stand(aims, today)
            held += compare(now)
            if n not in (0, 3):
                continue
            asked = list(STORIES)[0 if n == 0 else 2 :][:2]
            words = {one.question.id: one.question for one in now.due.due}  # in the wording that it comes back in
            said = [answer(words.get(id) or find_question(id), week, folder, voice, recogniser) for id in asked]
            info = write_session(datetime.datetime.combine(today, datetime.time(19), datetime.UTC), said)
            story = STORIES[asked[week % 2]]
            if story.title not in {one.title for one in usable(read_bank())}:
                path = add_story(
                    story.title, draft(said[week % 2], (), f"{info.id}/{asked[week % 2]}/1", title=story.title)
                )
                at = datetime.datetime.combine(today, datetime.time(20)).timestamp()
                os.utime(path, (at, at))
            given += said
            held += compare(stand(aims, today))
        print(row_of(week, given, now), flush=True)
    end = stand(aims, START + WEEKS * 7 * DAY - DAY)
    told = sum(map(len, tellings(usable(read_bank()), end.rows).values()))
    better = ", ".join(one.series.title.lower() for one in end.progress.moved) or "nothing"
    print(f"\n{held} statements were held against each other, and agree.")
    print(f"{told} of {len(end.rows)} takes were told by which story they tell. Progress claims better: {better}.")


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="tiny.en")
    parser.add_argument("--voice", default="natural")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="voicemock-") as home:
        os.environ["VOICEMOCK_DATA"] = home
        live(open_voice(options.voice), Recogniser(find_model(options.model)), Path(home))


if __name__ == "__main__":
    main()
