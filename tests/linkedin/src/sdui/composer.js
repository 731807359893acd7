/** Form B, the member composer of autumn 2026: TipTap in a native modal dialog, under the address /sharing/compose. */
import { after, avatar, h, icon, onPress, options, uuid } from "../page.js";
import { commitButton } from "../commit.js";
import { ME } from "../feed.js";
import { publish } from "../publish.js";
import { go } from "../route.js";
import { words } from "../words.js";
import { editorWrapper, modelText, plainEditor } from "./editor.js";

let draft = "";

/** Opens the composer: first the placeholder, then, in its place, the dialog with the editor. */
export function openSdui({ closed }) {
  let editor = null;
  let open = true;
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
    dialog.showModal();
    return dialog;
  }

  function close() {
    if (!open) return;
    open = false;
    if (editor) {
      window.fixture.editors.delete(editor.view.dom);
      editor.destroy();
    }
    shown.remove();
    closed();
  }

  /** Close by the person: what they wrote is not thrown away unasked. */
  function leave() {
    if (editor && modelText(editor).trim() !== "") {
      askAboutDraft((keep) => {
        draft = keep ? modelText(editor) : "";
        go("/feed/");
      });
    } else {
      go("/feed/");
    }
  }

  const composer = {
    form: "sdui",
    model: () => (editor ? modelText(editor) : null),
    close,
    notice: (urn) => notify(words.posted, urn),
    failed() {
      notify(words.failed);
      follow.again();
    },
  };
  let follow;

  after(options.swap_ms).then(() => {
    if (!open) return;
    const wrapper = editorWrapper("field");
    const footer = h("div", { css: "foot" },
      h("a", { css: "tool", href: "#", "aria-label": words.scheduled, role: "button", onclick: (event) => event.preventDefault() }, icon("clock", "clock-medium")));
    const placeholder = shown;
    shown = show(head(leave), h("div", { css: "scroller" }, wrapper), tools(), footer);
    placeholder.remove();
    editor = plainEditor(wrapper, {
      placeholder: words.placeholderSdui,
      attributes: { componentkey: "ShareBox_textEditor" },
      text: draft,
      changed: () => follow(),
    });
    const make = (enabled) => h("button", { css: "commit", type: "button", disabled: !enabled }, words.post);
    follow = commitButton(footer, make, () => modelText(editor), (text) => {
      draft = "";
      void publish(composer, text);
    });
    follow();
    editor.commands.focus("end");
  });

  return composer;
}

function head(leave) {
  const author = h("div", { css: "author", role: "button", tabindex: "0", "aria-expanded": "false" },
    h("figure", { css: "figure" }, avatar(ME.initials, 0), icon("people", "person-accent-4")),
    h("b", {}, ME.name), icon("caret", "caret-small"));
  const choice = (name, id, label) => h("div", { css: "choice", role: "button", tabindex: "0" }, icon(name, id), h("span", {}, label));
  return h("div", { css: "head" },
    h("div", { css: "head-main" }, author,
      h("div", { css: "choices" }, choice("globe", "visibility-small", words.anyone), choice("chat", "comment-small", words.comments))),
    onPress(h("button", { css: "tool", type: "button", "aria-label": words.dismiss }, icon("close", "close-medium")), leave));
}

function tools() {
  const tool = (name, id, label, more) => h("button", { css: "tool", type: "button", "aria-label": label, ...more }, icon(name, id));
  return h("div", { css: "tools" },
    tool("smile", "emoji-medium", words.emoji), tool("image", "image-medium", words.media, { "aria-haspopup": "dialog" }),
    tool("calendar", "calendar-medium", words.more), tool("plus", "add-medium", words.more));
}

function askAboutDraft(answer) {
  const choose = (keep) => () => {
    dialog.remove();
    answer(keep);
  };
  const dialog = h("dialog", { css: "dialog prompt", "data-testid": "dialog", "aria-label": words.draftTitle },
    h("h2", {}, words.draftTitle), h("p", { css: "quiet" }, words.draftText),
    h("div", { css: "foot" },
      onPress(h("button", { css: "plain", type: "button" }, words.discard), choose(false)),
      onPress(h("button", { css: "commit", type: "button" }, words.saveDraft), choose(true))));
  document.body.append(dialog);
  dialog.showModal();
}

/** The notice after Post. Nobody has published its markup: a status with the link is the likeliest. */
function notify(text, urn) {
  const link = urn && h("a", { href: `https://www.linkedin.com/feed/update/${urn}/` }, words.view);
  const notice = h("div", { css: "notice", role: "status" }, icon(urn ? "check" : "close"), h("p", {}, `${text} `, link || null));
  document.body.append(notice);
  setTimeout(() => notice.remove(), options.notice_ms);
}
