"""The page on which takes are heard side by side."""

import re
import shutil
import stat

import msgspec
import pytest
from typer.testing import CliRunner

from tests.hostile import HOSTILE, poisoned
from tests.practised import finished
from tests.retold import LASTS_S, TELLINGS, retold, told
from voicemock.archive.history import history
from voicemock.archive.kept_rows import COMPARED
from voicemock.archive.listing import delete_session, find_session
from voicemock.archive.takes import answer_of, read_takes
from voicemock.cli.main import app
from voicemock.errors import UsageError
from voicemock.paths import user_data_dir
from voicemock.progress.compare import compare, own_answers
from voicemock.progress.compare_page import PHRASES, READ, render_compared
from voicemock.progress.word_for_word import repeated, share
from voicemock.schema import SCHEMA_VERSION, SessionReport


def run(*arguments):
    return CliRunner().invoke(app, ["compare", *arguments], catch_exceptions=False)


def written(tmp_path, *arguments):
    found = run("big-move", "--html", str(tmp_path / "takes.html"), *arguments)
    return (tmp_path / "takes.html").read_text(encoding="utf-8"), found


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(style|script)>.*?</\1>", "", html)).split())


def test_takes_of_several_sessions_stand_side_by_side_and_all_can_be_played(tmp_path):
    retold()
    page, found = written(tmp_path)
    assert stat.S_IMODE((tmp_path / "takes.html").stat().st_mode) == 0o600
    assert f"Page: {tmp_path / 'takes.html'}" in found.stdout
    assert page.count('<audio controls preload="metadata" src="data:audio/webm;base64,') == 3
    assert re.findall(r"<h3>(Take \d), ", page) == ["Take 2", "Take 3"]
    assert "Length 0:24 0:24 0:24" in text(page)
    assert "Word for word as before – 30% 16%" in text(page)
    assert "“" not in text(page).split("Said word for word again")[0]


def test_a_phrase_said_again_has_the_times_of_both_takes():
    retold(*TELLINGS[:2])
    rows = own_answers(history())
    compared = compare(rows, "big-move")
    found = list(read_takes([(take.session, take.place) for take in compared.takes], tell=print))
    page = render_compared(compared, found, page_in=user_data_dir())
    phrase = "I moved it to a new cluster over one weekend in March"
    (item,) = re.findall(rf"<li><q>{phrase}</q>.*?</li>", page)
    starts = [next(w.start_s for w in answer.transcript.words if w.text == "I") for answer, _ in found]
    expected = [("1", starts[0] - 1), ("2", starts[1] - 1)]
    assert sorted((n, float(t)) for n, t in re.findall(r'data-answer="answer-(\d)" data-t="([\d.]+)"', item)) == [
        (n, pytest.approx(t, abs=0.01)) for n, t in expected
    ]


def test_repeated_stretches_are_runs_of_five_words_joined_and_hesitations_do_not_part_them():
    before = "We had one old machine in the cellar. It broke every week, and nobody knew why it did."
    now = "So we had one, um, old machine in the attic. It broke every week and nobody cared. Nobody knew why."
    stretches = [(now[one.start : one.end], before[one.before :][:8]) for one in repeated(before, now)]
    assert stretches == [
        ("we had one, um, old machine in the", "We had o"),
        ("It broke every week and nobody", "It broke"),
    ]
    assert repeated(before, "One old machine in the attic broke.")  # five words
    assert not repeated(before, "An old machine in the attic broke.")  # four
    assert repeated("a b c d e x e f g h i", "a b c d e f g h i") == ((0, 17, 0),)  # they share a word
    assert [one[:2] for one in repeated("a b c d e x f g h i j", "a b c d e f g h i j")] == [(0, 9), (10, 19)]
    assert repeated("x a b c d e x a b c d e", "a b c d e") == ((0, 9, 2),)  # where it was said first
    assert not repeated("", now)
    assert not repeated(before, "")
    assert share("a b c d e", "a b c d e . f") == 0.5
    assert share("a b c d e", "a b c d") is None


