/** Suggesting a page to the programme, and what became of the pages suggested before. */

import { shortDay } from "./dates.js";
import { button, el, icon, say, send, t, takeOut } from "./dom.js";
import { activePage } from "./page.js";

/** Where a page is, as people read it. @param {string} url */
const place = (url) => new URL(url).host.replace(/^www\./, "");

/**
 * @param {() => void} back
 * @param {(reply: any) => void} trouble
 * @returns {{element: HTMLElement, open: () => Promise<void>}}
 */
export function proposeView(back, trouble) {
  const leave = button(t("popup_check_back"), back, ".bare.back", icon("down"));
  const page = el("div");
  const title = el("h2.ys", { hidden: true }, t("popup_proposals"));
  const list = el("ul", { "aria-label": t("popup_proposals") });
  const more = el("button.s-btn.wide.more", { hidden: true, click: () => load(true) }, t("popup_more"));
  const element = el(
    "main.body.check",
    {},
    el("div.acts", {}, leave),
    el("h1.ys", { tabindex: -1 }, t("popup_propose")),
    page,
    title,
    list,
    more,
  );
  /** @type {string | null} */
  let cursor = null;

  async function load(further = false) {
    const reply = await send("proposals", { cursor: further ? cursor : null });
    if (!reply.proposals) return trouble(reply);
    const rows = reply.proposals.map((/** @type {any} */ each) => proposalRow(each, trouble));
    if (further) list.append(...rows);
    else list.replaceChildren(...rows);
    cursor = reply.next;
    more.hidden = !cursor;
    title.hidden = !list.children.length;
  }

  /** @param {import("./page.js").Page} found */
  function ask(found) {
    const why = el("textarea.textbox", { id: "why", rows: 2, maxlength: 1000, "aria-describedby": "about" });
    const submit = async (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      if (form.hasAttribute("aria-busy")) return;
      form.setAttribute("aria-busy", "true");
      const reply = await send("propose", { id: crypto.randomUUID(), ...found, why: why.value.trim() });
      form.removeAttribute("aria-busy");
      if (!reply.proposal) return trouble(reply);
      const row = proposalRow(reply.proposal, trouble);
      page.replaceChildren(el("p.why", {}, t("popup_proposed")));
      list.prepend(row);
      title.hidden = false;
      row.querySelector("button")?.focus();
      say(t("popup_proposed"));
    };
    const form = el(
      "form.propose",
      { submit },
      el("p.found", { id: "about" }, el("strong", {}, found.title), el("span", {}, place(found.url))),
      el("label.lab", { for: "why" }, t("popup_propose_why")),
      why,
      el("div.acts", {}, el("button.s-btn.primary", { type: "submit" }, t("popup_propose_keep"))),
      el("p.w", {}, t("popup_propose_promise")),
    );
    page.replaceChildren(form);
    why.focus();
  }

  /** Once it is in the page. */
  async function open() {
    const [found] = await Promise.all([activePage(), load()]);
    if (!element.isConnected) return;
    if (found) return ask(found);
    page.replaceChildren(el("p.notice", {}, t("popup_propose_none")));
    element.querySelector("h1")?.focus();
  }

  return { element, open };
}

/**
 * A proposal, which can be handed on, taken out and brought back in its place.
 * @param {any} proposal
 * @param {(reply: any) => void} trouble
 * @returns {HTMLLIElement}
 */
function proposalRow(proposal, trouble) {
  const row = el("div.row.proposal");
  const take = takeOut(row, there, {
    words: t("popup_proposal_removed"),
    back: "",
    take: () => send("remove-proposal", { id: proposal.id }),
    restore: async () => {
      const { id, url, title, why, summary, image, lang } = proposal;
      const reply = await send("propose", { id, url, title, why, summary, image, lang });
      proposal = reply.proposal ?? proposal;
      return reply;
    },
    trouble,
  });

  function there() {
    const { state, note, message, title, url } = proposal;
    const answered = state === "accepted" || state === "declined";
    const when = shortDay(new Date(proposal.answered_at ?? proposal.made_at));
    row.replaceChildren(
      el("a.t", { href: url, target: "_blank", rel: "noopener noreferrer" }, title, el("span.s-hidden", {}, ` ${t("popup_new_tab")}`)),
      el(
        "button.s-icon",
        { "aria-label": t("popup_proposal_remove"), "title": t("popup_proposal_remove"), "click": take },
        icon("close", true),
      ),
      el("p.m2", {}, el("b", {}, t(`popup_proposal_${state}`)), ` · ${when} · ${place(url)}`),
      ...(note ? [el("p.q", {}, note)] : []),
      ...(answered ? [] : [el("div.acts", {}, message && button(t("popup_proposal_send", mailbox(message)), mail), button(t("popup_proposal_file"), file))]),
    );
    return /** @type {HTMLElement} */ (row.querySelector(".s-icon"));
  }

  /** In the person's own mail program, where they see it and send it themselves. */
  async function mail() {
    // The popup closes as soon as another window comes to the front.
    await sent();
    await chrome.tabs.create({ url: proposal.message });
  }

  async function file() {
    const address = URL.createObjectURL(new Blob([proposal.file.content], { type: "application/json" }));
    el("a", { href: address, download: proposal.file.name }).click();
    await sent();
  }

  async function sent() {
    const reply = await send("proposal-sent", { id: proposal.id });
    if (!reply.proposal) return trouble(reply);
    const again = document.activeElement?.textContent;
    proposal = reply.proposal;
    there();
    [...row.querySelectorAll("button")].find((each) => each.textContent === again)?.focus();
    say(t("popup_proposal_sent"));
  }

  there();
  return el("li", {}, row);
}

/** Whom a message goes to. @param {string} message  a mailto: address */
const mailbox = (message) => decodeURIComponent(message.slice("mailto:".length).split("?")[0]);
