"""The page for one seat: what is dropped stays in memory, and its questions are kept when that is wanted."""

import json
import urllib.parse
from pathlib import Path

import pytest

from tests.page import opened_once  # noqa: F401 (a fixture)
from voicemock.questions.sets import user_sets_dir

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture
def inside(opened):
    opened.house.seat = None
    return opened


def seat(inside, body: bytes, name: str = "jobs/Post <b>.md", cv: bytes = b"", **query: str):
    given = {"job": name, "size": str(len(body)), **({"cv": "cv.txt"} if cv else {}), **query}
    path = f"{inside.home}/tailor/read?{urllib.parse.urlencode(given)}"
    answer = inside.ask(path, "POST", body + cv)
    answer.data = json.loads(answer.text) if answer.status != 413 else None
    return answer


POSTING = (Path(__file__).parent / "postings" / "devtools.md").read_bytes()
CV = (
    b"Led the move of nine teams to one pipeline, so that releases went out daily.\n" + b"I like to help people.\n" * 12
)


def test_a_job_description_is_read_and_its_questions_are_kept_once(inside, private_home):
    before = {path for path in private_home.rglob("*") if path.is_file()}
    assert seat(inside, POSTING, cv=CV).data == {"read": True}
    found = inside.json("/tailor.json")["found"]
    assert (found["job"], found["cvs"]) == ("Post <b>.md", ["cv.txt"])
    assert any(one["text"].startswith("Led the move") for one in found["claims"])
    page = inside.get("/tailor").text
    assert "<h1>Post &lt;b&gt;.md</h1>" in page
    assert found["questions"][0]["sentence"]["text"].split("'")[0][:30] in page
    assert "need a story" in page
    assert {path for path in private_home.rglob("*") if path.is_file()} == before, "nothing is on disk"
    other = inside.post("/tailor/keep", {"job": "another.md"})
    assert (other.status, user_sets_dir().exists()) == (409, False)
    kept = inside.post("/tailor/keep", {"job": "Post <b>.md"}).data["set"]
    assert inside.post("/tailor/keep", {"job": "Post <b>.md"}).data["set"] == kept == "post-b"
    path = user_sets_dir() / "post-b.toml"
    assert path.stat().st_mode & 0o777 == 0o600
    assert "/questions/post-b" in inside.get("/tailor").text
    assert inside.json("/practise.json?set=post-b")["chosen"] == "post-b"
    assert '<option value="post-b" selected>' in inside.get("/practise?set=post-b").text
    assert [one["id"] for one in inside.json("/questions/post-b.json")["questions"]] == [
        one["question"]["id"] for one in found["questions"]
    ]
    path.unlink()
    assert "Keep them as a set of my own" in inside.get("/tailor").text
    assert inside.post("/tailor/keep", {"job": "Post <b>.md"}).status == 200
    assert path.exists(), "it was deleted, and is wanted again"
    seat(inside, POSTING)
    assert inside.post("/tailor/keep", {"job": "Post <b>.md"}).data["set"] == "post-b-2", "never one over another"
    inside.post("/tailor/forget")
    assert inside.json("/tailor.json")["found"] is None
    assert inside.post("/tailor/keep", {"job": "Post <b>.md"}).status == 409


def test_a_job_description_that_cannot_be_read_is_told_by_its_name_alone(inside, monkeypatch):
    for body, name, said in (
        (b"", "job.txt", "job.txt is empty."),
        (b"PK\3\4", "job.odt", "job.odt is an OpenDocument file"),
        (b"x" * 100, "C:\\me\\job.exe", "job.exe is not a kind"),
        (b"Wir suchen eine Person, die das Team leitet und mit uns ist. " * 9, "job.txt", "another language"),
    ):
        answer = seat(inside, body, name)
        assert answer.status == 409
        assert said in answer.data["message"]
        assert "/" not in answer.data["message"]
    for wrong in ({"size": "x"}, {"job": ""}):
        assert seat(inside, POSTING, **wrong).status == 409
    assert inside.json("/tailor.json")["found"] is None
    assert seat(inside, b"We need a kind person for tea. " * 9).status == 200
    assert "no competency that voicemock knows" in inside.get("/tailor").text
    assert inside.post("/tailor/keep", {"job": "Post <b>.md"}).status == 409
    monkeypatch.setattr("voicemock.page.gate.LARGEST_PAPERS", len(POSTING))
    assert seat(inside, POSTING).status == 200
    assert seat(inside, POSTING + b"x").status == 413


@pytest.mark.parametrize("size", ["", "-1", "x", "9" * 9, "9" * 5000])
def test_what_no_browser_sends_is_no_bug(inside, size):
    assert seat(inside, POSTING, size=size).status == 409
    assert inside.json("/tailor.json")["found"] is None
