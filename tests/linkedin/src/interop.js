/** `#interop-outlet`: an open shadow root in which the site's older parts live; here the chat, and the classic composer. */
import classicCss from "./classic/classic.css";
import { h, icon, options, uuid } from "./page.js";
import { words } from "./words.js";

/** @returns {ShadowRoot} */
export function showInterop() {
  const outlet = h("div", { id: "interop-outlet", "data-testid": "interop-shadowdom" });
  const root = outlet.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(classicCss);
  root.adoptedStyleSheets = [sheet];
  if (options.chat) root.append(chat());
  document.body.append(outlet);
  return root;
}

/** For the pages where the old parts stand in the document itself. */
export function adoptClassicStyles() {
  const sheet = new CSSStyleSheet();
  // For them alone: the feed around has its own looks.
  sheet.replaceSync(`@scope ([data-test-modal-id], .artdeco-modal-overlay, #artdeco-toasts__wormhole) { ${classicCss} }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** A conversation: a dialog with a text box that is no composer. */
function chat() {
  const field = h("div", {
    class: "msg-form__contenteditable", contenteditable: "true", role: "textbox", "aria-multiline": "true",
    "aria-label": words.write, "data-placeholder": words.write,
  });
  return h("aside", { class: "msg-overlay-container" },
    h("div", { class: "msg-overlay-conversation-bubble", role: "dialog", "aria-label": words.messaging, id: uuid() },
      h("header", { class: "msg-overlay-bubble-header" }, h("b", {}, "Ines Okafor"), icon("more")),
      h("p", { class: "msg-s-event" }, "Samples are on the night train. Two of them you will like."),
      h("form", { class: "msg-form" }, field,
        h("button", { class: "msg-form__send-button", type: "button", disabled: true }, words.send))));
}

/** The hidden frame that the site loads ahead of need; it holds an editor which nobody ever sees. */
export function showPreloadFrame() {
  document.body.append(h("iframe", {
    src: "/preload/?_bprMode=vanilla", "data-testid": "interop-iframe", "aria-hidden": "true", tabindex: "-1", css: "hidden",
  }));
}