def test_the_latest_four_are_shown_and_the_first_of_them_is_held_against_the_one_before_it(tmp_path):
    retold(*(f"{TELLINGS[0]} Part {n}." for n in range(6)), lasts_s=6.0)
    page, _ = written(tmp_path)
    assert re.findall(r"<h3>(Take \d), ", page) == ["Take 3", "Take 4", "Take 5", "Take 6"]
    assert re.findall(r'-number">(Take \d)</span> of 6', page) == ["Take 3", "Take 4", "Take 5", "Take 6"]
    assert "Not shown: 2 earlier takes." in text(page)
    first = re.search(r"<h3>Take 3.*?</ul>", page, re.DOTALL)[0]
    assert 'data-answer="answer-1"' in first
    assert "before" not in first.split("</q>")[1]  # the one before it is not on the page
    assert READ == 5


def test_the_longest_phrases_are_listed_and_all_are_marked(tmp_path):
    parts = [f"{n} {n}1 {n}2 {n}3 {n}4" + " more" * (n == 5) for n in range(1, 9)]
    retold(" one. ".join(parts), " two. ".join(parts))
    page, _ = written(tmp_path)
    assert len(re.findall(r"<li><q>", page)) == PHRASES
    assert re.findall(r"<li><q>(.*?)</q>", page)[0] == "5 51 52 53 54 more"
    assert len(re.findall(r'<mark class="[^"]*m-same', page)) >= 8


def test_without_a_phrase_said_again_there_is_no_list_of_them(tmp_path):
    retold(TELLINGS[0], "It went well.")
    page, _ = written(tmp_path)
    assert "word for word again" not in page


def test_a_take_whose_session_went_meanwhile_leaves_a_line():
    folders = retold(*TELLINGS[:2])
    compared = compare(own_answers(history()), "big-move")
    shutil.rmtree(folders[0])
    said: list[str] = []
    found = list(read_takes([(take.session, take.place) for take in compared.takes], tell=said.append))
    assert found[0] == (None, folders[0])
    page = render_compared(compared, found, page_in=user_data_dir())
    assert text(page).count("This take cannot be read any more.") == 1
    assert page.count("<audio") == 1


def test_a_renamed_session_is_found():
    (folder,) = retold(TELLINGS[0])
    renamed = folder.rename(folder.with_name("my best one"))
    compared = compare(own_answers(history()), "big-move")
    ((answer, found),) = read_takes([(take.session, take.place) for take in compared.takes], tell=print)
    assert found == renamed
    assert answer.transcript.text == TELLINGS[0]


def test_where_another_take_is_gone_the_words_are_still_those_of_this_one():
    store = finished()
    rows = history()
    store.path(store.progress.takes[0]).with_suffix(".json").unlink()
    store.path(store.progress.takes[0]).unlink()
    wanted = [(row.session.id, row.place) for row in rows]
    read = [answer and answer.question.id for answer, _ in read_takes(wanted, tell=lambda _: None)]
    assert read == [None, "q2", "q3"]
    assert answer_of(msgspec.structs.replace(rows[1], take=2), store.answers) is None
    alike = tuple(msgspec.structs.replace(store.answers[1], notes=(note,)) for note in "ab")
    assert answer_of(rows[1], alike) is alike[1], "asked twice in a session: its place tells"


@pytest.mark.parametrize("name", ["0", "zz"])
def test_of_a_copied_session_the_original_is_read(name):
    (folder,) = retold(TELLINGS[0])
    shutil.copytree(folder, folder.with_name(name))
    (row,) = history()
    ((answer, found),) = read_takes([(row.session.id, row.place)], tell=print)
    assert (answer.transcript.text, found) == (TELLINGS[0], folder)
    gone, astray = read_takes([(row.session.id, 2), ("../../etc", 1)], tell=lambda _: None)
    assert gone == (None, folder)
    assert astray == (None, folder.with_name("etc"))


