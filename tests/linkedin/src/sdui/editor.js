/** TipTap as the site sets it up: plain paragraphs, a placeholder on the paragraph, the instance on the DOM node. */
import { Editor } from "@tiptap/core";
import { Document } from "@tiptap/extension-document";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Text } from "@tiptap/extension-text";
import { Placeholder, UndoRedo } from "@tiptap/extensions";
import { css, h } from "../page.js";

/**
 * @param {HTMLElement} place
 * @param {{placeholder: string, attributes: Object<string, string>, text?: string, changed?: () => void}} settings
 */
export function plainEditor(place, { placeholder, attributes, text = "", changed = () => {} }) {
  const editor = new Editor({
    element: place,
    // The site's policy forbids style elements; site.css has what ProseMirror needs.
    injectCSS: false,
    extensions: [Document, Paragraph, Text, UndoRedo, Placeholder.configure({ placeholder })],
    editorProps: { attributes: { role: "textbox", class: css("prose prose-wide"), ...attributes } },
    content: { type: "doc", content: text.split("\n").map((line) => ({ type: "paragraph", content: line ? [{ type: "text", text: line }] : [] })) },
    onUpdate: changed,
  });
  const root = editor.view.dom;
  window.fixture.editors.add(root);
  root.editor = editor;
  return editor;
}

/** The model's text: one line a paragraph. */
export function modelText(editor) {
  const lines = [];
  editor.state.doc.forEach((paragraph) => lines.push(paragraph.textContent));
  return lines.join("\n");
}

/** The wrapper in which the site puts every TipTap editor, whatever it is for. */
export const editorWrapper = (names) => h("div", { css: names, "data-testid": "ui-core-tiptap-text-editor-wrapper" });
