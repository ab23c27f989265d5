"""The page as a file: sealed, escaped, complete, and its parts point at each other."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import msgspec
import pytest

from tests import report_samples
from tests.hostile import HOSTILE, poisoned
from voicemock.printable import upright
from voicemock.report import from_json, render_html, render_markdown, write_report
from voicemock.report.templates import asset, player_script
from voicemock.schema import SCHEMA_VERSION, SessionReport

REPORTS = {name: getattr(report_samples, name)() for name in ("full", "retaken", "practised", "explained", "empty")}
REPORTS["hostile"] = poisoned(report_samples.full())
REPORTS["bare"] = SessionReport(schema_version=SCHEMA_VERSION, voicemock="0.1.0", answers=(report_samples.written(),))


class Page(HTMLParser):
    """Every element with its attributes, and the text of each script and style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, str] = {}
        self.text = ""
        self.open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.open = tag

    def handle_data(self, data):
        if self.open in ("script", "style"):
            self.raw[self.open] = self.raw.get(self.open, "") + data
        else:
            self.text += data

    def handle_endtag(self, tag):
        self.open = ""

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module", params=list(REPORTS))
def page(request, tmp_path_factory):
    return Page(render_html(REPORTS[request.param], folder=tmp_path_factory.mktemp("report")))


def test_the_policy_names_the_style_and_the_script_and_nothing_else(page):
    policy = next(meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    for kind in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256(page.raw[kind].encode()).digest()).decode()
        assert rules[f"{kind}-src"] == f"'sha256-{digest}'"
    assert rules["default-src"] == "'none'"
    assert rules["media-src"] == rules["img-src"] == "data:"
    assert len(page.all("script")) == len(page.all("style")) == 1


def test_nothing_points_out_of_the_page(page):
    addresses = [a for _, attributes in page.elements for k, a in attributes.items() if k in ("src", "href")]
    assert all(address.startswith(("#", "data:")) for address in addresses)
    assert not re.search(r"url\(|@import|https?:", asset("report.css") + player_script())


def test_no_element_carries_code_or_style_of_its_own(page):
    attributes = {name for _, attributes in page.elements for name in attributes}
    assert not {name for name in attributes if name.startswith("on") or name == "style"}
    assert not {"img", "iframe", "object", "embed", "form", "base"} & {tag for tag, _ in page.elements}


def test_ids_are_unique_and_every_reference_has_its_target(page):
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [a["href"][1:] for tag in ("a", "use") for a in page.all(tag) if a["href"] != "#"]
    targets += [name for _, a in page.elements for name in (a.get("aria-labelledby") or "").split()]
    targets += [a["data-answer"] for a in page.all("button") if "data-answer" in a]
    assert set(targets) <= set(ids)


def test_hostile_text_is_shown_as_it_is(tmp_path):
    text = Page(render_html(REPORTS["hostile"], folder=tmp_path)).text
    assert text.count(upright(HOSTILE)) > 50


def test_every_finding_measure_limit_and_source_is_there(tmp_path):
    text = " ".join(Page(render_html(REPORTS["full"], folder=tmp_path)).text.split())
    for answer in REPORTS["full"].answers:
        for finding in answer.findings:
            assert finding.message in text and finding.measured in text
            assert all(evidence.quote in text for evidence in finding.evidence)
        for item in (*answer.findings, *answer.measures.values()):
            assert item.limit in text and item.source in text
        assert all(note in text for note in answer.notes)
        assert all(follow_up.text in text and follow_up.trigger in text for follow_up in answer.follow_ups)
        if answer.recording:
            assert all(problem in text for problem in answer.recording.problems)
    assert "hiring-mistake" in text


def test_the_small_model_is_called_small(tmp_path):
    note = "base.en or larger hears better"
    assert note in render_html(REPORTS["full"], folder=tmp_path)
    answer = report_samples.outage()
    larger = msgspec.structs.replace(answer.transcript, model="base.en")
    report = report_samples.session(msgspec.structs.replace(answer, transcript=larger))
    page = render_html(report, folder=tmp_path)
    assert note not in page and "Whisper base.en" in page


def test_a_written_answer_has_no_player(tmp_path):
    page = Page(render_html(REPORTS["bare"], folder=tmp_path))
    assert not page.all("audio")
    assert "Too little was said to judge" in page.text


def test_an_answer_without_a_word_is_met_kindly(tmp_path):
    silent = msgspec.structs.replace(
        report_samples.written(),
        recording=report_samples.Said("um").recording("gone.wav"),
        transcript=msgspec.structs.replace(report_samples.written().transcript, text="", words=(), model="tiny.en"),
    )
    report = report_samples.session(silent)
    assert "No words were heard" in (page := render_html(report, folder=tmp_path))
    assert page.count("Check the microphone, then try once more.") == 2, "at the top, and below"
    assert "A longer answer" not in page
    assert "No words were heard. Check the microphone, then try once more." in render_markdown(report)
    longer = render_html(REPORTS["bare"], folder=tmp_path)
    assert "A longer answer, or a harder question, shows more." in longer
    unjudged = msgspec.structs.replace(report_samples.written(), signals={}, measures={})
    warm_up = render_html(report_samples.session(unjudged), folder=tmp_path)
    assert "Nothing was judged" in warm_up and "A longer answer" not in warm_up


