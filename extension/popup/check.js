/** Checking a text that is written elsewhere. Nothing of it is kept: it is gone when the popup closes. */

import { bubble, button, el, icon, say, send, t, verdictPhrase } from "./dom.js";

const { SaysoFindings, SaysoPanelParts, SaysoEditorText, SaysoWords } = /** @type {any} */ (globalThis);

/** After the last key, and before "Checking…" takes the place of the last result, in ms. */
const PAUSE = 150;
const PATIENCE = 400;
const FINE = new Set(["present", "not_required"]);

/** @typedef {{shape: string, count?: number, title: string, reason: string, again?: boolean}} Result  in words */

/** Why a text was not checked. @param {any} reply @returns {Result} */
function unchecked({ state, error }) {
  /** @type {Record<string, string>} */
  const reasons = {
    "away": "panel_away",
    "unpaired": "popup_check_unpaired",
    "foreign-port": "panel_foreign_port",
    "slow": "panel_slow",
  };
  const reason = error?.message || t(reasons[state] ?? "state_fault");
  return { shape: "unchecked", title: t("panel_not_checked"), reason, again: state !== "unpaired" };
}

/** @param {string} verdict @param {any[]} findings  that are shown @returns {Result} */
function checked(verdict, findings) {
  const number = (/** @type {string} */ level) => findings.filter((each) => each.level === level).length;
  const [needed, looks, ideas] = ["required", "warning", "suggestion"].map(number);
  const reason = verdictPhrase(verdict);
  if (needed) return { shape: "required", title: SaysoWords.counted("popup_check_needed", needed), reason };
  if (looks) return { shape: "warning", count: looks, title: SaysoWords.counted("panel_looks", looks), reason };
  // A verdict without its finding: left out, or not asked for. It is never told as fine.
  if (!FINE.has(verdict)) return { shape: "idle", title: reason, reason: "" };
  if (ideas) return { shape: "suggestion", count: ideas, title: SaysoWords.counted("panel_ideas", ideas), reason };
  return { shape: "fine", title: t("words_level_fine"), reason };
}

/**
 * @param {() => void} back
 * @param {(state: string) => void} heard  what a check showed of the companion
 * @returns {{element: HTMLElement, open: () => void}}
 */
