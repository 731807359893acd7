/** The panel's one row: what is true of the draft, with the one thing to do about it. It is all there is when closed. */
globalThis.SaysoPanelRow = (() => {
  const { message: say } = globalThis.SaysoWords;
  const { make, setText, button, bubble, icon } = globalThis.SaysoPanelParts;

  /** How long "Checking…" waits before it takes the place of the last words, in ms. */
  const PATIENCE = 400;

  class Row {
    /** @param {() => void} toggle  opens and closes the panel */
    constructor(toggle) {
      this.title = make("strong", {});
      this.reason = make("p", {});
      this.status = make("div", { role: "status" }, this.title, this.reason);
      this.checking = make("div", { "aria-hidden": "true", hidden: true }, make("strong", {}, say("panel_checking")));
      this.fold = make("button", { class: "s-fold", onclick: toggle });
      const text = make("div", { class: "s-state-text" }, this.status, this.checking);
      this.element = make("div", { class: "s-state" }, text, this.fold);
    }

    /** @param {import("./panel.js").View} view @param {boolean} collapsed */
    draw({ line, busy, state }, collapsed) {
      this.line = line;
      this.state = state;
      if (busy) this.wait(state);
      else this.stopWaiting();
      this.#drawBubble();
      this.element.classList.toggle("is-unchecked", line.bubble === "unchecked");
      setText(this.title, line.title);
      this.#drawAction();
      this.fit(collapsed);
    }

    /** Open or closed to this row alone. @param {boolean} collapsed */
    fit(collapsed) {
      const said = collapsed && this.line.more !== undefined ? this.line.more : this.line.reason;
      setText(this.reason, said);
      this.reason.hidden = !said;
      this.element.classList.toggle("is-slim", collapsed);
      if (this.fold.getAttribute("aria-expanded") === String(!collapsed)) return;
      this.fold.setAttribute("aria-expanded", String(!collapsed));
      this.fold.setAttribute("aria-label", say(collapsed ? "panel_expand" : "panel_collapse"));
      this.fold.replaceChildren(make("span", {}, "Sayso"), icon(collapsed ? "up" : "down", true));
    }

    /** A check is under way: told only once that has lasted, as most are over before one could see it. @param {string} state */
    wait(state) {
      this.state = state;
      this.waiting ??= setTimeout(() => {
        this.element.classList.add("is-checking");
        this.checking.hidden = false;
        this.#drawBubble();
      }, PATIENCE);
    }

    stopWaiting() {
      clearTimeout(this.waiting);
      this.waiting = undefined;
      this.element.classList.remove("is-checking");
      this.checking.hidden = true;
    }

    #drawBubble() {
      const { line, state } = this;
      const kind = !this.checking.hidden && state === "checking" ? "checking" : line.bubble;
      const drawn = `${kind} ${line.count ?? ""}`;
      if (this.drawnBubble === drawn) return;
      this.drawnBubble = drawn;
      this.element.querySelector(".s-bubble")?.remove();
      this.element.prepend(bubble(kind, line.count));
    }

    #drawAction() {
      const { action } = this.line;
      const drawn = action ? `${action.label} ${action.primary}` : "";
      if (this.drawnAction === drawn) return;
      this.drawnAction = drawn;
      this.element.querySelector(".s-btn")?.remove();
      if (!action) return;
      const run = () => this.line.action?.run();
      this.fold.before(button({ label: action.label, run }, action.primary ? "primary small" : "small", action.drawing));
    }
  }

  return { Row };
})();