def test_a_step_from_an_answer_that_is_not_there_is_still_shown(tmp_path):
    step = msgspec.structs.replace(REPORTS["full"].next_steps[0], answer=7)
    page = render_html(msgspec.structs.replace(REPORTS["empty"], next_steps=(step,)), folder=tmp_path)
    assert step.text in page


def test_takes_are_compared(tmp_path):
    text = " ".join(Page(render_html(REPORTS["retaken"], folder=tmp_path)).text.split())
    assert "Take 2 against take 1" in text
    assert "131 words/min 196 words/min 120–165" in text.replace("min1", "min 1")
    assert "Added: cost." in text and "Dropped: metric." in text


def test_a_take_in_which_nothing_was_said_is_not_what_the_next_one_is_held_against(tmp_path):
    first, last = report_samples.outage(), report_samples.outage(take=3)
    silence = msgspec.structs.replace(first.transcript, text="", words=())
    silent = msgspec.structs.replace(first, take=2, transcript=silence)
    text = Page(render_html(report_samples.session(first, silent, last), folder=tmp_path)).text
    assert "Take 3 against take 1" in text
    assert text.count(" against ") == 1


def test_the_take_that_counts_comes_first_then_its_follow_up_then_earlier_takes(tmp_path):
    page = Page(render_html(REPORTS["practised"], folder=tmp_path))
    assert [article.get("class") for article in page.all("article")] == [None, "probe", "earlier", "earlier"]
    text = " ".join(page.text.split())
    over = re.findall(r"Answer \d of 4 · [^.]*?(?= Tell me| What did)", text)
    assert over == [
        "Answer 1 of 4 · Incident · Take 2",
        "Answer 2 of 4 · Incident · Follow-up to answer 1",
        "Answer 3 of 4 · Incident · Take 1, replaced by answer 1",
        "Answer 4 of 4 · Incident · Follow-up to answer 3",
    ]
    assert "1 answer 1 follow-up 2 earlier takes" in text
    assert "Take 2 against take 1" in text


def test_what_the_follow_up_filled_is_shown_as_filled(tmp_path):
    text = " ".join(Page(render_html(REPORTS["practised"], folder=tmp_path)).text.split())
    first = text.partition("Answer 2 of 4")[0]
    assert "Filled in the follow-up Missing metric No number was heard" in first
    assert "Nothing else stood out to change." in first
    assert "Metric filled in the follow-up Not heard at first. Answer 2 has it:From four seconds" in first
    assert "Asked to fill a gap (not heard: a number)" in text


def test_a_note_typed_meanwhile_is_the_candidates_and_no_failure(tmp_path):
    answer = REPORTS["practised"].answers[0]
    old = msgspec.structs.replace(answer, candidate_notes=(), notes=answer.candidate_notes)
    for shown in (answer, old):  # sessions of before kept it among the notes
        text = " ".join(Page(render_html(report_samples.session(shown), folder=tmp_path)).text.split())
        assert "Your notes 0:12: slow down" in text
        assert "What could not be done" not in text


def test_reviewed_recordings_of_one_question_are_not_compared_as_takes(tmp_path):
    text = Page(
        render_html(report_samples.session(report_samples.outage(), report_samples.outage()), folder=tmp_path)
    ).text
    assert "against" not in text and "Take 1" not in text


def test_three_files_are_written(tmp_path):
    page = write_report(REPORTS["full"], tmp_path / "out")
    files = {path.name: path for path in page.parent.iterdir()}
    assert set(files) == {"report.html", "report.md", "session.json"}
    assert {path.stat().st_mode & 0o777 for path in files.values()} == {0o600}
    assert from_json(files["session.json"].read_bytes()) == REPORTS["full"]


def test_a_file_name_that_is_no_utf8_does_not_lose_the_report(tmp_path):
    report = report_samples.session(report_samples.outage("take-\udcff.wav"))
    assert write_report(report, tmp_path).exists()


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_stands_out_from_what_it_stands_on(scheme):
    """WCAG 2.2, 1.4.3: at least 4.5 to 1 for text; 1.4.11: 3 to 1 for marks that carry meaning."""
    blocks = re.findall(r":root \{(.*?)\}", asset("report.css"), re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[scheme]))
    for text in ("ink", "soft", "accent", "good", "watch", "problem", "quiet", "filler", "i", "we"):
        for ground in ("paper", "card", "wash", "now"):
            if ground == "now" and text not in ("ink", "accent", "filler", "i", "we"):
                continue
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["filler"], colours["filler-wash"]) >= 4.5
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5
    assert contrast(colours["accent"], colours["part"]) >= 4.5
    for mark in ("metric", "tradeoff"):
        assert contrast(colours[mark], colours["card"]) >= 3 and contrast(colours[mark], colours["paper"]) >= 3
