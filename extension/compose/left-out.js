/**
 * Findings that the person dismissed in one draft, and what can be done about the last of them: bring it back, or
 * leave its rule out of every check. What is required is left out of this one draft alone.
 */
globalThis.SaysoLeftOut = (() => {
  const { message: say } = globalThis.SaysoWords;
  const { ask } = globalThis.SaysoWorker;

  class LeftOut {
    /** @param {{changed: () => void, checkAnew: () => void}} session */
    constructor(session) {
      this.session = session;
      /** Keys of findings. */
      this.keys = new Set();
      /** What the line is about: findings that were left out together. @type {{key: string, rule: string}[] | null} */
      this.last = null;
      /** What became of "always"; empty before it was pressed. */
      this.outcome = "";
    }

    /** @param {...{key: string, rule: string, level: string}} findings  one, or those of one row */
    add(...findings) {
      for (const { key } of findings) this.keys.add(key);
      [this.last, this.outcome] = [findings[0].level === "required" ? null : findings, ""];
      this.session.changed();
    }

    /** The person writes on: the line has been seen. */
    pass() {
      this.last = null;
    }

    bringBack() {
      for (const { key } of this.last ?? []) this.keys.delete(key);
      this.last = null;
      this.session.changed();
    }

    async always() {
      const about = this.last;
      if (!about) return;
      const reply = await ask({ kind: "dismiss-rule", rule: about[0].rule });
      if (this.last !== about) return reply?.ok && this.session.checkAnew();
      this.outcome = reply?.ok ? "panel_left_out_always" : "panel_left_out_failed";
      if (reply?.ok) this.session.checkAnew();
      else this.session.changed();
    }

    /** The line as the panel shows it. */
    line() {
      if (!this.last) return null;
      const [{ rule }] = this.last;
      const undo = { label: say("panel_undo"), run: () => this.bringBack() };
      const always = { label: say("panel_always"), run: () => void this.always() };
      if (this.outcome === "panel_left_out_always") return { text: say(this.outcome), acts: [] };
      const acts = this.last.every((each) => each.rule === rule) ? [always, undo] : [undo];
      return { text: say(this.outcome || "panel_left_out"), acts };
    }
  }

  return { LeftOut };
})();
