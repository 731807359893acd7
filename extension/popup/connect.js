/** Connecting by code. */

import { bubble, el, icon, rich, send, t } from "./dom.js";

/**
 * The field for the code and its button.
 * @param {() => void} connected
 * @returns {HTMLFormElement}
 */
export function codeForm(connected) {
  const fault = el("p.fault", { id: "fault", role: "alert" });
  const code = el("input.codebox", {
    id: "code",
    maxlength: 24,
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    "aria-describedby": "fault",
    input: () => code.removeAttribute("aria-invalid"),
  });
  const connect = el("button.s-btn.primary.wide", { type: "submit" }, t("popup_connect"));
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    fault.textContent = "";
    const reply = await send("pair", { code: code.value });
    form.removeAttribute("aria-busy");
    if (reply.ok) return connected();
    code.setAttribute("aria-invalid", "true");
    fault.replaceChildren(rich(reply.error?.message ?? t("state_fault")));
    code.focus();
    code.select();
  };
  const form = el(
    "form.connect",
    { submit, novalidate: true },
    el("label.lab", { for: "code" }, t("popup_code")),
    code,
    connect,
    fault,
  );
  return form;
}

/** The whole view of a browser that is not connected yet. @param {() => void} connected @returns {HTMLElement} */
export function connectView(connected) {
  return el(
    "div.center.connect-view",
    {},
    bubble("brand"),
    el("h1", {}, t("popup_connect_title")),
    el("p", {}, t("popup_connect_text")),
    codeForm(connected),
    el("p.hint", {}, rich(t("popup_no_code"))),
    el("p.foot", {}, icon("lock"), el("span", {}, t("popup_promise"))),
  );
}
