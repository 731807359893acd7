/**
 * The card on a mark: what was found in these words, why it matters and what mends it. In the top layer, so that it is
 * cut off by nothing; knows Sayso and nothing of LinkedIn's page.
 */
globalThis.SaysoCard = (() => {
  const { message: say, language } = globalThis.SaysoWords;
  const { make, button, iconButton, sourceLine } = globalThis.SaysoPanelParts;
  const { glyph } = globalThis.SaysoIcons;

  /** Between the card and what it keeps clear of, and to the edge of the screen, in px. */
  const GAP = 6;
  const EDGE = 8;
  const WIDTH = 348;
  const NARROW = 330;
  const LEAST = 220;
  /** What a hidden control of LinkedIn's costs, whatever its size: more than all of our own row. */
  const CONTROL = 100_000;
  /** What each px between the words and the card costs: pointer and eye have to go there. */
  const FAR = 40;
  /** Lower than this the card is not made to fit, but put elsewhere. */
  const LOWEST = 150;

  /** @typedef {{left: number, top: number, right: number, bottom: number}} Box */
  /** @typedef {import("./panel-parts.js").FindingView & {category: string}} CardView */

  class Card {
    /** @param {ShadowRoot} root @param {{walk: (by: number) => void, left: () => void}} tell */
    constructor(root, tell) {
      this.tell = tell;
      this.element = make("div", {
        "class": "s-root s-card",
        "popover": "manual",
        "lang": language(),
        "role": "dialog",
        "aria-labelledby": "card-title",
        "aria-describedby": "card-why",
        "tabindex": -1,
        "onfocusout": (/** @type {FocusEvent} */ event) => {
          const to = /** @type {Node | null} */ (event.relatedTarget);
          if (this.key && to && !this.element.contains(to)) this.tell.left();
        },
      });
      /** The finding shown; empty while closed. */
      this.key = "";
      root.append(this.element);
    }

    /** @param {CardView} view @param {{number: number, of: number, theme: string}} place */
    show(view, { number, of, theme }) {
      const focused = this.holdsFocus();
      this.key = view.key;
      this.element.className = `s-root s-card is-${view.level} ${theme}`;
      const walk = (/** @type {number} */ by, /** @type {string} */ label, /** @type {string} */ drawing) =>
        iconButton(label, drawing, () => this.tell.walk(by), `${label} (${by < 0 ? "←" : "→"})`);
      const steps =
        of > 1 &&
        make(
          "span",
          { class: "push num" },
          walk(-1, say("card_previous"), "left"),
          say("panel_count", number, of),
          walk(1, say("card_next"), "right"),
        );
      const category = say(`card_about_${view.category}`);
      const quote = view.excerpt && `${view.excerpt.before}${view.excerpt.words}${view.excerpt.after}`;
      const fixes = view.fixes.map((fix, index) =>
        button(fix, view.level === "required" && !index ? "primary small" : "small"),
      );
      const words = make(
        "div",
        { class: "words" },
        make(
          "div",
          { class: "head" },
          glyph(view.level),
          make("span", { class: "s-level" }, say(`words_level_${view.level}`)),
          make("span", { class: "cat" }, category),
          steps || null,
        ),
        make("p", { class: "s-msg", id: "card-title" }, view.message),
        make("p", { class: "why", id: "card-why" }, view.why),
        view.example
          ? make(
              "dl",
              { class: "s-swap" },
              quote ? make("dt", {}, say("card_instead")) : null,
              quote ? make("dd", { class: "was s-quote" }, quote) : null,
              make("dt", {}, say("card_try")),
              make("dd", { class: "s-quote" }, view.example),
            )
          : null,
      );
      const foot = make(
        "div",
        { class: "foot" },
        ...fixes,
        view.dismiss && button({ label: say("panel_keep"), run: () => view.dismiss?.() }, "bare small"),
        view.sources.length
          ? make("ul", { "class": "push", "aria-label": say("panel_sources") }, sourceLine(view.sources[0]))
          : null,
      );
      this.element.replaceChildren(words, foot);
      if (!this.element.matches(":popover-open")) this.element.showPopover();
      if (focused) this.focus();
    }

    /** On the best fix, or on what else can be done. */
    focus() {
      (this.element.querySelector(".foot button") ?? this.element).focus();
    }

    holdsFocus() {
      return this.element.contains(this.element.getRootNode().activeElement);
    }

    /**
     * Next to the words it speaks of: never over them, and over none of what must stay in sight where that can be.
     * @param {Box[]} words  line by line @param {Box} column  the text's left and right
     * @param {Box[]} keep  what must stay in sight; the last is our own row
     * @param {Box} dialog  LinkedIn's box; the card lies beside it rather than over its edge, where there is room
     */
    place(words, column, keep, dialog) {
      const { style } = this.element;
      const [wide, high] = [window.innerWidth, window.innerHeight];
      const heightAt = (/** @type {number} */ width) => {
        style.width = `${width}px`;
        style.maxHeight = `${high - 2 * EDGE}px`;
        this.element.classList.toggle("is-narrow", width < NARROW);
        return this.element.offsetHeight;
      };
      const width = Math.min(WIDTH, wide - 2 * EDGE);
      const lines = { ...around(words), left: column.left, right: column.right };
      const near = around(words);
      const best = candidates(lines, words[0], { width, heightAt, wide, high }, keep, dialog)
        .map((box) => ({ box, cost: cost(box, lines, keep) + FAR * apart(box, near) }))
        .sort((a, b) => a.cost - b.cost)[0].box;
      style.left = `${Math.round(best.left)}px`;
      style.top = `${Math.round(best.top)}px`;
      heightAt(Math.round(best.right - best.left));
      style.maxHeight = `${Math.round(best.bottom - best.top)}px`;
    }

    hide() {
      this.key = "";
      if (this.element.matches(":popover-open")) this.element.hidePopover();
    }
  }

  /** @param {Box[]} boxes @returns {Box} */
  function around(boxes) {
    return {
      left: Math.min(...boxes.map((each) => each.left)),
      top: Math.min(...boxes.map((each) => each.top)),
      right: Math.max(...boxes.map((each) => each.right)),
      bottom: Math.max(...boxes.map((each) => each.bottom)),
    };
  }

  /**
   * Where the card could be, best first: below the words or below our row, above them, made lower, beside them.
   * @param {Box} lines @param {Box} first @param {{width: number, heightAt: (width: number) => number, wide: number, high: number}} size
   * @param {Box[]} keep @param {Box} dialog
   */
  function candidates(lines, first, { width, heightAt, wide, high }, keep, dialog) {
    /** @type {Box[]} */
    const found = [];
    const height = heightAt(width);
    const add = (/** @type {number} */ left, /** @type {number} */ top, /** @type {number} */ w, /** @type {number} */ h) => {
      if (h < Math.min(LOWEST, height)) return;
      const x = Math.max(EDGE, Math.min(left, wide - EDGE - w));
      const y = Math.max(EDGE, Math.min(top, high - EDGE - h));
      found.push({ left: x, top: y, right: x + w, bottom: y + h });
    };
    // Within LinkedIn's box, as far as it is wide enough.
    const [least, most] = [Math.max(EDGE, dialog.left), Math.min(wide - EDGE, dialog.right) - width];
    const within = (/** @type {number} */ left) => Math.max(least, Math.min(left, most));
    const columns = [within(first.left - 16), within(first.right - width), least, within(most)];
    const below = [lines.bottom, Math.max(lines.bottom, keep.at(-1).bottom)];
    for (const left of columns) {
      for (const top of below) add(left, top + GAP, width, height);
      add(left, lines.top - GAP - height, width, height);
    }
    for (const left of columns.slice(0, 2)) {
      const near = keep.filter((each) => each.left < left + width && each.right > left);
      for (const top of below) {
        const end = Math.min(high - EDGE, ...near.filter((each) => each.top > top).map((each) => each.top - GAP));
        add(left, top + GAP, width, Math.min(height, end - top - GAP));
      }
      const over = near.filter((each) => each.bottom <= lines.top).map((each) => each.bottom + GAP);
      const room = lines.top - GAP - Math.max(EDGE, ...over);
      add(left, lines.top - GAP - Math.min(height, room), width, Math.min(height, room));
    }
    const inner = around([lines, ...keep]);
    for (const edge of [Math.max(inner.right, dialog.right), inner.right]) {
      const beside = Math.min(width, wide - EDGE - GAP - edge);
      if (beside < LEAST) continue;
      add(edge + GAP, lines.top - EDGE, beside, heightAt(beside));
      break;
    }
    return found;
  }

  /** How far two boxes are from each other. @param {Box} one @param {Box} other */
  function apart(one, other) {
    const across = Math.max(0, one.left - other.right, other.left - one.right);
    return across + Math.max(0, one.top - other.bottom, other.top - one.bottom);
  }

  /** How much is hidden that should not be. @param {Box} box @param {Box} lines @param {Box[]} keep */
  function cost(box, lines, keep) {
    const over = (/** @type {Box} */ other) =>
      Math.max(0, Math.min(box.right, other.right) - Math.max(box.left, other.left)) *
      Math.max(0, Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top));
    const controls = keep.slice(0, -1).filter((each) => over(each) > 0).length;
    return 1000 * over(lines) + CONTROL * controls + over(keep.at(-1));
  }

  return { Card };
})();
