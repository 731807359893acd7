/**
 * Sayso's panel: one host element with one open shadow root. Knows Sayso and nothing of LinkedIn's page; what it shows
 * is handed over whole by render().
 */
globalThis.SaysoPanel = (() => {
  const { message: say, language } = globalThis.SaysoWords;
  const P = globalThis.SaysoPanelParts;

  /** In the browser's side panel it has all the room. */
  const BESIDE = `:host { display: flex; flex-direction: column; flex: 1; min-height: 0; }
    .sayso { flex: 1; border-radius: 0; box-shadow: none; }
    .sayso .s-state { padding-inline-end: 16px; }
    .s-fold { display: none; }`;

  /** The host takes nothing over from the page, stays as high as it may, and shrinks before the person's text does. */
  const HOST = `
    :host {
      all: initial !important; box-sizing: border-box !important; position: relative !important;
      display: flex !important; flex-direction: column !important;
      flex: 0 1 auto; grid-column: 1 / -1 !important; min-width: 280px !important;
      --most: min(var(--room, 420px), clamp(150px, 100vh - 440px, 420px));
      min-height: 44px !important; max-height: var(--most) !important;
      margin: 4px clamp(8px, 2%, 16px) 8px !important;
    }
    .s-finding, .s-sug { animation: arrive var(--calm) var(--ease); }
    @keyframes arrive { from { opacity: 0; } }
    @container sayso (max-width: 480px) {
      .s-foot:has(> .s-nudge:not([hidden])) > .push, .s-nudge span, .s-nudge .s-btn + .s-btn { display: none; }
    }`;

  /** How long nobody writes before the panel gets lower, in ms. */
  const CALM = 1200;

  /** @typedef {{label: string, run: () => void, primary?: boolean, drawing?: string}} Action */
  /**
   * @typedef {object} View
   * @property {string} state  one of the nine states of the panel
   * @property {string} disclosure  the verdict; empty before the first check
   * @property {boolean} busy  a check is under way or about to be
   * @property {"light" | "dark"} theme
   * @property {{bubble: any, count?: number, title: string, reason: string, more?: string, action: Action | null}} line
   *   `more`: the reason in the collapsed row
   * @property {any[]} findings  FindingView, in the order to show
   * @property {{heading: string, count: string, list: any[]}} suggestions
   * @property {import("./glimpse.js").GlimpseView | null} glimpse  the first lines as readers see them
   * @property {{text: string, acts: {label: string, run: () => void}[]} | null} left  on what was left out
   * @property {import("./own.js").OwnView | null} own
   * @property {string} note  what is still true, below everything
   */

  class Panel {
    /**
     * @param {string} style  text of tokens.css and components.css
     * @param {{collapsed?: boolean, keep?: (collapsed: boolean) => void, glimpsed?: () => void,
     *   pointed?: (keys: string[]) => void, beside?: boolean}} [how]
     *   `collapsed`: closed to its one row; `keep` is told of a change, `glimpsed` that the first lines are shown or
     *   not, `pointed` of the findings in whose row the pointer is
     */
    constructor(style, how = {}) {
      this.how = how;
      this.collapsed = Boolean(how.collapsed);
      this.glimpsing = false;
      /** Least height while one writes, in px. */
      this.held = 0;
      this.host = document.createElement("sayso-panel");
      this.root = this.host.attachShadow({ mode: "open" });
      const sheets = [how.beside ? BESIDE : HOST, style, ""].map((text) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(text);
        return sheet;
      });
      this.root.adoptedStyleSheets = sheets;
      /** @type {View | null} */
      this.view = null;
      /** @type {HTMLDialogElement | null} */
      this.question = null;
      this.#build();
    }

    #build() {
      const { make } = P;
      this.line = new globalThis.SaysoPanelRow.Row(() => this.#collapse(!this.collapsed));
      this.row = this.line.element;
      this.findings = make("ul", { class: "s-findings", role: "list", "aria-label": say("panel_findings") });
      this.findingsSection = make("section", { class: "s-section", hidden: true }, this.findings);
      this.sugHeading = make("b", {});
      this.sugCount = make("span", { class: "num" });
      this.suggestions = make("ul", { class: "s-sugs", role: "list", "aria-label": say("panel_suggestions") });
      this.sugSection = make(
        "section",
        { class: "s-section", hidden: true },
        make("h2", {}, this.sugHeading, this.sugCount),
        this.suggestions,
      );
      this.note = make("div", { class: "s-foot", hidden: true });
      this.own = globalThis.SaysoOwn.section();
      this.left = P.leftLine();
      this.glimpse = globalThis.SaysoGlimpse.section((open) => {
        this.glimpsing = open;
        this.how.glimpsed?.();
      });
      const sections = [this.findingsSection, this.glimpse.element, this.sugSection, this.note];
      this.body = make("div", { class: "s-body" }, ...sections);
      const parts = [this.row, this.body, this.left.element, this.own.element];
      this.aside = make("aside", { "class": "sayso", "aria-label": "Sayso", "lang": language() }, ...parts);
      this.root.append(this.aside);
      this.findingRows = new Map();
      this.sugRows = new Map();
      this.sugSection.addEventListener("pointerleave", () => this.#drawSuggestions());
      this.findings.addEventListener("pointerover", (/** @type {PointerEvent} */ { target }) => this.#point(target));
      this.findings.addEventListener("pointerleave", () => this.#point(null));
      // What is pressed or clicked in the panel is no business of the page's own listeners.
      for (const type of ["click", "dblclick", "mousedown", "mouseup", "pointerdown", "pointerup", "keypress"]) {
        this.host.addEventListener(type, (event) => event.stopPropagation());
      }
    }

    /** @param {View} view */
    render(view) {
      this.view = view;
      const focused = this.aside.querySelector(":focus");
      const written = !focused && !this.host.matches(":hover");
      const fewer = view.findings.length + view.suggestions.list.length < this.findingRows.size + this.sugRows.size;
      if (!written || this.how.beside) this.held = 0;
      else if (fewer) this.held = this.aside.offsetHeight;
      this.aside.classList.toggle("dark", view.theme === "dark");
      this.aside.classList.toggle("light", view.theme !== "dark");
      for (const [name, value] of /** @type {const} */ ([
        ["data-state", view.state],
        ["data-disclosure", view.disclosure],
        ["aria-busy", String(view.busy)],
      ])) {
        if (this.aside.getAttribute(name) !== value) this.aside.setAttribute(name, value);
      }
      const byKey = focused?.matches(":focus-visible");
      const known = this.left.element.contains(focused) ? [...this.findingRows.keys()] : null;
      const shown = [...this.findingRows.keys(), ...this.sugRows.keys()];
      this.line.draw(view, this.collapsed);
      P.reconcile(this.findings, this.findingRows, view.findings, P.findingRow);
      this.findingsSection.hidden = !view.findings.length;
      this.glimpse.update(view.glimpse);
      this.#drawSuggestions();
      P.setText(this.note, view.note);
      this.note.hidden = !view.note;
      this.left.update(view.left);
      this.own.update(view.own);
      this.#layOut();
      // Whoever writes is not to miss what is new because they scrolled earlier.
      const fresh = [...this.findingRows.keys(), ...this.sugRows.keys()].some((key) => !shown.includes(key));
      if (fresh && written) this.body.scrollTop = 0;
      this.#hold();
      if (!focused || this.root.activeElement?.checkVisibility()) return;
      // Whoever pressed it with the pointer writes on.
      if (this.leave && !byKey) this.leave();
      else this.#keepFocus(known);
    }

    /**
     * What had the focus is gone: on to what took its place.
     * @param {string[] | null} known  where something was brought back: keys of the findings before
     */
    #keepFocus(known) {
      const back = known && [...this.findingRows].find(([key]) => !known.includes(key))?.[1];
      const next = [
        this.left.element.querySelector("button"),
        back?.element.querySelector(".s-acts > button"),
        this.line.fold,
        ...this.aside.querySelectorAll("button"),
      ];
      next.find((each) => each?.checkVisibility())?.focus();
    }

    /** A key was pressed: the least that is true at once. @param {string} state */
    setBusy(state) {
      this.aside.setAttribute("data-state", state);
      this.aside.setAttribute("aria-busy", "true");
      this.line.wait(state);
      clearTimeout(this.calm);
    }

    /** While one writes, LinkedIn's buttons below do not jump about: the panel gets lower after a pause. */
    #hold() {
      clearTimeout(this.calm);
      if (this.collapsed) this.held = 0;
      const rule = this.held ? `min-height: min(${this.held}px, var(--most))` : "transition: min-height var(--calm) var(--ease)";
      // By a sheet: nothing in the panel itself is another for it.
      if (rule !== this.rule) this.root.adoptedStyleSheets[2].replaceSync(`.sayso { ${rule} }`);
      this.rule = rule;
      if (!this.held || this.view.busy) return;
      this.calm = setTimeout(() => {
        this.held = 0;
        this.#hold();
      }, CALM);
    }

    /** Which words a row is about is seen in the text itself. @param {EventTarget | null} target */
    #point(target) {
      const [key] = [...this.findingRows].find(([, { element }]) => element.contains(target)) ?? [];
      const found = this.view.findings.find((each) => each.key === key);
      this.how.pointed?.((found?.parts ?? (found ? [found] : [])).map((/** @type {any} */ each) => each.key));
    }

    /** Suggestions wait while the pointer or the focus is on them, unless one of them was pressed. */
    #drawSuggestions() {
      const { suggestions } = this.view;
      const keys = suggestions.list.map((each) => each.key).join("\n");
      const same = keys === [...this.sugRows.keys()].join("\n");
      const held = this.sugSection.matches(":hover") || this.suggestions.contains(this.root.activeElement);
      if (!same && held && this.sugRows.size && suggestions.list.length) {
        for (const each of suggestions.list) this.sugRows.get(each.key)?.update(each);
        return;
      }
      P.reconcile(this.suggestions, this.sugRows, suggestions.list, globalThis.SaysoSuggestion.row);
      P.setText(this.sugHeading, suggestions.heading);
      P.setText(this.sugCount, suggestions.count);
      this.sugSection.hidden = !suggestions.list.length;
    }

    /** @param {boolean} to */
    #collapse(to) {
      this.collapsed = to;
      this.line.fit(to);
      this.#layOut();
      this.#hold();
      this.how.keep?.(to);
    }

    #layOut() {
      const { view, collapsed } = this;
      // One row has nothing that could scroll: it keeps its height.
      this.host.style.setProperty("flex-shrink", collapsed ? "0" : "1", "important");
      const filled = view.findings.length || view.suggestions.list.length || view.note || view.glimpse;
      this.body.hidden = collapsed || !filled;
      this.own.element.hidden = collapsed || !view.own;
      this.left.element.hidden = collapsed;
    }

    /**
     * Asks before a post, over everything. The fix comes first and has the focus.
     * @param {import("./question.js").Question} question
     */
    ask(question) {
      this.question = globalThis.SaysoQuestion.open(this.root, { ...question, theme: this.view.theme });
      this.question.addEventListener("close", () => {
        this.question = null;
      });
    }

    /**
     * Keeps the panel's keys from the page: LinkedIn would close its box on Escape and post on Ctrl+Enter. What a key
     * does by itself (Tab, Enter on a button) goes on.
     * @param {(event: KeyboardEvent) => boolean} taken  what the card does with a key
     * @param {() => void} leave  Escape outside the question and the card
     * @param {AbortSignal} signal
     */
    guardKeys(taken, leave, signal) {
      this.leave = leave;
      const guard = (/** @type {any} */ event) => {
        const asked = this.question?.open;
        // A key goes to what has the focus: to ask for its path at each one would cost those who write.
        if (!asked && !this.root.activeElement) return;
        event.stopImmediatePropagation();
        if (event.type !== "keydown" || (!asked && taken(event))) return;
        if (event.key === "Escape") {
          event.preventDefault();
          if (asked) this.question.dispatchEvent(new Event("cancel"));
          else leave();
        } else if (event.key === "Tab" && asked) {
          globalThis.SaysoQuestion.keepFocus(event, this.question);
        }
      };
      const how = { capture: true, signal };
      window.addEventListener("keydown", guard, how);
      // The others only while the focus is in here: they, too, would cost those who write.
      for (const type of ["keyup", "keypress"]) {
        this.host.addEventListener("focusin", () => window.addEventListener(type, guard, how));
        this.host.addEventListener("focusout", () => window.removeEventListener(type, guard, how));
      }
    }

    destroy() {
      this.line.stopWaiting();
      clearTimeout(this.calm);
      this.question?.remove();
      this.host.remove();
    }
  }

  return { Panel };
})();
