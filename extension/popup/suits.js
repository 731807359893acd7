/** What suits the person: topics, languages and region, role. Asked once, in three short screens; changed any time. */

import { button, el, icon, locale, say, send, t } from "./dom.js";

/** @typedef {{topics: string[], languages: string[], role: string, region: string}} Chosen */

/**
 * The screens, of which only those with a choice are shown.
 * @param {{choices: any, preferences: any}} suits  the worker's answer to "suits"
 * @param {{first: boolean, done: (reply?: any) => void}} options  first: asked, not called for
 * @returns {HTMLElement | null} null where there is nothing to choose
 */
export function suitsView({ choices, preferences }, { first, done }) {
  /** @type {Chosen} */
  const chosen = {
    topics: [...preferences.topics],
    languages: [...preferences.languages],
    role: preferences.role,
    region: preferences.region,
  };
  const screens = [topics, tongue, role].map((make) => make(choices, chosen)).filter((screen) => screen !== null);
  if (!screens.length) return null;
  let at = 0;
  const step = el("p.day.step");
  const title = el("h1.ys", { tabindex: -1 });
  const body = el("div.screen");
  const back = el("button.s-btn.bare", { click: () => show(at - 1) }, t("popup_check_back"));
  const next = el("button.s-btn.primary", { type: "submit" });
  const leave = el("button.s-btn", { click: skip }, t(first ? "popup_suits_skip" : "popup_suits_cancel"));
  const form = el(
    "form.suits",
    { submit: onward },
    step,
    title,
    body,
    el("div.acts", {}, next, leave, back),
    el("p.foot", {}, icon("lock"), el("span", {}, t("popup_suits_promise"))),
  );

  /** @param {number} number */
  function show(number) {
    at = number;
    step.textContent = screens.length > 1 ? t("panel_count", at + 1, screens.length) : "";
    title.textContent = screens[at].title;
    body.replaceChildren(...screens[at].parts);
    next.textContent = t(at + 1 < screens.length ? "popup_suits_next" : "popup_suits_done");
    back.hidden = at === 0;
    if (form.isConnected) title.focus();
  }

  /** @param {SubmitEvent} event */
  async function onward(event) {
    event.preventDefault();
    if (at + 1 < screens.length) return show(at + 1);
    const reply = await send("prefer", { ...chosen, asked: true });
    if (reply.ok) say(t("popup_suits_kept"));
    done(reply);
  }

  /** Not asked again; what was ticked so far is not kept. */
  async function skip() {
    done(first ? await send("prefer", { asked: true }) : undefined);
  }

  show(0);
  return form;
}

/** @typedef {{title: string, parts: HTMLElement[]}} Screen */

/** @param {any} choices @param {Chosen} chosen @returns {Screen | null} */
function topics(choices, chosen) {
  /** @type {string[]} */
  const names = [...new Set([...choices.topics.map((/** @type {any} */ each) => each.name), ...chosen.topics])];
  if (!names.length) return null;
  const flip = (/** @type {string} */ name, /** @type {boolean} */ on) => {
    chosen.topics = on ? [...chosen.topics, name] : chosen.topics.filter((other) => other !== name);
  };
  return {
    title: t("popup_suits_topics"),
    parts: [
      el("p.why", {}, t("popup_suits_topics_why")),
      group(t("popup_suits_topics"), names, (name) => chip("checkbox", "topics", name, name, chosen.topics, flip)),
    ],
  };
}

/** Languages and region. @param {any} choices @param {Chosen} chosen @returns {Screen | null} */
function tongue(choices, chosen) {
  /** @type {string[]} */
  const codes = [...new Set([...choices.languages, ...chosen.languages])];
  const named = new Intl.DisplayNames([locale], { type: "language" });
  const several = codes.length > 1;
  if (!several && !choices.regions.length) return null;
  const flip = (/** @type {string} */ code, /** @type {boolean} */ on) => {
    chosen.languages = on ? [...chosen.languages, code] : chosen.languages.filter((other) => other !== code);
  };
  return {
    title: t(several ? "popup_suits_languages" : "popup_suits_region"),
    parts: [
      several &&
        group(t("popup_suits_languages"), codes, (code) =>
          chip("checkbox", "languages", code, named.of(code) ?? code, chosen.languages, flip),
        ),
      several && el("p.why", {}, t("popup_suits_languages_why")),
      several && choices.regions.length > 0 && el("h2.ys", {}, t("popup_suits_region")),
      choices.regions.length > 0 && one("region", t("popup_suits_region"), choices.regions, chosen),
    ].filter((part) => part !== false),
  };
}

/** @param {any} choices @param {Chosen} chosen @returns {Screen | null} */
function role(choices, chosen) {
  if (!choices.roles.length) return null;
  return {
    title: t("popup_suits_role"),
    parts: [el("p.why", {}, t("popup_suits_role_why")), one("role", t("popup_suits_role"), choices.roles, chosen)],
  };
}

/** One of several, or none. @param {"role" | "region"} name @param {string} words @param {string[]} all @param {Chosen} chosen */
function one(name, words, all, chosen) {
  const values = ["", ...new Set([...all, ...(chosen[name] ? [chosen[name]] : [])])];
  return group(words, values, (value) =>
    chip("radio", name, value, value || t("popup_suits_none"), [chosen[name]], (picked) => (chosen[name] = picked)),
  );
}

/** @param {string} words @param {string[]} values @param {(value: string) => HTMLElement} make */
function group(words, values, make) {
  return el("div.chips", { "role": "group", "aria-label": words }, ...values.map(make));
}

/**
 * @param {"checkbox" | "radio"} type @param {string} name @param {string} value @param {string} words
 * @param {string[]} on  the values that are chosen
 * @param {(value: string, on: boolean) => void} flip
 */
function chip(type, name, value, words, on, flip) {
  const box = el("input", { type, name, value, checked: on.includes(value), change: () => flip(value, box.checked) });
  return el("label.chip", {}, box, el("span", {}, words));
}

/**
 * The settings about what suits, once there is anything to choose.
 * @param {(view: HTMLElement) => void} open  shows the screens
 * @param {(reply?: any) => void} done
 * @returns {Promise<HTMLElement[]>}
 */
export async function suitsSettings(open, done) {
  const suits = await send("suits");
  if (!suits.preferences) return [];
  const view = suitsView(suits, { first: false, done });
  const parts = [];
  if (view) parts.push(button(t("popup_suits_open"), () => open(view)));
  if (suits.choices.personal_parameter) parts.push(tick("tell_clicks", suits.preferences, t("popup_suits_clicks")));
  const terms = el("small", { id: "terms" }, t("popup_read_pages_terms"));
  parts.push(tick("read_pages", suits.preferences, t("popup_read_pages"), terms));
  return parts;
}

/** Something that is off until the person says so here. @param {string} name @param {any} preferences @param {string} words @param {HTMLElement} [note] */
function tick(name, preferences, words, note) {
  const box = el("input", {
    "type": "checkbox",
    "checked": preferences[name] === true,
    "aria-describedby": note?.id,
    "change": async () => {
      const reply = await send("prefer", { [name]: box.checked });
      // What was not kept does not look as if it were.
      if (!reply.ok) box.checked = !box.checked;
    },
  });
  return el("div.beside", {}, el("label", {}, box, el("span", {}, words)), note);
}
