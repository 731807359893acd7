"""Real Chromium, the real extension, a real companion; LinkedIn is the fixture site under its real name."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from tests.browser import popup_side
from tests.browser.extension_side import PATIENCE_MS, FromLinkedin, from_popup
from tests.browser.fake_companion import FakeCompanion
from tests.browser.panel_side import KnownCompanion, Scene, pair
from tests.linkedin.site import FORMS, Options, Site
from tests.support.browser import launch, launch_plain, open_popup, rest
from tests.support.companion import Companion, sayso
from tests.support.linkedin import Linkedin
from tests.support.panel import WORDS, Panel
from tests.support.shared import SharedBrowser

ROOT = Path(__file__).resolve().parents[2]
PROGRAMME = ROOT / "server" / "sample" / "programme.yaml"


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver, one for all browser tests."""
    with sync_playwright() as driver:
        expect.set_options(timeout=PATIENCE_MS)
        yield driver


@pytest.fixture
def lang() -> str:
    """The language of browser and site; a test may name others."""
    return "en"


@pytest.fixture(scope="package")
def browsers(playwright: Playwright) -> Iterator[dict[str, SharedBrowser]]:
    """The browsers begun so far, by language."""
    begun: dict[str, SharedBrowser] = {}
    yield begun
    for browser in begun.values():
        browser.close()


@pytest.fixture
def context(
    request: pytest.FixtureRequest, browsers: dict[str, SharedBrowser], playwright: Playwright,
    tmp_path_factory: pytest.TempPathFactory, lang: str,
) -> Iterator[BrowserContext]:
    """A browser with the extension, as if it had just been installed.

    A test that is marked `updates` loads the extension anew: its browser serves nobody else.
    """
    alone = request.node.get_closest_marker("updates") is not None
    browser = None if alone else browsers.pop(lang, None)
    browser = browser or SharedBrowser(playwright, tmp_path_factory.mktemp("browser"), lang, PATIENCE_MS)
    yield browser.context
    if alone:
        browser.close()
    else:
        browser.renew()
        browsers[lang] = browser


