/** Form A, the classic composer: Quill in an artdeco modal, inside the open shadow root of `#interop-outlet`. */
import { h, icon, onPress, options } from "../page.js";
import { commitButton } from "../commit.js";
import { ME } from "../feed.js";
import { publish } from "../publish.js";
import { words } from "../words.js";
import { modelText, quillEditor } from "./editor.js";

const HEADER = "share-to-linkedin-modal__header";
let draft = "";

/** Opens the composer in the given root. */
export function openClassic({ interop, closed }) {
  const place = h("div", {});
  const footer = h("div", { class: "share-actions" },
    tool("clock", words.schedule, "share-actions__scheduled-post-btn"));
  const modal = h("div", { class: "artdeco-modal share-box-v2__modal", role: "dialog", "aria-labelledby": HEADER, tabindex: "-1" },
    h("h2", { id: HEADER, class: "visually-hidden" }, words.title),
    onPress(h("button", { class: "artdeco-modal__dismiss artdeco-button--circle", type: "button", "aria-label": words.dismiss }, icon("close")), leave),
    h("div", { class: "share-box" },
      h("button", { class: "share-unified-settings-entry-button", type: "button" }, h("span", { class: "avatar-entity", "aria-hidden": "true" }, ME.initials),
        h("span", {}, h("b", {}, ME.name), h("small", {}, words.anyone))),
      h("div", { class: "share-creation-state" },
        h("div", { class: "share-creation-state__content-scrollable" },
          h("div", { class: "share-creation-state__text-editor" }, h("div", { class: "editor-content" }, place))),
        h("div", { class: "share-creation-state__footer" },
          tool("smile", words.emoji, "share-creation-state__emoji"), tool("image", words.addMedia, "share-promoted-detour-button"),
          tool("plus", words.more, "share-promoted-detour-button"))),
      footer));
  const layer = h("div", { "data-test-modal-id": "sharebox" }, h("div", { class: "artdeco-modal-overlay" }, modal));
  interop.append(layer);

  const quill = quillEditor(place, () => follow());
  const make = (enabled) => h("button", {
    class: "share-actions__primary-action artdeco-button artdeco-button--primary", type: "button", disabled: !enabled,
  }, h("span", { class: "artdeco-button__text" }, words.post));
  const follow = commitButton(footer, make, () => modelText(quill), (text) => {
    draft = "";
    void publish(composer, text);
  });

  // The modal keeps the focus to itself, as artdeco's does.
  const listening = new AbortController();
  document.addEventListener("focusin", (event) => {
    if (!event.composedPath().includes(layer)) quill.root.focus();
  }, { signal: listening.signal });
  modal.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) leave();
  });

  function close() {
    listening.abort();
    window.fixture.editors.delete(quill.root);
    layer.remove();
    closed();
  }

  function leave() {
    if (modelText(quill).trim() === "") {
      close();
      return;
    }
    layer.append(draftPrompt((keep) => {
      draft = keep ? modelText(quill) : "";
      close();
    }));
  }

  const composer = {
    form: "classic",
    model: () => modelText(quill),
    close,
    notice: (urn) => toast(interop, words.posted, urn),
    failed() {
      toast(interop, words.failed);
      follow.again();
    },
  };
  if (draft) quill.setText(draft);
  follow();
  quill.root.focus();
  return composer;
}

const tool = (name, label, names) => h("button", { class: `${names} artdeco-button--circle`, type: "button", "aria-label": label }, icon(name));

function draftPrompt(answer) {
  return h("div", { class: "artdeco-modal-overlay" },
    h("div", { class: "artdeco-modal artdeco-modal--prompt", role: "alertdialog", "aria-label": words.draftTitle },
      h("h2", {}, words.draftTitle), h("p", {}, words.draftText),
      h("div", { class: "share-actions" },
        onPress(h("button", { class: "artdeco-button artdeco-button--secondary", type: "button" }, words.discard), () => answer(false)),
        onPress(h("button", { class: "artdeco-button artdeco-button--primary", type: "button" }, words.saveDraft), () => answer(true)))));
}

/** artdeco's toast: the newest stands first. It lives where the old parts live. */
function toast(interop, text, urn) {
  const host = interop.querySelector(".artdeco-toasts_toasts") ?? toastHost(interop);
  const link = urn && h("a", { class: "artdeco-toast-item__cta", href: `https://www.linkedin.com/feed/update/${urn}/` }, words.view);
  const item = h("div", {
    class: "artdeco-toast-item artdeco-toast-item--visible", "data-test-artdeco-toast-item-type": urn ? "success" : "error",
  }, icon(urn ? "check" : "close"), h("p", { class: "artdeco-toast-item__message", role: "alert" }, h("span", {}, text), " ", link || null));
  host.prepend(item);
  setTimeout(() => item.remove(), options.notice_ms);
}

function toastHost(interop) {
  const host = h("section", { class: "artdeco-toasts_toasts" });
  interop.append(h("div", { id: "artdeco-toasts__wormhole" }, host));
  return host;
}
