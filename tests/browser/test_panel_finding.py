"""Which editors are LinkedIn's compose box, by the shapes others have noted of it; and which are not."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.support.browser import worker

SCREEN = "com.linkedin.sdui.flagshipnav.sharing.ShareCompose"
EDITOR = '<div contenteditable="true" role="textbox" {0} style="white-space:pre-wrap;min-height:60px"><p><br></p></div>'
SHARE = EDITOR.format('componentkey="ShareBox_textEditor" class="tiptap ProseMirror"')
OTHER = EDITOR.format('componentkey="9f1c" class="tiptap ProseMirror"')
QUILL = EDITOR.format('class="ql-editor ql-blank" data-test-ql-editor-contenteditable="true"')
COMMENT = EDITOR.format('aria-label="Text editor for creating comment"')
CLIPBOARD = '<div class="ql-clipboard" contenteditable="true" tabindex="-1" style="height:1px;overflow:hidden"></div>'
FOOT = "<div><button><svg width='9' height='9'></svg></button><button><span>{0}</span></button></div>"

ICON = '<svg id="{0}" width="9" height="9"></svg>'
BOXES = {
    "page of its own": f'<main data-sdui-screen="{SCREEN}"><div>{SHARE}</div>{FOOT.format("Post")}</main>',
    "non-modal dialog, words unknown":
        f'<dialog open><div data-sdui-screen="{SCREEN}">{SHARE}{FOOT.format("Bài đăng")}</div></dialog>',
    "company page": f'<div role="dialog"><div>{OTHER}</div>{FOOT.format("Posten")}</div>',
    "classic in light DOM":
        f'<div data-test-modal-id="sharebox"><div role="dialog">{QUILL}{CLIPBOARD}{FOOT.format("Post")}</div></div>',
    "who sees it is drawn, words unknown":
        f'<div role="dialog"><div role="button">{ICON.format("visibility-small")}Dla wszystkich</div><div>{OTHER}</div>'
        f'{FOOT.format("Opublikuj")}</div>',
    "a Post that only plays a button":
        f'<dialog open><div>{OTHER}</div><div role="button" tabindex="0" aria-disabled="true">Post</div></dialog>',
}
# At the address of the box itself a native dialog is the box, whatever it says.
AT_ITS_ADDRESS = f'<dialog open><div>{OTHER}</div>{FOOT.format("Pubblica")}</dialog>'
OTHERS = {
    "chat": f'<div class="msg-overlay-conversation-bubble" role="dialog">{OTHER}{FOOT.format("Post")}</div>',
    "comment": f'<div componentkey="commentBox-1">{OTHER}{FOOT.format("Post")}</div>',
    "profile field": f'<div role="dialog">{OTHER}{FOOT.format("Save")}</div>',
    "chat without a mark": f'<div role="dialog" aria-label="Messaging">{OTHER}{FOOT.format("Send")}</div>',
    "comment by its label":
        f'<div role="dialog">{COMMENT}{FOOT.format("Post")}</div>',
    "a picture's words": f'<dialog open><header><h2>Editor</h2></header>{OTHER}{FOOT.format("Next")}</dialog>',
    "article": f'<div class="article-editor-content"><div role="dialog">{OTHER}{FOOT.format("Post")}</div></div>',
}


@pytest.fixture
def page(context: BrowserContext, request: pytest.FixtureRequest) -> Page:
    """A page on LinkedIn with the markup of the test's parameter; its frames hold the first box."""
    def answer(route: Route) -> None:
        body = BOXES["page of its own"] if "frame" in route.request.url else request.param
        route.fulfill(body=f"<!doctype html>{body}", content_type="text/html")

    context.route("https://www.linkedin.com/**", answer)
    return context.new_page()


def panels(page: Page) -> int:
    """How many hosts of ours are in the page."""
    return page.locator("sayso-panel").count()


@pytest.mark.parametrize("page", BOXES.values(), ids=BOXES.keys(), indirect=True)
def test_a_compose_box_gets_the_panel_outside_its_editor(page: Page) -> None:
    page.goto("https://www.linkedin.com/feed/")
    assert panels(page) == 0
    page.get_by_role("textbox").first.click()
    expect(page.get_by_role("complementary", name="Sayso")).to_have_attribute("data-state", "unpaired")
    assert page.locator("[contenteditable] sayso-panel").count() == 0
    # Between the text and the button.
    parts = ("[role=textbox]", "sayso-panel", ":is(button, [role=button]) >> nth=-1")
    above, panel, below = (page.locator(each).bounding_box() for each in parts)
    assert above and panel and below
    assert above["y"] < panel["y"] < below["y"]


