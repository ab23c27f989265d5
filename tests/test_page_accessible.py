"""Every page of `voicemock open`, looked over by axe-core: on a phone and a desktop, in light and in dark."""

import time
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from tests.browser import complaints, open_browser
from tests.calls import BO, written
from tests.judgeable import judgeable
from tests.page import open_page
from tests.practised import begun, finished, killed, recorded
from tests.test_accessible import violations
from voicemock.archive.listing import list_sessions
from voicemock.page.board import Line, Live, Phase, Put
from voicemock.preparation.stories.bank import add_story

pytestmark = [pytest.mark.realtime, pytest.mark.allow_hosts(["127.0.0.1", "::1"])]

SIZES = [(390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")]
PUT = Put(
    heading="Question 1 of 3", text="Which delay are you still sorry about?", tests="Owning it.", target_s=(60, 150)
)
LIVE = Live(
    elapsed_s=42.0,
    level_db=-22.0,
    clipped=True,
    paused=False,
    unheard=True,
    counts=3,
    countdown_s=3.0,
    partial="so we moved it " * 90,
    message="Noted: say the number",
)
SCENES = {
    "recording": {"phase": Phase.RECORDING, "put": PUT, "live": LIVE, "said": (Line("No voice.", warning=True),)},
    "waiting": {
        "phase": Phase.WAITING,
        "put": PUT,
        "live": None,
        "keys": ("enter", "r", "q"),
        "summary": ("2:14 (aim for 1:00–2:30) · 9 filled pauses", "To change: say the number first."),
    },
    "waiting for more keys": {"phase": Phase.WAITING, "put": PUT, "keys": ("y", "n", "enter", "q"), "summary": ()},
    "ended": {
        "phase": Phase.ENDED,
        "put": PUT,
        "session": "x",
        "worked": ("Result  1:02  “it fell to twelve percent”",),
        "steps": ("Say the number first.", "Name what you gave up."),
        "missing": ("“Why?” (take 1): not listened to yet",),
    },
    "failed": {"phase": Phase.FAILED, "put": PUT, "session": "x", "problem": Line("The microphone is gone.")},
}
PAGES = [
    "",
    "practise",
    "practise?resume=ID",
    "plan",
    "sessions",
    "sessions/ID",
    "sessions/JUDGED",
    "sessions/JUDGED?lens=evidence",
    "pack",
    "progress",
    "compare",
    "compare/q1",
    "questions",
    "questions/em_core",
    "questions/new/edit",
    "stories",
    "stories/the-late-release",
    "tailor",
    "review",
    "debrief",
    "settings",
    "telephone",
    "sessions/nothing",
]


@pytest.fixture(scope="module")
def browser():
    with open_browser() as opened:
        opened.set_script_timeout(60)
        yield opened


@pytest.fixture
def home(browser, private_home):
    finished()
    store = begun("Cut short")
    recorded(store, 1)
    half = killed(store).name
    judged = judgeable().name
    add_story(
        "The late release", '+++\ntitle = "The late release"\ncompetencies = ["delivery"]\n+++\nWe shipped late.\n'
    )
    with open_page() as visitor:
        browser.get(visitor.address)
        until(lambda: browser.find_elements(By.ID, "main"))
        browser.get_log("browser")  # the page before this one asked for a server that is gone
        yield visitor, browser.current_url, half, judged


def until(true) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def looked_over(browser) -> list:
    """Return what axe-core objects to in the page that is open, at every size and in both schemes."""
    found = []
    for width, scheme in SIZES:
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        found += [(width, scheme, *one) for one in violations(browser)]
        wide = browser.execute_script("return document.documentElement.scrollWidth > innerWidth")
        found += [(width, scheme, "wider than the screen")] if wide else []
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    return found


def test_axe_finds_nothing_on_any_page(browser, home):
    _, address, half, judged = home
    found = {}
    for page in PAGES:
        browser.get(address + page.replace("ID", half).replace("JUDGED", judged))
        until(lambda: browser.find_elements(By.ID, "main"))
        until(lambda: browser.execute_script("return document.readyState") == "complete")
        browser.execute_script("for (const one of document.querySelectorAll('details')) one.open = true")
        if objections := looked_over(browser):
            found[page] = objections
    assert not found, "\n".join(f"{page}: {one}" for page, many in found.items() for one in many)
    assert [line for line in complaints(browser) if "sessions/nothing" not in line] == []


def test_a_report_in_its_frame_works_and_cannot_reach_the_page(browser, home):
    _, address, half, judged = home
    (whole,) = [one.id for one in list_sessions() if one.id not in (half, judged)]
    browser.get(f"{address}sessions/{whole}")
    until(lambda: browser.find_elements(By.TAG_NAME, "iframe"))
    screen = {"width": 1440, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    page, frame = browser.execute_script(
        "return ['html', 'iframe'].map((e) => document.querySelector(e)).map((e) => [e.scrollHeight, e.offsetWidth])"
    )
    assert page == [900, 1440], "the report alone scrolls"
    assert frame[1] == 1440
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.switch_to.frame(0)
    try:
        until(lambda: browser.find_element(By.CSS_SELECTOR, ".keys").is_displayed())  # its script ran
        assert browser.execute_script("return origin") == "null"
        assert (
            browser.execute_script("try { return document.cookie + parent.document.title } catch { return '' }") == ""
        )
    finally:
        browser.switch_to.default_content()
    assert complaints(browser) == []


def test_a_verdict_is_given_with_a_click_and_taken_back_with_another(browser, home):
    _, address, _, judged = home
    browser.get(f"{address}sessions/{judged}")
    browser.find_element(By.CSS_SELECTOR, ".judging summary").click()
    assert browser.find_element(By.ID, "judged").text == "0 of 2 judged"
    wrong = browser.find_elements(By.CSS_SELECTOR, "[data-verdict=wrong]")[0]
    wrong.click()
    until(lambda: wrong.get_attribute("aria-pressed") == "true")
    assert browser.find_element(By.ID, "judged").text == "1 of 2 judged"
    browser.refresh()
    browser.find_element(By.CSS_SELECTOR, ".judging summary").click()
    wrong = browser.find_elements(By.CSS_SELECTOR, "[data-verdict=wrong]")[0]
    assert wrong.get_attribute("aria-pressed") == "true"
    wrong.click()
    until(lambda: browser.find_element(By.ID, "judged").text == "0 of 2 judged")


def test_a_job_description_is_dropped_and_its_questions_are_to_be_practised(browser, home):
    _, address, *_ = home
    browser.get(f"{address}tailor")
    postings = Path(__file__).parent / "postings"
    browser.find_element(By.ID, "job").send_keys(str(postings / "devtools.md"))
    browser.find_element(By.ID, "cv").send_keys(str(postings / "devtools-cv.md"))
    browser.find_element(By.CSS_SELECTOR, "#seat button").click()
    until(lambda: browser.find_elements(By.ID, "practise"))
    browser.execute_script("for (const one of document.querySelectorAll('details')) one.open = true")
    assert looked_over(browser) == []
    browser.find_element(By.ID, "practise").click()
    until(lambda: browser.find_elements(By.ID, "set"))
    assert browser.find_element(By.ID, "set").get_attribute("value") == "devtools"
    assert complaints(browser) == []


def test_a_real_interview_is_dropped_and_read_as_somebody_elses(browser, home, tmp_path):
    _, address, *_ = home
    (tmp_path / "zoom.vtt").write_bytes(written("zoom.vtt"))
    browser.get(f"{address}debrief")
    browser.find_element(By.ID, "file").send_keys(str(tmp_path / "zoom.vtt"))
    until(lambda: browser.find_elements(By.ID, "me"))
    assert looked_over(browser) == []
    browser.find_element(By.XPATH, f"//select[@id='me']/option[.='{BO}']").click()
    until(lambda: f"put to {BO}" in browser.find_element(By.ID, "main").text)
    browser.find_element(By.ID, "forget").click()
    until(lambda: browser.find_elements(By.ID, "drop"))
    assert complaints(browser) == []


def test_axe_finds_nothing_while_a_session_runs(browser, home):
    visitor, address, *_ = home
    browser.get(f"{address}practise")
    found = {}
    for name, scene in SCENES.items():
        visitor.house.board.turn(**scene)
        until(
            lambda phase=str(scene["phase"]): browser.find_element(By.ID, "stage").get_attribute("data-phase") == phase
        )
        more = [key for key in scene.get("keys", ()) if key in ("y", "n")]
        until(lambda more=more: [b.text for b in browser.find_elements(By.CSS_SELECTOR, "#others button")] == more)
        if objections := looked_over(browser):
            found[name] = objections
    assert not found, "\n".join(f"{page}: {one}" for page, many in found.items() for one in many)