def test_a_long_take_is_heard_in_the_page_where_the_others_leave_it_room(tmp_path, monkeypatch):
    retold(*TELLINGS[:2])
    compared = compare(own_answers(history()), "big-move")
    (first, folder), other = read_takes([(take.session, take.place) for take in compared.takes], tell=print)
    longer = msgspec.structs.replace(first.recording, duration_s=1.5 * LASTS_S)
    found = [(msgspec.structs.replace(first, recording=longer), folder), other]
    for room_s, inside in ((2.5 * LASTS_S, 2), (2.4 * LASTS_S, 1)):
        monkeypatch.setattr("voicemock.progress.compare_page.EMBED_UP_TO_S", room_s)
        assert render_compared(compared, found, page_in=tmp_path).count('src="data:audio') == inside


def test_long_takes_are_linked_from_where_the_page_is(tmp_path, monkeypatch):
    retold(*TELLINGS[:2])
    monkeypatch.setattr("voicemock.progress.compare_page.EMBED_UP_TO_S", 2 * LASTS_S)
    assert written(tmp_path)[0].count('src="data:audio') == 2
    monkeypatch.setattr("voicemock.progress.compare_page.EMBED_UP_TO_S", 2 * LASTS_S - 0.1)
    page, _ = written(tmp_path)
    assert page.count('src="file:///') == 2
    assert "media-src data: file: &#39;self&#39;" in page
    run("big-move", "--html", str(user_data_dir() / "takes.html"))
    beside = (user_data_dir() / "takes.html").read_text(encoding="utf-8")
    assert (
        len(re.findall(r'<audio controls preload="metadata" src="sessions/[^"]+/01-big-move/take-1.wav"', beside)) == 2
    )


def test_open_alone_writes_beside_the_sessions_and_a_deleted_session_takes_it_along(monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    (folder,) = retold(TELLINGS[0])
    run("big-move", "--open")
    page = user_data_dir() / COMPARED
    assert opened == [page.as_uri()]
    delete_session(find_session(folder.name))
    assert not page.exists()


def test_what_cannot_be_carried_out_is_said_first(tmp_path):
    for option in (["--html", "x.html"], ["--json", "-"], ["--open"]):
        with pytest.raises(UsageError, match=f"{option[0]} needs a question"):
            run(*option)
    with pytest.raises(UsageError, match="writes a file"):
        run("big-move", "--html", "-")
    with pytest.raises(UsageError, match="named twice"):
        run("big-move", "--open", "--json", str(user_data_dir() / COMPARED))
    with pytest.raises(UsageError, match="cannot be written"):
        run("big-move", "--html", str(tmp_path / "gone" / "x.html"))


def test_figures_on_standard_output_stay_alone(tmp_path):
    retold(TELLINGS[0])
    found = run("big-move", "--json", "-", "--html", str(tmp_path / "x.html"))
    assert msgspec.json.decode(found.stdout)["question"] == "big-move"
    assert "Page: " in found.stderr


def hostile_page(folder) -> str:
    """Return the page on two takes in which every free text is hostile."""
    retold(*TELLINGS[:2])
    compared = compare(own_answers(history()), "big-move")
    answers = tuple(map(told, TELLINGS[:2]))
    report = poisoned(SessionReport(schema_version=SCHEMA_VERSION, voicemock="", answers=answers))
    takes = tuple(
        msgspec.structs.replace(t, session=f"{t.session} {HOSTILE}", started_at=HOSTILE) for t in compared.takes
    )
    compared = msgspec.structs.replace(compared, question=HOSTILE, text=f"{compared.text} {HOSTILE}", takes=takes)
    return render_compared(compared, [(answer, folder) for answer in report.answers], page_in=folder)


def test_nothing_a_user_wrote_is_markup(tmp_path):
    page = hostile_page(tmp_path)
    assert page.count("window.pwned=1") > 4
    assert "<script>window.pwned" not in page and "<img" not in page
    assert len(re.findall(r"<script>", page)) == 1
    assert "\u202e" not in page and "\x1b" not in page
    assert not re.search(r'(?:href|src)="(?!#|data:)', page)
