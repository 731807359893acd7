/** What a person has changed in the draft from the panel: findings mended, and the last of it taken back. */
globalThis.SaysoMending = (() => {
  const { message: say } = globalThis.SaysoWords;
  const Findings = globalThis.SaysoFindings;

  class Mending {
    /** @param {any} session */
    constructor(session) {
      this.session = session;
      /** @type {{before: string, after: string, platform?: boolean} | null} */
      this.last = null;
      /** Whether the person has said that LinkedIn's own label is on. */
      this.platformLabel = false;
    }

    /** A change of the draft, checked at once; where the editor made something else of it, the panel says so.
     *  @param {Promise<any>} change  true, or what it came to, where the editor took it */
    async written(change) {
      const done = await change;
      this.session.notice = done ? "" : say("panel_not_written");
      void this.session.look(true);
      return done;
    }

    /** @param {string} key  of the finding @param {number} index  of its fix */
    fix(key, index) {
      return this.#mend(() => this.session.open().find((/** @type {any} */ each) => each.key === key)?.fixes[index]?.edits);
    }

    /** What several findings have as their best fix, as one change. @param {string[]} keys */
    fixAll(keys) {
      return this.#mend(() => Findings.together(this.session.open().filter((/** @type {any} */ each) => keys.includes(each.key))).flat());
    }

    /** @param {() => {start: number, end: number, text: string}[] | undefined} choose  edits of the text as it is */
    async #mend(choose) {
      const { session } = this;
      const { composer } = session;
      if (composer.readText() !== session.checkedText) await session.look(true);
      const edits = choose();
      const before = composer.readText();
      if (!edits || before !== session.checkedText) return;
      if (!edits.length) return this.#setPlatformLabel(true);
      const done = await this.written(composer.applyEdits(edits));
      this.last = done ? { before, after: globalThis.SaysoEditorText.edited(before, edits) } : null;
      session.changed(session.notice);
    }

    /** The person says that LinkedIn's own label is on, which no text can show. @param {boolean} on */
    async #setPlatformLabel(on) {
      const { text } = this.session;
      this.platformLabel = on;
      this.last = on ? { before: text, after: text, platform: true } : null;
      await this.session.look(true);
    }

    async undo() {
      const { session } = this;
      const { before, after, platform } = this.last;
      if (platform) return this.#setPlatformLabel(false);
      // What was written since is not to be lost with it: the offer is out of date, and about to go.
      if (session.composer.readText() !== after) return session.look(true);
      this.last = null;
      await this.written(session.composer.replaceAll(before));
    }
  }

  return { Mending };
})();
