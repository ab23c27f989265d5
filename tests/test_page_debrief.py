"""The page for a real interview afterwards: its transcript stays in memory, and what is kept of it is asked for."""

import json
import urllib.parse

import pytest

from tests import calls
from tests.calls import ANA, BO, LATE, LI
from tests.page import opened_once  # noqa: F401 (a fixture)
from voicemock.paths import sessions_dir
from voicemock.questions.sets import user_sets_dir

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def inside(opened):
    opened.house.interviewed = None
    return opened


def drop(inside, body: bytes, name: str = "C:\\calls\\zoom.vtt"):
    answer = inside.ask(f"{inside.home}/debrief/read?{urllib.parse.urlencode({'name': name})}", "POST", body)
    answer.data = json.loads(answer.text) if answer.status != 413 else None
    return answer


def test_an_interview_is_read_as_its_candidates_and_kept_when_that_is_wanted(inside, private_home):
    assert f'{inside.home}/debrief"' in inside.get("/review").text
    assert "Drop the transcript" in inside.get("/debrief").text
    before = {path for path in private_home.rglob("*") if path.is_file()}
    assert drop(inside, calls.written("zoom.vtt")).data == {"read": True}
    found = inside.json("/debrief.json")
    assert (found["name"], found["me"], set(found["speakers"])) == ("zoom.vtt", ANA, {ANA, BO, LI})
    first = found["answers"][0]
    assert (first["question"], first["by"]) == (f"So, {LATE[0].lower()}{LATE[1:]}", BO)
    assert "(aim for " in first["lines"][0]
    assert not any("filled pause" in line for line in first["lines"]), "a transcript leaves them out"
    assert found["new"] == 1
    page = inside.get("/debrief").text
    assert "Keep 1 new question as a set" in page
    assert f"<option selected>{ANA}</option>" in page
    assert {path for path in private_home.rglob("*") if path.is_file()} == before, "nothing is on disk"
    kept = inside.post("/debrief/keep", {"name": "zoom.vtt"}).data["session"]
    assert inside.post("/debrief/keep", {"name": "zoom.vtt"}).data["session"] == kept, "once"
    assert [path.name for path in sessions_dir().iterdir()] == [kept]
    assert inside.get(f"/sessions/{kept}/report").status == 200
    name = inside.post("/debrief/questions", {"name": "zoom.vtt"}).data["set"]
    assert inside.post("/debrief/questions", {"name": "zoom.vtt"}).data["set"] == name == "real-interview"
    assert [path.name for path in user_sets_dir().iterdir()] == ["real-interview.toml"]
    page = inside.get("/debrief").text
    assert f"/sessions/{kept}" in page
    assert "/practise?set=real-interview" in page
    assert f'value="{name}" selected' in inside.get(f"/practise?set={name}").text
    assert inside.post(f"/sessions/{kept}/delete").status == 200
    (user_sets_dir() / f"{name}.toml").unlink()
    found = inside.json("/debrief.json")
    assert (found["report"], found["kept"]) == ("", ""), "deleted since"
    kept = inside.post("/debrief/keep", {"name": "zoom.vtt"}).data["session"]
    assert inside.get(f"/sessions/{kept}/report").status == 200
    assert inside.post("/debrief/questions", {"name": "zoom.vtt"}).data["set"] == name
    inside.post("/debrief/forget")
    assert inside.json("/debrief.json")["name"] == ""


def test_whoever_is_taken_for_another_says_who_they_are(inside):
    drop(inside, calls.written("zoom.vtt"))
    assert inside.post("/debrief/as", {"name": "zoom.vtt", "me": BO}).data == {"read": True}
    assert (inside.json("/debrief.json")["me"], inside.json("/debrief.json")["why"]) == (BO, "")
    assert inside.post("/debrief/as", {"name": "zoom.vtt", "me": "nobody"}).status == 409
    assert inside.json("/debrief.json")["me"] == BO
    for path, data in (("as", {"me": BO}), ("keep", {}), ("questions", {})):
        answer = inside.post(f"/debrief/{path}", {"name": "other.vtt", **data})
        assert (answer.status, "Another interview" in answer.data["message"]) == (409, True)
    inside.post("/debrief/forget")
    assert inside.post("/debrief/keep", {"name": "zoom.vtt"}).status == 409


def test_questions_that_every_set_has_make_no_set(inside):
    drop(inside, calls.written("zoom.vtt"))
    inside.post("/debrief/questions", {"name": "zoom.vtt"})
    drop(inside, calls.written("zoom.vtt"))
    assert inside.json("/debrief.json")["new"] == 0
    answer = inside.post("/debrief/questions", {"name": "zoom.vtt"})
    assert (answer.status, "already" in answer.data["message"]) == (409, True)
    assert len(list(user_sets_dir().iterdir())) == 1


def test_what_is_no_transcript_is_told_by_its_name_alone(inside):
    for body, name, said in (
        (b"RIFF\0\0\0\0WAVE", "/home/me/call.wav", "call.wav is no transcript."),
        (b"Hello there.", "notes.txt", "notes.txt"),
        (b"", "", "file"),
    ):
        answer = drop(inside, body, name)
        assert answer.status == 409
        assert said in answer.data["message"]
        assert "/" not in answer.data["message"]
    assert inside.json("/debrief.json")["name"] == ""


def test_a_transcript_may_be_as_large_as_documents_and_no_larger(inside, monkeypatch):
    body = calls.written("zoom.vtt")
    monkeypatch.setattr("voicemock.page.gate.LARGEST", 10)
    monkeypatch.setattr("voicemock.page.gate.LARGEST_PAPERS", len(body))
    assert drop(inside, body).status == 200
    assert drop(inside, body + b"\n").status == 413
