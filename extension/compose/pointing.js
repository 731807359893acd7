/** When the card opens and closes: the pointer or the caret rests on a mark, or the person asks for it by key. */
globalThis.SaysoPointing = (() => {
  const Marks = globalThis.SaysoHighlights;

  /** How long pointer or caret rest on a mark before the card opens, and how long it stays when they leave; in ms. */
  const REST = 250;
  const GRACE = 400;
  /** Keys that move the caret and write nothing. */
  const CARET = /^(Arrow|Home$|End$|Page)/;
  /** Keys that may be for the card; all others are left alone at once. */
  const OURS = /^(\.|Escape|Arrow)/;
  /** What a person presses in LinkedIn's box, and what must therefore stay in sight. */
  const CONTROLS = 'button, [role="button"], a[href], input, select, [role="combobox"]';

  class Pointing {
    /** @param {any} display  what stands in the page @param {AbortSignal} signal */
    constructor(display, signal) {
      this.display = display;
      this.session = display.session;
      this.card = new globalThis.SaysoCard.Card(display.panel.root, {
        walk: (by) => this.#walk(by),
        left: () => this.close(),
      });
      /** What opened it: it closes by the same. @type {"pointer" | "caret" | "key"} */
      this.by = "key";
      /** The mark that was closed by Escape: it stays closed until pointer or caret were elsewhere. */
      this.declined = "";
      const on = (/** @type {string} */ type, /** @type {(event: any) => void} */ run) =>
        window.addEventListener(type, run, { capture: true, passive: type === "scroll", signal });
      on("pointermove", (event) => this.#pointed(event));
      on("pointerup", (event) => this.#inEditor(event) && this.#later(() => this.#atCaret()));
      on("keydown", (event) => this.key(event));
      for (const type of ["scroll", "resize"]) on(type, () => this.card.key && this.#placeSoon());
      signal.addEventListener("abort", () => {
        clearTimeout(this.timer);
        cancelAnimationFrame(this.frame ?? 0);
      });
    }

    /** @param {Event} event */
    #inEditor(event) {
      return event.composedPath().includes(this.session.composer.editor);
    }

    /** @param {() => void} run @param {number} [wait] */
    #later(run, wait = REST) {
      clearTimeout(this.timer);
      this.timer = setTimeout(run, wait);
    }

    /** The pointer moved: looked at only once it rests. @param {PointerEvent} event */
    #pointed(event) {
      const path = event.composedPath();
      const { clientX: x, clientY: y } = event;
      if (path.includes(this.card.element)) return clearTimeout(this.timer);
      if (!event.buttons && path.includes(this.session.composer.editor)) this.#later(() => this.#atPoint(x, y));
      else if (this.card.key && this.by === "pointer") this.#later(() => this.close(), GRACE);
      else clearTimeout(this.timer);
    }

    /** @param {number} x @param {number} y */
    #atPoint(x, y) {
      const key = Marks.at(x, y, this.session.composer.editor);
      if (key) this.#rest(key, "pointer");
      else this.#nowhere("pointer");
    }

    #atCaret() {
      const found = this.#hereInText();
      if (found) this.#rest(found.key, "caret");
      else this.#nowhere("caret");
    }

    /** The finding in whose words the caret is. */
    #hereInText() {
      const { composer } = this.session;
      composer.rememberCaret();
      const at = composer.caret;
      return at === null ? null : this.display.marked.find((/** @type {any} */ each) => each.start <= at && at <= each.end);
    }

    /** @param {string} key @param {"pointer" | "caret"} by */
    #rest(key, by) {
      if (key !== this.card.key && key !== this.declined) this.open(key, by);
    }

    /** @param {"pointer" | "caret"} by */
    #nowhere(by) {
      this.declined = "";
      if (this.card.key && this.by === by) this.close();
    }

    /**
     * A key anywhere in the page; the panel hands over those pressed in it, which the page does not get.
     * @param {KeyboardEvent} event @returns {boolean} whether it was for the card
     */
    key(event) {
      // A letter; most keys are.
      if (event.key.length === 1 && event.key !== ".") return false;
      if (CARET.test(event.key) && this.#inEditor(event)) this.#later(() => this.#atCaret());
      if (!OURS.test(event.key)) return false;
      const inCard = event.composedPath().includes(this.card.element);
      const ours = inCard || this.#inEditor(event) || event.composedPath().includes(this.display.panel.host);
      if (!ours || event.isComposing) return false;
      if (event.key === "." && (event.ctrlKey || event.metaKey) && !event.altKey) this.#askedFor(inCard);
      else if (event.key === "Escape" && this.card.key) {
        this.declined = this.card.key;
        this.close(true);
      } else if (inCard && event.key.startsWith("Arrow")) this.#walk(/Left|Up/.test(event.key) ? -1 : 1);
      else return false;
      event.preventDefault();
      event.stopImmediatePropagation();
      return true;
    }

    /** Opens at the caret's finding, else at the first; from the card itself it goes on. @param {boolean} inCard */
    #askedFor(inCard) {
      const all = this.#cards();
      if (!all.length) return;
      if (inCard) return this.#walk(1);
      this.open(this.#hereInText()?.key ?? (this.card.key || all[0].key), "key");
    }

    /** @param {number} by */
    #walk(by) {
      const all = this.#cards();
      const now = all.findIndex((each) => each.key === this.card.key);
      if (!all.length) return;
      const { key } = all.at((now + by) % all.length);
      this.#reveal(key);
      this.open(key, this.by);
    }

    /** @param {string} key @param {"pointer" | "caret" | "key"} by */
    open(key, by) {
      clearTimeout(this.timer);
      this.by = by;
      this.declined = "";
      if (by === "key") this.#reveal(key);
      if (!this.#draw(key)) return;
      if (by === "key") this.card.focus();
      this.display.mark();
    }

    /** Words that are scrolled out of sight come to the middle of what can be seen. @param {string} key */
    #reveal(key) {
      for (let box = this.session.composer.editor; box; box = box.parentElement) {
        const page = box === document.scrollingElement;
        const words = Marks.boxes(key);
        if (!words.length || !(page || /auto|scroll/.test(getComputedStyle(box).overflowY))) continue;
        const above = words[0].top - (page ? 0 : box.getBoundingClientRect().top + box.clientTop);
        const room = box.clientHeight - (words.at(-1).bottom - words[0].top);
        if (above < 0 || above > room) box.scrollBy({ top: above - Math.max(0, room / 2), behavior: "instant" });
      }
    }

    /** @param {string} key @returns {boolean} whether there is such a finding */
    #draw(key) {
      const all = this.#cards();
      const number = all.findIndex((each) => each.key === key);
      const view = all[number];
      if (!view) return false;
      const { theme } = this.display.panel.view;
      const shown = { ...view, fixes: view.fixes.map((fix) => ({ ...fix, run: () => this.#mend(fix) })) };
      if (view.dismiss) shown.dismiss = () => this.#keep(view, all[number + 1] ?? all[number - 1]);
      this.card.show(shown, { number: number + 1, of: all.length, theme });
      this.#place();
      return true;
    }

    /** The text has the focus then, as after any change. @param {{run: () => void}} fix */
    #mend(fix) {
      this.close(true);
      fix.run();
    }

    /** On to the next one for those who walk them. @param {any} view @param {any} next */
    #keep(view, next) {
      const walking = this.card.holdsFocus() && this.by === "key" && next;
      if (!walking) this.close(true);
      view.dismiss();
      if (walking) this.open(next.key, "key");
    }

    #place() {
      const { composer } = this.session;
      const { panel } = this.display;
      const words = Marks.boxes(this.card.key).filter((each) => each.bottom > 0 && each.top < window.innerHeight);
      const controls = [...composer.dialog.querySelectorAll(CONTROLS)].filter((each) => !composer.editor.contains(each));
      const row = panel.row.getBoundingClientRect();
      const seen = controls.map((each) => each.getBoundingClientRect()).filter((each) => each.width && each.height);
      // A finding without a mark of its own is about the whole: its card lies at our row.
      const column = words.length ? composer.editor.getBoundingClientRect() : row;
      this.card.place(words.length ? words : [row], column, [...seen, row], composer.dialog.getBoundingClientRect());
    }

    #placeSoon() {
      cancelAnimationFrame(this.frame ?? 0);
      this.frame = requestAnimationFrame(() => this.card.key && this.#place());
    }

    /** Findings one by one: marks are never gathered. @returns {any[]} */
    #cards() {
      return globalThis.SaysoView.singles(this.session);
    }

    /** The findings may be others now. */
    update() {
      if (this.card.key && !this.#draw(this.card.key)) this.close(true);
    }

    /** The person writes: the card is out of the way at once. */
    typed() {
      clearTimeout(this.timer);
      this.declined = "";
      if (this.card.key) this.close();
    }

    /** @param {boolean} [back]  the focus goes back into the text, if the card has it */
    close(back = false) {
      clearTimeout(this.timer);
      if (!this.card.key) return;
      const focused = this.card.holdsFocus();
      this.card.hide();
      if (back && focused) this.session.composer.returnToText();
      this.display.mark();
    }
  }

  return { Pointing };
})();
