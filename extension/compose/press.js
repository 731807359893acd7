/**
 * The person's press of Post: held once where something owed is missing and the company wants it asked, else noted, so
 * that the share joins the history once there is evidence of it. Sayso presses nothing.
 */
globalThis.SaysoPress = (() => {
  const Findings = globalThis.SaysoFindings;
  const Posting = globalThis.SaysoPosting;

  class Press {
    /** @param {any} session */
    constructor(session) {
      this.session = session;
      /** The share's id, the same for every press of this draft. */
      this.id = crypto.randomUUID();
      this.asked = false;
      /** What went out from this box last. */
      this.out = "";
    }

    /** @param {AbortSignal} signal */
    listen(signal) {
      const handle = (/** @type {Event} */ event) => this.#handle(event);
      for (const type of ["click", "keydown", "pointerdown", "focusin"]) {
        window.addEventListener(type, handle, { capture: true, signal });
      }
    }

    /** @param {Event} event */
    #handle(event) {
      const { composer } = this.session;
      // LinkedIn may have built the box anew a moment ago, as when a time was set; or opened another in its place.
      if (!composer.editor.isConnected) this.session.present();
      if (event.type === "pointerdown" || event.type === "focusin" || composer.gone) return;
      if (!Posting.isPress(event, composer)) return;
      // The change of a post that is out is no new share.
      if (composer.edits(this.session.opening)) return;
      const text = composer.readText();
      if (this.#mustAsk(text) && this.#question()) {
        event.preventDefault();
        event.stopImmediatePropagation();
      } else if (!composer.page() && text.trim()) {
        // Nor is what a page posts a share of the person's; and a post shared on without a word says nothing of theirs.
        void this.#note(text);
      }
    }

    /** What is owed and stands. */
    #owed() {
      return this.session.open().filter((/** @type {any} */ each) => each.level === "required");
    }

    /**
     * Decided at once, from what is known: a draft that was not checked as it stands is never held up.
     * @param {string} text
     */
    #mustAsk(text) {
      const { asks, checkedText } = this.session;
      if (!this.session.display?.ask) return false;
      return !this.asked && asks.required === "confirm" && text === checkedText && this.#owed().length > 0;
    }

    /** @returns {boolean} whether it is asked: what cannot be shown holds nothing up */
    #question() {
      this.asked = true;
      const { session } = this;
      const { composer } = session;
      const owed = this.#owed();
      const first = owed.find((/** @type {any} */ each) => each.fixes.length) ?? owed[0];
      const [fix] = first.fixes;
      const toPost = () => composer.postButton()?.focus({ focusVisible: true });
      composer.rememberCaret();
      // LinkedIn may have thrown the panel out a moment ago.
      session.display.moved();
      if (!session.display.panel.host.isConnected) return false;
      session.display.ask({
        messages: owed.map((/** @type {any} */ each) => each.message),
        why: first.why,
        preview: fix ? Findings.preview(fix, globalThis.SaysoView.quotable(session)) : null,
        fix: fix ? { label: fix.label, run: () => session.mending.fix(first.key, 0).then(toPost) } : null,
        asItIs: toPost,
        keepWriting: () => composer.returnToText(),
      });
      return true;
    }

    /** A press that goes through: what becomes of it is seen to elsewhere. @param {string} text */
    async #note(text) {
      // A double click, or a click and Enter, after LinkedIn's word on the first.
      if (text === this.out) return;
      const { id, session } = this;
      const { composer } = session;
      session.posting = true;
      composer.pressed(text);
      const { item, variant, platform_label } = session.origin();
      const share = {
        id,
        text,
        posted_at: new Date().toISOString(),
        ...(item && { item_id: item, variant_id: variant }),
        ...(platform_label && { platform_label }),
      };
      const press = { share, check: session.checkOf(text), composer };
      const outcome = await globalThis.SaysoAftermath.keeper().follow(press);
      if (!outcome) return;
      session.posting = false;
      if (outcome === "dropped") return composer.pressed(null);
      this.out = text;
      // LinkedIn may go on with another draft in the same box.
      if (this.id === id) [this.id, this.asked, session.opening] = [crypto.randomUUID(), false, ""];
    }
  }

  return { Press };
})();