@pytest.fixture(scope="package")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample programme in force, to be copied: never run on."""
    data = tmp_path_factory.mktemp("sample") / "data"
    sayso(data, "programme", "use", str(PROGRAMME))
    return data


@pytest.fixture
def companion(tmp_path: Path, sample_data: Path) -> Iterator[Companion]:
    """A running companion with the sample programme in force, on a folder of its own."""
    running = Companion.start(shutil.copytree(sample_data, tmp_path / "data"))
    yield running
    running.stop()


def with_programme(tmp_path: Path, text: str) -> Companion:
    """A companion, to be used as a context, with the programme that is written in `text`."""
    (tmp_path / "programme.yaml").write_text(text, "utf-8")
    return Companion.start(tmp_path / "data", programme=tmp_path / "programme.yaml")


@pytest.fixture(scope="package")
def plain(playwright: Playwright) -> Iterator[Browser]:
    """Chromium without the extension, one for all tests that need none."""
    browser = launch_plain(playwright)
    yield browser
    browser.close()


@pytest.fixture
def browser_options() -> dict[str, Any]:
    """How the browser without the extension is; a test may want another."""
    return {}


@pytest.fixture
def browser(plain: Browser, browser_options: dict[str, Any]) -> Iterator[BrowserContext]:
    """A browser without the extension, of a person who was never here."""
    context = plain.new_context(**{"locale": "en", "viewport": {"width": 1280, "height": 900}, **browser_options})
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def page(browser: BrowserContext, companion: Companion) -> Iterator[Page]:
    """The start page, entered by a one-time link. No page may say anything in the console, as a blocked style would."""
    said: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.goto(json.loads(sayso(companion.data, "pages", "--json"))["url"])
    yield page
    assert said == []


def connect(context: BrowserContext, companion: Companion, lang: str = "en") -> Page:
    """Pairs the extension with the companion through the popup, as a person does, and returns the popup."""
    popup = open_popup(context)
    words = WORDS[lang]
    popup.get_by_role("textbox", name=words["code"]).fill(companion.first_code)
    popup.get_by_role("button", name=words["connect"]).click()
    expect(popup.get_by_role("banner").get_by_role("status")).to_have_text(words["connected"])
    return popup


@pytest.fixture
def fake() -> Iterator[FakeCompanion]:
    """A companion made up for the test."""
    with FakeCompanion() as made_up:
        yield made_up


@pytest.fixture
def popup(context: BrowserContext) -> Page:
    """The popup of a browser that is not connected."""
    return open_popup(context)


@pytest.fixture
def known(context: BrowserContext) -> Iterator[KnownCompanion]:
    """A companion with known answers, paired with the browser."""
    with KnownCompanion() as made_up:
        pair(context, made_up)
        yield made_up


@pytest.fixture
def panel(known: KnownCompanion, linkedin: Linkedin, lang: str) -> Panel:
    """The panel in a fresh compose box, the first check done."""
    linkedin.visit().open_composer()
    return Panel(linkedin.page, lang).wait_for("checked", "not_required")


@pytest.fixture
def connected(popup: Page, fake: FakeCompanion) -> Page:
    """The popup of a browser that is connected to the fake companion, whose history is empty."""
    popup_side.connect(popup, fake.code)
    expect(popup.get_by_role("heading", name="Your first share starts the line")).to_be_visible()
    return popup


@pytest.fixture
def tab(context: BrowserContext, popup: Page, fake: FakeCompanion) -> FromLinkedin:
    """A tab on LinkedIn in a browser that is paired with the fake companion."""
    assert from_popup(popup, "pair", code=fake.code) == {"ok": True}
    return FromLinkedin(context)


@pytest.fixture
def paired(context: BrowserContext, companion: Companion) -> BrowserContext:
    """The browser, paired with the companion."""
    page = rest(context)
    assert from_popup(page, "pair", code=companion.first_code) == {"ok": True}
    # What suits the person is asked once; here they skip it.
    assert from_popup(page, "prefer", asked=True)["ok"]
    return context


@pytest.fixture(scope="package")
def scenes(playwright: Playwright) -> Iterator[dict[str, Scene]]:
    """The browsers begun so far, by language."""
    begun: dict[str, Scene] = {}
    yield begun
    for scene in begun.values():
        scene.context.close()
        scene.fake.close()


@pytest.fixture
def scene(
    scenes: dict[str, Scene], playwright: Playwright, tmp_path_factory: pytest.TempPathFactory, lang: str
) -> Iterator[Scene]:
    """The browser of this language, with no tab of an earlier test and an empty history."""
    if lang not in scenes:
        context = launch(playwright, tmp_path_factory.mktemp("scene") / "profile", lang=lang)
        context.set_default_timeout(PATIENCE_MS)
        fake = KnownCompanion()
        fake.open()
        pair(context, fake)
        scenes[lang] = Scene(context, fake, open_popup(context))
    scene = scenes[lang]
    yield scene
    for page in scene.context.pages:
        if page is not scene.popup:
            page.close()
    # A press whose outcome the test did not wait for is no affair of the next one.
    scene.popup.evaluate("""async () => {
        const keys = Object.keys(await chrome.storage.local.get(null)).filter((key) => key.startsWith("share:"));
        await chrome.storage.local.remove(keys);
    }""")
    scene.context.unroute_all()
    scene.fake.requests.clear()
    scene.fake.shares.clear()


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    """Each form of the compose box in turn: one test body runs over all."""
    return request.param


@pytest.fixture
def linkedin(context: BrowserContext, form: str, lang: str) -> Iterator[Linkedin]:
    """A tab on LinkedIn. Afterwards the site must have seen no trace of us, and nobody must have left the machine."""
    site = Site(Options(form=form, lang=lang)).attach(context)
    tab = Linkedin(context.new_page(), site)
    yield tab
    if tab.page.url.startswith("https:"):
        assert tab.traces() == []
    assert site.foreign == []
    assert site.outside == []
