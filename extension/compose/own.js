/** The panel's last line: how far the words are the person's own, and a nudge where they are not yet. */
globalThis.SaysoOwn = (() => {
  const { message: say } = globalThis.SaysoWords;
  const { make, setText, button, iconButton, meter } = globalThis.SaysoPanelParts;

  /** @typedef {{prompts: {label: string, run: () => void}[], dismiss: () => void}} Nudge */
  /** @typedef {{step: number, phrase: string, from: string, nudge: Nudge | null}} OwnView */

  /** Its place in the panel. @returns {{element: HTMLElement, update: (own: OwnView | null) => void}} */
  function section() {
    const bar = make("span", {});
    const phrase = make("strong", {});
    const from = make("span", { class: "push" });
    const text = make("span", {}, say("panel_nudge"));
    const prompts = make("div", {});
    const dismiss = iconButton(say("panel_nudge_dismiss"), "close", () => now?.nudge?.dismiss());
    const nudge = make("div", { class: "s-nudge", role: "group", "aria-label": say("panel_nudge") }, make("div", {}, text, prompts), dismiss);
    const parts = [make("span", {}, say("panel_own_words")), bar, phrase, from, nudge];
    const element = make("div", { class: "s-foot", hidden: true });
    /** @type {OwnView | null} */
    let now = null;

    /** @param {OwnView | null} own */
    function update(own) {
      if (Boolean(own) !== Boolean(now)) element.replaceChildren(...(own ? parts : []));
      if (!own) {
        now = null;
        return;
      }
      if (own.step !== now?.step) bar.replaceChildren(meter(own));
      setText(phrase, own.phrase);
      setText(from, say("panel_from", own.from));
      nudge.hidden = !own.nudge;
      if (own.nudge && !prompts.children.length) {
        prompts.replaceChildren(
          ...own.nudge.prompts.map(({ label }, i) => button({ label, run: () => now?.nudge?.prompts[i].run() }, "small")),
        );
      }
      now = own;
    }
    return { element, update };
  }

  return { section };
})();
