"""The fixture site is faithful: real editors, LinkedIn's habits, the decoys. No extension takes part here."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.linkedin.site import HOST
from tests.support.linkedin import Linkedin

LINES = "First line\n\nSecond para 🎉\nthird #tag"


@pytest.fixture
def context(browser: BrowserContext) -> BrowserContext:
    """The browser of these tests has no extension."""
    return browser


@pytest.fixture
def linkedin(linkedin: Linkedin) -> Linkedin:
    """The tab, on a site that swaps its placeholder dialog sooner than LinkedIn does."""
    linkedin.site.options = replace(linkedin.site.options, swap_ms=100)
    return linkedin


def isolated(page: Page, script: str) -> object:
    """Runs a script in a world of its own, as a content script does, and returns its value."""
    session = page.context.new_cdp_session(page)
    frame = session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    world = session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": "content script"})
    reply = session.send("Runtime.evaluate", {
        "expression": script, "contextId": world["executionContextId"], "returnByValue": True, "userGesture": True,
    })
    session.detach()
    assert "exceptionDetails" not in reply, reply
    return reply["result"].get("value")


def test_typing_reaches_the_editors_own_model(linkedin: Linkedin) -> None:
    linkedin.visit().open_composer().type("Hello there\nsecond line")
    linkedin.wait_for_model("Hello there\nsecond line")


def test_post_follows_the_model_and_becomes_another_node(linkedin: Linkedin) -> None:
    linkedin.visit().open_composer()
    expect(linkedin.post_button).to_be_disabled()
    before = linkedin.post_button.element_handle()
    linkedin.type("Hello")
    expect(linkedin.post_button).to_be_enabled()
    assert not before.evaluate("node => node.isConnected")
    linkedin.clear()
    expect(linkedin.post_button).to_be_disabled()


def test_post_stays_shut_above_the_limit(linkedin: Linkedin) -> None:
    linkedin.visit().open_composer()
    linkedin.page.keyboard.insert_text("x" * 3000)
    expect(linkedin.post_button).to_be_enabled()
    linkedin.type("y")
    expect(linkedin.post_button).to_be_disabled()


def test_the_server_gets_the_models_text_and_the_notice_links_to_the_post(linkedin: Linkedin) -> None:
    linkedin.visit().open_composer().type("One\n\nthree")
    linkedin.press_post()
    expect(linkedin.view_post).to_be_visible()
    linkedin.wait_closed()
    [post] = linkedin.posted()
    assert post.text == "One\n\nthree"
    assert re.fullmatch(rf"{HOST}/feed/update/urn:li:share:\d{{19}}/", post.permalink)
    assert linkedin.view_post.get_attribute("href") == post.permalink
    assert [kept["text"] for kept in linkedin.page.evaluate("fixture.posted")] == ["One\n\nthree"]
    assert linkedin.page.url == f"{HOST}/feed/"
    linkedin.view_post.click()
    expect(linkedin.page.get_by_role("article")).to_contain_text("three")


def test_an_activity_link_may_come_instead(linkedin: Linkedin) -> None:
    linkedin.visit(outcome="toast-activity").open_composer().type("Hello")
    linkedin.press_post()
    expect(linkedin.view_post).to_have_attribute("href", re.compile(r"urn:li:activity:\d+/$"))


def test_a_post_may_go_out_without_a_notice(linkedin: Linkedin) -> None:
    linkedin.visit(outcome="own-post").open_composer().type("Hello")
    linkedin.press_post()
    linkedin.wait_closed()
    expect(linkedin.page.get_by_test_id("expandable-text-box").first).to_have_text("Hello")
    assert [post.text for post in linkedin.posted()] == ["Hello"]
    expect(linkedin.view_post).to_have_count(0)


def test_a_refused_post_leaves_the_composer_and_the_text(linkedin: Linkedin) -> None:
    linkedin.visit(outcome="failure").open_composer().type("Hello")
    linkedin.press_post()
    expect(linkedin.page.get_by_text("Something went wrong")).to_be_visible()
    assert linkedin.model() == "Hello"
    assert linkedin.posted() == []
    expect(linkedin.post_button).to_be_enabled()


def test_closing_asks_about_a_draft_and_discards_it(linkedin: Linkedin) -> None:
    linkedin.visit().open_composer().type("Half a thought")
    linkedin.close()
    assert linkedin.model() is None
    linkedin.open_composer()
    assert linkedin.model() == ""
    assert linkedin.posted() == []


def open_with_draft(linkedin: Linkedin, text: str) -> None:
    """Opens the composer on a text that was saved as a draft before."""
    linkedin.visit().open_composer().type(text)
    linkedin.dialog.get_by_role("button", name="Dismiss", exact=True).click()
    linkedin.page.get_by_role("button", name="Save as draft").click()
    linkedin.wait_closed()
    linkedin.open_composer()


def test_a_saved_draft_comes_back(linkedin: Linkedin) -> None:
    open_with_draft(linkedin, "Half a\nthought")
    assert linkedin.model() == "Half a\nthought"
    expect(linkedin.post_button).to_be_enabled()


INSERT = """(() => {
  const roots = [document, document.querySelector("#interop-outlet").shadowRoot];
  const editor = roots.map((root) => root.querySelector('[componentkey="ShareBox_textEditor"], .ql-editor')).find(Boolean);
  const hidden = editor.editor === undefined && editor.closest(".ql-container")?.__quill === undefined;
  editor.focus();
  document.execCommand("selectAll");
  document.execCommand("insertText", false, %s);
  return hidden;
})()"""


def test_exec_command_from_an_isolated_world_is_exact_and_one_undo_step(linkedin: Linkedin) -> None:
    # A draft from before: what is typed just now, ProseMirror would undo together with the insertion.
    open_with_draft(linkedin, "old words")
    assert isolated(linkedin.page, INSERT % repr(LINES)) is True
    linkedin.wait_for_model(LINES)
    assert linkedin.editor.locator("p").count() == 4
    linkedin.page.keyboard.press("ControlOrMeta+z")
    linkedin.wait_for_model("old words")


def test_the_page_keeps_quill_out_of_reach_and_tiptap_on_its_node(linkedin: Linkedin) -> None:
    linkedin.visit().open_composer()
    reach = "node => [typeof node.editor, typeof node.parentElement.__quill, typeof node.__quill]"
    kind = "object" if linkedin.site.options.form == "sdui" else "undefined"
    assert linkedin.editor.evaluate(reach) == [kind, "undefined", "undefined"]


def test_scripts_cannot_press_the_sites_buttons(linkedin: Linkedin) -> None:
    linkedin.visit().open_composer().type("Hello")
    expect(linkedin.post_button).to_be_enabled()
    linkedin.post_button.evaluate("button => button.click()")
    assert linkedin.traces() == [{"kind": "untrusted-commit", "detail": "click"}]
    assert linkedin.posted() == []
    linkedin.page.goto("about:blank")


ATTRIBUTES = {
    "sdui": {"role": "textbox", "contenteditable": "true", "componentkey": "ShareBox_textEditor"},
    "classic": {
        "role": "textbox", "contenteditable": "true", "aria-multiline": "true",
        "data-placeholder": "What do you want to talk about?", "aria-placeholder": "What do you want to talk about?",
        "aria-label": "Text editor for creating content", "data-test-ql-editor-contenteditable": "true",
    },
}


def attributes(node: Locator) -> dict[str, str]:
    """All attributes of an element."""
    return node.evaluate("node => Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]))")


def test_the_editor_bears_the_attributes_seen_on_linkedin(linkedin: Linkedin) -> None:
    linkedin.visit().open_composer()
    form = linkedin.site.options.form
    found = attributes(linkedin.editor)
    assert ATTRIBUTES[form].items() <= found.items()
    names = found["class"].split()
    assert names[:2] == (["tiptap", "ProseMirror"] if form == "sdui" else ["ql-editor", "ql-blank"])
    if form == "sdui":
        assert "aria-label" not in found
        expect(linkedin.editor.locator("p")).to_have_attribute("data-placeholder", "Share your thoughts ...")


def test_the_composer_is_modal_or_traps_the_focus(linkedin: Linkedin) -> None:
    linkedin.visit().open_composer()
    linkedin.page.evaluate("document.querySelector('[type=search]').focus()")
    assert linkedin.dialog.evaluate("node => node.contains(node.getRootNode().activeElement)")


@pytest.mark.parametrize("form", ["sdui"])
def test_the_sdui_dialog_replaces_a_placeholder_and_back_closes_it(linkedin: Linkedin) -> None:
    linkedin.visit(swap_ms=500)
    linkedin.page.get_by_role("button", name="Start a post").click()
    placeholder = linkedin.page.locator("dialog[data-testid=dialog]:has([role=progressbar])").element_handle()
    expect(linkedin.editor).to_be_focused()
    assert not placeholder.evaluate("node => node.isConnected")
    assert linkedin.dialog.evaluate("node => node.matches(':modal')")
    linkedin.page.go_back()
    linkedin.wait_closed()


@pytest.mark.parametrize("form", ["sdui"])
@pytest.mark.parametrize("address", ["/sharing/compose", "/feed/?shareActive=true"])
def test_the_sdui_composer_opens_from_its_addresses(linkedin: Linkedin, address: str) -> None:
    linkedin.page.goto(f"{HOST}{address}")
    expect(linkedin.editor).to_be_focused()
    assert linkedin.page.url == f"{HOST}/sharing/compose"


@pytest.mark.parametrize("form", ["classic"])
def test_the_classic_composer_has_quills_second_editable_and_stands_in_the_shadow_root(linkedin: Linkedin) -> None:
    linkedin.visit().open_composer()
    expect(linkedin.dialog.locator(".ql-clipboard[contenteditable=true]")).to_have_count(1)
    assert linkedin.editor.evaluate("node => node.getRootNode().host.id") == "interop-outlet"
    assert linkedin.page.url == f"{HOST}/feed/"


def test_the_decoys_are_there(linkedin: Linkedin) -> None:
    page = linkedin.visit().page
    expect(page.locator("iframe[data-testid=interop-iframe][src^='/preload/']")).to_be_hidden()
    expect(page.frame_locator("iframe[data-testid=interop-iframe]").locator(".ql-editor")).to_have_count(1)
    expect(page.get_by_role("dialog", name="Messaging").get_by_role("textbox")).to_be_visible()
    comment = page.locator('[componentkey^="commentBox-"] [data-testid=ui-core-tiptap-text-editor-wrapper]')
    expect(comment.get_by_role("textbox", name="Text editor for creating comment")).to_be_visible()


def test_class_names_change_at_each_load(linkedin: Linkedin) -> None:
    linkedin.visit()
    feed = linkedin.page.get_by_test_id("mainFeed")
    first = feed.get_attribute("class")
    linkedin.visit()
    assert re.fullmatch(r"_[0-9a-f]{8}", first or "")
    assert feed.get_attribute("class") != first


def test_inline_scripts_and_other_hosts_are_refused(linkedin: Linkedin) -> None:
    page = linkedin.visit().page
    page.evaluate("""() => document.body.append(
        Object.assign(document.createElement('script'), {textContent: 'window.ran = true'}))""")
    assert page.evaluate("() => window.ran") is None
    assert page.evaluate("() => fetch('https://example.com/').then(() => 'reached', () => 'refused')") == "refused"
    # The policy refused it; the request never came as far as the interception.
    assert linkedin.site.outside == []


@pytest.mark.parametrize("lang", ["en", "de", "fr"])
def test_the_site_speaks_the_accounts_language(linkedin: Linkedin, lang: str) -> None:
    linkedin.visit(lang=lang).open_composer().type("Hallo, bonjour")
    linkedin.press_post()
    expect(linkedin.view_post).to_be_visible()


ADDRESSES = [
    "document.body.append(Object.assign(document.createElement('i'), {textContent: 'chrome-extension://abc/x'}))",
    "document.body.setAttribute('data-x', 'chrome-extension://abc/x')",
    "document.querySelector('main').attachShadow({mode: 'open'}).append('chrome-extension://abc/')",
]


@pytest.mark.parametrize("form", ["sdui"])
@pytest.mark.parametrize("script", ADDRESSES)
def test_the_watcher_sees_an_extensions_address(linkedin: Linkedin, script: str) -> None:
    linkedin.visit()
    assert linkedin.traces() == [] and linkedin.foreign() == []
    isolated(linkedin.page, f"{script}; 0")
    linkedin.page.wait_for_function("fixture.inspect().some((trace) => trace.kind === 'extension-address')")
    linkedin.page.goto("about:blank")


@pytest.mark.parametrize("form", ["sdui"])
def test_the_server_sees_requests_which_the_site_did_not_make(linkedin: Linkedin) -> None:
    page = linkedin.visit().page
    with page.expect_response("**/feed/"):
        isolated(page, "void fetch('/feed/')")
    assert linkedin.site.foreign == [f"{HOST}/feed/"]
    linkedin.site.foreign.clear()


def test_the_watcher_sees_strangers_in_the_editor_and_on_the_page(linkedin: Linkedin) -> None:
    linkedin.visit().open_composer()
    linkedin.editor.evaluate("node => node.append(document.createElement('mark'))")
    linkedin.page.wait_for_function("fixture.inspect().some((trace) => trace.kind === 'inside-editor')")
    linkedin.dialog.evaluate("node => node.append(document.createElement('x-helper'))")
    assert linkedin.foreign() == ["x-helper"]
    linkedin.page.goto("about:blank")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_composer_fits_the_window(linkedin: Linkedin, width: int) -> None:
    linkedin.page.set_viewport_size({"width": width, "height": 800})
    linkedin.visit().open_composer().type("\n".join("a line" for _ in range(30)))
    linkedin.wait_for_model("\n".join("a line" for _ in range(30)))
    expect(linkedin.post_button).to_be_in_viewport(ratio=1)
    assert linkedin.page.evaluate("document.documentElement.scrollWidth") <= width
