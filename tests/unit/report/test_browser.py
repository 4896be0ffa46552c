"""The page as a browser shows it: on a phone, with and without scripts, to a screen reader, and on paper."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


def opened(browser, page: Path, width: int, **options):
    """Return the page in a window of that width, and the list that its errors and requests are written to."""
    context = browser.new_context(viewport={"width": width, "height": 800}, reduced_motion="reduce", **options)
    window = context.new_page()
    window.set_default_timeout(120_000)
    troubles: list[str] = []
    window.on("pageerror", lambda error: troubles.append(str(error)))
    window.on("console", lambda message: troubles.append(message.text))
    window.on(
        "request", lambda request: troubles.append(request.url) if request.url.startswith(("http:", "https:")) else None
    )
    window.goto(page.as_uri())
    return window, troubles


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_sticks_out_sideways_and_nothing_is_fetched(browser, page: Path, width: int) -> None:
    window, troubles = opened(browser, page, width)

    assert window.evaluate("document.documentElement.scrollWidth") <= width
    assert troubles == []


def test_the_filters_show_the_trials_that_fit(browser, page: Path) -> None:
    window, _ = opened(browser, page, 1280)
    everything = window.locator(".trials article").count()
    window.locator('select[name="cell_type"]').select_option("MSC")
    shown = window.locator(".trials article:not([hidden])")

    assert 0 < shown.count() < everything
    assert all("Cells: MSC" in (shown.nth(place).text_content() or "") for place in range(shown.count()))
    assert window.locator("#count").inner_text() == f"{shown.count()} of {everything} trials"
    window.locator("form button").click()
    window.wait_for_timeout(100)
    assert window.locator(".trials article:not([hidden])").count() == everything


def test_a_link_to_a_hidden_trial_shows_it(browser, page: Path) -> None:
    window, _ = opened(browser, page, 1280)
    first = window.locator(".trials article").first.get_attribute("id")
    window.locator("#words").fill("no such words anywhere")
    assert window.locator(".trials article:not([hidden])").count() == 0
    window.evaluate(f"location.hash = '#{first}'")
    window.wait_for_timeout(200)

    assert window.locator(f"#{first}").is_visible()


def test_the_page_reads_without_scripts(browser, page: Path) -> None:
    window, _ = opened(browser, page, 1280, java_script_enabled=False)

    assert window.locator("#filters").is_hidden()
    assert window.locator(".without-script").is_visible()
    assert window.locator(".trials article").first.is_visible()


def test_every_picture_is_shown(browser, page: Path) -> None:
    window, _ = opened(browser, page, 1280)
    drawn = window.evaluate(
        "document.fonts.ready.then(() => [...document.querySelectorAll('figure svg')].map((picture) => "
        "[picture.getBoundingClientRect().width, picture.querySelectorAll('text').length]))"
    )

    assert drawn
    assert all(width > 300 and n_texts > 2 for width, n_texts in drawn)
    assert window.evaluate("[...document.fonts].map((font) => font.status)") == ["loaded", "loaded"]


def test_words_in_a_picture_stay_inside_it(browser, page: Path) -> None:
    window, _ = opened(browser, page, 1280)
    outside = window.evaluate(
        """document.fonts.ready.then(() => [...document.querySelectorAll("figure svg")].flatMap((picture) => {
            const frame = picture.getBoundingClientRect();
            return [...picture.querySelectorAll("text")].filter((text) => {
                const box = text.getBoundingClientRect();
                return box.left < frame.left - 1 || box.right > frame.right + 1
                    || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
            }).map((text) => `${picture.closest("section").id}: ${text.textContent}`);
        }))"""
    )

    assert outside == []


def test_the_page_prints(browser, page: Path, tmp_path: Path) -> None:
    window, _ = opened(browser, page, 1280)
    target = tmp_path / "report.pdf"
    window.pdf(path=target)

    assert target.read_bytes().startswith(b"%PDF")
    assert target.stat().st_size > 100_000


def test_an_accessibility_checker_finds_nothing(browser, page: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    script = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    window, _ = opened(browser, page, 1280, bypass_csp=True)
    window.evaluate(script)
    found = window.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]

    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"][:3]]) for rule in found] == []
