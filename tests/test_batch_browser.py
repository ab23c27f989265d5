"""The index of a batch in a real browser: sorting, filters, its address, hidden names, and nothing foreign."""

import time
from pathlib import Path
from urllib.parse import quote

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.select import Select

from tests.browser import complaints, open_browser, requests, visit
from tests.cohort import NAMES, QUESTIONS, cohort, row
from tests.hostile import HOSTILE
from voicemock.batch.index import write_index
from voicemock.schema import SignalName

pytestmark = [pytest.mark.realtime, pytest.mark.allow_hosts(["127.0.0.1", "::1"])]

ROWS = cohort(40)
SHOWN = "#table tbody tr:not([hidden])"


@pytest.fixture(scope="module")
def browser():
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Path:
    return write_index(ROWS, tmp_path_factory.mktemp("batch"), title="40 recordings")


@pytest.fixture
def page(browser, index):
    visit(browser, index)
    yield browser
    assert {url.partition("#")[0].partition("?")[0] for url in requests(browser)} == {index.resolve().as_uri()}
    assert browser.get_log("browser") == []


def go(browser, index: Path, address: str) -> None:
    """Open the page anew at an address."""
    browser.get("about:blank")
    browser.get(index.resolve().as_uri() + address)


def lines(browser) -> list[str]:
    """Return what stands in the first column of the rows that are shown."""
    return browser.execute_script(
        "return [...document.querySelectorAll('#table tbody tr:not([hidden])')].map((r) => r.cells[0].innerText.trim())"
    )


def column(browser, key: str) -> list[str]:
    return browser.execute_script(
        "const at = [...document.querySelectorAll('#table thead th')].findIndex((h) => h.dataset.key === arguments[0]);"
        "return [...document.querySelectorAll(arguments[1])].map((r) => r.cells[at]?.innerText ?? '')",
        key,
        SHOWN,
    )


def heading(browser, key: str):
    return browser.find_element(By.CSS_SELECTOR, f"#table th[data-key={key}]")


def click(browser, css: str):
    element = browser.find_element(By.CSS_SELECTOR, css)
    browser.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
    element.click()
    return element


def fragment(browser) -> str:
    return browser.execute_script("return location.hash")


def paths(rows) -> list[str]:
    return [one.path for one in rows]


def shown_paths(browser) -> list[str]:
    return [line.removesuffix("Poor audio").strip() for line in lines(browser)]


def test_all_rows_are_there_in_the_order_of_the_batch(page):
    assert shown_paths(page) == paths(ROWS)
    assert heading(page, "pauses").get_attribute("aria-sort") is None


def test_a_column_sorts_both_ways_and_what_is_unknown_comes_last(page):
    known = sorted(one.filled_pauses_per_min for one in ROWS if one.filled_pauses_per_min is not None)
    click(page, "th[data-key=pauses] button")
    assert heading(page, "pauses").get_attribute("aria-sort") == "ascending"
    up = column(page, "pauses")
    assert [float(cell) for cell in up[: len(known)]] == known
    click(page, "th[data-key=pauses] button")
    assert heading(page, "pauses").get_attribute("aria-sort") == "descending"
    down = column(page, "pauses")
    assert [float(cell) for cell in down[: len(known)]] == known[::-1]
    assert sorted(up[len(known) :]) == sorted(down[len(known) :])
    assert len(up) == len(ROWS)
    click(page, "th[data-key=candidate] button")
    assert heading(page, "pauses").get_attribute("aria-sort") is None
    candidates = column(page, "candidate")
    assert candidates == sorted(candidates)


def test_the_keyboard_sorts(page):
    button = heading(page, "length").find_element(By.TAG_NAME, "button")
    button.send_keys(Keys.ENTER)
    assert heading(page, "length").get_attribute("aria-sort") == "ascending"
    focused = page.switch_to.active_element
    assert focused == button, "the focus stays where it was"
    focused.send_keys(Keys.SPACE)
    assert heading(page, "length").get_attribute("aria-sort") == "descending"
    focused.send_keys(Keys.TAB)
    assert page.switch_to.active_element == heading(page, "pace").find_element(By.TAG_NAME, "button")


