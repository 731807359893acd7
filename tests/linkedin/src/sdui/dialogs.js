/** Form B: the dialogs beside the composer, and the notice after Post. */
import { h, icon, onPress, options, uuid } from "../page.js";
import { change } from "../publish.js";
import { words } from "../words.js";
import { editorWrapper, modelText, plainEditor } from "./editor.js";

/** A small modal dialog; each choice closes it first. @param {Record<string, any>} attributes */
function prompt({ inside, ...attributes }, content, ...choices) {
  const dialog = h("dialog", { css: "dialog prompt", "data-testid": "dialog", ...attributes }, ...content,
    h("div", { css: "foot" }, ...choices.map(([label, look, act]) =>
      onPress(h("button", { css: look, type: "button" }, label), () => {
        dialog.remove();
        act();
      }))));
  const box = inside && document.querySelector("dialog[data-testid=dialog]");
  (box || document.body).append(dialog);
  dialog.showModal();
}

export function askAboutDraft(answer) {
  prompt({ "aria-label": words.draftTitle, inside: options.inside }, [h("h2", {}, words.draftTitle), h("p", { css: "quiet" }, words.draftText)],
    [words.discard, "plain", () => answer(false)], [words.saveDraft, "commit", () => answer(true)]);
}

export function chooseTime(done) {
  prompt({ "aria-label": words.schedule }, [
    h("div", { "data-sdui-screen": "com.linkedin.sdui.flagshipnav.sharing.ShareSchedulePostPicker" },
      h("h2", {}, words.schedule),
      h("input", { "data-testid": "date-picker-input", "aria-label": words.date, value: "11/24/2026" }),
      h("input", { "data-testid": "time-picker-input", "aria-label": words.time, value: "9:00 AM" })),
  ], [words.confirm, "commit", done]);
}

export function editMedia(done) {
  prompt({ "aria-label": words.editorTitle }, [h("header", {}, h("h2", {}, words.editorTitle))], [words.next, "commit", done]);
}

export function showUpsell() {
  prompt({ "aria-label": words.upsell }, [h("h2", {}, words.upsell)], [words.notNow, "plain", () => {}]);
}

/** The notice after Post. Nobody has published its markup: a status with the link is the likeliest. */
export function notify(text, urn) {
  const link = urn && h("a", { href: `https://www.linkedin.com/feed/update/${urn}/` }, words.view);
  const notice = h("div", { css: "notice", role: "status" }, icon(urn ? "check" : "close"), h("p", {}, `${text} `, link || null));
  document.body.append(notice);
  setTimeout(() => notice.remove(), options.notice_ms);
}

/** Changing a post that is out: another dialog, with the same editor and a Save. */
export function openSduiEdit({ text, done }) {
  const wrapper = editorWrapper("field");
  const close = () => {
    window.fixture.editors.delete(editor.view.dom);
    editor.destroy();
    dialog.remove();
    window.fixture.model = () => null;
  };
  const save = h("button", { css: "commit", type: "button" }, words.save);
  const dialog = h("dialog", { css: "dialog", "data-testid": "dialog", "aria-label": words.editPost },
    h("div", { css: "screen" },
      h("div", { css: "head" }, h("h2", { css: "head-main" }, words.editPost),
        onPress(h("button", { css: "tool", type: "button", "aria-label": words.dismiss }, icon("close", "close-medium")), close)),
      h("div", { css: "scroller" }, wrapper), h("div", { css: "foot" }, save)));
  window.fixture.commits.add(save);
  onPress(save, async () => {
    await change("urn:li:share:7390000000000000001", modelText(editor));
    done(modelText(editor));
    close();
    notify(words.edited, "urn:li:share:7390000000000000001");
  });
  document.body.append(dialog);
  dialog.showModal();
  const editor = plainEditor(wrapper, {
    placeholder: words.placeholderSdui, attributes: { "aria-label": words.editor, componentkey: options.same_editor ? "ShareBox_textEditor" : uuid() }, text,
  });
  window.fixture.model = () => modelText(editor);
  editor.commands.focus("end");
}
