/**
 * Form B, the member composer of autumn 2026: TipTap in a native dialog, under the address /sharing/compose. Modal or
 * not, or in a frame of its own over the feed.
 */
import { after, avatar, h, icon, onPress, options, uuid } from "../page.js";
import { commitButton } from "../commit.js";
import { ME, PAGE, photo } from "../feed.js";
import { publish } from "../publish.js";
import { go } from "../route.js";
import { words } from "../words.js";
import { askAboutDraft, chooseTime, editMedia, notify, showUpsell } from "./dialogs.js";
import { editorWrapper, modelText, plainEditor } from "./editor.js";

const MODAL = new Set(["sdui", "sdui-page"]);

/** Opens the composer: first the placeholder, then, in its place, the dialog with the editor. */
export function openSdui({ reshared, closed }) {
  let editor = null;
  let open = true;
  let follow;
  let later = false;
  let author = options.author;
  const pictures = author === "page-photo";
  let shown = show(h("div", { css: "waiting", role: "progressbar", "aria-label": words.loading }));

  function show(...content) {
    const dialog = h("dialog", { css: "dialog", "data-testid": "dialog", "aria-label": words.title },
      h("div", { css: "screen", "data-sdui-screen": "com.linkedin.sdui.flagshipnav.sharing.ShareCompose", componentkey: uuid() },
        ...content));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      leave();
    });
    document.body.append(dialog);
    if (MODAL.has(options.form)) dialog.showModal();
    else dialog.show();
    return dialog;
  }

  /** Puts a dialog with the editor in the place of what is shown. */
  function build(text) {
    takeEditor();
    const wrapper = editorWrapper("field");
    const foot = h("div", { css: "foot" }, later && h("span", { css: "quiet" }, `${words.scheduled}: 9:00`) || null,
      onPress(h("a", { css: "tool", "aria-label": words.scheduled, role: "button", tabindex: "0" }, icon("clock", "clock-medium")),
        () => chooseTime(() => {
          later = true;
          build(modelText(editor));
        })));
    const before = shown;
    shown = show(head(), h("div", { css: "scroller" }, wrapper, reshared && card(reshared)), tools(), foot);
    before.remove();
    editor = plainEditor(wrapper, {
      placeholder: words.placeholderSdui,
      attributes: { componentkey: "ShareBox_textEditor" },
      text,
      changed,
    });
    const make = (enabled) => h("button", { css: "commit", type: "button", disabled: !enabled }, later ? words.scheduleCommit : words.post);
    follow = commitButton(foot, make, () => modelText(editor), (posted) => {
      window.top.fixture.draft = "";
      void publish(composer, posted, later);
    }, Boolean(reshared));
    follow();
    editor.commands.focus("end");
  }

  function changed() {
    follow();
    if (options.drops) dropStrangers();
  }

  /** As a framework does that takes the children it finds for its own. */
  function dropStrangers() {
    for (const element of shown.querySelectorAll("*")) {
      if (!window.fixture.own.has(element) && !editor.view.dom.contains(element)) element.remove();
    }
  }

  function takeEditor() {
    if (!editor) return;
    window.fixture.editors.delete(editor.view.dom);
    editor.destroy();
    editor = null;
  }

  function close() {
    if (!open) return;
    open = false;
    takeEditor();
    shown.remove();
    closed();
  }

  /** Close by the person: what they wrote is not thrown away unasked. */
  function leave() {
    if (!editor || modelText(editor).trim() === "") return go("/feed/");
    askAboutDraft((keep) => {
      window.top.fixture.draft = keep ? modelText(editor) : "";
      go("/feed/");
    });
  }

  function head() {
    const who = author === "member" ? ME : PAGE;
    // A page may be known by its picture alone.
    const face = author === "page-picture" ? h("img", { css: "avatar avatar-medium", src: "/favicon.svg#/company-logo_100_100", alt: "" })
      : pictures ? photo(who, 100) : [avatar(who.initials, 0), icon("people", author === "page" ? "company-accent-4" : "person-accent-4")];
    const control = onPress(h("div", { css: "author", role: "button", tabindex: "0", "aria-expanded": "false" },
      h("figure", { css: "figure" }, face),
      h("b", {}, who.name), icon("caret", "caret-small")), () => {
      // The real site asks in a menu; what matters is who stands there afterwards.
      author = author === "member" ? "page" : "member";
      control.closest("dialog").querySelector("[aria-expanded]").parentElement.parentElement.replaceWith(head());
    });
    const choice = (name, id, label) => h("div", { css: "choice", role: "button", tabindex: "0" }, icon(name, id), h("span", {}, label));
    return h("div", { css: "head" },
      h("div", { css: "head-main" }, control,
        h("div", { css: "choices" }, onPress(choice("globe", "visibility-small", words.anyone), whoSees), choice("chat", "comment-small", words.comments))),
      onPress(h("button", { css: "tool", type: "button", "aria-label": words.dismiss }, icon("close", "close-medium")), leave));
  }

  /** Who can see it is asked in place of all that is in the box. */
  function whoSees() {
    const text = modelText(editor);
    takeEditor();
    const done = onPress(h("button", { css: "commit", type: "button" }, h("span", {}, words.done)), () => build(text));
    shown.replaceChildren(h("div", { css: "screen" }, h("h2", {}, words.whoSees), h("div", { css: "foot" }, done)));
  }

  function tools() {
    const tool = (name, id, label, more) => h("button", { css: "tool", type: "button", "aria-label": label, ...more }, icon(name, id));
    return h("div", { css: "tools" },
      tool("smile", "emoji-medium", words.emoji),
      // The text editor is gone while media is edited, and what was in it is lost.
      onPress(tool("image", "image-medium", words.media, { "aria-haspopup": "dialog" }), () => {
        editor.view.dom.parentElement.remove();
        takeEditor();
        editMedia(() => build(""));
      }),
      tool("calendar", "calendar-medium", words.more), tool("plus", "add-medium", words.more));
  }

  const composer = {
    form: options.form,
    model: () => (editor ? modelText(editor) : null),
    close,
    rerender: () => build(modelText(editor)),
    notice: (urn) => notify(words.posted, urn),
    told: () => notify(words.later),
    upsell: showUpsell,
    tellInside(urn) {
      takeEditor();
      shown.firstElementChild.replaceChildren(h("h2", {}, words.posted), h("div", { css: "foot" },
        h("a", { href: `/feed/update/${urn}/` }, words.view),
        onPress(h("button", { css: "commit", type: "button" }, words.done), () => go("/feed/"))));
    },
    failed(told) {
      if (options.outcome === "reopened") {
        window.fixture.draft = modelText(editor);
        go("/feed/");
        after(300).then(() => go("/sharing/compose"));
        return;
      }
      if (told) notify(words.failed);
      follow.again();
    },
  };

  after(options.swap_ms).then(() => open && build(window.top.fixture.draft));
  return composer;
}

/** The post that is shared on, below one's own text. */
const card = ({ name, initials, tone, text }) => h("div", { css: "card embedded", id: "ShareBoxpreviewCard" },
  h("div", { css: "post-head" }, h("figure", { css: "figure" }, avatar(initials, tone, "small"), icon("briefcase", "company-accent-4")), h("b", {}, name)),
  h("p", { css: "post-text", "data-testid": "expandable-text-box" }, text));
