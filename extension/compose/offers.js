/** What a draft can begin from: the suggestions, the wording chosen of each, the one put in, those not wanted. */
globalThis.SaysoOffers = (() => {
  const { message: say } = globalThis.SaysoWords;
  const { ask, UNCHECKED } = globalThis.SaysoWorker;

  class Offers {
    /** @param {any} session */
    constructor(session) {
      this.session = session;
      this.list = /** @type {any[]} */ ([]);
      this.total = 0;
      /** The suggestion that was put in: it, its wording and place in the list, the text before and after. @type {any} */
      this.used = null;
      /** Items the person does not want, as long as that can be taken back in its place. @type {Map<string, any>} */
      this.declined = new Map();
      /** The wording chosen of an item, where it is not the first. @type {Map<string, string>} */
      this.chosen = new Map();
    }

    /**
     * What the companion offers for the draft as it is now.
     * @param {{list: any[], total: number}} offered
     * @returns {boolean} whether there is anything new to show
     */
    take({ list, total }) {
      const same = total === this.total && JSON.stringify(list) === JSON.stringify(this.list);
      [this.list, this.total] = [list, total];
      return !same;
    }

    /** The person writes on: what they did not want has been seen to go. */
    pass() {
      this.declined.clear();
    }

    /** @param {any} offer @returns {any[]} its wordings, best first */
    #voices(offer) {
      return offer.voices?.length ? offer.voices : [{ ...offer.variant, text: offer.text, label: "" }];
    }

    /** @param {any} offer */
    #voice(offer) {
      const voices = this.#voices(offer);
      return voices.find((each) => each.id === this.chosen.get(offer.item.id)) ?? voices[0];
    }

    /** The item and the wording that the draft was begun from, as the companion asks for them. */
    origin() {
      return this.used && { item: this.used.offer.item.id, variant: this.used.voice.id };
    }

    /** Whether a draft that was begun from an item still has its link. @param {string} text */
    linked(text) {
      return text.includes(this.used.offer.item.url);
    }

    // -- what a person does --

    /** @param {any} offer @param {number} index */
    async #use(offer, index) {
      const { composer } = this.session;
      const previous = this.used;
      const voice = this.#voice(offer);
      const before = composer.readText();
      await this.session.mending.written(
        composer.insertBelow(voice.text.slice(voice.label.length), voice.label).then((/** @type {any} */ done) => {
          if (done) this.used = { offer, voice, index, previous, before, ...done };
          return done;
        }),
      );
    }

    async #undoUse() {
      const { composer } = this.session;
      const { before, after, put, first, previous } = this.used;
      const now = composer.readText();
      const start = now.indexOf(put);
      const edits = [{ start, end: start + put.length, text: "" }];
      if (first && now.startsWith(first) && start >= first.length) edits.push({ start: 0, end: first.length, text: "" });
      const change = now === after ? composer.replaceAll(before) : composer.applyEdits(edits);
      await this.session.mending.written(
        change.then((/** @type {boolean} */ done) => {
          if (done) this.used = previous;
          return done;
        }),
      );
    }

    /** A post on LinkedIn was opened, to be reposted there. @param {any} offer @param {any} voice */
    #opened({ item }, voice) {
      const urn = globalThis.SaysoUrns.of(item.url);
      if (urn) void ask({ kind: "opened", item: item.id, variant: voice.id, urn });
    }

    /** @param {any} offer @param {number} index */
    async #decline(offer, index) {
      const { id } = offer.item;
      this.declined.set(id, { offer, index });
      this.session.changed();
      const reply = await ask({ kind: "decline", item: id });
      if (!reply?.ok) this.#back(id, "panel_not_noted");
    }

    /** @param {string} id */
    async #undoDecline(id) {
      const reply = await ask({ kind: "decline", item: id, undo: true });
      if (reply?.ok) this.#back(id);
      else this.session.changed(say("panel_not_noted"));
    }

    /** @param {string} id @param {string} [why] */
    #back(id, why) {
      const { offer, index } = this.declined.get(id) ?? {};
      if (offer && !this.list.some((each) => each.item.id === id)) this.list.splice(index, 0, offer);
      this.declined.delete(id);
      this.session.changed(why && say(why));
    }

    // -- what the panel shows --

    /** Rows; one that was used or not wanted keeps its place while that can be taken back. */
    rows() {
      const { state, page, text } = this.session;
      // What is offered is worded for people, not for a page.
      if (UNCHECKED.has(state) || page) return [];
      const canUndo = this.used && text.includes(this.used.put);
      const kept = canUndo ? [this.used, ...this.declined.values()] : [...this.declined.values()];
      const ids = kept.map((each) => each.offer.item.id);
      const list = this.list.filter((each) => !ids.includes(each.item.id));
      for (const { offer, index } of kept.sort((a, b) => a.index - b.index)) {
        list.splice(Math.min(index, list.length), 0, offer);
      }
      return list.map((offer, index) => this.#row(offer, index, canUndo && offer === this.used.offer));
    }

    /** @param {any} offer @param {number} index @param {boolean} used @returns {import("./suggestion.js").SuggestionView} */
    #row(offer, index, used) {
      const { item } = offer;
      const voices = this.#voices(offer);
      const voice = used ? this.used.voice : this.#voice(offer);
      const text = untracked(voice.text, item.url);
      const declined = this.declined.has(item.id);
      const undo = declined ? () => void this.#undoDecline(item.id) : used ? () => void this.#undoUse() : null;
      const choices = voices.length > 1 && !undo ? voices : [];
      return {
        key: item.id,
        title: item.title,
        text,
        lang: voice.lang,
        reason: offer.reason,
        category: item.category,
        declined,
        post: offer.reshare ? item.url : null,
        voices: choices.map((each, at) => ({
          label: called(choices, at),
          on: each === voice,
          choose: () => {
            this.chosen.set(item.id, each.id);
            this.session.changed();
          },
        })),
        use: () => void this.#use(offer, index),
        copy: () =>
          navigator.clipboard.writeText(text).then(
            () => true,
            () => false,
          ),
        opened: () => this.#opened(offer, voice),
        decline: () => void this.#decline(offer, index),
        undo,
      };
    }
  }

  /** A voice by its name; one of several of the same name with its number. @param {any[]} voices @param {number} at */
  function called(voices, at) {
    const { voice } = voices[at];
    const before = voices.slice(0, at).filter((each) => each.voice === voice).length;
    const name = say(`words_voice_${voice}`);
    return before ? `${name} ${before + 1}` : name;
  }

  /**
   * The text with the item's link as it is: what a link of a LinkedIn post tells the company would be wrong elsewhere.
   * @param {string} text @param {string} url
   */
  function untracked(text, url) {
    const at = url ? text.indexOf(url) : -1;
    if (at < 0) return text;
    const added = /^[?&]utm_\S*/.exec(text.slice(at + url.length))?.[0].length ?? 0;
    return text.slice(0, at + url.length) + text.slice(at + url.length + added);
  }

  return { Offers };
})();
