"""The day before: a card on one page, and one's own best takes, cut where nothing is said."""

import datetime
import html
import shutil
import stat
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.builders import spoken
from tests.conftest import need
from tests.practised import begun, recorded, report_on
from tests.test_pdf import pages
from tests.weeks import row, session
from voicemock.analyze import analyze, assemble
from voicemock.archive.progress import Ended, read_progress
from voicemock.audio.load import RATE_HZ, decode
from voicemock.audio.spliced import spliced
from voicemock.audio.wav import wav_bytes
from voicemock.cli.main import app
from voicemock.errors import VoiceError, VoicemockError
from voicemock.jobs import pack, walk
from voicemock.jobs.walk import LONGEST_SILENCE_S, TAKES, choose_takes
from voicemock.paths import user_data_dir
from voicemock.phrases import day
from voicemock.preparation.pack.best_take import KEPT_S, LONG_S, NEAR_S, Cut, Trimmed, best_first, own_takes, trimmed
from voicemock.preparation.pack.card import card_of, card_text, render_card, weighed_most
from voicemock.preparation.planning.aims import Aims
from voicemock.preparation.planning.remembered import keep_aims
from voicemock.preparation.stories.bank import add_story
from voicemock.preparation.stories.draft import template
from voicemock.preparation.stories.story import Retracted, Story
from voicemock.questions.ask_them import Stage, questions_to_ask
from voicemock.questions.sets import load_set
from voicemock.report.pdf import find_browser, print_page
from voicemock.schema import Aside, AsideKind, Certainty, Filler, FillerKind, Kind, Pause, Question, SignalName

DAY = datetime.date(2026, 12, 29)
ASKED = Question(id="q", text="Q?", kind=Kind.BEHAVIOURAL, expects=(SignalName.METRIC, SignalName.ACTION))


def take(number: int, heard: int = 2, *, asked: Question = ASKED, **fields: object):
    found = {"duration_s": 60.0, "expected": {name: n < heard for n, name in enumerate(ASKED.expects)}}
    return row(session(number), asked, **(found | fields))


def places(*rows) -> list[str]:
    return [one.session.id.rsplit("-", 1)[1] for one in best_first(rows).get("q", ())]


def test_the_best_take_holds_most_has_fewest_findings_and_then_fewest_filled_pauses():
    rows = [
        take(0, 1),
        take(1, 2, findings=("pace",), filled_pauses=1),
        take(2, 2, findings=("pace",), filled_pauses=9),
        take(3, 2, findings=("pace", "fillers")),
        take(4, 2, filled_pauses=5),
        take(5, 2, quality="poor"),
        take(6, 1),
    ]
    assert places(*rows) == ["4", "1", "2", "3", "6", "0", "5"]


@pytest.mark.parametrize(
    "fields", [{"findings": ("off_topic",)}, {"follows": "p"}, {"said": ""}, {"duration_s": None}, {"question": None}]
)
def test_what_is_no_take_of_ones_own_is_none(fields):
    assert best_first([msgspec.structs.replace(take(0), **fields)]) == {}
    review = session(0, title="Review", question_set=None)
    assert best_first([msgspec.structs.replace(take(0), session=review)]) == {}


def test_an_earlier_take_of_the_same_session_may_be_the_best():
    assert places(take(0, 2, replaced=True), take(1, 1)) == ["0", "1"]


def answer(text: str = "one two um three four", *, pauses=(), fillers=(), asides=(), lasts_s: float = 10.0):
    """Return an answer whose words take two seconds each."""
    report = analyze(spoken(text, lasts_s=lasts_s, pauses=pauses))
    return msgspec.structs.replace(report, fillers=fillers, asides=asides)


def um(certainty=Certainty.CONFIRMED, kind=FillerKind.FILLED_PAUSE, *, start_s=4.8, end_s=5.2) -> Filler:
    return Filler(text="um,", kind=kind, char_start=8, char_end=10, certainty=certainty, start_s=start_s, end_s=end_s)


AROUND = (Pause(start_s=4.0, end_s=4.7), Pause(start_s=5.3, end_s=5.9))
"""Pauses on either side of the um, between the words "two" and "three"."""


def cuts(**fields) -> list[tuple[float, float]]:
    return [(round(cut.start_s, 3), round(cut.end_s, 3)) for cut in trimmed(answer(**fields)).cuts]


