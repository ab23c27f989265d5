"""The pages beside the session: what they show, the same as JSON, and what they change."""

import http.client
import json
import os
import re
import sys
import time
import urllib.parse
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import numpy as np
import pytest

from tests.builders import spoken
from tests.judgeable import QUOTE, TEXT, judgeable
from tests.page import opened_once  # noqa: F401 (a fixture)
from tests.practised import QUESTIONS, begun, finished, killed, recorded
from tests.retold import retold
from voicemock import analyze as analyze_module
from voicemock.analyze import analyze
from voicemock.archive.feedback import read_feedback
from voicemock.audio import devices
from voicemock.audio.devices import Device
from voicemock.audio.wav import wav_bytes
from voicemock.config import load_config
from voicemock.errors import AudioError, ModelError, SessionError
from voicemock.jobs import level_test
from voicemock.models.catalogue import default_entry
from voicemock.page import sessions as sessions_module
from voicemock.page.board import Line
from voicemock.page.plan import todos
from voicemock.page.reply import on_the_page, problem
from voicemock.page.routes import ROUTES
from voicemock.paths import config_file, sessions_dir
from voicemock.preparation.drills import load_drills
from voicemock.preparation.planning.planned import Item, Task
from voicemock.preparation.stories.bank import read_bank, stories_dir
from voicemock.questions.sets import find_question, list_sets, user_sets_dir
from voicemock.schema import Dimension

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])

SOUND = wav_bytes(np.full(16_000, 0.1, np.float32), 16_000)


@pytest.fixture
def inside(opened):
    """Return a visitor to a house in which nothing has happened; each test has its own home."""
    opened.house.work.task = None
    return opened


def works(inside):
    deadline = time.monotonic() + 60
    while inside.house.work.running:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return inside.house.work.task


PAGES = [one for one in ROUTES if not one.act and "{" not in one.path and "/page" not in one.path]


@pytest.mark.parametrize("route", PAGES, ids=lambda route: route.path)
def test_every_page_is_whole_and_speaks_json_too(inside, route):
    finished()
    name = "/start.json" if route.path == "/" else f"{route.path}.json"
    if route.path in ("/practise/sample", "/settings/doctor"):
        return  # they speak, or try everything out
    json.loads(inside.get(name).text)
    page = inside.get(route.path)
    assert page.status == 200, page.text
    if page.headers["content-type"].startswith("text/html"):
        assert page.text.count("<h1") >= 1
        assert page.text.rstrip().endswith("</html>")


def test_the_first_page_offers_what_was_begun_and_what_is_due(inside):
    assert "where nobody hears you" in inside.get("/").text
    finished("Done")
    store = begun("Cut <b>short</b>")
    recorded(store, 1)
    killed(store)
    page = inside.get("/").text
    assert f"/practise?resume={store.folder.name}" in page
    assert page.count("Go on with it") == 1
    assert "Cut &lt;b&gt;short" in page
    assert [one["resumable"] for one in inside.json("/start.json")["sessions"]] == [True, False]


def test_a_report_is_shown_in_a_frame_that_can_do_nothing_here(inside):
    store = finished()
    page = inside.get(f"/sessions/{store.folder.name}").text
    assert 'sandbox="allow-scripts"' in page
    report = inside.get(f"/sessions/{store.folder.name}/report")
    rules = report.headers["content-security-policy"]
    assert "sandbox allow-scripts;" in rules
    assert "allow-same-origin" not in rules
    assert "script-src 'sha256-" in rules
    assert "default-src 'none'" in rules
    assert report.text == (store.folder / "report.html").read_text(encoding="utf-8")
    figures = inside.json(f"/sessions/{store.folder.name}/figures")
    assert len(figures["answers"]) == 3


def test_an_address_that_leads_nowhere_says_so_and_leads_back(inside):
    answer = inside.get("/nowhere")
    assert answer.status == 404
    assert "<title>That did not work · voicemock" in answer.text
    assert "There is no such page." in answer.text
    assert f'class="go" href="{inside.home}/"' in answer.text


@pytest.mark.parametrize("meta", ["", "script-src *\n", 'x"y', "script-src <x>"])
def test_a_report_that_names_no_rules_gets_the_strictest(meta):
    page = f'<meta http-equiv="Content-Security-Policy" content="{meta}">'.encode() if meta else b"<p>"
    assert sessions_module.framed(page).rules.startswith("default-src 'none'; sandbox")


