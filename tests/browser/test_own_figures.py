"""The figures of one's own post, read from LinkedIn's page once the person has said yes, and nobody else's ever."""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.extension_side import World, until
from tests.linkedin.site import HOST, Options, Shown, Site
from tests.support.axe import violations
from tests.support.browser import open_popup
from tests.support.companion import Companion
from tests.support.linkedin import Linkedin

MADE = int(time.time() * 1000) - 3_600_000
SHARE, ACTIVITY, SOON_AFTER, LONG_AFTER = (
    f"urn:li:{kind}:{((MADE + later) << 22) + 5}"
    for kind, later in (("share", 0), ("activity", 400), ("activity", 1200), ("activity", 600_000))
)
BLANK = "/in/nell-ashdown/"
POST = f"/feed/update/{SHARE}/"
PUBLIC = f"/posts/nell-ashdown_forty-samples-activity-{ACTIVITY.rpartition(':')[2]}-x_Yz/"
ANALYTICS = f"/analytics/post-summary/{ACTIVITY}/"
FIGURES = {"impressions": "1,234", "reactions": "12K", "comments": "14", "reposts": "0"}
READ = {"impressions": 1234, "reactions": 12_000, "comments": 14, "reposts": 0}
OWN = Shown("sdui", ACTIVITY, FIGURES)
SWITCH = "Read the figures of my own posts from LinkedIn’s page while I look at them"

# Counts, in the content scripts' own world, what watches the page and how often it is looked into, and keeps what is
# said to the worker with its answer.
SPY = """(() => {
    globalThis.spy = {watching: new Set(), looks: 0, said: []};
    const {observe, disconnect} = MutationObserver.prototype;
    MutationObserver.prototype.observe = function (...given) { spy.watching.add(this); return observe.apply(this, given); };
    MutationObserver.prototype.disconnect = function () { spy.watching.delete(this); return disconnect.apply(this); };
    const all = Document.prototype.querySelectorAll;
    Document.prototype.querySelectorAll = function (asked) { spy.looks += asked === "main"; return all.call(this, asked); };
    const send = chrome.runtime.sendMessage;
    chrome.runtime.sendMessage = async (message) => {
        const answer = await send.call(chrome.runtime, message);
        spy.said.push({kind: message.kind, answer});
        return answer;
    };
})()"""


@dataclass
class Visit:
    """A person with the post in their history, before a page of LinkedIn's that is no post's."""

    page: Page
    site: Site
    popup: Page
    companion: Companion
    share: str
    world: World

    def allow(self, on: bool = True) -> "Visit":
        now = self.companion.call("GET", "/preferences")
        self.companion.call("PUT", "/preferences", {"takes_rewards": now["takes_rewards"], "read_pages": on})
        return self

    def go(self, path: str, shown: Shown, late: int | None = 0) -> "Visit":
        """To another page, as LinkedIn does it, without a page load."""
        self.page.evaluate("([path, shown, late]) => fixture.visit(path, shown, late)", [path, asdict(shown), late])
        return self

    def wait(self, condition: str) -> None:
        """Waits until something holds in the content scripts' world."""
        self.world(f"""new Promise((done, fail) => {{
            const end = Date.now() + 10000;
            const ask = () => {condition} ? done() : Date.now() > end ? fail(new Error(JSON.stringify(spy.said))) : setTimeout(ask);
            ask();
        }})""")

    def answer(self) -> Any:
        """What the worker said of the post, once it was asked and the answer was acted upon."""
        self.wait("spy.said.length")
        return self.world("spy.said[0].answer.id")

    def readings(self, count: int) -> list[dict[str, Any]]:
        """The share's readings, once there are so many."""
        until(self.popup, """async (count) => {
            const {shares} = await chrome.runtime.sendMessage({kind: 'shares'});
            return shares[0].readings.length >= count;
        }""", count)
        return self.companion.call("GET", f"/shares/{self.share}")["readings"]

    def untouched(self) -> bool:
        """Whether nothing was sent, kept or is watching."""
        kept = self.companion.call("GET", f"/shares/{self.share}")["readings"]
        sent = self.world("spy.said.filter(({kind}) => kind === 'own-figures').length")
        return kept == [] and sent == 0 and self.world("spy.watching.size") == 0


@pytest.fixture
def visit(paired: BrowserContext, companion: Companion, lang: str) -> Iterator[Visit]:
    share = str(uuid.uuid4())
    companion.call("POST", "/shares", {"id": share, "text": OWN.text, "status": "confirmed", "urns": [SHARE]})
    site = Site(Options(lang=lang), pages={BLANK: Shown("sdui", LONG_AFTER, {}, own=False)}).attach(paired)
    page = paired.new_page()
    world = World(page)
    page.goto(HOST + BLANK)
    world(SPY)
    popup = open_popup(paired)
    yield Visit(page, site, popup, companion, share, world)
    assert Linkedin(page, site).traces() == []
    assert Linkedin(page, site).foreign() == []
    assert (site.foreign, site.outside) == ([], [])


def figures(reading: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in reading.items() if key not in ("read_at", "where")}


@pytest.mark.parametrize(("path", "kind"), [(POST, "sdui"), (PUBLIC, "sdui"), (POST, "classic"), (PUBLIC, "classic"), (ANALYTICS, "analytics")],
                         ids=["post", "public", "classic post", "classic public", "analytics"])
