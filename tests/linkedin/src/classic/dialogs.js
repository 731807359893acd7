/** Form A: the modals beside the composer, and artdeco's toasts. */
import { h, icon, onPress, options } from "../page.js";
import { change } from "../publish.js";
import { words } from "../words.js";
import { modelText, quillEditor } from "./editor.js";

/** A small modal over everything; each choice closes it first. */
function prompt(root, label, content, ...choices) {
  const overlay = h("div", { class: "artdeco-modal-overlay" },
    h("div", { class: "artdeco-modal artdeco-modal--prompt", role: "alertdialog", "aria-label": label }, ...content,
      h("div", { class: "share-actions" }, ...choices.map(([name, look, act]) =>
        onPress(h("button", { class: `artdeco-button artdeco-button--${look}`, type: "button" }, name), () => {
          overlay.remove();
          act();
        })))));
  root.append(overlay);
}

export function askAboutDraft(root, answer) {
  prompt(root, words.draftTitle, [h("h2", {}, words.draftTitle), h("p", {}, words.draftText)],
    [words.discard, "secondary", () => answer(false)], [words.saveDraft, "primary", () => answer(true)]);
}

export function chooseTime(root, done) {
  prompt(root, words.schedule, [
    h("h2", {}, words.schedule),
    h("input", { id: "share-post__scheduled-date", "aria-label": words.date, value: "11/24/2026" }),
    h("input", { id: "share-post__scheduled-time", "aria-label": words.time, value: "9:00 AM" }),
  ], [words.confirm, "primary", done]);
}

export function editMedia(root, done) {
  prompt(root, words.editorTitle, [h("h2", {}, words.editorTitle)], [words.next, "primary", done]);
}

export function showUpsell(root) {
  prompt(root, words.upsell, [h("h2", {}, words.upsell)], [words.notNow, "secondary", () => {}]);
}

/** artdeco's toast: the newest stands first. It lives where the old parts live. */
export function toast(root, text, urn) {
  const host = root.querySelector(".artdeco-toasts_toasts") ?? toastHost(root);
  const link = urn && h("a", { class: "artdeco-toast-item__cta", href: `https://www.linkedin.com/feed/update/${urn}/` }, words.view);
  const item = h("div", {
    class: "artdeco-toast-item artdeco-toast-item--visible",
    "data-test-artdeco-toast-item-type": urn || text !== words.failed ? "success" : "error",
  }, icon(urn ? "check" : "close"), h("p", { class: "artdeco-toast-item__message", role: "alert" }, h("span", {}, text), " ", link || null));
  host.prepend(item);
  setTimeout(() => item.remove(), options.notice_ms);
}

function toastHost(root) {
  const host = h("section", { class: "artdeco-toasts_toasts" });
  root.append(h("div", { id: "artdeco-toasts__wormhole" }, host));
  return host;
}

/** Changing a post that is out: the same modal with another title and a Save. */
export function openClassicEdit({ root, text, done }) {
  const place = h("div", {});
  const save = h("button", { class: "share-actions__primary-action artdeco-button artdeco-button--primary", type: "button" },
    h("span", { class: "artdeco-button__text" }, words.save));
  const title = "share-to-linkedin-modal__header";
  const layer = h("div", { "data-test-modal-id": "sharebox" }, h("div", { class: "artdeco-modal-overlay" },
    h("div", { class: "artdeco-modal share-box-v2__modal", role: "dialog", "aria-labelledby": title, tabindex: "-1" },
      h("h2", { id: title }, words.editPost),
      h("div", { class: "share-creation-state" }, h("div", { class: "share-creation-state__text-editor" }, place)),
      h("div", { class: "share-actions" }, save))));
  root.append(layer);
  const quill = quillEditor(place, () => {});
  quill.setText(text);
  window.fixture.model = () => modelText(quill);
  window.fixture.commits.add(save);
  onPress(save, async () => {
    await change("urn:li:share:7390000000000000001", modelText(quill));
    done(modelText(quill));
    window.fixture.editors.delete(quill.root);
    window.fixture.model = () => null;
    layer.remove();
    toast(root, words.edited, "urn:li:share:7390000000000000001");
  });
  quill.root.focus();
}