def test_a_session_without_a_report_says_so_and_one_that_is_not_there_too(inside):
    folder = killed(begun())
    assert "no report yet" in inside.get(f"/sessions/{folder.name}").text
    assert inside.get(f"/sessions/{folder.name}/report").status == 409
    for path in ("/sessions/nothing", "/sessions/nothing/report", "/sessions/nothing.json"):
        answer = inside.get(path)
        assert answer.status == 404
        assert "There is no session" in answer.text


def test_findings_are_judged_and_the_verdicts_shown(inside):
    folder = judgeable(text=TEXT + " <b>")
    name = folder.name
    second, first = inside.json(f"/sessions/{name}.json")["findings"]  # the gravest first
    assert (first["answer"], first["name"], first["quotes"], first["said"]) == (1, "Hedging", [QUOTE], "")
    path = f"/sessions/{name}/judge"
    assert inside.post(path, {"finding": first["id"], "right": False}).data == {"told": []}
    inside.post(path, {"finding": second["id"], "right": True})
    page = inside.get(f"/sessions/{name}").text
    assert f'data-finding="{first["id"]}" data-said="wrong"' in page
    assert f'data-finding="{second["id"]}" data-said="right"' in page
    assert first["message"] in page
    assert inside.post(path, {"finding": first["id"], "right": None}).status == 200
    assert list(read_feedback(folder)) == [second["id"]]
    assert inside.post(path, {"finding": "nothing-1.1", "right": True}).status == 404
    assert inside.post(path, {"finding": first["id"]}).status == 400
    assert inside.post("/sessions/nothing/judge", {"finding": first["id"], "right": True}).status == 404


def test_a_check_that_has_become_quiet_says_so(inside):
    folders = [judgeable(("hedging",), questions=QUESTIONS) for _ in range(3)]
    told = [
        inside.post(f"/sessions/{folder.name}/judge", {"finding": f"hedging-{n}.1", "right": False}).data["told"]
        for folder in folders
        for n in (1, 2, 3)
    ]
    said = [text for one in told for text in one]
    assert len(said) == 1
    assert said[0].startswith("Hedging is quiet for you from now on: you disagreed")
    assert "`" not in said[0]
    assert len(inside.json(f"/sessions/{folders[0].name}.json")["findings"]) == 3, "quiet ones can be judged, too"


@pytest.mark.parametrize("error", [OSError("oh"), SessionError("damaged")])
def test_findings_that_cannot_be_read_hide_no_report(inside, monkeypatch, error):
    folder = judgeable()

    def damaged(*_: object, **__: object):
        raise error

    monkeypatch.setattr("voicemock.jobs.judging.read_report", damaged)
    page = inside.get(f"/sessions/{folder.name}").text
    assert "<iframe" in page
    assert "Was each finding right" not in page


def test_a_session_is_deleted_by_its_whole_name_alone(inside):
    store = finished()
    name = store.folder.name
    assert inside.post(f"/sessions/{name[:-3]}/delete").status == 409
    assert store.folder.exists()
    assert inside.post(f"/sessions/{name}/delete").status == 200
    assert not store.folder.exists()
    assert "None yet" in inside.get("/sessions").text


def test_links_lead_to_files_whatever_they_are_called(inside):
    name = "take 2? 100% #1"
    begun().folder.rename(sessions_dir() / name)
    stories_dir().mkdir(parents=True)
    (stories_dir() / f"{name}.md").write_text('+++\ntitle = "T"\n+++\nIt was.\n')
    for path in ("/", "/sessions", "/stories"):
        links = re.findall(rf'"{inside.home}(/[^"]*take[^"]*)"', inside.get(path).text)
        assert links, path
        for link in links:
            page = inside.get(link)
            assert page.status == 200, link
            for further in re.findall(rf'(?:href|src)="{inside.home}(/[^"]*take[^"]*)"', page.text):
                assert inside.get(further).status == (200 if "report" not in further else 409), further
    assert f'data-save="/stories/{quote(name)}/keep"' in inside.get(f"/stories/{quote(name)}").text


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is text")
def test_a_file_whose_name_is_no_text_costs_no_page(inside):
    odd = b"2026-12-01 \xff"
    (folder := begun("Half").folder).rename(os.fsdecode(os.fsencode(folder.parent) + b"/" + odd))
    stories_dir().mkdir(parents=True)
    Path(os.fsdecode(os.fsencode(stories_dir()) + b"/" + odd + b".md")).write_text('+++\ntitle = "T"\n+++\nIt was.\n')
    for path, shown in (("/", "2026-12-01%20%3F"), ("/sessions", "2026-12-01%20%3F"), ("/stories", "2026-12-01%20%3F")):
        page = inside.get(path)
        assert (page.status, shown in page.text) == (200, True), path
    assert inside.json("/start.json")["sessions"][0]["id"] == os.fsdecode(odd)
    inside.house.board.say(Line(os.fsdecode(odd)))
    assert json.loads(inside.house.snapshot())["said"][-1]["text"] == os.fsdecode(odd), "or no tab would hear any more"


