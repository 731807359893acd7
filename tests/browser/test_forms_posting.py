"""What LinkedIn does after a press of Post, in any order, at any pace and in any place: each post is noted once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Frame

from tests.browser.posting_side import COUNT, HERE, NEWER, OLDER, TEXT, URN, Tab, framed_tab, opened


@pytest.fixture
def tab(plain: Browser) -> Iterator[Tab]:
    """A tab on LinkedIn with an open box."""
    with opened(plain) as tab:
        tab.do(f"open({TEXT!r}); listen();")
        yield tab


CONFIRMED = [("confirmed", URN)]
# What LinkedIn does with the press itself, and nothing else after it.
AT_ONCE = {
    "gone at once": f"const shown = toast({HERE}); box.remove(); shown.remove();",
    "gone with what it stood in": f"""const stack = made("section", {{ "aria-live": "polite" }}); body.append(stack);
        const shown = made("div", {{}}, link({HERE})); stack.append(shown); box.remove(); stack.remove(); shown.remove();""",
    "gone before the box": f"toast({HERE}).remove(); setTimeout(() => box.remove(), 3000);",
    "no role and no class": f"const shown = toast({HERE}, {{}}); box.remove(); shown.remove();",
    "in a new shadow root": f"""const host = made("div", {{}}); body.append(host); host.attachShadow({{ mode: "open" }});
        host.shadowRoot.append(made("div", {{ role: "status" }}, link({HERE}))); box.remove();""",
    "in a new shadow root, gone at once": f"""const host = made("div", {{}}); host.attachShadow({{ mode: "open" }});
        host.shadowRoot.append(made("div", {{ role: "status" }}, link({HERE}))); body.append(host); box.remove(); host.remove();""",
    "in a popover": f"toast({HERE}, {{ popover: 'manual' }}).showPopover(); box.remove();",
    "among the contents, but a notice": f"""const shown = made("div", {{ role: "status" }}, link({HERE}));
        document.querySelector("main").append(shown); box.remove(); shown.remove();""",
    "one of a list of notices": f"""const list = made("section", {{ "aria-live": "polite" }},
        made("div", {{ role: "listitem" }}, link({HERE}))); body.append(list); box.remove();""",
    "a link that gets its address later":
        f"const shown = toast('#'); box.remove(); setTimeout(() => {{ shown.lastChild.href = {HERE}; }}, 0);",
    "with a query and a fragment": f"toast('/feed/update/{URN}/?utm_source=share&x=1#top').remove(); box.remove();",
    "in other signs": "toast('/feed/update/urn%3Ali%3Ashare%3A7400000000000000002').remove(); box.remove();",
    "its public address": "toast('/posts/nell-ashdown_one-two-share-7400000000000000002-x_Yz/?a=b').remove(); box.remove();",
}


@pytest.mark.parametrize("script", AT_ONCE.values(), ids=AT_ONCE)
def test_a_notice_is_seen_however_short_and_wherever(tab: Tab, script: str) -> None:
    tab.on_post(script).press().wait(400)
    assert tab.told() == CONFIRMED
    tab.wait(40_000)
    assert tab.told() == CONFIRMED


def test_a_notice_in_a_place_that_was_there_before(tab: Tab) -> None:
    tab.do("""const outer = made("div", {}), inner = made("div", {}); body.append(outer);
        outer.attachShadow({ mode: "open" }).append(inner); inner.attachShadow({ mode: "open" });
        inner.shadowRoot.append(made("div", { role: "status" }, link(at("%s"))));
        globalThis.place = inner.shadowRoot.firstChild;""" % OLDER)
    tab.on_post(f"const shown = link({HERE}); place.append(shown); box.remove(); shown.remove();").press().wait(200)
    assert tab.told() == CONFIRMED


def test_a_notice_that_stands_in_a_shadow_root_itself_and_is_gone(tab: Tab) -> None:
    errors: list[str] = []
    tab.page.on("pageerror", lambda error: errors.append(str(error)))
    tab.do("globalThis.place = made('div', {}); body.append(place); place.attachShadow({ mode: 'open' });")
    tab.on_post(f"""const shown = made("div", {{ role: "status" }}, link({HERE}));
        place.shadowRoot.append(shown); box.remove(); shown.remove();""").press().wait(200)
    assert (tab.told(), errors) == (CONFIRMED, [])


def test_a_notice_in_a_frame(tab: Tab) -> None:
    tab.do('body.append(made("iframe", {}));')
    tab.on_post(f"""const there = document.querySelector("iframe").contentDocument.body; there.append(
        made("div", {{ role: "status" }}, link({HERE}))); box.remove(); there.firstChild.remove();""").press().wait(200)
    assert tab.told() == CONFIRMED


# What stands about in the page before the press, and what comes into it afterwards.
OTHERS = {
    "a notice of an earlier post": (f"toast(at('{OLDER}'));", ""),
    "others' posts in a feed that is read out": ("document.querySelector('main').setAttribute('aria-live', 'polite');",
        f"document.querySelector('main').append(feedPost('Something else', '{OLDER}'));"),
    "others' posts in a feed that is read out and stands by itself": (
        "body.append(made('div', { role: 'feed', 'aria-live': 'polite' }));",
        f"document.querySelector('[role=feed]').append(feedPost('Something else', '{OLDER}'));"),
    "a part of another's post that is read out": ("", f"""const other = feedPost("Something else", "{OLDER}");
        other.append(made("div", {{ "aria-live": "polite" }}, link(at("{OLDER}")))); document.querySelector("main").append(other);"""),
    "a message with a link": ("", f"""body.append(made("aside", {{ class: "x msg-overlay" }},
        made("div", {{ "role": "status", "aria-live": "polite" }}, link(at("{OLDER}")))));"""),
    "a preview of a link in the draft": ("", f'box.append(link(at("{OLDER}")));'),
    "a post that is shared on, seen longer than the text":
        (f"document.querySelector('dialog').append(link(at('{OLDER}')));", "box.firstChild.remove();"),
}


@pytest.mark.parametrize(("before", "after"), OTHERS.values(), ids=OTHERS)
def test_what_is_no_word_on_the_press_is_no_evidence(tab: Tab, before: str, after: str) -> None:
    tab.do(before)
    tab.on_post(f"{after} setTimeout(() => box.remove(), 250);").press().wait(7000)
    assert tab.told() == [("unconfirmed", None)]


def test_what_linkedin_asks_once_more_before_it_posts_is_no_leaving(tab: Tab) -> None:
    tab.on_post("""const sure = made("button", {}, "Post"); const asks = made("div", { role: "alertdialog" }, "Sure?", sure);
        sure.onclick = () => { asks.remove(); box.remove(); }; body.append(asks);""")
    tab.press().wait(300)
    tab.press().wait(7000)
    assert tab.told() == [("unconfirmed", None)]


def test_what_linkedin_tells_of_a_post_that_is_out_is_closed_without_leaving(tab: Tab) -> None:
    tab.on_post("""post.disabled = true; const seen = made("button", {}, "Not now");
        const tells = made("div", { role: "dialog" }, "It is out", seen);
        seen.onclick = () => { tells.remove(); box.remove(); }; body.append(tells);""").press().wait(1000)
    tab.page.get_by_role("button", name="Not now").click()
    tab.wait(7000)
    assert tab.told() == [("unconfirmed", None)]


def test_a_notice_of_failure_may_be_of_something_else(tab: Tab) -> None:
    failure = "toast('#', { role: 'alert', class: 'artdeco-toast-item--error' });"
    tab.on_post(f"box.remove(); {failure} setTimeout(() => toast({HERE}), 2000);").press().wait(2500)
    assert tab.told() == CONFIRMED
    tab.do(f"open({TEXT!r}); listen('two');")
    tab.on_post(f"box.remove(); {failure}").press().wait(4000)
    assert tab.told("two") == [("dropped", None)]


def test_evidence_that_comes_late_still_counts(tab: Tab) -> None:
    tab.on_post(f"box.remove(); setTimeout(() => toast({HERE}).remove(), 9000);").press().wait(8000)
    assert tab.told() == [("unconfirmed", None)]
    tab.wait(3000)
    assert tab.told() == [("unconfirmed", None), *CONFIRMED]


def test_a_box_that_works_on_it_for_long_is_waited_for(tab: Tab) -> None:
    tab.on_post(f"post.disabled = true; setTimeout(() => {{ toast({HERE}); box.remove(); }}, 30000);").press().wait(29_000)
    assert tab.told() == []
    tab.wait(2000)
    assert tab.told() == CONFIRMED


def test_a_box_that_stays_open_and_could_post_again_has_not_posted(tab: Tab) -> None:
    tab.press().wait(21_000)
    assert tab.told() == [("dropped", None)]


def test_a_box_that_is_built_anew_while_it_posts(tab: Tab) -> None:
    tab.on_post(f"""box.remove(); setTimeout(() => {{ open({TEXT!r}, {{ id: "again" }}).querySelector("button").disabled = true; }}, 300);
        setTimeout(() => {{ again.remove(); toast({HERE}).remove(); }}, 3000);""").press().wait(3500)
    assert tab.told() == CONFIRMED


def test_a_text_that_comes_back_was_not_taken_and_is_logged_once_when_it_is_posted_then(tab: Tab) -> None:
    tab.on_post(f"box.remove(); setTimeout(() => open({TEXT!r}), 300);").press().wait(400)
    tab.do("listen('two');")
    tab.on_post(f"box.remove(); toast({HERE}).remove();").press().wait(400)
    assert (tab.told("one"), tab.told("two")) == ([("dropped", None)], CONFIRMED)


def test_escape_after_a_press_that_came_to_nothing_is_leaving(tab: Tab) -> None:
    tab.press().wait(1000)
    tab.do('addEventListener("keydown", (event) => event.key === "Escape" && document.querySelector("dialog").remove());')
    tab.page.keyboard.press("Escape")
    tab.wait(7000)
    assert tab.told() == [("dropped", None)]


@pytest.mark.parametrize("how", ["Escape", "Dismiss"])
def test_leaving_while_it_is_posted_takes_nothing_back(tab: Tab, how: str) -> None:
    tab.do("""const leave = () => document.querySelector("dialog").remove();
        addEventListener("keydown", (event) => event.key === "Escape" && leave());
        document.querySelector("[aria-label=Dismiss]").onclick = leave;""")
    tab.on_post("post.disabled = true;").press().wait(300)
    if how == "Escape":
        tab.page.keyboard.press("Escape")
    else:
        tab.page.get_by_role("button", name="Dismiss").click()
    tab.wait(7000)
    assert tab.told() == [("unconfirmed", None)]


def test_pressed_twice_is_posted_once(tab: Tab) -> None:
    tab.on_post(f"globalThis.onPost = null; setTimeout(() => {{ toast({HERE}).remove(); box.remove(); }}, 100);")
    tab.press()
    tab.page.get_by_role("button", name="Post", exact=True).press("Enter")
    tab.wait(200)
    assert tab.told() == CONFIRMED
    assert len(tab.page.evaluate("said.filter(({ kind }) => kind === 'pressed')")) == 1


def test_what_linkedin_does_to_the_text_after_a_press_is_not_undone_as_a_failed_change(tab: Tab) -> None:
    tab.do("globalThis.change = listen();")
    tab.do("globalThis.written = change.applyEdits([{ start: 0, end: 0, text: '#ad ' }]);")
    tab.wait(35)
    assert tab.page.evaluate("change.readText()") == f"#ad {TEXT}"
    tab.on_post("box.querySelector('p').textContent = '';").press().wait(500)
    assert tab.page.evaluate("change.readText()") == ""


def test_two_posts_in_a_row_each_get_their_own_notice(tab: Tab) -> None:
    tab.on_post(f"box.remove(); open('Another text'); setTimeout(() => toast(at('{OLDER}')), 700);").press().wait(150)
    tab.do("listen('two');")
    tab.on_post(f"box.remove(); setTimeout(() => toast(at('{NEWER}')), 700);").press().wait(3000)
    assert (tab.told("one"), tab.told("two")) == ([("confirmed", OLDER)], [("confirmed", NEWER)])


def test_two_posts_whose_notices_come_together(tab: Tab) -> None:
    tab.on_post("box.remove(); open('Another text');").press().wait(50)
    tab.do("listen('two');")
    tab.on_post(f"box.remove(); toast(at('{NEWER}')); toast(at('{OLDER}'));").press().wait(300)
    assert (tab.told("one"), tab.told("two")) == ([("confirmed", OLDER)], [("confirmed", NEWER)])


def test_a_box_that_is_used_for_the_next_draft_is_not_still_open(tab: Tab) -> None:
    tab.on_post("box.close(); setTimeout(() => { box.show(); box.querySelector('p').textContent = ''; }, 500);")
    tab.press().wait(7000)
    assert tab.told() == [("unconfirmed", None)]


def test_a_box_that_stays_and_is_emptied_has_posted_whatever_is_written_next(tab: Tab) -> None:
    tab.on_post("box.querySelector('p').textContent = '';").press().wait(3000)
    tab.do("document.querySelector('dialog p').textContent = 'The next one';")
    tab.wait(30_000)
    assert tab.told() == [("unconfirmed", None)]


def test_an_editor_that_is_put_in_anew_for_the_next_draft_is_taken_over(tab: Tab) -> None:
    tab.do("globalThis.composer = listen('two');")
    tab.on_post(f"""const next = box.firstChild.cloneNode(true); next.firstChild.textContent = "";
        box.firstChild.replaceWith(next); toast({HERE});""").press().wait(500)
    assert tab.page.evaluate("[composer.present(), composer.readText()]") == ["here", ""]


def test_a_notice_is_rather_of_the_later_press_where_the_earlier_one_is_unsure(tab: Tab) -> None:
    tab.on_post("box.remove(); open('Another text');").press().wait(4000)
    tab.do("listen('two');")
    tab.on_post(f"box.remove(); setTimeout(() => toast(at('{NEWER}')), 4000);").press().wait(8000)
    assert (tab.told("one"), tab.told("two")) == ([("unconfirmed", None)], [("confirmed", NEWER)])


def test_once_the_outcome_is_known_nothing_is_left_at_work(tab: Tab) -> None:
    tab.do(COUNT)
    tab.on_post(f"setTimeout(() => {{ box.remove(); toast({HERE}); }}, 500);").press().wait(300)
    assert tab.page.evaluate("atWork.size") == 5
    tab.wait(500)
    assert (tab.told(), tab.page.evaluate("[...atWork].map(String)")) == (CONFIRMED, [])


def test_a_worker_that_dies_while_it_is_told_is_told_again(tab: Tab) -> None:
    tab.do("globalThis.deaf = 1;")
    tab.on_post(f"toast({HERE}).remove(); box.remove();").press().wait(100).wait(500)
    said = tab.page.evaluate("said.map(({ kind }) => kind)")
    assert said == ["pressed", "outcome"]
    assert tab.told() == CONFIRMED


@pytest.fixture
def framed(plain: Browser) -> Iterator[tuple[Tab, Frame]]:
    """A tab on LinkedIn whose box is in a frame of its own, and that frame."""
    with framed_tab(plain) as found:
        yield found


def test_a_frame_that_goes_with_the_press(framed: tuple[Tab, Frame]) -> None:
    tab, frame = framed
    tab.do(f"""globalThis.take = () => {{ toast({HERE}).remove(); document.querySelector("iframe").remove(); }};""")
    frame.evaluate("() => { globalThis.onPost = () => top.take(); }")
    frame.get_by_role("button", name="Post", exact=True).click()
    tab.wait(300)
    assert tab.told() == CONFIRMED


def test_a_text_that_comes_back_into_a_frame_was_not_taken(framed: tuple[Tab, Frame]) -> None:
    tab, frame = framed
    frame.evaluate("() => { globalThis.onPost = (box) => box.remove(); }")
    frame.get_by_role("button", name="Post", exact=True).click()
    tab.wait(400)
    frame.evaluate(f"() => open({TEXT!r})")
    tab.wait(1500)
    assert tab.told() == [("dropped", None)]


def test_a_change_of_a_post_is_known_from_within_a_frame_in_words_unknown(framed: tuple[Tab, Frame]) -> None:
    tab, frame = framed
    frame.evaluate("() => { document.querySelector('button').textContent = 'Zapisz zmianę'; }")
    edits = f"SaysoComposer.find().edits({TEXT!r})"
    assert frame.evaluate(edits) is False
    tab.do(f"document.querySelector('main').append(feedPost({TEXT!r}, '{OLDER}'));")
    assert frame.evaluate(edits) is True


def test_a_page_that_is_left_and_comes_back_by_the_browsers_back_says_nothing_any_more(tab: Tab) -> None:
    tab.press().wait(500)
    tab.do("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));")
    tab.wait(60_000)
    assert tab.told() == []


def test_a_press_on_the_page_before_is_taken_up(tab: Tab) -> None:
    tab.do(f"""document.querySelector("dialog").remove(); globalThis.left = {{ id: "one", text: {TEXT!r} }};
        SaysoAftermath.takeUp(); setTimeout(() => toast({HERE}).remove(), 2000);""")
    tab.wait(3000)
    assert tab.told() == CONFIRMED
