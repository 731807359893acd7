/**
 * The fold in the text: a tick and a dotted line where a phone and a desktop cut the post. Drawn beside the editor, in
 * our own root and under whatever LinkedIn lays over its text; the editor's DOM is left alone.
 */
globalThis.SaysoFold = (() => {
  const { make, icon } = globalThis.SaysoPanelParts;
  const T = globalThis.SaysoEditorText;
  const { live } = globalThis.SaysoHighlights;

  const DEVICES = /** @type {const} */ (["phone", "desktop"]);
  /** Width of a device's small drawing, in px. */
  const DRAWING = 15;
  /** Clear of the words and of the marks under them, in px. */
  const AIR = 4;

  class Fold {
    /** @param {HTMLElement} host @param {ShadowRoot} root */
    constructor(host, root) {
      this.host = host;
      this.cuts = DEVICES.map((device) => make("div", { "class": "s-cut", "aria-hidden": "true", "hidden": true }, icon(device, true)));
      root.append(...this.cuts);
      this.drawn = ["", ""];
      /** What comes after each cut, as live as the text. @type {(Range | null)[]} */
      this.hidden = [null, null];
    }

    /** Whether the post is cut at all. */
    get shown() {
      return this.hidden.some(Boolean);
    }

    clear() {
      this.hidden = [null, null];
      this.drawn = ["", ""];
      for (const each of this.cuts) each.hidden = true;
    }

    /**
     * @param {any} reading  of the editor, as it is now
     * @param {any} composer
     * @param {(number | null)[]} cuts  for phone and desktop: offset of what is hidden; null: all is seen
     */
    draw(reading, composer, cuts) {
      this.hidden = cuts.map((cut) => (cut === null || cut >= reading.text.length ? null : after(reading, cut)));
      this.move(composer);
    }

    /** The same text lies elsewhere: it was scrolled, or has another width. @param {any} composer */
    move(composer) {
      const places = this.hidden.map((each) => each && place(each));
      const clip = places.some(Boolean) ? this.#sight(composer) : null;
      const base = clip && this.host.getBoundingClientRect();
      this.cuts.forEach((element, index) => {
        const at = places[index];
        const seen = at && at.top >= clip.top - 2 && at.bottom <= clip.bottom + 2;
        const aside = index && places[0] && at?.top === places[0].top ? DRAWING : 0;
        const room = seen ? clip.edge - clip.right > DRAWING + aside + 2 : false;
        const box = seen
          ? `left:${at.left - base.left}px;top:${at.top - base.top - AIR}px;width:${clip.right - at.left}px;height:${at.height + 2 * AIR}px;--aside:${aside}px`
          : "";
        if (this.drawn[index] === `${box} ${room}`) return;
        this.drawn[index] = `${box} ${room}`;
        element.hidden = !seen;
        // At the beginning of a line all of it is hidden: the line lies above.
        element.classList.toggle("is-above", Boolean(seen && at.left - clip.left < 2));
        element.style.cssText = box;
        element.firstElementChild.toggleAttribute("hidden", !room);
      });
    }

    /** What of the editor can be seen, and how far to the right there is room. @param {any} composer */
    #sight({ editor, dialog }) {
      const box = editor.getBoundingClientRect();
      const style = getComputedStyle(editor);
      const sight = { top: 0, bottom: window.innerHeight, edge: 0, ...columnOf(box, style) };
      sight.edge = Math.min(dialog.getBoundingClientRect().right, window.innerWidth) - 2;
      for (let each = editor; each && each !== dialog; each = each.parentElement) {
        if (getComputedStyle(each).overflowY === "visible") continue;
        const part = each.getBoundingClientRect();
        [sight.top, sight.bottom] = [Math.max(sight.top, part.top), Math.min(sight.bottom, part.bottom)];
        sight.edge = Math.min(sight.edge, part.left + each.clientWidth);
      }
      return sight;
    }
  }

  /** The first character that is hidden. @param {any} reading @param {number} offset */
  function after(reading, offset) {
    // Before a line end there is nothing to measure: what is hidden begins after it.
    const hidden = reading.text[offset] === "\n" ? offset + 1 : offset;
    return live(T.range(reading, hidden, hidden + 1));
  }

  /** Where it is on the screen. @param {Range} character */
  function place(character) {
    const box = character.getClientRects()[0];
    return box?.height ? box : null;
  }

  /** The column of text. @param {DOMRect} box @param {CSSStyleDeclaration} style */
  const columnOf = (box, style) => ({
    left: box.left + parseFloat(style.paddingLeft),
    right: box.right - parseFloat(style.paddingRight),
  });

  return { Fold };
})();
