/** The article editor: a headline, a long text, a button that goes on. No compose box at all. */
import { h } from "./page.js";
import { words } from "./words.js";
import { plainEditor } from "./sdui/editor.js";

export function showArticle() {
  const place = h("div", { class: "article-editor-content" });
  document.body.append(
    h("main", { class: "article-editor", css: "single" },
      h("div", { class: "article-editor-toolbar" }, h("button", { class: "article-editor-nav__publish", type: "button" }, words.next)),
      h("textarea", { id: "article-editor-headline__textarea", "aria-label": words.headline, rows: 2 }),
      place));
  plainEditor(place, {
    placeholder: words.write,
    attributes: { "aria-label": words.articleText, "data-test-article-editor-content-textbox": "" },
  });
  document.body.setAttribute("data-rehydrated", "true");
}