def test_hints_name_the_places_of_the_page_and_commands_only_where_it_has_none():
    for hint, shown in (
        ("Then `voicemock resume 2026-a` listens.", "Then “Go on with it” on the first page listens."),
        (
            "It is kept. Go on with: voicemock resume 2026-a",
            "It is kept. Go on with: “Go on with it” on the first page",
        ),
        ("Nothing yet. `voicemock practice` starts one.", "Nothing yet. “Practise” starts one."),
        ("`voicemock due` and `voicemock plan`", "“Practise” and “Plan”"),
        ("For a report: voicemock review /a b.wav\nNext.", "For a report: “Review”\nNext."),
        ("As in WSL, `voicemock open` uses your browser's.", "As in WSL, this page uses your browser's."),
        ("Run `voicemock models pull base.en`.", "Run `voicemock models pull base.en`."),
        ("Look: voicemock sessions show 2026-a", "Look: “Sessions”"),
        ("`voicemock doctor` finds out.", "“Settings” finds out."),
        (
            "Written answers can be kept with --format txt.",
            "Written answers can be kept with “What was said, as text”.",
        ),
        ("It resumes: voicemock reviewed it.", "It resumes: voicemock reviewed it."),
    ):
        assert on_the_page(hint) == shown


def test_without_a_model_the_page_says_what_to_do(monkeypatch):
    monkeypatch.setattr("voicemock.models.catalogue.available", lambda _: False)
    with pytest.raises(ModelError) as error:
        default_entry()
    assert "`voicemock models pull base.en`" in problem(error.value)[1].hint


class Card:
    """What `list_devices` and `refresh` say of a machine."""

    def __init__(self, *names: str) -> None:
        self.devices = [
            Device(index=n, name=name, system="ALSA", channels=1, rate_hz=48_000, is_default=n == 0)
            for n, name in enumerate(names)
        ]

    def install(self, monkeypatch) -> None:
        monkeypatch.setattr(devices, "refresh", lambda: None)
        monkeypatch.setattr(devices, "list_devices", lambda _: self.devices)


def test_the_usual_microphone_is_chosen_by_whatever_the_settings_call_it(inside, monkeypatch):
    Card("Built-in", "USB Headset").install(monkeypatch)
    for setting, usual in (("", ""), ('input_device = "usb"', "USB Headset"), ("input_device = 1", "USB Headset")):
        config_file().write_text(setting)
        found = inside.json("/practise/devices")
        assert (found["microphones"], found["usual"], found["problem"]) == (["Built-in", "USB Headset"], usual, "")
    config_file().write_text('input_device = "gone"')
    found = inside.json("/practise/devices")
    assert (found["microphones"], found["usual"]) == (["Built-in", "USB Headset"], "")
    assert found["problem"] == "There is no microphone 'gone'. Your system's choice is used instead."
    Card().install(monkeypatch)
    found = inside.json("/practise/devices")
    assert (found["microphones"], found["usual"]) == ([], "")
    assert "this page uses your browser's. The browser's microphone is used instead." in found["problem"]


@pytest.mark.parametrize(("given", "tried"), [(None, "usb"), ("", None), ("Built-in", "Built-in")])
def test_the_microphone_that_was_chosen_is_tried_and_no_other(inside, monkeypatch, given, tried):
    config_file().write_text('input_device = "usb"')
    asked = []
    monkeypatch.setattr(level_test, "level_test", lambda wanted, *, watch: asked.append(wanted) or 1)
    monkeypatch.setattr(level_test, "level_said", lambda _: (True, "-20 dB"))
    assert inside.post("/practise/level", {"microphone": given}).data == {"good": True, "text": "-20 dB"}
    assert asked == [tried]
    assert inside.post("/practise/level", [1]).status == 400


