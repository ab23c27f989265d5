"""Stories are their owner's files: read with every mistake named, changed in one place, never lost."""

import os
import stat
import threading
import time
import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from tests.here import voicemock_here
from tests.hostile import HOSTILE
from tests.test_outside_text import EVIL, UNSAFE
from voicemock.cli.main import app
from voicemock.cli.stories import _open_in_editor
from voicemock.errors import DataFileError, SessionError, UnknownNameError, UsageError, VoicemockError
from voicemock.preparation.stories import bank, front_matter
from voicemock.preparation.stories.bank import add_story, find_story, keep_story, read_bank, stories_dir, usable
from voicemock.preparation.stories.changes import with_field
from voicemock.preparation.stories.front_matter import changed, parsed
from voicemock.preparation.stories.story_lines import list_lines
from voicemock.toml_file import TomlFile

A = Path("a.md")
LATIN = os.fsdecode(b"caf\xe9")
BY_HAND = """\
+++
# my own order
mood = 3            # a key of mine
numbers = [
  "31,000 invoices",  # a night
]
title = "Billing"   # short
why = "It could be undone"

[notes]
nested = "kept"
+++

# Anything

+++ is no fence inside a line
"""


def run(*arguments: str):
    return CliRunner().invoke(app, ["stories", *arguments])


def written(name: str, text: str) -> Path:
    stories_dir().mkdir(parents=True, exist_ok=True)
    path = stories_dir() / f"{name}.md"
    path.write_bytes(text.encode())
    return path


def test_a_file_written_by_hand_is_read_in_any_order():
    story, notes = parsed(A, BY_HAND)
    assert (story.title, story.numbers, story.why) == ("Billing", ("31,000 invoices",), ("It could be undone",))
    assert story.body.startswith("# Anything")
    assert story.body.endswith("line")
    assert not notes


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_change_leaves_every_other_character(newline, mark):
    text = mark + BY_HAND.replace("\n", newline)
    new = changed(A, text, "title", '"Billing again"', append=False)
    assert new == text.replace('"Billing"', '"Billing again"')
    new = changed(A, text, "numbers", '"9% to 2%"', append=True)
    assert new == text.replace(f"night{newline}]", f'night{newline}  "9% to 2%",{newline}]')
    new = changed(A, text, "people", '"Ana"', append=True)
    assert new == text.replace('undone"', f'undone"{newline}people = ["Ana"]')


@pytest.mark.parametrize(
    "value",
    ['["a"]', '["a",]', '[\n "a"\n]', '[\n "a",\n ]', '["a", # ]\n"b"]', '["a" # x\n]', '"a"', "'''a\n'''", "[]"],
)
def test_a_list_grows_however_it_is_written(value):
    before, _ = parsed(A, f"+++\nnumbers = {value}\n+++\n")
    after, _ = parsed(A, changed(A, f"+++\nnumbers = {value}\n+++\n", "numbers", '"new"', append=True))
    assert after.numbers == (*before.numbers, "new")


@pytest.mark.parametrize("value", [EVIL, HOSTILE, 'a"b\\c\nd', "+++", "\n+++\n", "[[x]]", "😀 '''", "\x7f\x00"])
def test_whatever_is_put_in_comes_out_again(value):
    new = with_field(A, BY_HAND, f"learned={value}", append=False)
    assert parsed(A, new)[0].learned == value.strip()
    assert parsed(A, new)[0].body == parsed(A, BY_HAND)[0].body
    assert 'nested = "kept"' in new


