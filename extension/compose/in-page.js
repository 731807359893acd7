/**
 * Sayso in LinkedIn's own box: the panel, the marks under the words, the card on them and the fold. The counterpart of
 * beside.js, which shows the same session in the browser's side panel and leaves the page alone.
 */
globalThis.SaysoInPage = (() => {
  const Marks = globalThis.SaysoHighlights;
  const T = globalThis.SaysoEditorText;
  const { ask, UNCHECKED } = globalThis.SaysoWorker;

  /** What is left to the text, three lines or so, and to the panel at least, in px. */
  const TEXT = 96;
  const PANEL = 104;
  /** Below the line of the caret, for the marks under its words, in px. */
  const AIR = 8;

  class InPage {
    /** @param {any} session @param {{style?: string, collapsed?: boolean}} hello  what the worker gave */
    constructor(session, hello) {
      this.session = session;
      this.life = new AbortController();
      const { signal } = this.life;
      this.panel = new globalThis.SaysoPanel.Panel(hello.style ?? "", {
        collapsed: hello.collapsed,
        keep: (collapsed) => {
          this.#makeRoom();
          this.mark();
          void ask({ kind: "collapse", collapsed });
        },
        glimpsed: () => {
          this.#makeRoom();
          this.mark();
        },
        pointed: (keys) => {
          if (keys.join("\n") === this.pointed.join("\n")) return;
          this.pointed = keys;
          this.mark();
        },
      });
      /** Findings in whose row of the panel the pointer is. @type {string[]} */
      this.pointed = [];
      this.fold = new globalThis.SaysoFold.Fold(this.panel.host, this.panel.root);
      this.pointing = new globalThis.SaysoPointing.Pointing(this, signal);
      /** Findings in the text as it is now. @type {any[]} */
      this.marked = [];
      this.panel.guardKeys(
        (event) => this.pointing.key(event),
        () => session.composer.focusEditor(),
        signal,
      );
      /** Heights as last seen: of the panel, and of what the text scrolls in. @type {Map<Element, number>} */
      this.heights = new Map();
      this.sizes = new ResizeObserver((entries) => this.#resized(entries));
      signal.addEventListener("abort", () => this.sizes.disconnect());
      window.addEventListener("resize", () => this.#makeRoom(), { passive: true, signal });
      for (const type of ["scroll", "resize"]) {
        window.addEventListener(type, () => this.#shift(), { capture: true, passive: true, signal });
      }
    }

    /** @param {import("./panel.js").View} view */
    render(view) {
      this.panel.render(view);
      if (!this.panel.host.isConnected) this.moved();
      this.#makeRoom();
      this.mark();
      this.pointing.update();
    }

    /** The box was built anew, or a part of it. */
    moved() {
      this.session.composer.mount(this.panel.host);
      this.#watchSizes();
      if (this.fold.shown) this.#soon();
    }

    /** Follows the sizes of the panel and of what the text scrolls in, as they are built now. */
    #watchSizes() {
      const watched = [this.panel.host, ...this.#scrollers()];
      if (watched.length === this.heights.size && watched.every((each) => this.heights.has(each))) return;
      this.sizes.disconnect();
      this.heights = new Map(watched.map((each) => [each, each.clientHeight]));
      for (const each of watched) this.sizes.observe(each);
    }

    #scrollers() {
      const { editor, dialog } = this.session.composer;
      const found = [];
      for (let each = editor; each && each !== dialog.parentElement; each = each.parentElement) {
        if (/auto|scroll/.test(getComputedStyle(each).overflowY)) found.push(each);
      }
      return found;
    }

    /** In a box of fixed height the panel must not take all the room from the text. */
    #makeRoom() {
      const { host } = this.panel;
      const [text] = this.#scrollers();
      host.style.removeProperty("--room");
      const left = text?.clientHeight;
      const lack = text ? Math.min(TEXT, text.scrollHeight) - left : 0;
      if (lack <= 0) return;
      host.style.setProperty("--room", `${Math.max(PANEL, host.offsetHeight - lack)}px`);
      // A box that is low for another reason gets nothing from it.
      if (text.clientHeight === left) host.style.removeProperty("--room");
    }

    /** A panel of another height lies elsewhere, and what is drawn from it with it. @param {ResizeObserverEntry[]} entries */
    #resized(entries) {
      const before = this.heights;
      this.heights = new Map([...before.keys()].map((each) => [each, each.clientHeight]));
      const grown = this.heights.get(this.panel.host) > before.get(this.panel.host);
      for (const { target } of grown ? entries : []) {
        const lost = before.get(target) - this.heights.get(target);
        if (target !== this.panel.host && lost > 0) this.#keepCaret(target, lost);
      }
      this.#shift();
    }

    /**
     * What the panel took from the text must not be the line one writes in: it is scrolled back to where it can be seen.
     * @param {Element} scroller @param {number} lost  how much lower it is now, in px
     */
    #keepCaret(scroller, lost) {
      const { composer } = this.session;
      composer.rememberCaret();
      if (composer.caret === null) return;
      const [node, offset] = T.locate(composer.reading(), composer.caret);
      const line = lineBox(node, offset);
      const top = scroller.getBoundingClientRect().top + scroller.clientTop;
      const bottom = top + scroller.clientHeight;
      if (line.top < top - 1 || line.bottom > bottom + lost + 1 || line.bottom <= bottom) return;
      scroller.scrollBy({ top: line.bottom + AIR - bottom, behavior: "instant" });
    }

    /** The text lies elsewhere, and is the same. */
    #shift() {
      if (!this.fold.shown) return;
      cancelAnimationFrame(this.shifting ?? 0);
      this.shifting = requestAnimationFrame(() => this.fold.move(this.session.composer));
    }

    /** A key: the least that is true at once. @param {string} [state]  where it is another now */
    typed(state) {
      this.pointing.typed();
      if (state) this.panel.setBusy(state);
    }

    /** A check is under way; what it said last stays as it is drawn. @param {string} state */
    busy(state) {
      this.panel.setBusy(state);
    }

    /** The text may be another. All is drawn anew after the pause; at once only what would be gone till then. */
    changed() {
      if (Marks.lost()) this.#soon();
    }

    #soon() {
      cancelAnimationFrame(this.frame ?? 0);
      this.frame = requestAnimationFrame(() => this.mark());
    }

    /** Marks and fold, where they belong in the text as it is now; none under a draft that was not checked. */
    mark() {
      const { composer, check, checkedText, state } = this.session;
      if (!check || UNCHECKED.has(state) || !composer.editor.isConnected) {
        this.marked = [];
        this.fold.clear();
        return Marks.clear();
      }
      const reading = composer.reading();
      const { mobile = null, desktop = null } = check.fold ?? {};
      this.marked = Marks.carried(this.session.open(), checkedText ?? "", reading.text);
      Marks.show(reading, this.marked, this.panel.view?.theme ?? "light", {
        open: [this.pointing.card.key, ...this.pointed],
        behind: this.panel.glimpsing && !this.panel.collapsed ? mobile : null,
      });
      this.fold.draw(reading, composer, [mobile, desktop]);
    }

    /** @param {import("./question.js").Question} question */
    ask(question) {
      this.pointing.close();
      this.panel.ask(question);
    }

    destroy() {
      this.life.abort();
      cancelAnimationFrame(this.frame ?? 0);
      cancelAnimationFrame(this.shifting ?? 0);
      Marks.clear();
      this.panel.destroy();
    }
  }

  /** The line at a place in the text. @param {Node} node @param {number} offset */
  function lineBox(node, offset) {
    const place = document.createRange();
    place.setStart(node, offset);
    const element = node instanceof Element ? node : node.parentElement;
    return place.getClientRects()[0] ?? element.getBoundingClientRect();
  }

  return { InPage };
})();
