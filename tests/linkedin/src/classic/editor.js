/** Quill 1.3.7 as the site sets it up: no toolbar, no formats, and its instance out of everyone's reach. */
import Quill from "quill";
import { words } from "../words.js";

/**
 * @param {HTMLElement} place becomes the `.ql-container`
 * @param {() => void} changed
 */
export function quillEditor(place, changed) {
  const quill = new Quill(place, { formats: [], placeholder: words.placeholderClassic });
  delete place.__quill;
  const attributes = {
    role: "textbox", "aria-multiline": "true", "aria-placeholder": words.placeholderClassic, "aria-label": words.editor,
    "data-test-ql-editor-contenteditable": "true",
  };
  for (const [name, value] of Object.entries(attributes)) quill.root.setAttribute(name, value);
  window.fixture.editors.add(quill.root);
  for (const made of place.querySelectorAll("*")) window.fixture.own.add(made);
  quill.on("text-change", changed);
  return quill;
}

/** The model's text, without the line end that Quill keeps at the end of every document. */
export const modelText = (quill) => quill.getText().replace(/\n$/, "");