def test_what_cannot_be_changed_is_told_with_the_line_to_write():
    with pytest.raises(VoicemockError) as caught:
        changed(A, "+++\n[[retracted]]\nclaim = '2 men'\n+++\n", "retracted", '"3 men"', append=True)
    assert "by hand: retracted" in caught.value.hint


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "empty"),
        ("# A title\n", 1, "line of +++"),
        ("---\ntitle: x\n---\n", 1, "YAML"),
        ("+++\ntitle = 'x'\n", 1, "second line of +++"),
        ("+++\ntitle = 'x'\nnumbers = [1,\n+++\n", 3, "not valid TOML"),
        ("+++\n\nnumbers = ['a', 2]\n+++\n", 3, "'numbers'"),
        ("+++\ntitle = 'x'\npeople = 3\n+++\n", 3, "'people'"),
        ("+++\ntitle = ['x']\n+++\n", 2, "'title'"),
        ("+++\nretracted = [3]\n+++\n", 2, "'retracted'"),
        ("+++\ntitle = 'x'\ntitle = 'y'\n+++\n", 3, "not valid TOML"),
        ("+++\na = " + "[" * 5000 + "\n+++\n", 1, "nested"),
        ("+++\n" + "a." * 200 + "b = 1\n+++\n", 2, "dots"),
    ],
)
def test_a_damaged_file_is_listed_with_its_line_and_hides_no_other(text, line, said):
    written("good", BY_HAND)
    path = written("damaged", text)
    damaged, good = read_bank()
    assert good.story.title == "Billing"
    assert f"{path}:{line}" in damaged.error.message or isinstance(damaged.error, DataFileError)
    assert damaged.error.line == line
    assert said in damaged.error.message
    done = run("list")
    assert done.exit_code == 0
    assert "Billing" in done.stdout
    assert f"damaged.md:{line}:" in done.stdout
    assert path.read_text() == text


LINES = st.sampled_from(
    [
        "title = 'a'",
        "numbers = [",
        "  'x', # y",
        "]",
        '"numbers" = ["z"]',
        "a.b = 1",
        "[t]",
        "[[retracted]]",
        "# c",
        "+++",
    ]
)
VALUES = st.one_of(LINES, st.text(alphabet="+=[]{}\"'\\#.,\n\r a1\u00e9\ufeff", max_size=12))


@given(
    st.lists(VALUES, max_size=8), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["numbers", "title", "retracted"])
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_told_and_a_change_keeps_all_the_rest(lines, newline, field):
    text = newline.join(["+++", *lines, "+++", "body"])
    try:
        before, _ = parsed(A, text)
        new = changed(A, text, field, '"new"', append=field == "numbers")
    except VoicemockError:
        return
    after = front_matter._matter(A, new)[0].data
    kept = front_matter._matter(A, text)[0].data
    assert {key: value for key, value in after.items() if key != field} == {k: v for k, v in kept.items() if k != field}
    assert new.endswith(text[text.index(newline, 4) :].partition(f"{newline}+++{newline}")[2][-4:])
    assert new.count("#") >= text.count("#") or field in kept
    assert before.body in new.replace("\r\n", "\n")


@pytest.mark.parametrize(("wrong", "line"), [("+++\r\r\ntitle = 'a'\n+++\n", 1), ("+++\ntitle = 'a'\r\r\n+++\n", 2)])
def test_a_line_that_ends_in_two_carriage_returns_is_told(wrong, line):
    """The TOML parser would take one of them away, and every place behind it would be another than in the file."""
    with pytest.raises(DataFileError, match=rf"a\.md:{line}: ends in two carriage returns"):
        parsed(A, wrong)
    with pytest.raises(DataFileError, match=r"a\.md:2: ends in two carriage returns"):
        TomlFile(A, what="story", text="title = 'a'\nwhy = 'b'\r\r\n")


def test_text_that_is_not_utf_8_and_a_folder_named_like_a_story_are_told():
    written("good", BY_HAND)
    (stories_dir() / "latin.md").write_bytes(b"+++\ntitle = 'caf\xe9'\n+++\n")
    (stories_dir() / "folder.md").mkdir()
    assert [bool(entry.story) for entry in read_bank()] == [False, True, False]
    assert "latin.md:2: not UTF-8" in run("list").stdout
    with pytest.raises(DataFileError, match="UTF-8"):
        run_raising("show", "latin")