def test_progress_is_shown_with_its_own_rules(inside):
    assert "Nothing to see yet" in inside.get("/progress").text
    finished()
    assert "<iframe" in inside.get("/progress").text
    page = inside.get("/progress/page")
    assert "Your progress" in page.text
    assert "style-src 'sha256-" in page.headers["content-security-policy"]


def test_takes_of_a_question_are_heard_side_by_side(inside):
    assert "not answered a question yet" in inside.get("/compare").text
    retold()
    (one,) = inside.json("/compare.json")["questions"]
    assert one == {"id": "big-move", "text": "Tell me about a migration you led.", "takes": 3}
    assert f'href="{inside.home}/compare/big-move"' in inside.get("/compare").text
    assert f'href="{inside.home}/compare"' in inside.get("/progress").text
    page = inside.get("/compare/big-move").text
    assert 'sandbox="allow-scripts"' in page
    assert "/practise?question=" not in page, "it is in no set"
    shown = inside.get("/compare/big-move/page")
    assert shown.text.count("<audio controls") == 3
    rules = shown.headers["content-security-policy"]
    assert "sandbox allow-scripts;" in rules
    assert "allow-same-origin" not in rules
    finished(questions=(find_question("underperforming-engineer"),))
    assert "/practise?question=underperforming-engineer" in inside.get("/compare/underperforming-engineer").text
    for path in ("/compare/nothing", "/compare/nothing/page"):
        assert inside.get(path).status == 404


GOOD = """schema_version = 1
id = "mine"
title = "Mine"
[[questions]]
id = "m1"
text = "Why?"
kind = "behavioural"
"""


def test_a_set_of_ones_own_is_checked_as_it_is_written_and_saved_when_it_is_right(inside):
    assert "New &amp; own" not in inside.get("/questions").text
    page = inside.get("/questions/new/edit").text
    assert "my-questions-first" in page
    bad = inside.post("/questions/mine/check", {"text": GOOD.replace("behavioural", "odd")})
    assert bad.data["good"] is False
    assert bad.data["problems"][0].startswith("Line 7: ")
    assert inside.post("/questions/mine/save", {"text": "x ="}).status == 409
    assert not user_sets_dir().exists()
    assert inside.post("/questions/mine/check", {"text": GOOD}).data == {"good": True, "problems": [], "count": 1}
    assert inside.post("/questions/mine/save", {"text": GOOD, "new": True}).status == 200
    path = user_sets_dir() / "mine.toml"
    assert path.read_text() == GOOD
    assert path.stat().st_mode & 0o777 == 0o600
    refused = inside.post("/questions/mine/save", {"text": GOOD, "new": True})
    assert (refused.status, refused.data["hint"]) == (409, "Copy your text, and reload the page."), (
        "it is there already"
    )
    changed = GOOD.replace("Why?", "How?")
    assert inside.post("/questions/mine/save", {"text": changed, "seen": GOOD.replace("\n", "\r\n")}).status == 200
    assert inside.post("/questions/mine/save", {"text": GOOD, "seen": GOOD}).status == 409, "it was changed meanwhile"
    assert path.read_text() == changed
    assert "How?" in inside.get("/questions/mine").text
    assert "How?" in inside.get("/questions/mine/edit").text
    assert inside.get("/questions/em_core/edit").status == 404
    assert inside.get("/practise?question=m1").status == 200


def test_a_set_whose_id_is_not_its_files_name_can_still_be_edited(inside):
    assert inside.post("/questions/my-questions/save", {"text": GOOD, "new": True}).status == 200
    assert "· yours" in inside.get("/questions").text
    assert f'{inside.home}/questions/my-questions/edit"' in inside.get("/questions/mine").text
    assert "Why?" in inside.get("/questions/my-questions/edit").text
    assert "/edit" not in inside.get("/questions/em_core").text


@pytest.mark.parametrize("name", ["..%2fconfig", "%2e%2e", "A", "x" * 200, "a.b"])
def test_a_set_cannot_be_saved_elsewhere(inside, name):
    assert inside.post(f"/questions/{name}/save", {"text": GOOD}).status in (404, 409)
    assert "mine" not in {one.id for one in list_sets()}
    assert config_file().read_bytes() == b""


