/** How far a draft is the person's own, and one nudge where it is still word for word the template's. */
globalThis.SaysoNudge = (() => {
  const { message: say, ownWordsStep, ownWordsPhrase } = globalThis.SaysoWords;
  const { UNCHECKED } = globalThis.SaysoWorker;

  /** The rule that finds it. In the compose box the nudge stands for it, once a draft. */
  const RULE = "word-for-word";

  /** What there is to say of one draft. */
  class Nudge {
    /** @param {any} session */
    constructor(session) {
      this.session = session;
      /** @type {"before" | "now" | "over"} */
      this.stage = "before";
    }

    /** @returns {import("./own.js").OwnView | null} null where no ready-made wording was used */
    view() {
      const { offers, check, state } = this.session;
      const share = check?.own_words;
      if (!offers.used || typeof share !== "number" || UNCHECKED.has(state)) return null;
      const found = check.findings.some((/** @type {any} */ each) => each.rule === RULE);
      if (found && this.stage === "before") this.stage = "now";
      else if (!found && this.stage === "now") this.stage = "over";
      return {
        step: ownWordsStep(share),
        phrase: ownWordsPhrase(share),
        from: offers.used.offer.item.title,
        nudge: this.stage === "now" ? this.#view() : null,
      };
    }

    /** @returns {import("./own.js").Nudge} */
    #view() {
      const write = () => this.session.composer.returnToText();
      return {
        prompts: ["panel_nudge_did", "panel_nudge_tell"].map((key) => ({ label: say(key), run: write })),
        dismiss: () => {
          this.stage = "over";
          this.session.changed();
        },
      };
    }
  }

  return { Nudge, RULE };
})();