@pytest.mark.parametrize("page", [BOXES["page of its own"], AT_ITS_ADDRESS], indirect=True)
def test_a_box_that_is_there_when_the_page_opens_is_found_without_a_press(page: Page) -> None:
    page.goto("https://www.linkedin.com/sharing/compose")
    expect(page.get_by_role("complementary", name="Sayso")).to_be_visible()


ADMIN = "/company/1/admin/page-posts/published/"
PAGES = {
    "one control says it all": ("<button>Dismiss</button><button>Cobalt & Finch Post to Anyone</button>", ADMIN),
    "a picture beside the name":
        ('<button aria-label="Dismiss"><b>Dismiss</b></button><button><img alt="">Cobalt & Finch</button>', ADMIN),
    "a company drawn": (
        f'<div role="button"><figure>{ICON.format("company-accent-4")}</figure><p>Cobalt & Finch</p></div>',
        "/sharing/compose"),
}
PEOPLE = {
    "a person drawn": (f'<div role="button">{ICON.format("person-accent-4")}Nell</div>', ADMIN),
    "a company in what is shared on": ("<button>Nell</button>", "/sharing/compose"),
}
BELOW = f'<div>{ICON.format("company-accent-4")}Globex</div>'


def author_box(head: str) -> str:
    return f'<dialog open><div data-sdui-screen="{SCREEN}">{head}{SHARE}{BELOW}{FOOT.format("Post")}</div></dialog>'


@pytest.mark.parametrize(("page", "address"), [(author_box(head), at) for head, at in PAGES.values()],
                         ids=PAGES.keys(), indirect=["page"])
def test_a_page_that_posts_is_named(page: Page, address: str) -> None:
    page.goto(f"https://www.linkedin.com{address}")
    page.get_by_role("textbox").first.click()
    panel = page.get_by_role("complementary", name="Sayso")
    expect(panel.get_by_role("status")).to_contain_text("Posting as Cobalt & Finch: Not connected")


@pytest.mark.parametrize(("page", "address"), [(author_box(head), at) for head, at in PEOPLE.values()],
                         ids=PEOPLE.keys(), indirect=["page"])
def test_a_person_is_taken_for_no_page(page: Page, address: str) -> None:
    page.goto(f"https://www.linkedin.com{address}")
    page.get_by_role("textbox").first.click()
    status = page.get_by_role("complementary", name="Sayso").get_by_role("status")
    expect(status).to_contain_text("Not connected")
    expect(status).not_to_contain_text("Posting as")


@pytest.mark.parametrize("page", OTHERS.values(), ids=OTHERS.keys(), indirect=True)
def test_other_editors_are_left_alone(page: Page) -> None:
    page.goto("https://www.linkedin.com/feed/")
    page.get_by_role("textbox").click()
    page.keyboard.type("Finch Roast")
    # A box that is ours, opened afterwards: when its panel is up, the other would have been, too.
    page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", BOXES["page of its own"])
    page.locator('[componentkey="ShareBox_textEditor"]').focus()
    expect(page.get_by_role("complementary", name="Sayso")).to_have_count(1)
    assert page.locator("main sayso-panel").count() == 1


@pytest.mark.parametrize("page", [
    '<h1>Feed</h1><iframe src="/sharing/compose?frame" width="700" height="600"></iframe>'
    '<iframe src="/preload/frame" hidden></iframe>',
], indirect=True)
def test_a_box_in_a_frame_is_found_and_a_hidden_frame_is_not(page: Page) -> None:
    page.goto("https://www.linkedin.com/feed/")
    shown = page.frame_locator("iframe").first
    shown.get_by_role("textbox").click()
    expect(shown.get_by_role("complementary", name="Sayso")).to_be_visible()
    with_panel = [frame.url for frame in page.frames if frame.locator("sayso-panel").count()]
    assert with_panel == ["https://www.linkedin.com/sharing/compose?frame"]


@pytest.mark.parametrize("page", [
    f'<dialog open><div data-sdui-screen="{SCREEN}"><textarea></textarea></div></dialog>',
], indirect=True)
def test_a_box_that_is_not_understood_is_told_and_left_alone(context: BrowserContext, page: Page) -> None:
    tell = """() => {
      globalThis.told = new Promise((done) =>
        chrome.runtime.onMessage.addListener((message) => { if (message.kind === "not-recognised") done(message); }));
    }"""
    worker(context).evaluate(tell)
    page.goto("https://www.linkedin.com/sharing/compose")
    assert worker(context).evaluate("() => told") == {"kind": "not-recognised", "on": True}
    assert panels(page) == 0
