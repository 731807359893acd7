/** One suggestion in the panel: a row that can be used, copied, reworded and declined. */
globalThis.SaysoSuggestion = (() => {
  const { message: say } = globalThis.SaysoWords;
  const { make, setText, button, iconButton, icon } = globalThis.SaysoPanelParts;

  const KINDS = new Set(["brand", "employer_brand", "industry", "employee"]);

  /** @typedef {{label: string, on: boolean, choose: () => void}} Voice */
  /**
   * @typedef {object} SuggestionView
   * @property {string} key
   * @property {string} title
   * @property {string} text  as it is copied
   * @property {string} lang
   * @property {string} reason  its parts with " · " between, the first of most weight
   * @property {string} category
   * @property {boolean} declined  it stays only to be taken back
   * @property {string | null} post  where it is on LinkedIn already, to be reposted there
   * @property {Voice[]} voices  to choose from; none where there is one alone
   * @property {() => void} use
   * @property {() => Promise<boolean>} copy
   * @property {() => void} opened  the post was
   * @property {() => void} decline
   * @property {(() => void) | null} undo
   */

  /** @param {SuggestionView} first */
  function row(first) {
    let view = first;
    const title = make("p", { class: "s-sug-title" });
    const text = make("p", { class: "s-sug-text" });
    const reason = make("p", { class: "s-reason" });
    const how = make("p", { class: "s-reason" });
    const voices = make("div", { class: "s-voices", role: "group", "aria-label": say("panel_voices") });
    const use = button({ label: say("panel_use"), run: () => view.use() }, "small");
    const undo = button({ label: say("panel_undo"), run: () => view.undo?.() }, "small", "undo");
    const copy = iconButton(say("panel_copy"), "copy", () => void copied(), say("panel_copy_for"));
    // The person's own click opens it; what we do besides is copy the words.
    const open = make(
      "a",
      { class: "s-btn small", target: "_blank", rel: "noopener noreferrer", onclick: followed },
      icon("link", true),
      say("panel_open_post"),
    );
    const decline = iconButton(say("panel_not_for_me"), "close", () => view.decline());
    const said = make("span", { class: "s-hidden", "aria-live": "polite" });
    const element = make(
      "li",
      { class: "s-sug" },
      make("span", { class: "s-thumb" }, icon(KINDS.has(first.category) ? first.category : "link")),
      make("div", {}, title, text, reason, how, said, voices),
      make("div", { class: "s-acts" }, use, open, undo, copy, decline),
    );

    function followed() {
      view.opened();
      void copied();
    }

    async function copied() {
      tellCopied(await view.copy());
    }

    /** @param {boolean} [done]  left out: it was not asked for */
    function tellCopied(done) {
      copy.setAttribute("aria-label", say(done ? "panel_copied" : "panel_copy"));
      copy.replaceChildren(icon(done ? "check" : "copy", true));
      setText(said, done === undefined ? "" : say(done ? "panel_copied" : "panel_not_copied"));
      // That it was copied is seen by the check.
      said.className = done === false ? "s-reason" : "s-hidden";
    }

    let drawn = "";
    let drawnVoices = "";

    /** @param {SuggestionView} next */
    function update(next) {
      if (next.text !== view.text) tellCopied();
      view = next;
      const had = element.getRootNode().activeElement;
      setText(title, view.title);
      title.title = view.title;
      setText(text, view.text.replace(/\s+/g, " "));
      if (view.lang) text.lang = view.lang;
      if (drawn !== view.reason) {
        drawn = view.reason;
        const [lead, ...rest] = view.reason.split(" · ");
        reason.replaceChildren(make("b", {}, lead), rest.length ? ` · ${rest.join(" · ")}` : "");
      }
      setText(how, view.declined ? say("panel_declined") : view.post ? say("panel_post_how") : "");
      if (view.post && open.getAttribute("href") !== view.post) open.href = view.post;
      drawVoices();
      text.hidden = reason.hidden = copy.hidden = decline.hidden = view.declined;
      how.hidden = !how.textContent;
      use.hidden = Boolean(view.undo || view.post);
      open.hidden = Boolean(view.undo || !view.post);
      undo.hidden = !view.undo;
      decline.hidden = Boolean(view.undo);
      if (had && element.contains(had) && had.hidden) (view.undo ? undo : view.post ? open : use).focus();
    }

    function drawVoices() {
      const labels = view.voices.map((each) => each.label).join("\n");
      if (drawnVoices !== labels) {
        drawnVoices = labels;
        voices.replaceChildren(
          ...view.voices.map(({ label }, i) => button({ label, run: () => view.voices[i].choose() }, "s-voice")),
        );
      }
      view.voices.forEach(({ on }, i) => voices.children[i].setAttribute("aria-pressed", String(on)));
      voices.hidden = !view.voices.length;
    }
    update(first);
    return { element, update };
  }

  return { row };
})();
