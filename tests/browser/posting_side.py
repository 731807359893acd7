"""A page with a compose box, the scripts that follow a press of Post in it, and a clock which tests turn: no extension."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Frame, Page

from tests.support.browser import EXTENSION

# The scripts of compose/ which know LinkedIn and nothing of Sayso, and the one that tells the worker.
NEEDED = {"editor-text", "linkedin", "box", "urns", "author", "composer", "own-post", "evidence", "posting", "aftermath"}
SCRIPTS = [path for path in json.loads((EXTENSION / "manifest.json").read_text())["content_scripts"][0]["js"]
           if path.removeprefix("compose/").removesuffix(".js") in NEEDED]
URN = "urn:li:share:7400000000000000002"
OLDER, NEWER = "urn:li:share:7400000000000000001", "urn:li:share:7400000000000000003"
TEXT = "Finch Roast is lovely"
# The post's address, as a script.
HERE = f"at('{URN}')"

SITE = """
const body = document.body;
const made = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
const at = (urn) => `https://www.linkedin.com/feed/update/${urn}/`;
const link = (href) => made("a", { href }, "View post");
const toast = (href, attributes = { role: "status" }) => {
  const shown = made("div", attributes, "Post successful. ", link(href));
  body.append(shown);
  return shown;
};
const open = (text, attributes = {}) => {
  const editor = made("div", { contenteditable: "true", role: "textbox", componentkey: "ShareBox_textEditor",
    style: "min-height:30px;white-space:pre-wrap" }, made("p", {}, text || made("br", {})));
  const post = made("button", {}, "Post");
  const box = made("dialog", { open: "", ...attributes }, editor, post, made("button", { "aria-label": "Dismiss" }, "×"));
  post.onclick = (event) => event.isTrusted && globalThis.onPost?.(box, post);
  body.append(box);
  return box;
};
const feedPost = (text, urn) => made("div", { "role": "listitem", "data-urn": urn }, made("p", {}, text), link(at(urn)));
globalThis.toast = toast;
"""
WORKER = """
globalThis.said = [];
globalThis.deaf = 0;
globalThis.SaysoWorker = { alive: () => true, ask: async (message) => {
  if (globalThis.deaf-- > 0) return { state: "away" };
  (window.top.said).push(message);
  return { ok: true, press: message.kind === "landed" ? globalThis.left : undefined };
} };
"""
LISTEN = """
globalThis.listen = (id = "one") => {
  const composer = SaysoComposer.find();
  const handle = (event) => {
    if (!SaysoPosting.isPress(event, composer)) return;
    const text = composer.readText();
    composer.pressed?.(text);
    SaysoAftermath.keeper().follow({ share: { id, text }, check: null, composer }, new AbortController().signal);
  };
  for (const type of ["click", "keydown"]) window.addEventListener(type, handle, true);
  return composer;
};
"""

# Counts what is at work in the page: listeners, timers that go on, observers.
COUNT = """
globalThis.atWork = new Set();
const wrap = (place, on, off, key) => {
  const [begin, end] = [place[on], place[off]];
  place[on] = function (...given) {
    const made = begin.apply(this, given), name = key(this, given, made);
    atWork.add(name);
    given[2]?.signal?.addEventListener("abort", () => atWork.delete(name));
    return made;
  };
  place[off] = function (...given) { atWork.delete(key(this, given, given[0])); return end.apply(this, given); };
};
wrap(window, "setInterval", "clearInterval", (_, __, made) => made);
wrap(window, "addEventListener", "removeEventListener", (_, [type, run]) => run);
wrap(MutationObserver.prototype, "observe", "disconnect", (me) => me);
"""


class Tab:
    """A page with a compose box in which a text stands."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def do(self, script: str) -> Any:
        """Runs a script in the page, as LinkedIn's own."""
        return self.page.evaluate(f"() => {{ {script} }}")

    def on_post(self, script: str) -> "Tab":
        """What LinkedIn does at once when Post is pressed; `box` and `post` are the ones pressed."""
        self.do(f"globalThis.onPost = (box, post) => {{ {script} }}")
        return self

    def press(self) -> "Tab":
        """Presses the last Post."""
        self.page.get_by_role("button", name="Post", exact=True).last.click()
        return self

    def wait(self, ms: int) -> "Tab":
        """Lets so much time pass."""
        self.page.clock.run_for(ms)
        return self

    def told(self, share: str = "one") -> list[tuple[str, str | None]]:
        """Each outcome the worker was told of the share, with the post that it is."""
        said = self.page.evaluate("said.filter(({ kind }) => kind === 'outcome')")
        return [(each["outcome"], (each.get("urns") or [None])[0]) for each in said if each["id"] == share]


def set_up(tab: Tab, page_html: str) -> None:
    """Opens the page with its clock at rest, and the scripts in it and in its frames."""
    page = tab.page
    page.route("https://www.linkedin.com/**", lambda route: route.fulfill(
        body=f"<!doctype html>{page_html}", content_type="text/html"))
    page.clock.install(time=1_790_000_000)
    page.goto("https://www.linkedin.com/feed/")
    page.clock.pause_at(1_790_000_100)
    page.add_script_tag(content=SITE)
    for frame in page.frames:
        frame.add_script_tag(content=WORKER)
        for script in SCRIPTS:
            frame.add_script_tag(path=EXTENSION / script)
        frame.add_script_tag(content=LISTEN)


@contextmanager
def opened(plain: Browser, page: str = "<main></main>") -> Iterator[Tab]:
    """A tab on LinkedIn in which `page` stands."""
    context = plain.new_context()
    tab = Tab(context.new_page())
    set_up(tab, page)
    yield tab
    context.close()


@contextmanager
def framed_tab(plain: Browser) -> Iterator[tuple[Tab, Frame]]:
    """A tab on LinkedIn whose box is in a frame of its own, and that frame."""
    with opened(plain, """<main></main><script>if (top === window) document.body.append(Object.assign(
            document.createElement("iframe"), { src: "/sharing/compose", width: 600, height: 400 }))</script>""") as tab:
        [frame] = tab.page.frames[1:]
        frame.add_script_tag(content=SITE)
        frame.evaluate(f"() => {{ open({TEXT!r}); listen(); }}")
        yield tab, frame