def test_a_long_silence_is_shortened_and_a_short_one_is_not():
    assert cuts(pauses=(Pause(start_s=3.5, end_s=3.5 + LONG_S),)) == []
    assert cuts(pauses=(Pause(start_s=3.5, end_s=4.6),)) == [(3.5 + KEPT_S / 2, 4.6 - KEPT_S / 2)]


def test_a_silence_in_which_a_word_or_somebody_is_heard_stays():
    assert cuts(pauses=(Pause(start_s=2.5, end_s=3.6),)) == []
    beside = Aside(kind=next(iter(AsideKind)), text="go on", start_s=4.0, end_s=4.2)
    assert cuts(pauses=(Pause(start_s=3.5, end_s=4.6),), asides=(beside,)) == []


def test_a_filled_pause_between_pauses_is_left_out_with_what_is_cut_named():
    (cut,) = trimmed(answer(pauses=AROUND, fillers=(um(),))).cuts
    assert cut == Cut(start_s=4.25, end_s=5.65, said=("um",))


@pytest.mark.parametrize(
    ("pauses", "filler"),
    [
        (AROUND[:1], um()),
        (AROUND[1:], um()),
        (AROUND, um(Certainty.POSSIBLE)),
        (AROUND, um(kind=FillerKind.DISCOURSE)),
        (AROUND, um(start_s=4.7 + NEAR_S + 0.01)),
        (AROUND, um(end_s=5.3 - NEAR_S - 0.01)),
        (AROUND, um(start_s=None)),
        ((Pause(start_s=2.9, end_s=4.7), AROUND[1]), um()),
    ],
    ids=[
        "none after",
        "none before",
        "possible",
        "a word",
        "speech before",
        "speech after",
        "no time",
        "a word inside",
    ],
)
def test_a_filled_pause_is_kept_where_cutting_might_cost_a_word(pauses, filler):
    assert cuts(pauses=pauses, fillers=(filler,)) == []


def test_cuts_that_meet_become_one():
    long = (Pause(start_s=3.5, end_s=4.7), Pause(start_s=5.3, end_s=6.5))
    (cut,) = trimmed(answer(pauses=long, fillers=(um(),))).cuts
    assert (cut.start_s, cut.end_s, cut.said) == (3.75, 6.25, ("um",))


def test_silence_around_an_answer_is_not_part_of_it_and_words_without_times_are_none():
    found = trimmed(answer())
    assert (found.start_s, found.end_s) == (0.0, 10.0)
    late = answer(lasts_s=10.0)
    words = tuple(msgspec.structs.replace(w, start_s=w.start_s + 5, end_s=w.end_s + 5) for w in late.transcript.words)
    heard = msgspec.structs.replace(late.transcript, words=words)
    recording = msgspec.structs.replace(late.recording, duration_s=60.0)
    before, after = Pause(start_s=0.0, end_s=4.9), Pause(start_s=15.1, end_s=60.0)
    prosody = msgspec.structs.replace(late.prosody, pauses=(before, after))
    found = trimmed(msgspec.structs.replace(late, transcript=heard, recording=recording, prosody=prosody))
    assert (found.start_s, found.end_s, found.cuts) == (4.7, 15.3, ())
    assert trimmed(msgspec.structs.replace(late, recording=None)) is None
    written = msgspec.structs.replace(late.transcript, words=())
    assert trimmed(msgspec.structs.replace(late, transcript=written)) is None


@given(
    st.lists(st.tuples(st.floats(0, 19), st.floats(0.5, 6)), max_size=6),
    st.lists(st.tuples(st.floats(0, 19), st.booleans()), max_size=4),
)
@settings(max_examples=30, deadline=None)
def test_no_word_is_cut_and_nothing_is_moved(gaps, hums):
    pauses = tuple(Pause(start_s=at, end_s=at + length) for at, length in sorted(gaps))
    fillers = tuple(
        um(Certainty.CONFIRMED if sure else Certainty.POSSIBLE, start_s=at, end_s=at + 0.4) for at, sure in hums
    )
    report = answer("one two um three four five six seven eight nine", lasts_s=20.0, pauses=pauses, fillers=fillers)
    kept = trimmed(report)
    edges = [at for stretch in kept.stretches for at in stretch]
    assert edges == sorted(edges)
    for word in report.transcript.words:
        if word.text != "um":
            middle = (word.start_s + word.end_s) / 2
            assert any(start <= middle <= end for start, end in kept.stretches)


