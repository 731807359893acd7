/** The panel's parts as elements: made once, then updated in place, so that nothing moves under pointer or focus. */
globalThis.SaysoPanelParts = (() => {
  const { message: say } = globalThis.SaysoWords;
  const { bubble, glyph, icon } = globalThis.SaysoIcons;

  /** @typedef {{label: string, run: () => void}} Act */
  /**
   * @typedef {object} FindingView
   * @property {string} key
   * @property {"required" | "warning" | "suggestion"} level
   * @property {string} [category]
   * @property {string} message
   * @property {string} why
   * @property {string | null} [example]  a good way to say it
   * @property {string[]} sources
   * @property {FindingView[]} [parts]  what it gathers, told under "Why?"
   * @property {{before: string, words: string, after: string} | null} excerpt
   * @property {Act[]} fixes  best first
   * @property {(() => void) | null} dismiss  null: it cannot be
   * @property {boolean} [worded]  its level's word is to be seen, and not only heard
   * @property {boolean} led  the panel's one row speaks for it already
   */

  /**
   * @param {string} tag
   * @param {Record<string, any>} attributes  names beginning with "on" are listeners; null and false are left out
   * @param {...(Node | string | null)} children  strings become text, never HTML
   * @returns {any}
   */
  function make(tag, attributes, ...children) {
    const element = /** @type {any} */ (document.createElement(tag));
    if (tag === "button") element.type = "button";
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, String(value));
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }

  /**
   * Sets a text only where it is another one: a live region speaks at each change.
   * @param {Node} node @param {string} text
   */
  function setText(node, text) {
    if (node.textContent !== text) node.textContent = text;
  }

  /** A button for something that can be done. @param {Act} act @param {string} look @param {string} [drawing] */
  function button(act, look, drawing) {
    return make(
      "button",
      { class: `s-btn ${look}`, onclick: () => act.run() },
      drawing ? icon(drawing, true) : null,
      act.label,
    );
  }

  /** A button that is only a drawing. @param {string} label @param {string} drawing @param {() => void} run @param {string} [title] */
  function iconButton(label, drawing, run, title = label) {
    return make("button", { "class": "s-icon", "aria-label": label, title, "onclick": run }, icon(drawing, true));
  }

  /** Where a rule comes from: a link where it is an address, else its name. @param {string} source */
  function sourceLine(source) {
    const url = /^https?:\/\//.test(source) && URL.canParse(source) ? new URL(source) : null;
    const text = url ? url.hostname.replace(/^www\./, "") : source;
    return make(
      "li",
      {},
      url ? make("a", { class: "s-link", href: url.href, target: "_blank", rel: "noopener noreferrer" }, text) : text,
    );
  }

  /** One of those that a row gathers. @param {FindingView} view */
  function partLine({ message, excerpt, why, level }) {
    const words = excerpt && make("span", { class: "s-excerpt" }, make("span", { class: `m m-${level}` }, excerpt.words));
    return make("li", {}, make("strong", {}, message), words && " ", words, make("p", {}, why));
  }

  /** @param {FindingView} first @param {number} number  its own, for ids */
  function findingRow(first, number) {
    let view = first;
    let drawnFixes = "";
    const message = make("span", { class: "s-said" });
    const detailText = make("p", {});
    const example = make("p", { class: "s-example" });
    const sources = make("ul", { "aria-label": say("panel_sources") });
    const parts = make("ul", { class: "s-parts" });
    const shownWhy = [detailText, parts, example, sources];
    const detail = make("div", { class: "s-detail", id: `why-${number}`, hidden: true }, ...shownWhy);
    const why = make(
      "button",
      {
        class: "s-why",
        "aria-expanded": "false",
        "aria-controls": detail.id,
        onclick: () => {
          detail.hidden = !detail.hidden;
          why.setAttribute("aria-expanded", String(!detail.hidden));
        },
      },
      say("panel_why"),
    );
    const [before, words, after] = [make("span", {}), make("span", { class: `m m-${first.level}` }), make("span", {})];
    const excerpt = make("p", { class: "s-excerpt" }, before, words, after);
    const fixes = make("div", { class: "s-fixes", role: "group", "aria-label": say("panel_fixes") });
    const dismiss = iconButton(say("panel_dismiss"), "close", () => view.dismiss?.(), say("panel_keep"));
    const element = make(
      "li",
      { class: `s-finding is-${first.level}` },
      glyph(first.level),
      make(
        "div",
        {},
        make(
          "p",
          { class: "s-msg" },
          first.worded
            ? make("span", { class: "s-level" }, say(`words_level_${first.level}`))
            : make("span", { class: "s-hidden" }, `${say(`words_level_${first.level}`)}: `),
          message,
          " ",
          why,
        ),
        excerpt,
      ),
      make("div", { class: "s-acts" }, fixes, dismiss),
      detail,
    );

    // What is the same is not built anew: each change would have the page laid out again.
    let drawn = { parts: "[]", sources: "" };

    /** @param {FindingView} next */
    function update(next) {
      view = next;
      element.classList.toggle("is-led", view.led);
      setText(message, view.message);
      setText(detailText, view.why);
      detailText.hidden = !view.why;
      const [newParts, newSources] = [JSON.stringify(view.parts ?? []), view.sources.join(" ")];
      if (drawn.parts !== newParts) parts.replaceChildren(...(view.parts ?? []).map(partLine));
      parts.hidden = !view.parts;
      setText(example, view.example ? say("panel_example", view.example) : "");
      example.hidden = !view.example;
      if (drawn.sources !== newSources) sources.replaceChildren(...view.sources.map(sourceLine));
      drawn = { parts: newParts, sources: newSources };
      sources.hidden = !view.sources.length;
      // Where the row above speaks for it and nothing can be quoted, it says at least what it is about.
      const about = view.led ? say(`card_about_${view.category}`) : "";
      const quote = view.excerpt ?? { before: about, words: "", after: "" };
      [before, words, after].forEach((part, i) => setText(part, [quote.before, quote.words, quote.after][i]));
      excerpt.hidden = !view.excerpt && !about;
      const labels = view.fixes.map((each) => each.label).join("\n");
      if (labels !== drawnFixes) {
        drawnFixes = labels;
        fixes.replaceChildren(
          ...view.fixes.map((each, i) => button({ label: each.label, run: () => view.fixes[i].run() }, "small")),
        );
      }
      fixes.hidden = !view.fixes.length;
      dismiss.hidden = !view.dismiss;
      fixes.parentElement.hidden = fixes.hidden && dismiss.hidden;
    }
    update(first);
    return { element, update };
  }

  /**
   * A quiet line about what was left out, with what can be done about it. Keeps its element while it stays.
   * @returns {{element: HTMLElement, update: (line: {text: string, acts: Act[]} | null) => void}}
   */
  function leftLine() {
    const text = make("span", { "aria-live": "polite" });
    const acts = make("span", { class: "s-left-acts" });
    const element = make("div", { class: "s-hidden" }, text, acts);
    let drawn = "";
    /** @type {Act[]} */
    let now = [];

    /** @param {{text: string, acts: Act[]} | null} line */
    function update(line) {
      // Out of sight and not out of the page: a live region that has just appeared says nothing.
      element.className = line ? "s-foot s-left" : "s-hidden";
      setText(text, line?.text ?? "");
      now = line?.acts ?? [];
      const labels = now.map((each) => each.label).join("\n");
      if (labels === drawn) return;
      drawn = labels;
      acts.replaceChildren(...now.map(({ label }, i) => button({ label, run: () => now[i].run() }, "small bare")));
    }
    return { element, update };
  }

  /**
   * Brings a list up to date by key: rows that stay keep their element.
   * @template {{key: string}} V
   * @param {HTMLElement} list @param {Map<string, {element: HTMLElement, update: (view: V) => void}>} rows
   * @param {V[]} views @param {(view: V, number: number) => {element: HTMLElement, update: (view: V) => void}} makeRow
   */
  function reconcile(list, rows, views, makeRow) {
    const keys = new Set(views.map((each) => each.key));
    for (const [key, row] of rows) {
      if (keys.has(key)) continue;
      row.element.remove();
      rows.delete(key);
    }
    views.forEach((view, index) => {
      const row = rows.get(view.key) ?? makeRow(view, (made += 1));
      if (rows.has(view.key)) row.update(view);
      rows.set(view.key, row);
      if (list.children[index] !== row.element) list.insertBefore(row.element, list.children[index] ?? null);
    });
  }
  let made = 0;

  /** Five steps and a phrase. @param {{step: number, phrase: string}} own */
  function meter(own) {
    const steps = Array.from({ length: 5 }, (_, i) => make("i", { class: i <= own.step ? "on" : null }));
    return make(
      "span",
      {
        class: "s-meter",
        role: "meter",
        "aria-label": say("panel_own_words"),
        "aria-valuemin": 1,
        "aria-valuemax": 5,
        "aria-valuenow": own.step + 1,
        "aria-valuetext": own.phrase,
      },
      ...steps,
    );
  }

  return { make, setText, button, iconButton, sourceLine, findingRow, leftLine, reconcile, meter, bubble, icon };
})();
