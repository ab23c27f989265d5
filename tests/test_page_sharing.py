"""A stored report on the page: through a lens, and as a file to be kept elsewhere."""

import datetime
import io
import json
import time
import zipfile
from urllib.parse import unquote

import pytest

from tests.page import open_page
from tests.practised import QUESTIONS, answered, begun, finished, killed
from voicemock.analyze import assemble
from voicemock.lenses import lenses
from voicemock.page.sharing import FORMATS
from voicemock.page.work import Task
from voicemock.paths import user_data_dir
from voicemock.preparation.planning.aims import Aims
from voicemock.preparation.planning.remembered import keep_aims, plan_file

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])


@pytest.fixture(scope="module")
def inside():
    with open_page() as visitor:
        visitor.enter()
        yield visitor


def saved(inside, path: str):
    """Return a file as a browser saves it: its kind, its name, what is in it."""
    answer = inside.get(path)
    assert answer.status == 200, answer.text
    how, _, name = answer.headers["content-disposition"].partition("; filename*=UTF-8''")
    assert how == "attachment"
    return answer.headers["content-type"], unquote(name), answer.text


def test_a_report_is_saved_in_every_form(inside):
    name = finished(questions=QUESTIONS[:1]).folder.name
    page = inside.get(f"/sessions/{name}").text
    for form, kind, part in (
        ("html", "text/html; charset=utf-8", "data:audio/"),
        ("txt", "text/plain; charset=utf-8", "So we moved it."),
        ("md", "text/markdown; charset=utf-8", "So we moved it."),
        ("srt", "application/x-subrip", "1\n00:00:00"),
        ("vtt", "text/vtt; charset=utf-8", "WEBVTT"),
        ("json", "application/json", '"answers"'),
    ):
        found = saved(inside, f"/sessions/{name}/as/{form}")
        assert (found[0], found[1]) == (kind, f"{name}.{form}")
        assert part in found[2], form
        assert f'href="{inside.home}/sessions/{name}/as/{form}">' in page, "without `download`, a failure is shown"
    assert len(FORMATS) == 6
    assert inside.get(f"/sessions/{name}/as/exe").status == 404
    assert inside.get("/sessions/nothing/as/txt").status == 404


def test_captions_of_several_answers_come_as_they_lie_in_a_session(inside):
    name = finished().folder.name
    answer = inside.get(f"/sessions/{name}/as/vtt")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].endswith(f"{name}-vtt.zip")
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        assert archive.namelist() == [f"0{n}-q{n}/take-1.vtt" for n in (1, 2, 3)]
        assert archive.read("01-q1/take-1.vtt").startswith(b"WEBVTT")


def test_a_report_is_looked_at_through_a_lens_and_saved_so(inside):
    store = begun(questions=QUESTIONS[:1])
    text = "I moved the team to one queue because the old one failed, and orders went from 30 to 12 percent. " * 4
    answered(store, 1, text=text)
    store.write_report(assemble(store.answers, session=store.info), finished=True)
    path = f"/sessions/{killed(store).name}"
    plain = inside.get(path).text
    assert [one["id"] for one in inside.json(f"{path}.json")["lenses"]] == list(lenses())
    assert f'href="{inside.home}{path}?lens=evidence"' in plain
    assert f'src="{inside.home}{path}/report"' in plain
    seen = inside.get(f"{path}?lens=evidence").text
    assert f'src="{inside.home}{path}/report?lens=evidence"' in seen
    assert f'href="{inside.home}{path}/as/txt?lens=evidence"' in seen
    assert f'<a href="{inside.home}{path}">Take it away' in seen
    title = lenses()["evidence"].title
    assert title not in inside.get(f"{path}/report").text
    report = inside.get(f"{path}/report?lens=evidence")
    assert title in report.text
    assert "sandbox allow-scripts;" in report.headers["content-security-policy"]
    data = json.loads(saved(inside, f"{path}/as/json?lens=evidence")[2])
    assert [one["lens"] for one in data["answers"][0]["lenses"]] == ["evidence"]
    assert not json.loads(saved(inside, f"{path}/as/json")[2])["answers"][0].get("lenses")
    for wrong in (f"{path}?lens=nothing", f"{path}/report?lens=nothing", f"{path}/as/txt?lens=nothing"):
        answer = inside.get(wrong)
        assert (answer.status, "There is no lens" in answer.text) == (404, True)


def test_what_has_no_report_yet_offers_neither(inside):
    path = f"/sessions/{killed(begun()).name}"
    found = inside.json(f"{path}.json")
    assert (found["lenses"], found["formats"], found["whole"]) == ([], [], False)
    assert "Save it as a file" not in inside.get(path).text
    assert inside.get(f"{path}/report?lens=evidence").status == 409


TODAY = datetime.datetime.now().astimezone().date()


def packed(inside):
    """Have the pack made, and return what is said of it."""
    number = inside.post("/pack/make").data["task"]
    deadline = time.monotonic() + 20
    while inside.house.work.running:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert inside.house.work.task.number == number
    return inside.house.work.task


def test_the_pack_is_made_and_saved_file_by_file(inside):
    inside.house.work.task = None
    assert "Name the day of your interview" in inside.get("/pack").text
    refused = inside.post("/pack/make")
    assert (refused.status, refused.data["hint"]) == (409, "Name it on the page “Plan”.")
    assert inside.get("/pack/card.html").status == 404
    keep_aims(Aims(interview=TODAY, id="x", began=TODAY))
    assert f'{inside.home}/pack"' in inside.get("/plan").text
    assert inside.json("/pack.json")["files"] == []
    task = packed(inside)
    assert task.problem == ""
    assert "“Practise” records one." in task.told
    assert "“Stories” starts one." in task.told
    found = inside.json("/pack.json")
    assert [one["id"] for one in found["files"]] == ["card.html", "card.md"]
    assert found["said"] == task.told
    folder = user_data_dir() / "packs" / TODAY.isoformat()
    assert found["folder"] == str(folder)
    assert (folder.stat().st_mode & 0o777, folder.parent.stat().st_mode & 0o777) == (0o700, 0o700)
    kind, name, text = saved(inside, "/pack/card.html")
    assert (kind, name) == ("text/html; charset=utf-8", "card.html")
    assert text == (folder / "card.html").read_text(encoding="utf-8")
    assert f'href="{inside.home}/pack/card.md">' in inside.get("/pack").text
    (folder / "walk.wav").write_bytes(b"RIFF")
    assert saved(inside, "/pack/walk.wav")[0] == "audio/wav"
    (folder / "other").write_text("x")
    for wrong in ("other", "walk.txt", "..%2fcard.html"):
        assert inside.get(f"/pack/{wrong}").status == 404
    inside.house.work.task = Task(title="Listened to all", told="Another story.", over=True)
    assert inside.json("/pack.json")["said"] == ""


def test_an_interview_that_is_over_and_a_damaged_plan_have_no_pack(inside):
    keep_aims(Aims(interview=TODAY - datetime.timedelta(1), id="x", began=TODAY - datetime.timedelta(9)))
    assert inside.json("/pack.json")["interview"] == ""
    plan_file().write_text("{")
    page = inside.get("/pack").text
    assert "does not hold a plan" in page
    assert "Give the day of your interview again." in page