export function checkView(back, heard) {
  const box = el("textarea.textbox", {
    "id": "text",
    "rows": 5,
    "autocomplete": "off",
    // Some browsers send what they spell-check to a service.
    "spellcheck": "false",
    "aria-describedby": "forgotten",
    "input": typed,
  });
  const copied = el("span.copied");
  const copy = button(t("panel_copy"), toClipboard);
  const leave = button(t("popup_check_back"), back, ".bare.back", icon("down"));
  const title = el("strong");
  const reason = el("p");
  const again = button(t("panel_try_again"), check, "", icon("refresh", true));
  const words = el("div", {}, title, reason);
  const line = el("div.result", { hidden: true }, words, again);
  const list = el("ul.s-findings", { "role": "list", "aria-label": t("panel_findings") });
  const element = el(
    "main.body.check",
    {},
    el("div.acts", {}, leave),
    el("h1.ys", {}, el("label", { for: "text" }, t("popup_check"))),
    box,
    el("div.under", {}, el("p", { id: "forgotten" }, t("popup_check_forgotten")), copied, copy),
    line,
    list,
  );
  const rows = new Map();
  /** The findings shown and the text they are of. @type {any[]} */
  let findings = [];
  let of = /** @type {string | null} */ (null);
  let order = /** @type {string[]} */ ([]);
  /** Which check is the newest: answers to older ones are dropped. */
  let turn = 0;
  let timer = 0;
  let waiting = 0;

  function typed() {
    clearTimeout(timer);
    copied.textContent = "";
    copy.disabled = !box.value;
    turn += 1;
    if (!box.value.trim()) return show(null, []);
    line.setAttribute("aria-busy", "true");
    if (line.hidden) sayChecking();
    else waiting ||= setTimeout(sayChecking, PATIENCE);
    timer = setTimeout(check, PAUSE);
  }

  function sayChecking() {
    if (!line.hasAttribute("aria-busy")) return;
    draw({ shape: "checking", title: t("panel_checking"), reason: "" });
  }

  async function check() {
    clearTimeout(timer);
    const text = box.value;
    if (!text.trim() || !element.isConnected) return;
    const mine = ++turn;
    line.setAttribute("aria-busy", "true");
    waiting ||= setTimeout(sayChecking, PATIENCE);
    const reply = await send("check", { text });
    if (mine !== turn || !element.isConnected) return;
    heard(reply.state);
    const good = reply.state === "ready" && reply.check;
    if (!good) return show(unchecked(reply), []);
    of = text;
    const said = reply.check.findings.filter((/** @type {any} */ each) => reply.ask?.[each.level] !== "off");
    const keyed = SaysoFindings.keyed(said, text);
    order = SaysoFindings.keepOrder(order, keyed);
    if (reply.check.lang) box.lang = reply.check.lang;
    show(checked(reply.check.disclosure, keyed), SaysoFindings.inOrder(keyed, order));
  }

  /** @param {Result | null} result  null: there is no text @param {any[]} next */
  function show(result, next) {
    clearTimeout(waiting);
    waiting = 0;
    line.removeAttribute("aria-busy");
    findings = next;
    if (!next.length) of = null;
    if (result) draw(result);
    line.hidden = !result;
    say(result ? [result.title, result.reason].filter(Boolean).join(". ") : "");
    const had = list.contains(document.activeElement);
    SaysoPanelParts.reconcile(list, rows, findings.map(row), SaysoPanelParts.findingRow);
    if (had && !list.contains(document.activeElement)) box.focus();
  }

  /** @param {Result} result */
  function draw(result) {
    const shape = /** @type {any} */ (result.shape);
    line.querySelector(".s-bubble")?.remove();
    line.prepend(bubble(shape, result.count));
    line.classList.toggle("is-unchecked", result.shape === "unchecked");
    title.textContent = result.title;
    reason.textContent = result.reason;
    reason.hidden = !result.reason;
    again.hidden = !result.again;
    line.hidden = false;
  }

  /** @param {any} each */
  function row(each) {
    return {
      ...each,
      led: false,
      worded: true,
      excerpt: SaysoFindings.excerpt(each, of ?? ""),
      // What is done on LinkedIn and not in the text has its place in the compose box.
      fixes: each.fixes.flatMap((/** @type {any} */ fix, /** @type {number} */ index) =>
        fix.edits.length ? [{ label: fix.label, run: () => mend(each.key, index) }] : [],
      ),
      dismiss: null,
    };
  }

  /** Puts a fix into the box, so that the box's own undo takes it back. @param {string} key @param {number} index */
  async function mend(key, index) {
    if (box.value !== of) await check();
    const fix = findings.find((each) => each.key === key)?.fixes[index];
    if (!fix || of === null || box.value !== of) return;
    const [start, end] = [
      Math.min(...fix.edits.map((/** @type {any} */ each) => each.start)),
      Math.max(...fix.edits.map((/** @type {any} */ each) => each.end)),
    ];
    const mended = SaysoEditorText.edited(of, fix.edits);
    const put = mended.slice(start, mended.length - (of.length - end));
    box.focus();
    box.setSelectionRange(start, end);
    document.execCommand(put ? "insertText" : "delete", false, put);
    if (box.value !== mended) box.value = mended;
    typed();
    await check();
  }

  async function toClipboard() {
    const done = await navigator.clipboard.writeText(box.value).then(
      () => true,
      () => false,
    );
    copied.textContent = t(done ? "panel_copied" : "panel_not_copied");
    say(copied.textContent);
  }

  /** Once it is in the page. */
  function open() {
    box.focus();
    void check();
  }

  copy.disabled = true;
  return { element, open };
}