def test_filters_are_kept_in_the_address_and_add_up(page, index):
    Select(page.find_element(By.NAME, "check")).select_by_value("fillers")
    some = [one for one in ROWS if "fillers" in one.findings]
    assert shown_paths(page) == paths(some)
    assert page.find_element(By.CSS_SELECTOR, ".count").text == f"{len(some)} of 40 recordings shown."
    Select(page.find_element(By.NAME, "candidate")).select_by_value(some[0].candidate)
    fewer = [one for one in some if one.candidate == some[0].candidate]
    assert shown_paths(page) == paths(fewer)
    assert 0 < len(fewer) < len(some)
    address = fragment(page)
    go(page, index, address)
    assert shown_paths(page) == paths(fewer)
    assert page.find_element(By.NAME, "check").get_attribute("value") == "fillers"
    click(page, ".reset")
    assert len(lines(page)) == 40
    assert fragment(page) in ("", "#")


def test_a_link_somebody_shared_opens_as_it_was(page, index):
    go(page, index, f"#question={quote(QUESTIONS[1][1])}&sort=-pace&check=hedging")
    expected = [one for one in ROWS if one.question == QUESTIONS[1][1] and "hedging" in one.findings]
    assert sorted(shown_paths(page)) == sorted(paths(expected))
    shown = [int(cell) for cell in column(page, "pace")]
    assert shown == sorted(shown, reverse=True)
    assert heading(page, "pace").get_attribute("aria-sort") == "descending"
    go(page, index, "#check=no-such&sort=no-such")
    assert lines(page) == []
    assert page.find_element(By.CSS_SELECTOR, ".count").text == "0 of 40 recordings shown."


def test_the_cohort_leads_to_the_recordings_it_counts(page):
    link = click(page, '.cohort a[href="#missing=metric"]')
    cells = link.find_element(By.XPATH, "./ancestor::tr").text
    missing = [one for one in ROWS if one.signals.get(SignalName.METRIC) is False and SignalName.METRIC in one.expected]
    asked = [one for one in ROWS if SignalName.METRIC in one.expected and not one.error]
    assert f"{len(missing)} of {len(asked)}" in cells
    assert sorted(shown_paths(page)) == sorted(paths(missing))
    page.back()
    assert len(lines(page)) == 40
    for found in page.find_elements(By.CSS_SELECTOR, '.cohort a[href^="#check="]'):
        check = found.get_attribute("href").partition("=")[2]
        count = sum(check in one.findings for one in ROWS)
        assert found.find_element(By.XPATH, "./ancestor::tr").text.endswith(f"{count} of 37")


def words_on(browser) -> str:
    return browser.find_element(By.TAG_NAME, "body").text


def test_names_can_be_hidden_and_the_address_says_so(page, index):
    assert NAMES[0] in words_on(page)
    Select(page.find_element(By.NAME, "candidate")).select_by_value(NAMES[0])
    click(page, "[name=names]")
    assert page.current_url.endswith("?names=off#")  # and no candidate
    assert len(lines(page)) == 40, "a filter by name would say who it is"
    for _ in range(2):
        seen = words_on(page)
        for one in ROWS:
            assert one.path not in seen
            assert one.candidate not in seen
            assert one.date not in seen
        assert not [a for a in page.find_elements(By.CSS_SELECTOR, "#table a") if a.is_displayed()]
        assert not page.find_element(By.NAME, "candidate").is_displayed()
        assert [line.split()[1] for line in lines(page)] == [str(n) for n in range(1, 41)]
        assert "The file still holds them" in seen
        go(page, index, "?names=off#candidate=" + quote(NAMES[1]))
    by_name = page.execute_script(
        "return [...document.querySelectorAll('#table tbody tr')].map((r) => r.dataset.candidate)"
    )
    assert by_name != [one.candidate for one in ROWS], "the order would tell"
    click(page, "th[data-key=recording] button")
    assert [line.split()[1] for line in lines(page)] == [str(n) for n in range(1, 41)]
    click(page, "[name=names]")
    assert "names" not in page.current_url
    assert ROWS[0].path in words_on(page)