def test_a_broken_set_is_told(inside):
    user_sets_dir().mkdir()
    (user_sets_dir() / "odd.toml").write_text("<oh>")
    page = inside.get("/questions").text
    assert "odd.toml:1" in page
    assert "<oh>" not in page


def test_a_story_is_written_down_changed_and_never_written_over(inside):
    assert inside.post("/stories/add", {"title": " "}).status == 409
    made = inside.post("/stories/add", {"title": "The <b>late</b> release"})
    id = made.data["id"]
    assert "The &lt;b&gt;late" in inside.get("/stories").text
    (entry,) = read_bank()
    text = entry.seen
    assert "Not told in a recording yet" in inside.get(f"/stories/{id}").text
    kept = inside.post(f"/stories/{id}/keep", {"text": text + "More.\n", "seen": text})
    assert kept.status == 200
    assert read_bank()[0].seen == text + "More.\n"
    assert inside.post(f"/stories/{id}/keep", {"text": text + "Less.\n", "seen": text}).status == 409, (
        "somebody else changed it"
    )
    assert inside.post(f"/stories/{id}/keep", {"text": "+++\nx", "seen": text + "More.\n"}).status == 409
    assert read_bank()[0].seen == text + "More.\n"
    assert inside.get("/stories/nothing").status == 404
    assert (stories_dir() / f"{id}.md").stat().st_mode & 0o777 == 0o600


def test_a_plan_is_made_shown_and_forgotten(inside):
    from datetime import date, timedelta

    assert "When is your interview?" in inside.get("/plan").text
    today = date.today()
    for wrong in ({}, {"interview": "soon"}, {"interview": str(today - timedelta(1)), "minutes": 30}):
        assert inside.post("/plan/set", wrong).status in (400, 409), wrong
    for minutes, status in ((9, 409), (181, 409), (10, 200), (180, 200)):
        assert inside.post("/plan/set", {"interview": str(today), "minutes": minutes}).status == status
    assert inside.post("/plan/set", {"interview": str(today + timedelta(10)), "minutes": 45}).status == 200
    found = inside.json("/plan.json")
    assert found["minutes"] == 45
    assert found["todos"]
    assert any("Interview on" in line for line in found["lines"])
    assert not any("`voicemock" in line for line in found["lines"])
    assert "Today in your plan" in inside.get("/").text
    asked = next(one for one in found["todos"] if "question=" in one["path"])
    assert inside.get(asked["path"]).status == 200
    assert inside.post("/plan/forget").data == {"forgotten": True}
    assert "Today in your plan" not in inside.get("/").text


def test_a_whole_round_of_the_plan_leads_to_that_round(inside):
    item = Item(task=Task.MOCK, minutes=25, about="people", dimension=Dimension.COMMUNICATION)
    (todo,) = todos(SimpleNamespace(now=SimpleNamespace(items=[item])))
    page = inside.get(todo.path).text
    assert 'value="loop/people" data-about="' in page
    assert re.search('value="loop/people"[^>]* selected', page)
    assert 'max="90" value="25"' in page
    assert 'data-dimension="communication"' in page
    assert 'max="90" value="40"' in inside.get("/practise").text


def test_a_damaged_plan_costs_no_page_and_is_made_anew(inside):
    from datetime import date

    from voicemock.preparation.planning.remembered import plan_file

    plan_file().parent.mkdir(parents=True, exist_ok=True)
    plan_file().write_text("{")
    for path in ("/", "/plan"):
        page = inside.get(path)
        assert page.status == 200
        assert "plan.json does not hold a plan" in page.text
        assert "Give the day of your interview again" in page.text
    assert inside.post("/plan/set", {"interview": str(date.today()), "minutes": 30}).status == 200
    assert "does not hold a plan" not in inside.get("/plan").text


def test_settings_are_changed_one_by_one(inside):
    config_file().write_text("# mine\nvoice_rate = 150\n")
    assert 'value="150"' in inside.get("/settings").text
    assert inside.post("/settings/change", {"voice_rate": 160, "question_set": "em_core"}).status == 200
    assert load_config().voice_rate == 160
    assert config_file().read_text().startswith("# mine\n")
    for wrong in (
        {},
        {"voice_rate": 1},
        {"no_such": "x"},
        {"voice_rate": "fast"},
        {"second_reader": "http://a.b/v1 m"},
    ):
        assert inside.post("/settings/change", wrong).status in (400, 409), wrong
    assert load_config().voice_rate == 160
    assert load_config().second_reader is None
    assert inside.post("/settings/change", {"voice": "natural"}).status == 200
    assert inside.post("/settings/change", {"voice": None, "voice_rate": 150}).status == 200
    assert (load_config().voice, load_config().voice_rate) == (None, 150)
    assert inside.post("/settings/change", {"voice_rate": None}).status == 400