def test_on_ones_own_post_and_its_analytics_the_figures_are_read(visit: Visit, path: str, kind: str) -> None:
    decoy = Shown("classic" if kind == "classic" else "sdui", LONG_AFTER, {"impressions": "9", "reactions": "8", "comments": "7", "reposts": "6"})
    visit.allow().site.pages[path] = Shown(kind, ACTIVITY, FIGURES, beside=() if kind == "analytics" else (decoy,))
    visit.page.goto(HOST + path)
    [reading] = visit.readings(1)
    assert reading["where"] == "page" and figures(reading) == READ
    # The post's other number is known from now on.
    urns = [SHARE] if path == POST else [SHARE, ACTIVITY]
    until(visit.popup, """async (count) =>
        (await chrome.runtime.sendMessage({kind: 'shares'})).shares[0].urns.length === count""", len(urns))
    assert visit.companion.call("GET", f"/shares/{visit.share}")["urns"] == urns


@pytest.mark.parametrize("lang", ["fr", "de"])
def test_in_the_other_languages_too(visit: Visit, lang: str) -> None:
    written = {"fr": {"impressions": "1\u202f234", "reactions": "1,2\u00a0k"}, "de": {"impressions": "1.234", "reactions": "1.200"}}[lang]
    visit.allow().go(POST, Shown("sdui", ACTIVITY, written))
    assert figures(visit.readings(1)[0]) == {"impressions": 1234, "reactions": 1200}


def test_what_arrives_late_is_waited_for_and_then_nothing_watches(visit: Visit) -> None:
    visit.allow().go(POST, OWN, late=None)
    assert visit.answer() == visit.share
    assert visit.world("spy.watching.size") == 1
    visit.go(POST, OWN)
    assert figures(visit.readings(1)[0]) == READ
    visit.wait("spy.watching.size === 0")


def test_the_same_again_that_day_adds_nothing_and_other_figures_do(visit: Visit) -> None:
    visit.allow().go(POST, OWN)
    visit.readings(1)
    visit.go(PUBLIC, OWN)
    visit.wait("spy.said.filter(({kind}) => kind === 'own-figures').length === 2")
    visit.go(ANALYTICS, Shown("analytics", ACTIVITY, {"impressions": "1,240"}))
    first, second = visit.readings(2)
    assert (figures(first), figures(second)) == (READ, {"impressions": 1240})


def test_what_the_page_before_left_on_screen_is_not_taken_for_this_ones(visit: Visit) -> None:
    visit.allow().go("/analytics/creator/content/", Shown("analytics", LONG_AFTER, {"impressions": "98,765"}))
    visit.page.get_by_text("98,765").wait_for()
    visit.go(ANALYTICS, Shown("analytics", ACTIVITY, FIGURES), late=1500)
    assert [figures(each) for each in visit.readings(1)] == [READ]


@pytest.mark.parametrize("said", [None, False])
def test_unless_they_said_yes_nothing_is_read(visit: Visit, said: bool | None) -> None:
    if said is not None:
        visit.allow(said)
    visit.go(POST, OWN)
    assert visit.answer() is None
    assert visit.world("spy.looks") == 0
    assert visit.untouched()


def test_a_post_that_is_not_in_the_history_is_not_read(visit: Visit) -> None:
    visit.allow().go(f"/feed/update/{LONG_AFTER}/", Shown("sdui", LONG_AFTER, FIGURES))
    assert visit.answer() is None
    assert visit.world("spy.looks") == 0
    assert visit.untouched()


@pytest.mark.parametrize("kind", ["sdui", "classic"])
def test_anothers_post_of_the_same_moment_is_not_read(visit: Visit, kind: str) -> None:
    # By its number alone it could be ours; only the author sees the impressions. Ours stands below it.
    mine = Shown(kind, LONG_AFTER, FIGURES)
    theirs = Shown(kind, SOON_AFTER, FIGURES, own=False, name="Ines Okafor", beside=(mine,))
    visit.allow().go(f"/feed/update/{SOON_AFTER}/", theirs)
    assert visit.answer() == visit.share
    visit.page.get_by_text("Ines Okafor").wait_for()
    before = visit.world("spy.looks")
    visit.page.evaluate("document.querySelector('main').append(document.createElement('p'))")
    visit.page.evaluate("fixture.own.add(document.querySelector('main').lastChild)")
    visit.wait(f"spy.looks > {before}")
    visit.go(BLANK, OWN, late=None)
    visit.wait("spy.watching.size === 0")
    assert visit.untouched()


def test_where_they_go_on_nothing_watches_any_more(visit: Visit) -> None:
    visit.allow().go(POST, OWN, late=None)
    assert visit.answer() == visit.share
    assert visit.world("spy.watching.size") == 1
    visit.go("/feed/", OWN, late=None)
    visit.wait("spy.watching.size === 0")
    assert visit.untouched()


def test_the_switch_stands_in_the_settings_and_names_the_terms(visit: Visit) -> None:
    visit.popup.get_by_role("button", name="Settings").click()
    box = visit.popup.get_by_role("checkbox", name=SWITCH)
    expect(box).not_to_be_checked()
    assert "LinkedIn’s terms" in (box.evaluate("box => document.getElementById(box.getAttribute('aria-describedby')).textContent"))
    assert not violations(visit.popup)
    box.check()
    until(visit.popup, "async () => (await chrome.runtime.sendMessage({kind: 'suits'})).preferences.read_pages === true")
    visit.go(POST, OWN)
    assert figures(visit.readings(1)[0]) == READ