def run_raising(*arguments: str):
    done = run(*arguments)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_a_misspelled_key_is_told_and_kept():
    written("a", "+++\nnumbrs = ['1 man']\nwhatever = 1\n+++\n")
    (entry,) = read_bank()
    assert len(entry.notes) == 1
    assert "a.md:2: 'numbrs' is not read; did you mean 'numbers'?" in entry.notes[0]


@pytest.mark.parametrize(
    "copy",
    [
        "billing (conflicted copy)",
        "billing (Bo's conflicted copy 2026-11-21)",
        "billing (Case Conflict)",
        "billing.sync-conflict-20261121-100312-ABCDEFG",
        "billing_conflict-20261121-100312",
    ],
)
def test_a_conflict_copy_is_told_and_not_counted_twice(copy):
    written("billing", BY_HAND)
    written(copy, BY_HAND.replace('"Billing"', '"Billing, elsewhere"'))
    assert [story.id for story in usable(read_bank())] == ["billing"]
    assert "conflict copy of billing" in " ".join(run("list").stdout.split())
    assert find_story(copy).story.title == "Billing, elsewhere"


def test_a_conflict_copy_whose_first_is_gone_or_damaged_counts():
    written("billing (conflicted copy)", BY_HAND)
    assert [story.id for story in usable(read_bank())] == ["billing (conflicted copy)"]
    assert "which is gone" in " ".join(list_lines(read_bank()))
    written("billing", "damaged")
    assert [story.id for story in usable(read_bank())] == ["billing (conflicted copy)"]


def test_a_name_with_conflict_in_it_is_a_story_of_its_own():
    written("a conflict with my boss", BY_HAND)
    written("copy (2)", BY_HAND)
    assert [entry.copy_of for entry in read_bank()] == [None, None]


def test_two_editors_at_once_are_told_and_nothing_is_lost():
    path = written("a", BY_HAND)
    entry = find_story("a")
    path.write_text(BY_HAND + "\nA paragraph written meanwhile.\n")
    with pytest.raises(SessionError, match="changed by another program"):
        keep_story(entry, with_field(path, entry.seen, "title=Mine", append=False))
    assert path.read_text().endswith("meanwhile.\n")
    path.unlink()
    with pytest.raises(SessionError):
        keep_story(entry, entry.seen)
    assert not path.exists()


def test_many_that_add_and_change_at_once_lose_nothing():
    written("a", "+++\ntitle = 'x'\n+++\n")

    def at_work(n: int) -> None:
        add_story("The same title", "+++\ntitle = 'x'\n+++\n")
        while True:
            entry = find_story("a")
            try:
                return keep_story(entry, with_field(entry.path, entry.seen, f"numbers={n} men", append=True))
            except SessionError:
                time.sleep(0.01)

    threads = [threading.Thread(target=at_work, args=(n,)) for n in range(2, 8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(find_story("a").story.numbers) == [f"{n} men" for n in range(2, 8)]
    assert len(read_bank()) == 7


def test_files_are_private_and_a_link_stays_a_link(tmp_path):
    assert run("add", "One", "--competency", "delivery").exit_code == 0
    path = stories_dir() / "one.md"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(stories_dir().stat().st_mode) == 0o700
    kept = tmp_path / "synced.md"
    path.rename(kept)
    path.symlink_to(kept)
    assert run("edit", "one", "--set", "title=Two").exit_code == 0
    assert path.is_symlink()
    assert parsed(kept, kept.read_text())[0].title == "Two"


def test_a_write_that_fails_leaves_the_file_and_no_other(monkeypatch):
    path = written("a", BY_HAND)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bank, "write_whole", full)
    with pytest.raises(SessionError, match="cannot be written"):
        keep_story(find_story("a"), BY_HAND + "x")
    with pytest.raises(SessionError, match="cannot be written"):
        add_story("New", "x")
    assert path.read_text() == BY_HAND
    assert [p.name for p in stories_dir().iterdir()] == ["a.md"]


def test_hostile_text_is_harmless_in_the_terminal():
    text = with_field(A, with_field(A, BY_HAND, f"title={EVIL}", append=False), f"competencies={EVIL}", append=True)
    written(f"evil{EVIL.replace('/', '')}", text + EVIL)
    for arguments in (("list",), ("show", "evil"), ("coverage",), ("suggest", "delivered-late")):
        done = run_raising(*arguments)
        assert not UNSAFE & set(done.stdout), arguments
        assert done.stdout


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("add", " "), UsageError),
        (("show", "b"), UnknownNameError),
        (("show", ""), UnknownNameError),
        (("edit", "a", "--set", "title"), UsageError),
        (("edit", "a", "--set", "titel=x"), UnknownNameError),
        (("edit", "a", "--add", "learned=x"), UsageError),
        (("retract", "a", "many engineers"), UsageError),
        (("suggest", "no-such-question"), UnknownNameError),
        (("coverage", "--set", "no_such_set"), UnknownNameError),
        (("from", "no-such-session"), UnknownNameError),
    ],
)
def test_a_mistake_is_told_and_changes_nothing(arguments, error):
    path = written("a", BY_HAND)
    with pytest.raises(error) as caught:
        run_raising(*arguments)
    assert caught.value.hint
    assert path.read_text() == BY_HAND