def test_a_wrong_setting_is_told_instead_of_a_page(inside):
    config_file().write_text("voice_rate = 1\n")
    answer = inside.get("/")
    assert answer.status == 409
    assert "voice_rate" in answer.text
    assert "Correct that line, and try again." in answer.text


def test_the_doctor_says_what_it_finds(inside, monkeypatch):
    from voicemock.jobs import checkup

    monkeypatch.setattr(
        checkup, "checkup", lambda: iter([checkup.Line(checkup.Mark.FIX, "No <microphone>: `voicemock open`.")])
    )
    assert inside.json("/settings/doctor") == [{"mark": "fix", "text": "No <microphone>: this page."}]


def drop(inside, name: str, body: bytes, ask: str = ""):
    query = urllib.parse.urlencode({"name": name, "ask": ask})
    answer = inside.ask(f"{inside.home}/review/recording?{query}", "POST", body)
    answer.data = json.loads(answer.text)
    return answer


def heard(path: Path, **kwargs):
    report = analyze(spoken("So I moved the team to one queue, and it fell to twelve percent."))
    return report if path.exists() else None


@pytest.fixture
def ear(monkeypatch):
    monkeypatch.setattr(analyze_module, "analyze_recording", heard)
    monkeypatch.setattr("voicemock.speech.recognise.Recogniser", lambda *_: None)
    monkeypatch.setattr("voicemock.models.catalogue.find_model", lambda _: None)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("talk.wav", "talk.wav"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\a b.m4a", "a b.m4a"),
        (".hidden.wav", "hidden.wav"),
        ("report.html", "recording-report.html"),
        ("", "recording-"),
        ("x" * 300 + ".wav", "x" * 50 + ".wav"),
        pytest.param("\U00020000" * 300 + ".wav", "\U00020000" * 50 + ".wav", id="four bytes a letter"),
        ("NUL.wav", "recording-NUL.wav"),
        ("nullify.wav", "nullify.wav"),
        ("a\x00<b>.wav", "a-b-.wav"),
    ],
)
def test_a_dropped_recording_is_kept_with_its_report(inside, ear, name, kept):
    answer = drop(inside, name, SOUND, ask="What did you move?")
    assert answer.status == 200, answer.text
    task = works(inside)
    assert task.problem == ""
    folder = sessions_dir() / task.session
    assert (folder / kept).read_bytes() == SOUND
    assert (folder / kept).stat().st_mode & 0o777 == 0o600
    report = json.loads((folder / "session.json").read_bytes())
    assert report["answers"][0]["recording"]["path"] == kept
    assert inside.get(f"/sessions/{task.session}/report").status == 200


def test_what_cannot_be_heard_leaves_nothing_behind(inside, ear, monkeypatch):
    monkeypatch.setattr(analyze_module, "analyze_recording", lambda path, **_: analyze(spoken("x", lasts_s=1.0)))
    monkeypatch.setattr("voicemock.jobs.review.assemble", lambda *_, **__: 1 / 0)
    drop(inside, "talk.wav", SOUND)
    assert "ZeroDivisionError" in works(inside).problem
    assert list(sessions_dir().iterdir()) == []
    assert drop(inside, "empty.wav", b"").status == 409
    broken = lambda path, **_: (_ for _ in ()).throw(AudioError(f"{path} is no sound.", hint="Look at it."))  # noqa: E731
    monkeypatch.setattr(analyze_module, "analyze_recording", broken)
    drop(inside, "talk.wav", SOUND)
    assert works(inside).problem == "talk.wav is no sound. Look at it.", "not where it lies no more"
    assert drop(inside, "talk.wav", SOUND, ask="x").status in (200, 409)
    works(inside)
    assert list(sessions_dir().iterdir()) == []


