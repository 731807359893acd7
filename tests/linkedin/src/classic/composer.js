/** Form A, the classic composer: Quill in an artdeco modal, in the shadow root of `#interop-outlet` or in the page itself. */
import { h, icon, onPress, options } from "../page.js";
import { commitButton } from "../commit.js";
import { ME, PAGE } from "../feed.js";
import { publish } from "../publish.js";
import { words } from "../words.js";
import { askAboutDraft, chooseTime, editMedia, showUpsell, toast } from "./dialogs.js";
import { modelText, quillEditor } from "./editor.js";

const HEADER = "share-to-linkedin-modal__header";

/** Opens the composer in the given root. */
export function openClassic({ root, reshared, closed }) {
  const who = options.form === "classic-page" ? PAGE : ME;
  let quill = null;
  let follow;
  let later = false;
  const layer = h("div", { "data-test-modal-id": "sharebox" });
  root.append(layer);

  /** Builds the box, in place of the one that is there. */
  function build(text) {
    takeEditor();
    const place = h("div", {});
    const foot = h("div", { class: "share-actions" }, later && h("span", {}, `${words.scheduled}: 9:00`) || null,
      onPress(tool("clock", words.schedule, "share-actions__scheduled-post-btn"), () => chooseTime(layer, () => {
        later = true;
        build(modelText(quill));
      })));
    const modal = h("div", { class: "artdeco-modal share-box-v2__modal", role: "dialog", "aria-labelledby": HEADER, tabindex: "-1" },
      h("h2", { id: HEADER, class: "visually-hidden" }, words.title),
      onPress(h("button", { class: "artdeco-modal__dismiss artdeco-button--circle", type: "button", "aria-label": words.dismiss }, icon("close")), leave),
      h("div", { class: "share-box" },
        h("button", { class: "share-unified-settings-entry-button", type: "button" }, h("span", { class: "avatar-entity", "aria-hidden": "true" }, who.initials),
          h("span", {}, h("b", {}, who.name), h("small", {}, words.anyone))),
        h("div", { class: "share-creation-state" },
          h("div", { class: "share-creation-state__content-scrollable" },
            h("div", { class: "share-creation-state__text-editor" }, h("div", { class: "editor-content" }, place)),
            reshared && h("div", { class: "share-creation-state__preview-container" }, h("b", {}, reshared.name), h("p", {}, reshared.text))),
          h("div", { class: "share-creation-state__footer" },
            tool("smile", words.emoji, "share-creation-state__emoji"),
            onPress(tool("image", words.addMedia, "share-promoted-detour-button"), () => {
              place.remove();
              takeEditor();
              editMedia(layer, () => build(""));
            }),
            tool("plus", words.more, "share-promoted-detour-button"))),
        foot));
    modal.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) leave();
    });
    layer.replaceChildren(h("div", { class: "artdeco-modal-overlay" }, modal));
    quill = quillEditor(place, changed);
    const make = (enabled) => h("button", {
      class: "share-actions__primary-action artdeco-button artdeco-button--primary", type: "button", disabled: !enabled,
    }, h("span", { class: "artdeco-button__text" }, later ? words.scheduleCommit : words.post));
    follow = commitButton(foot, make, () => modelText(quill), (posted) => {
      window.fixture.draft = "";
      void publish(composer, posted, later);
    }, Boolean(reshared));
    if (text) quill.setText(text);
    follow();
    quill.root.focus();
  }

  function changed() {
    follow();
    if (!options.drops) return;
    for (const element of layer.querySelectorAll("*")) {
      if (!window.fixture.own.has(element) && !element.closest(".ql-container")) element.remove();
    }
  }

  function takeEditor() {
    if (quill) window.fixture.editors.delete(quill.root);
    quill = null;
  }

  // The modal keeps the focus to itself, as artdeco's does.
  const listening = new AbortController();
  document.addEventListener("focusin", (event) => {
    if (!event.composedPath().includes(layer)) quill?.root.focus();
  }, { signal: listening.signal });

  function close() {
    listening.abort();
    takeEditor();
    layer.remove();
    closed();
  }

  function leave() {
    if (!quill || modelText(quill).trim() === "") return close();
    askAboutDraft(layer, (keep) => {
      window.fixture.draft = keep ? modelText(quill) : "";
      close();
    });
  }

  const composer = {
    form: options.form,
    model: () => (quill ? modelText(quill) : null),
    close,
    rerender: () => build(modelText(quill)),
    notice: (urn) => toast(root, words.posted, urn),
    told: () => toast(root, words.later),
    upsell: () => showUpsell(root),
    failed(told) {
      if (told) toast(root, words.failed);
      follow.again();
    },
  };
  build(window.fixture.draft);
  return composer;
}

const tool = (name, label, names) => h("button", { class: `${names} artdeco-button--circle`, type: "button", "aria-label": label }, icon(name));
