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
      /** The finding the line is about. @type {{key: string, rule: string} | null} */
      this.last = null;
      /** What became of "always"; empty before it was pressed. */
      this.outcome = "";
    }

    /** @param {{key: string, rule: string, level: string}} finding */
    add(finding) {
      this.keys.add(finding.key);
      [this.last, this.outcome] = [finding.level === "required" ? null : finding, ""];
      this.session.changed();
    }

    /** The person writes on: the line has been seen. */
    pass() {
      this.last = null;
    }

    bringBack() {
      if (this.last) this.keys.delete(this.last.key);
      this.last = null;
      this.session.changed();
    }

    async always() {
      const about = this.last;
      if (!about) return;
      const reply = await ask({ kind: "dismiss-rule", rule: about.rule });
      if (this.last !== about) return reply?.ok && this.session.checkAnew();
      this.outcome = reply?.ok ? "panel_left_out_always" : "panel_left_out_failed";
      if (reply?.ok) this.session.checkAnew();
      else this.session.changed();
    }

    /** The line as the panel shows it. */
    line() {
      if (!this.last) return null;
      const undo = { label: say("panel_undo"), run: () => this.bringBack() };
      const always = { label: say("panel_always"), run: () => void this.always() };
      if (this.outcome === "panel_left_out_always") return { key: this.last.key, text: say(this.outcome), acts: [] };
      return { key: this.last.key, text: say(this.outcome || "panel_left_out"), acts: [always, undo] };
    }
  }

  return { LeftOut };
})();