def test_a_recording_that_breaks_off_leaves_nothing_behind(inside):
    line = http.client.HTTPConnection(inside.host, timeout=10)
    line.putrequest("POST", f"{inside.home}/review/recording?name=a.wav", skip_host=True)
    for name, value in {"Host": inside.host, "Origin": inside.origin, "Cookie": inside.cookie}.items():
        line.putheader(name, value)
    line.putheader("Content-Length", "1000000")
    line.endheaders()
    line.send(SOUND)
    deadline = time.monotonic() + 60
    while not list(sessions_dir().glob("*/a.wav")):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    line.close()
    while list(sessions_dir().iterdir()):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_recording_that_is_too_long_leaves_nothing_behind(inside, monkeypatch):
    monkeypatch.setattr("voicemock.page.gate.LARGEST_RECORDING", 50_000)
    line = http.client.HTTPConnection(inside.host, timeout=10)
    headers = {"Host": inside.host, "Origin": inside.origin, "Cookie": inside.cookie}
    try:
        line.request("POST", f"{inside.home}/review/recording?name=a.wav", iter([b"x" * 10_000] * 20), headers)
        status = line.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        status = 413  # it hung up in the middle
    finally:
        line.close()
    assert status == 413
    deadline = time.monotonic() + 60
    while list(sessions_dir().iterdir()):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_one_thing_is_listened_to_at_a_time(inside):
    import threading

    go_on = threading.Event()
    inside.house.work.begin("Waiting", lambda: go_on.wait(10) or 1)
    assert drop(inside, "talk.wav", SOUND).status == 409
    assert not sessions_dir().exists() or not list(sessions_dir().iterdir())
    first = inside.house.work.task.number
    go_on.set()
    works(inside)
    assert inside.house.work.begin("Next", lambda: 1 / 0) == first + 1
    task = works(inside)
    assert (task.title, task.number, task.over) == ("Next", first + 1, True)
    assert "ZeroDivisionError" in task.problem
    inside.house.work.begin("Crash", sys.exit)
    assert works(inside).problem == "That was stopped."


def test_a_folder_is_gone_through_and_says_how_far_it_is(inside, ear, monkeypatch, tmp_path):
    from voicemock.batch import index, run, tasks

    seen = []
    monkeypatch.setattr("voicemock.models.catalogue.find_model", lambda _: SimpleNamespace(name="tiny.en"))
    monkeypatch.setattr("voicemock.batch.task.Job", lambda **kw: SimpleNamespace(**kw))
    monkeypatch.setattr(tasks, "gather", lambda wanted, **_: ([1, 2], None))

    def each(todo, job, *, progress):
        for n, _ in enumerate(todo):
            progress(None)
            seen.append((inside.house.work.task.done, inside.house.work.task.total, n))
        return [SimpleNamespace(error=""), SimpleNamespace(error="no sound")]

    monkeypatch.setattr(run, "run_batch", each)
    monkeypatch.setattr(index, "write_index", lambda rows, out, title: out / "index.html")
    for wrong in ("", str(tmp_path / "none"), __file__, "~nobody-of-that-name", "~x\0"):
        assert inside.post("/review/batch", {"folder": wrong}).status == 409
    assert inside.post("/review/batch", {"folder": str(tmp_path)}).status == 200
    task = works(inside)
    assert seen == [(1, 2, 0), (2, 2, 1)]
    assert task.told.startswith("1 of 2 analysed.")
    assert str(tmp_path / "voicemock-results" / "index.html") in task.told


def test_practise_offers_what_there_is(inside):
    found = inside.json("/practise.json")
    assert {one["id"] for one in found["sets"]} == {one.id for one in list_sets()}
    assert found["sets"][0]["id"] == load_config().question_set
    assert found["resume"] is None
    drills, rounds, _ = found["forms"]
    assert [one["id"] for one in drills["forms"]] == [f"drill/{name}" for name in load_drills()]
    assert "loop/strategy" in [one["id"] for one in rounds["forms"]]
    shrink = next(one for one in drills["forms"] if one["id"] == "drill/shrink")
    assert shrink["about"].startswith("One story in two minutes")
    page = inside.get("/practise?form=reverse/manager").text
    assert 'value="reverse/manager" data-about="You ask the manager." selected' in page
    store = begun("Half")
    folder = killed(store)
    assert inside.json(f"/practise.json?resume={folder.name}")["resume"] == {"id": folder.name, "title": "Half"}
    assert inside.get("/practise?resume=none").status == 404
    for number in ("0", "1", "9" * 5000):
        assert inside.get(f"/practise/voice/{number}").status == 404
    assert inside.get("/practise/voice/x").status == 404
    assert QUESTIONS