def test_without_javascript_the_table_is_whole(browser, index):
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        visit(browser, index)
        rows = browser.find_elements(By.CSS_SELECTOR, "#table tbody tr")
        seen = browser.find_element(By.TAG_NAME, "body").text
        assert len(rows) == 40
        assert all(one.path in seen for one in ROWS)
        assert "Without JavaScript this is the whole table." in seen
        assert not browser.find_element(By.CSS_SELECTOR, ".filters").is_displayed()
        assert not browser.find_elements(By.CSS_SELECTOR, "#table thead button")
        assert complaints(browser) == []
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.mark.parametrize("width", [360, 390, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_at_any_width(page, width, scheme):
    page.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
    try:
        assert page.execute_script("return document.documentElement.scrollWidth") <= width
        ground = page.execute_script("return getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, ground[4:-1].split(","))) < 200) == (scheme == "dark")
        bar, aim, paper = page.execute_script(
            "return ['.bar', 'rect.aim'].map((s) => getComputedStyle(document.querySelector(s)).fill)"
            ".concat(getComputedStyle(document.body).backgroundColor)"
        )
        assert len({bar, aim, paper}) == 3, "bars, aim and paper can be told apart"
        room = page.execute_script(
            "const t = document.querySelector('#table').getBoundingClientRect(), s = document.querySelector('.scroll');"
            "return [t.width, s.clientWidth]"
        )
        assert room[0] >= room[1], "the table is as wide as there is room"
    finally:
        page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_every_row_fills_the_table(page):
    """One that could not be analysed has a reason in place of its figures."""
    widths = page.execute_script(
        "return [...document.querySelectorAll('#table tr')].map((r) => [...r.cells].reduce((n, c) => n + c.colSpan, 0))"
    )
    assert set(widths) == {11}
    failed = page.find_element(By.CSS_SELECTOR, "#table tr:has(.failed)").text
    assert "no speech found" in failed
    assert NAMES[11 % len(NAMES)] in failed
    assert "Nothing stood out" not in failed


def test_pictures_are_told_in_words(page):
    pictures = page.find_elements(By.CSS_SELECTOR, "svg:not([aria-hidden])")
    assert len(pictures) == 3
    for picture in pictures:
        assert picture.get_attribute("role") == "img"
        assert ": " in picture.get_attribute("aria-label")


NASTY = (
    HOSTILE,
    "\u202egnp.exe",
    "a\nb\r\tc",
    "\"' onmouseover=window.pwned=1 x='",
    "]}'><b>",
    "&amp;#39;",
    "\x00",
    "__proto__",
)


def test_hostile_names_run_nothing_and_can_be_filtered(browser, tmp_path):
    rows = [
        row(
            name,
            candidate=name,
            date=name,
            question=name,
            findings=(name, "fillers"),
            report=f"reports/{number}/report.html",
            error=name if number % 2 else "",
            sha256=str(number),
            expected=("metric",),
        )
        for number, name in enumerate(NASTY)
    ]
    index = write_index(rows, tmp_path, title=HOSTILE)
    visit(browser, index)
    assert len(lines(browser)) == len(NASTY)
    for key in ("check", "question", "candidate"):
        select = Select(browser.find_element(By.NAME, key))
        values = [option.get_attribute("value") for option in select.options][1:]
        assert len(values) == len(NASTY) + (key == "check")
        for place, value in enumerate(values, 1):
            Select(browser.find_element(By.NAME, key)).select_by_index(place)
            for _ in range(2):
                assert len(lines(browser)) == (len(NASTY) if value == "fillers" else 1), value
                go(browser, index, fragment(browser))
        go(browser, index, "")
    for key in ("recording", "candidate", "findings"):
        click(browser, f"th[data-key={key}] button")
    assert browser.execute_script("return window.pwned") is None
    assert not browser.find_elements(By.CSS_SELECTOR, "#table b, #table img, #table script")
    assert all(url.startswith("file://") or url == "about:blank" for url in requests(browser))
    assert complaints(browser) == []


def test_a_thousand_rows_stay_quick(browser, tmp_path):
    """Many times what it takes on an idle machine; ten times more work in it would be noticed all the same."""
    began = time.monotonic()
    index = write_index(cohort(1000), tmp_path, title="1000 recordings")
    visit(browser, index)
    assert len(lines(browser)) == 1000
    click(browser, "th[data-key=pace] button")
    Select(browser.find_element(By.NAME, "check")).select_by_value("fillers")
    assert 0 < len(lines(browser)) < 1000
    assert time.monotonic() - began < 60
    assert index.stat().st_size < 2_000_000
