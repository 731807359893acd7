/**
 * Sayso in LinkedIn's own box: the panel, the marks under the words, the card on them and the fold. The counterpart of
 * beside.js, which shows the same session in the browser's side panel and leaves the page alone.
 */
globalThis.SaysoInPage = (() => {
  const Marks = globalThis.SaysoHighlights;
  const { ask, UNCHECKED } = globalThis.SaysoWorker;

  class InPage {
    /** @param {any} session @param {{style?: string, collapsed?: boolean}} hello  what the worker gave */
    constructor(session, hello) {
      this.session = session;
      this.life = new AbortController();
      const { signal } = this.life;
      this.panel = new globalThis.SaysoPanel.Panel(hello.style ?? "", {
        collapsed: hello.collapsed,
        keep: (collapsed) => {
          this.mark();
          void ask({ kind: "collapse", collapsed });
        },
        glimpsed: () => this.mark(),
      });
      this.fold = new globalThis.SaysoFold.Fold(this.panel.host, this.panel.root);
      this.pointing = new globalThis.SaysoPointing.Pointing(this, signal);
      /** Findings in the text as it is now. @type {any[]} */
      this.marked = [];
      this.panel.guardKeys(
        (event) => this.pointing.key(event),
        () => session.composer.focusEditor(),
        signal,
      );
      // A panel of another height lies elsewhere, and what is drawn from it with it.
      const sizes = new ResizeObserver(() => this.fold.shown && this.#soon());
      sizes.observe(this.panel.host);
      signal.addEventListener("abort", () => sizes.disconnect());
      for (const type of ["scroll", "resize"]) {
        window.addEventListener(type, () => this.fold.shown && this.#soon(), { capture: true, passive: true, signal });
      }
    }

    /** @param {import("./panel.js").View} view */
    render(view) {
      this.panel.render(view);
      if (!this.panel.host.isConnected) this.moved();
      this.mark();
      this.pointing.update();
    }

    /** The box was built anew, or a part of it. */
    moved() {
      this.session.composer.mount(this.panel.host);
      if (this.fold.shown) this.#soon();
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
        open: this.pointing.card.key,
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
      Marks.clear();
      this.panel.destroy();
    }
  }

  return { InPage };
})();
