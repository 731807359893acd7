/**
 * One compose session: one draft from the opening of LinkedIn's box to its closing. Joins the box (composer.js) and
 * the panel; what it knows of the draft comes from the worker's answers.
 */
globalThis.SaysoSession = (() => {
  const Findings = globalThis.SaysoFindings;
  const { ask, alive, UNCHECKED } = globalThis.SaysoWorker;
  const { RULE } = globalThis.SaysoNudge;

  /** After the last key, in ms. */
  const PAUSE = 150;
  /** States that may pass by themselves, and after how many ms is looked again. */
  const PASSING = new Set(["slow", "away"]);
  const RETRY = 8000;
  /** How long LinkedIn may take to show its Post button, in ms. */
  const GRACE = 3000;

  class Session {
    /** @param {any} composer @param {() => void} closed */
    constructor(composer, closed) {
      this.composer = composer;
      this.closed = closed;
      this.life = new AbortController();
      this.state = "checking";
      /** The last finished check and the text it was of. @type {any} */
      this.check = null;
      this.checkedText = /** @type {string | null} */ (null);
      this.text = "";
      /** What the box held before a key was pressed. */
      this.opening = "";
      this.untouched = true;
      /** Since when LinkedIn's Post is nowhere to be seen, and whether a post is on its way. */
      this.missing = 0;
      this.posting = false;
      /** The page that posts, where it is not the person. @type {{name: string} | null} */
      this.page = null;
      this.busy = true;
      this.asks = { required: "show", warning: "show", suggestion: "show" };
      this.offers = new globalThis.SaysoOffers.Offers(this);
      this.nudge = new globalThis.SaysoNudge.Nudge(this);
      this.mending = new globalThis.SaysoMending.Mending(this);
      this.leftOut = new globalThis.SaysoLeftOut.LeftOut({
        changed: () => this.#render(),
        checkAnew: () => void this.look(true),
      });
      this.order = /** @type {string[]} */ ([]);
      this.turn = 0;
      this.notice = "";
      /** Why a companion of another version cannot be asked; empty otherwise. */
      this.unfit = "";
    }

    async begin() {
      const { signal } = this.life;
      // From the first moment on: a post is noted even while the companion lets us wait.
      new globalThis.SaysoPress.Press(this).listen(signal);
      this.present = globalThis.SaysoFollowing.follow(
        this.composer,
        {
          typed: () => this.#typed(),
          changed: () => this.#changed(),
          moved: () => this.#moved(),
          closed: () => this.end(),
        },
        signal,
      );
      this.opening = this.text = this.composer.readText();
      const hello = await ask({ kind: "hello" });
      if (!hello || signal.aborted) return this.end();
      this.asks = { ...this.asks, ...hello.ask };
      if (UNCHECKED.has(hello.state)) this.state = hello.state;
      this.text = this.composer.readText();
      this.page = this.composer.page();
      this.hello = hello;
      this.#place();
      const moved = (/** @type {any} */ message) => void (message?.kind === "shown-beside" && this.#place(message.on));
      chrome.runtime.onMessage.addListener(moved);
      signal.addEventListener("abort", () => chrome.runtime?.onMessage?.removeListener(moved));
      await this.look(true);
    }

    /** In LinkedIn's box or in the browser's side panel, as the person wants it. */
    #place(beside = this.hello.beside) {
      if (this.display && beside === this.hello.beside) return;
      this.hello.beside = beside;
      this.display?.destroy();
      this.display = beside
        ? new globalThis.SaysoBeside.Beside(this)
        : new globalThis.SaysoInPage.InPage(this, this.hello);
      this.#render();
    }

    end() {
      if (this.life.signal.aborted) return;
      this.life.abort();
      clearTimeout(this.timer);
      clearTimeout(this.retry);
      if (this.unrecognised) void ask({ kind: "not-recognised", on: false });
      this.display?.destroy();
      this.closed();
    }

    // -- following the draft --

    /** A key: at each one only two attributes, and those once. */
    #typed() {
      this.notice = "";
      this.untouched = false;
      this.leftOut.pass();
      this.offers.pass();
      const first = !this.busy;
      this.busy = true;
      if (this.state === "checked") this.state = "checking";
      this.display?.typed(first ? this.state : undefined);
    }

    /** LinkedIn built the box anew, or a part of it. */
    #moved() {
      const page = this.composer.page();
      const same = page?.name === this.page?.name;
      this.page = page;
      this.display?.moved();
      if (!same) this.#render();
      // Post is gone, or back.
      if (Boolean(this.composer.postButton()) === Boolean(this.unrecognised)) this.#changed();
    }

    #changed() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.display && this.look(), PAUSE);
      this.display?.changed();
    }

    /**
     * Has the present text checked, and suggestions made for it.
     * @param {boolean} [anew]  even if it is the same text
     */
    async look(anew = false) {
      clearTimeout(this.timer);
      this.timer = undefined;
      if (!alive()) return this.end();
      if (this.life.signal.aborted || this.composer.present() !== "here" || !this.#recognised()) return;
      const text = this.composer.readText();
      this.text = text;
      if (this.untouched) this.opening = text;
      // Whoever empties the box begins anew, and no longer from that item.
      if (!text.trim()) this.offers.used = null;
      if (!anew && text === this.checkedText && !UNCHECKED.has(this.state)) {
        this.#settle("checked");
        return;
      }
      const turn = (this.turn += 1);
      this.busy = true;
      if (!UNCHECKED.has(this.state)) this.state = "checking";
      if (this.check) this.display?.busy(this.state);
      else this.#render();
      const newest = (/** @type {any} */ reply) => reply && turn === this.turn && !this.life.signal.aborted;
      const checking = ask({ kind: "check", text, ...this.origin() }).then((reply) => {
        if (!reply) return this.end();
        if (!newest(reply)) return;
        this.asks = { ...this.asks, ...reply.ask };
        this.unfit = reply.error?.code === "other_version" ? reply.error.message : "";
        if (this.offers.used && reply.check?.own_words === 1 && !this.offers.linked(text)) {
          // Neither its words nor its link are left: the draft is no longer of that item.
          this.offers.used = null;
          return this.look(true);
        }
        if (reply.state === "ready" && reply.check) {
          [this.check, this.checkedText] = [reply.check, text];
          this.order = Findings.keepOrder(this.order, Findings.keyed(reply.check.findings, text));
        }
        this.#settle(reply.state === "ready" ? "checked" : reply.state);
      });
      const suggesting = ask({ kind: "suggest", text, limit: 5 }).then((reply) => {
        if (!newest(reply) || !reply.suggestions) return;
        const offered = { list: reply.suggestions, total: reply.total ?? reply.suggestions.length };
        if (this.offers.take(offered)) this.#render();
      });
      await Promise.all([checking, suggesting]);
    }

    /** @param {string} state  what the newest answer says */
    #settle(state) {
      clearTimeout(this.retry);
      if (PASSING.has(state)) this.retry = setTimeout(() => this.look(true), RETRY);
      this.busy = this.timer !== undefined;
      this.state = this.busy && state === "checked" ? "checking" : state;
      this.#render();
    }

    /** Whether the box has what we need; where it never gets it, the panel says so. */
    #recognised() {
      const known = Boolean(this.composer.postButton());
      this.missing = known ? 0 : this.missing || Date.now();
      // While a post is on its way, LinkedIn may show something else in its button's place.
      if (!known && (this.posting || Date.now() - this.missing < GRACE)) {
        this.timer = setTimeout(() => this.look(true), 500);
        return false;
      }
      if (known === !this.unrecognised) return known;
      this.unrecognised = !known;
      void ask({ kind: "not-recognised", on: !known });
      this.state = known ? "checking" : "not-recognised";
      this.busy = known;
      this.#render();
      return known;
    }

    /** The check of exactly this text, if there is one. @param {string} text */
    checkOf(text) {
      return text === this.checkedText && !UNCHECKED.has(this.state) ? this.check : null;
    }

    /** The item and the wording that the draft was begun from. */
    origin() {
      return {
        ...(this.offers.origin() ?? this.#reposted()),
        ...(this.mending.platformLabel && { platform_label: true }),
      };
    }

    /** The item that is a post on LinkedIn, opened from here, and now written on there. */
    #reposted() {
      const opened = /** @type {any[]} */ (this.hello?.opened ?? []);
      const urns = opened.length ? this.composer.reshared() : [];
      const found = opened.find(({ urn }) => urns.some((/** @type {string} */ each) => globalThis.SaysoUrns.same(each, urn)));
      return found && { item: found.item, ...(found.variant && { variant: found.variant }) };
    }

    // -- what the panel shows --

    /** Findings that stand, in the order of the panel; none where the draft was not checked. */
    open() {
      if (!this.check || UNCHECKED.has(this.state)) return [];
      const all = Findings.keyed(this.check.findings, this.checkedText ?? "");
      // A page speaks for itself in its own name: what an employee owes readers is not owed here.
      const owed = this.page ? all.filter((each) => each.category !== "disclosure") : all;
      return Findings.inOrder(owed, this.order).filter(
        ({ key, level, rule }) => this.asks[level] !== "off" && !this.leftOut.keys.has(key) && rule !== RULE,
      );
    }

    #render() {
      if (!this.display || this.life.signal.aborted || !alive()) return;
      this.display.render(globalThis.SaysoView.of(this));
    }

    /** Something to be seen is another. @param {string} [notice]  to be said with it */
    changed(notice = "") {
      this.notice = notice;
      this.#render();
    }
  }

  return { Session };
})();
