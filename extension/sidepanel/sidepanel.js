/**
 * Sayso in the browser's side panel: shows the draft of the tab in front as its compose session tells it, and tells the
 * session what was pressed. The draft stays with the session; here are only the words to be seen.
 * `?tab=ID` names one tab, for tests.
 */

const { SaysoWords, SaysoPanel, SaysoPanelParts } = /** @type {any} */ (globalThis);
const { make, button, bubble, icon } = SaysoPanelParts;
const say = SaysoWords.message;

const view = /** @type {HTMLElement} */ (document.getElementById("view"));
const foot = /** @type {HTMLElement} */ (document.getElementById("foot"));
const dark = matchMedia("(prefers-color-scheme: dark)");
const named = Number(new URLSearchParams(location.search).get("tab"));

/** The tab whose draft is shown. */
let tab = named;
/** @type {chrome.runtime.Port | null} */
let port = null;
/** @type {any} */
let panel = null;
/** @type {any} */
let newest = null;

/** The view with things to do in the place of their numbers. @param {any} value @returns {any} */
function unpacked(value) {
  if (Array.isArray(value)) return value.map(unpacked);
  if (typeof value !== "object" || !value) return value;
  if (typeof value.run === "number" && Object.keys(value).length === 1) return () => port?.postMessage(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unpacked(each)]));
}

/** Copying needs the focus, and that is here. @param {any} offer */
const withCopy = (offer) => ({
  ...offer,
  copy: () =>
    navigator.clipboard.writeText(offer.text).then(
      () => true,
      () => false,
    ),
});

function draw() {
  const { list } = newest.suggestions;
  panel.render({
    ...newest,
    theme: dark.matches ? "dark" : "light",
    suggestions: { ...newest.suggestions, list: list.map(withCopy) },
  });
}

/** A panel that takes the page's own styles into its root. */
function made() {
  const fresh = new SaysoPanel.Panel("", { beside: true });
  fresh.root.prepend(...[...document.querySelectorAll("link")].slice(0, 2).map((link) => link.cloneNode()));
  return fresh;
}

/** @param {any} message  from the session */
function told({ view: packed, busy }) {
  if (busy) panel?.setBusy(busy);
  if (!packed) return;
  newest = unpacked(packed);
  panel ??= made();
  draw();
  if (!panel.host.isConnected) view.replaceChildren(panel.host);
}

function join() {
  port?.disconnect();
  const own = chrome.tabs.connect(tab, { name: "draft" });
  port = own;
  own.onMessage.addListener((message) => own === port && told(message));
  own.onDisconnect.addListener(() => {
    // Nobody writes there (read, or the browser complains).
    void chrome.runtime.lastError;
    if (own === port) void idle();
  });
}

/** What there is to say while nobody writes. */
async function idle() {
  port = null;
  panel?.destroy();
  panel = null;
  const { on, state } = await chrome.runtime.sendMessage({ kind: "beside" });
  if (panel) return;
  const paused = state === "paused";
  const [title, reason] = paused
    ? ["panel_paused", "panel_paused_reason"]
    : on
      ? ["panel_ready", "beside_waiting"]
      : ["beside_off", "beside_off_reason"];
  const act = button({ label: say("beside_here"), run: () => show(true) }, "primary");
  const words = make(
    "div",
    { role: "status" },
    make("strong", {}, say(title)),
    make("p", {}, say(reason)),
    on || paused ? null : act,
  );
  view.replaceChildren(make("div", { class: "waiting" }, bubble(paused ? "unchecked" : "idle"), words));
  drawFoot(on);
}

/** @param {boolean} on */
function drawFoot(on) {
  const back = button({ label: say("beside_back"), run: () => show(false) }, "bare small");
  foot.replaceChildren(icon("lock", true), make("span", { class: "push" }, say("beside_promise")), on ? back : "");
}

/** @param {boolean} on  here, and not in LinkedIn's page */
async function show(on) {
  await chrome.runtime.sendMessage({ kind: "beside", on });
  if (!on) return idle();
  drawFoot(true);
  join();
}

/** The tab in front of this window, where none was named. */
async function follow() {
  const [front] = await chrome.tabs.query({ active: true, currentWindow: true });
  if (front?.id === undefined || front.id === tab) return;
  tab = front.id;
  join();
}

chrome.runtime.onMessage.addListener((message, sender) => {
  if (message.kind === "draft-here" && sender.tab?.id === tab) join();
});
if (!named) chrome.tabs.onActivated.addListener(follow);
dark.addEventListener("change", () => panel && draw());
// A pause that begins or ends.
chrome.storage.local.onChanged.addListener((changes) => void ("pause" in changes && !panel && idle()));

document.documentElement.lang = SaysoWords.language();
drawFoot((await chrome.runtime.sendMessage({ kind: "beside" })).on);
if (named) join();
else await follow();