def test_stretches_are_joined_in_order_with_a_blip_at_each_joint_and_nowhere_else():
    samples = np.zeros(RATE_HZ * 4, np.float32)
    samples[:RATE_HZ] = 0.5
    samples[2 * RATE_HZ :] = 0.25
    found, joints = spliced(samples, [(0.0, 0.5), (1.5, 3.0), (3.5, 4.0)])
    assert joints == (0.5, 2.0)
    assert len(found) == 2.5 * RATE_HZ
    assert found[RATE_HZ // 4] == 0.5
    quiet = found[round(0.55 * RATE_HZ) : round(0.95 * RATE_HZ)]
    assert not quiet.any(), "silence stays silence"
    blip = np.abs(found[round(0.5 * RATE_HZ) : round(0.515 * RATE_HZ)]).max()
    assert 0.01 < blip < 0.04
    assert samples[0] == 0.5, "the recording itself is left alone"
    assert abs(found[0]) < 0.01, "faded in"
    alone, none = spliced(samples, [(0.0, 1.0)])
    assert none == ()
    assert alone[RATE_HZ // 2] == 0.5


def story(id: str, *competencies: str, numbers=(), **fields) -> Story:
    return Story(id=id, title=f"The {id}", competencies=competencies, numbers=numbers, **fields)


MANAGER = questions_to_ask(stage=Stage.MANAGER)


def test_the_card_shares_out_stories_and_numbers():
    stories = (
        story("billing", "delivery", "conflict", numbers=("9% to 2%", "31,000 invoices")),
        story("reorg", "conflict"),
        story("move", "conflict", numbers=("two teams",)),
    )
    card = card_of(DAY, ("delivery", "conflict", "trust", "conflict", "delivery"), stories, MANAGER)
    assert [(line.competency, line.title, line.number) for line in card.lines] == [
        ("delivery", "The billing", "9% to 2%"),
        ("conflict", "The move", "two teams"),
        ("trust", "", ""),
        ("conflict", "The reorg", ""),
        ("delivery", "The billing", "31,000 invoices"),
    ]
    assert len({one.topic for one in card.ask}) == len(card.ask) == 3


def test_the_story_that_is_mainly_about_it_is_told():
    stories = (story("a", "scale", "trust"), story("b", "trust", "scale"))
    assert card_of(DAY, ("trust",), stories, MANAGER).lines[0].title == "The b"


def test_a_number_taken_back_and_one_that_is_none_are_not_on_the_card():
    back = story("a", "trust", numbers=("40% faster", "much faster", "12 people"), retracted=(Retracted(claim="40%"),))
    assert card_of(DAY, ("trust",), (back,), MANAGER).lines[0].number == "12 people"


def test_what_most_questions_ask_for_comes_first():
    core = load_set("em_core")
    assert weighed_most([core])[:2] == ("communication", "coaching")


def full_card():
    long = "a very long title that goes on " * 9
    stories = tuple(story(f"{long}{n}", f"{'c' * 60} {n}", numbers=(f"{n}9% " * 60,)) for n in range(9))
    return card_of(DAY, [one.competencies[0] for one in stories], stories, MANAGER)


def test_the_card_says_who_to_tell_what_and_is_safe_as_text_and_as_a_page():
    odd = story("x", "trust", numbers=("<b>40%</b> \x1b[31m",))
    card = card_of(DAY, ("trust", "scale"), (odd,), MANAGER)
    text, page = card_text(card), render_card(card)
    assert "# Interview on Tuesday 29 December 2026" in text
    assert "- **trust**: The x. Say: **<b>40%</b>**." in text
    assert "- **scale**: no story yet." in text
    asking, whole = story("y", "trust", "scale"), msgspec.structs.replace
    asking = whole(asking, title="Did we ship?")
    cut = card_of(DAY, ("trust", "scale"), (asking, whole(asking, id="z", title="我" * 111)), MANAGER)
    for shown in (card_text(cut), render_card(cut)):
        assert "Did we ship?" in shown and "Did we ship?." not in shown, "it has its mark"
        assert f"{'我' * 109}…" in shown and "…." not in shown, "cut without a space"
    assert "\x1b" not in text + page
    assert "<b>40%" not in page
    assert "&lt;b&gt;40%" in page
    assert "default-src 'none'" in html.unescape(page)
    assert max(map(len, card_text(full_card()).splitlines())) < 400


@pytest.mark.real
def test_the_fullest_card_is_one_printed_page(tmp_path: Path):
    need(shutil.which("chromium"), "Chromium (Debian: chromium)")
    assert pages(print_page(render_card(full_card()), browser=find_browser(), beside=tmp_path)) == 1


class Bell:
    """A voice that says everything as half a second of a tone."""

    name, edition = "bell", None

    def render(self, text: str, path: Path) -> None:
        path.write_bytes(wav_bytes(np.full(RATE_HZ // 2, 0.3, np.float32), RATE_HZ))


@pytest.fixture
def bell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack, "choose_voice", lambda *_, **__: Bell())


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["pack", "--interview", "2999-12-29", *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def practise(id: str = "saying-no", texts: tuple[str, ...] = ("So we moved it to Postgres for 40 teams.",)) -> Path:
    """Answer a question in so many takes, of six seconds each; the speech is a tone with a long pause in it."""
    question = next(one for one in load_set("em_core").questions if one.id == id)
    store = begun(questions=(question,))
    for text in texts:
        given = store.end(recorded(store, 1, question=question, seconds=6.0), Ended.ANSWERED)
        report = report_on(given, text)
        words = tuple(
            msgspec.structs.replace(
                w, start_s=(0.5 if n < 3 else 4.0) + 0.1 * n, end_s=(0.6 if n < 3 else 4.1) + 0.1 * n
            )
            for n, w in enumerate(report.transcript.words)
        )
        report = msgspec.structs.replace(
            report,
            transcript=msgspec.structs.replace(report.transcript, words=words),
            recording=msgspec.structs.replace(report.recording, path=given.file, duration_s=6.0, level_db=-30.0),
            prosody=msgspec.structs.replace(report.prosody, pauses=(Pause(start_s=1.0, end_s=4.0),)),
        )
        store.save(store.path(given), report)
    store.write_report(assemble(store.answers, session=store.info), finished=True)
    store.close()
    return store.folder


def folder() -> Path:
    return user_data_dir() / "packs" / "2999-12-29"


def test_a_pack_holds_the_card_the_sound_and_what_is_in_it(bell):
    practise()
    add_story("Billing", template("Billing", {"competencies": ["communication"], "numbers": ["40 teams"]}))
    said = run()
    assert "The sound has 1 question, with your own best answer to each." in said
    assert "6 of the 7 competencies on the card have no story yet." in " ".join(said.split())
    files = sorted(folder().iterdir())
    assert [path.name for path in files] == ["card.html", "card.md", "walk.txt", "walk.wav"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE(folder().stat().st_mode) == 0o700
    samples, rate_hz = decode(folder() / "walk.wav")
    asked, silent, answer_s = 1.5, 2.0, 2.0 + LONGEST_SILENCE_S
    assert rate_hz == RATE_HZ
    assert np.abs(samples[round(asked * rate_hz) + 100 : round(silent * rate_hz) - 100]).min() > 0.2
    assert np.abs(samples[round(silent * rate_hz) : round(answer_s * rate_hz)]).max() < 1e-3
    listed = (folder() / "walk.txt").read_text()
    assert "0:02  120 seconds to answer" in listed
    assert "2:02  your only take" in listed
    assert np.abs(samples[round((answer_s + 0.2) * rate_hz) :]).max() == pytest.approx(0.316, abs=0.01), "made louder"
    assert "2.5 s of silence left out: 1.25 to 3.75 s of the recording" in listed
    take_s = 5.2 - 0.2 - 2.5
    assert len(samples) / rate_hz == pytest.approx(answer_s + take_s + 3.0, abs=0.05)
    assert "2:03  2.5 s" in listed


def test_where_another_take_is_gone_the_best_one_is_still_played(bell):
    kept = practise(texts=("So we moved it.", "So we moved it to Postgres for 40 teams, because it was slow."))
    for path in (kept / "01-saying-no").glob("take-1.*"):
        path.unlink()
    assert "cannot be played" not in run()
    listed = (folder() / "walk.txt").read_text()
    assert "the best of 2 takes: " in listed and "answer 2" in listed


def test_the_best_take_is_the_one_played_and_one_that_is_gone_is_told(bell):
    kept = practise(texts=("So we moved it.", "So we moved it to Postgres for 40 teams, because it was slow."))
    assert "the best of 2 takes" in (run(), (folder() / "walk.txt").read_text())[1]
    better = (folder() / "walk.txt").read_text().split("answer ")[-1][0]
    recording = kept / f"01-saying-no/take-{better}.wav"
    whole = recording.read_bytes()
    for damaged in (whole[:44], whole[: len(whole) // 2]):
        recording.write_bytes(damaged)
        assert f"The take of saying-no from {started(kept)} cannot be played." in run(), "a header, and half of it"
        listed = (folder() / "walk.txt").read_text()
        assert f"answer {3 - int(better)}" in listed
        assert "the best of 2 takes that can be played" in listed
    shutil.rmtree(recording.parent)
    assert "There is no sound file. No recording of an answer can be played any more." in run()


def started(kept: Path) -> str:
    return day(read_progress(kept).session.started_at)


def test_takes_about_something_else_are_counted_and_not_played():
    off = {"findings": ("off_topic",)}
    rows = [take(0), take(1, **off), take(2, **off)]
    assert len(own_takes(rows)["q"]) == 3
    assert places(*rows) == ["0"]
    assert pack._no_takes(rows[1:]) == "All your recorded answers are about something else than their questions."


def test_without_a_recording_or_a_voice_there_is_a_card_and_the_reason(monkeypatch, bell):
    said = run()
    assert "No practice answer of yours is recorded yet." in said
    assert [path.name for path in sorted(folder().iterdir())] == ["card.html", "card.md"]
    practise()
    monkeypatch.setattr(pack, "choose_voice", _mute)
    said = " ".join(run().split())
    assert "There is no sound file. It is hoarse. Give it tea." in said
    assert not (folder() / "walk.wav").exists()


def _mute(*_, **__):
    raise VoiceError("It is hoarse.", hint="Give it tea.")


def test_nothing_is_written_over_unsaid(bell, tmp_path, monkeypatch):
    practise()
    folder().mkdir(parents=True)
    (folder() / "walk.wav").touch()
    assert "walk.wav (replaced)" in run()
    monkeypatch.setattr(pack, "choose_voice", _mute)
    assert "walk.wav is from an earlier pack." in run()
    (tmp_path / "card.md").write_text("mine")
    with pytest.raises(VoicemockError, match=r"holds card.md already") as error:
        run("--out", str(tmp_path))
    assert "--replace" in error.value.hint
    assert (tmp_path / "card.md").read_text() == "mine"
    assert "card.md (replaced)" in run("--out", str(tmp_path), "--replace")


def test_the_date_is_that_of_the_plan(bell):
    def without_date():
        return CliRunner().invoke(app, ["pack"])

    assert "not known" in without_date().exception.message
    long_ago, ahead = datetime.date(2020, 1, 1), datetime.date(2999, 12, 29)
    keep_aims(Aims(interview=long_ago, began=long_ago, id="x"))
    assert "was on 2020-01-01" in without_date().exception.message
    keep_aims(Aims(interview=ahead, began=long_ago, id="x"))
    assert str(folder()) in without_date().output


def test_at_most_so_many_takes_are_on_the_way_those_of_the_card_first(monkeypatch):
    monkeypatch.setattr(walk, "_readable", lambda takes, *_: None if takes[0].question.id == "q2" else takes[0])
    rows = [
        take(n, asked=msgspec.structs.replace(ASKED, id=f"q{n}", competencies=(f"c{n}", "trust"))) for n in range(9)
    ]
    chosen = choose_takes(rows, ("c3", "c2", "trust", "trust", "scale"), tell=print)
    assert [one.question.id for one in chosen] == ["q3", "q8", "q7", "q6", "q5", "q4"]
    assert len(chosen) == TAKES


def test_stretches_are_what_is_between_the_cuts():
    assert Trimmed(start_s=0.0, end_s=9.0, cuts=(Cut(start_s=2.0, end_s=3.0),)).stretches == ((0.0, 2.0), (3.0, 9.0))


@pytest.mark.parametrize(
    ("stories", "of", "said"),
    [
        (0, 7, "No competency on the card has a story yet. `voicemock stories add TITLE` starts one."),
        (6, 7, "1 of the 7 competencies on the card has no story yet. `voicemock stories add TITLE` starts one."),
        (5, 7, "2 of the 7 competencies on the card have no story yet. `voicemock stories add TITLE` starts one."),
        (7, 7, ""),
    ],
)
def test_what_lacks_a_story_is_counted(stories, of, said):
    assert pack.without_story(pack.Packed(files=(), stories=stories, competencies=of, takes=0, silent="")) == said