def test_a_beginning_that_several_have_is_told():
    written("a1", BY_HAND)
    written("a2", BY_HAND)
    with pytest.raises(UsageError, match="2 stories: a1, a2"):
        find_story("a")


def test_edit_opens_the_editor_at_a_terminal_alone(monkeypatch):
    path = written("a", BY_HAND)
    monkeypatch.setenv("EDITOR", "false")
    assert str(path) in run_raising("edit", "a").stdout
    assert path.read_text() == BY_HAND


def test_an_editor_that_returns_at_once_has_changed_nothing_yet(monkeypatch, capsys):
    path = written("a", BY_HAND)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setenv("VISUAL", "true")
    _open_in_editor(find_story("a"))
    said = capsys.readouterr().out
    assert f"Unchanged so far: {path}" in said and "code --wait" in said and "No errors" not in said
    monkeypatch.setenv("VISUAL", "sh -c 'echo more >> \"$0\"'")
    _open_in_editor(find_story("a"))
    assert capsys.readouterr().out == f"No errors in {path}\n"


def test_a_name_is_found_however_its_accents_are_written():
    written(unicodedata.normalize("NFD", "café"), BY_HAND)
    assert find_story(unicodedata.normalize("NFC", "caf\u00e9.md")).story
    written("na\u00efve", BY_HAND)
    assert find_story(unicodedata.normalize("NFD", "na\u00ef")).story
    written("cafe\u0301s", BY_HAND)
    written("caf\u00e9s", BY_HAND)
    assert find_story("cafe\u0301s").id == "cafe\u0301s", "as it is written, before what looks the same"
    assert bank.name_from("İstanbul’da göç") == "istanbul-da-göç"
    assert bank.name_from(unicodedata.normalize("NFD", "Żó")) == "żó"


@pytest.mark.parametrize(
    "arguments", [("edit", "a", "--set", f"title={LATIN}"), ("edit", "a", "--add", LATIN.join(("numbers=", " 9%"))),
                  ("retract", "a", f"{LATIN} 9%")]
)  # fmt: skip
def test_a_word_in_another_encoding_is_kept_but_for_its_odd_letters(arguments):
    path = written("a", BY_HAND)
    assert voicemock_here("stories", *arguments).returncode == 0
    assert "caf?" in path.read_text()
    assert find_story("a").story


def test_a_thousand_stories_are_there_at_once():
    for n in range(1000):
        written(f"story-{n}", BY_HAND.replace('"Billing"', f'"Story {n}"') + "\ncompetencies and words " * 20)
    begun = time.process_time()
    assert len(usable(read_bank())) == 1000
    assert time.process_time() - begun < 5
    begun = time.process_time()
    assert run_raising("coverage").exit_code == 0
    assert run_raising("suggest", "delivered-late").exit_code == 0
    assert time.process_time() - begun < 15
