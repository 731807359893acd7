/**
 * The person's press of Post: held once where something owed is missing and the company wants it asked, else noted, so
 * that the share joins the history once there is evidence of it. Sayso presses nothing.
 */
globalThis.SaysoPress = (() => {
  const Findings = globalThis.SaysoFindings;
  const Posting = globalThis.SaysoPosting;
  const { ask } = globalThis.SaysoWorker;

  class Press {
    /** @param {any} session */
    constructor(session) {
      this.session = session;
      /** The share's id, the same for every press of this draft. */
      this.id = crypto.randomUUID();
      this.asked = false;
      /** @type {AbortController | null} */
      this.watching = null;
    }

    /** @param {AbortSignal} signal */
    listen(signal) {
      const handle = (/** @type {Event} */ event) => this.#handle(event);
      window.addEventListener("click", handle, { capture: true, signal });
      window.addEventListener("keydown", handle, { capture: true, signal });
    }

    /** @param {Event} event */
    #handle(event) {
      const { composer } = this.session;
      if (!Posting.isPress(event, composer)) return;
      const text = composer.readText();
      if (!this.#mustAsk(text)) {
        void this.#note(text);
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      this.#question();
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
      return !this.asked && asks.required === "confirm" && text === checkedText && this.#owed().length > 0;
    }

    #question() {
      this.asked = true;
      const { session } = this;
      const { composer } = session;
      const owed = this.#owed();
      const first = owed.find((/** @type {any} */ each) => each.fixes.length) ?? owed[0];
      const [fix] = first.fixes;
      const toPost = () => composer.postButton()?.focus({ focusVisible: true });
      composer.rememberCaret();
      session.panel.ask({
        messages: owed.map((/** @type {any} */ each) => each.message),
        why: first.why,
        preview: fix ? Findings.preview(fix, session.checkedText) : null,
        fix: fix ? { label: fix.label, run: () => session.fix(first.key, 0).then(toPost) } : null,
        asItIs: toPost,
        keepWriting: () => composer.returnToText(),
      });
    }

    /** A press that goes through: kept by the worker before LinkedIn may leave the page. @param {string} text */
    async #note(text) {
      this.watching?.abort();
      this.watching = new AbortController();
      const { id, session } = this;
      const origin = session.origin();
      const { item, variant, platform_label } = origin;
      const share = {
        id,
        text,
        posted_at: new Date().toISOString(),
        ...(item && { item_id: item, variant_id: variant }),
        ...(platform_label && { platform_label }),
      };
      const outcome = Posting.watch(session.composer, this.watching.signal);
      const check = session.checkOf(text);
      await ask({ kind: "pressed", share: { ...share, ...said(check) } });
      // Pressed faster than it was checked: the history is told what the check says, where it says it in time.
      /** @type {any} */
      let known = null;
      const late = check ? null : ask({ kind: "check", text, ...origin });
      late?.then(
        (reply) => reply?.check && !known && ask({ kind: "pressed", share: { ...share, ...said(reply.check) } }),
      );
      known = await outcome;
      if (!known) return;
      await ask({ kind: "outcome", id, ...known });
      // LinkedIn may go on with another draft in the same box.
      if (known.outcome !== "dropped" && this.id === id) [this.id, this.asked] = [crypto.randomUUID(), false];
    }
  }

  /** What a check says of a share. @param {any} check */
  function said(check) {
    return (
      check && {
        lang: check.lang,
        disclosure: check.disclosure,
        findings: check.findings.map((/** @type {any} */ { rule, level, category }) => ({ rule, level, category })),
        ...(typeof check.own_words === "number" && { own_words: check.own_words }),
      }
    );
  }

  return { Press };
})();
