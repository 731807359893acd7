"""The site under its real name: https://www.linkedin.com, answered by request interception, with no network.

`Site(options).attach(context)` is all that a test or the tour needs. The pages are made by the scripts in src/; this
module serves them with a strict content policy, plays the server that takes a post, and refuses every other host.
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import asdict, dataclass, field
from html import escape
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Route

from tests.linkedin.bundle import built

HOST = "https://www.linkedin.com"
# The two boxes; every test that takes the `linkedin` fixture runs over these.
FORMS = ("sdui", "classic")
# Each way in which the two are served; `test_forms.py` runs over all of them.
EVERY_FORM = ("sdui", "sdui-open", "sdui-frame", "sdui-page", "classic", "classic-page")
OUTCOMES = ("toast-share", "toast-activity", "two-toasts", "upsell", "own-post", "page-load", "none", "errors", "failure")
# The member's own box alone: it tells of the post itself; it closes and comes back with a text that was refused.
ODD_OUTCOMES = ("in-the-box", "reopened")
REFUSALS = {"errors", "failure", "reopened"}
AUTHORS = ("member", "page", "page-picture", "page-photo")
COMPANY = "/company/1/admin/page-posts/published/"
CALLS = {"fetch", "xhr", "ping", "eventsource", "websocket"}
LOCAL = {"127.0.0.1", "sayso.localhost"}

POLICY = "; ".join([
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data: blob:", "connect-src 'self'",
    "frame-src 'self'", "frame-ancestors 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
])
ICON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="#1f64b4"/></svg>'


@dataclass(frozen=True)
class Options:
    """What a visit shall be like. Delays are the site's own, in milliseconds.

    `outcome` is what follows Post: `own-post` tells only by the post in the feed, `page-load` by a notice on the next page.
    `draft` is restored when the box opens; `author` is who the SDUI box posts as at first (`page-picture`: known by the kind
    of its picture alone; `page-photo`: only by a picture and a name which are not the person's); `own_post` puts a post
    of the person's into the feed; `same_editor` gives the SDUI box that changes a post the very editor of the one that
    makes one; `inside` shows what the SDUI box asks about a draft within the box; `drops` makes the box throw out what is not its own at each change, `swap_button` puts
    another node in the Post button's place once it is enabled, `trigger_role` says whether "Start a post" has a role. The language `xx`, every word spelt backwards, is one that nobody
    knows.
    """

    form: str = "sdui"
    lang: str = "en"
    dark: bool = False
    outcome: str = "toast-share"
    chat: bool = True
    draft: str = ""
    author: str = "member"
    own_post: str = ""
    same_editor: bool = False
    inside: bool = False
    drops: bool = False
    swap_button: bool = True
    trigger_role: bool = True
    hydrate_ms: int = 0
    swap_ms: int = 500
    close_after_ms: int = 300
    notice_ms: int = 10_000

    def __post_init__(self) -> None:
        if self.form not in EVERY_FORM or self.outcome not in OUTCOMES + ODD_OUTCOMES or self.author not in AUTHORS:
            raise ValueError(f"no such fixture: {self}")

    @property
    def start(self) -> str:
        """The page on which "Start a post" stands."""
        return COMPANY if self.form == "classic-page" else "/feed/"


@dataclass(frozen=True)
class Posted:
    """One post as the site's server received it."""

    text: str
    urn: str

    @property
    def permalink(self) -> str:
        """Where the "View post" link leads."""
        return f"{HOST}/feed/update/{self.urn}/"


@dataclass(frozen=True)
class Shown:
    """A page of one post, or of its analytics: `kind` is `sdui`, `classic` or `analytics`.

    `figures` are as the page writes them; the number of impressions is shown where `own`. `beside` are posts below it.
    """

    kind: str
    urn: str
    figures: dict[str, str]
    own: bool = True
    name: str = "Nell Ashdown"
    text: str = "Forty samples, one table, and the one that stayed."
    beside: tuple["Shown", ...] = ()


@dataclass
class Site:
    """The fixture site of one browser context. `options` may be changed between two page loads.

    `posted` is what its server took, `edited` the texts of posts that were changed; `foreign` are addresses on the site that something other than the site asked for,
    `outside` those on other hosts (never reached). `pages` are posts and analytics by their path.
    """

    options: Options = field(default_factory=Options)
    posted: list[Posted] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    pages: dict[str, Shown] = field(default_factory=dict)

    def attach(self, context: BrowserContext) -> "Site":
        """Answers every http(s) request of the context's pages from here on."""
        self._dist = built()
        context.route(re.compile(r"^https?://"), self._answer)
        return self

    def _answer(self, route: Route) -> None:
        request = route.request
        parts = urlsplit(request.url)
        if parts.hostname in LOCAL:
            route.continue_()
            return
        if f"{parts.scheme}://{parts.netloc}" != HOST:
            self.outside.append(request.url)
            route.abort()
            return
        if request.resource_type in CALLS and "x-site-request" not in request.headers:
            self.foreign.append(request.url)
        script = re.fullmatch(r"/static/(watch|site|preload|post)\.js", parts.path)
        single = re.fullmatch(r"/feed/update/(urn:li:(?:share|activity):\d+)/", parts.path)
        if script:
            route.fulfill(content_type="text/javascript", path=self._dist / f"{script[1]}.js")
        elif parts.path in ("/feed/", "/sharing/compose", "/article/new/", COMPANY):
            self._page(route, "Feed | LinkedIn", "site")
        elif parts.path == "/preload/":
            self._page(route, "", "preload")
        elif parts.path in self.pages:
            self._page(route, "Post | LinkedIn", "post", asdict(self.pages[parts.path]))
        elif single:
            shown = next((asdict(post) for post in self.posted if post.urn == single[1]), None)
            self._page(route, "Post | LinkedIn", "post", shown)
        elif parts.path == "/favicon.svg" or parts.path.startswith("/dms/image/"):
            route.fulfill(content_type="image/svg+xml", body=ICON)
        elif request.method == "POST" and parts.path == "/voyager/api/graphql":
            self._publish(route)
        elif request.method == "POST" and parts.path == "/flagship-web/rsc-action/actions/server-request":
            route.fulfill(content_type="application/json", body="{}")
        else:
            self.foreign.append(request.url)
            route.fulfill(status=404, content_type="text/plain", body="Not found")

    def _page(self, route: Route, title: str, script: str, post: dict[str, Any] | None = None) -> None:
        def meta(name: str, value: Any) -> str:
            return f'<meta name="{name}" content="{escape(json.dumps(value))}">'

        theme = ' class="theme--dark"' if self.options.dark else ""
        body = (
            f'<!doctype html><html lang="{escape(self.options.lang)}"{theme}><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(title)}</title>{meta('fixture-options', asdict(self.options))}{meta('fixture-post', post)}"
            '<link rel="icon" href="/favicon.svg"><script src="/static/watch.js"></script>'
            f'<script src="/static/{script}.js" defer></script></head><body data-rehydrated="false"></body></html>'
        )
        route.fulfill(content_type="text/html; charset=utf-8", headers={"content-security-policy": POLICY}, body=body)

    def _publish(self, route: Route) -> None:
        """Takes the post as LinkedIn's server does: a refusal, too, comes with status 200."""
        if self.options.outcome in REFUSALS:
            route.fulfill(json={"data": {"errors": [{"message": "CREATE_POST_FAILED"}]}})
            return
        sent = json.loads(route.request.post_data or "{}")["variables"]
        text = sent["post"]["commentary"]["text"]
        if "resourceKey" in sent:
            self.edited.append(text)
            route.fulfill(json={"data": {"urn": sent["resourceKey"]}})
            return
        kind = "activity" if self.options.outcome == "toast-activity" else "share"
        # An id is the time of creation in milliseconds, shifted by 22 bits.
        urn = f"urn:li:{kind}:{(int(time.time() * 1000) << 22) + len(self.posted)}"
        self.posted.append(Posted(text, urn))
        route.fulfill(json={"data": {"urn": urn}})
