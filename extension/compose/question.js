/** The one question before a post: what is owed, how the post would begin, and three ways on. It presses nothing. */
globalThis.SaysoQuestion = (() => {
  const { message: say } = globalThis.SaysoWords;
  const { make, button, bubble } = globalThis.SaysoPanelParts;

  /**
   * @typedef {object} Question
   * @property {string[]} messages  what is owed, most important first
   * @property {string} why
   * @property {{before: string, added: string, after: string} | null} preview  the beginning of the mended text
   * @property {{label: string, run: () => void} | null} fix
   * @property {() => void} asItIs
   * @property {() => void} keepWriting
   * @property {"light" | "dark"} [theme]
   */

  /**
   * Opens it in the top layer, so that nothing of the page's lies over it.
   * @param {ShadowRoot} root @param {Question} question @returns {HTMLDialogElement}
   */
  function open(root, question) {
    /** @param {() => void} then */
    const closing = (then) => () => {
      dialog.close();
      then();
    };
    const fix = question.fix && button({ label: question.fix.label, run: closing(question.fix.run) }, "primary");
    const asItIs = button({ label: say("panel_as_it_is"), run: closing(question.asItIs) }, "");
    asItIs.setAttribute("aria-describedby", "ask-once");
    const keep = button({ label: say("panel_keep_writing"), run: closing(question.keepWriting) }, "bare");
    const { preview } = question;
    const dialog = make(
      "dialog",
      {
        class: `s-root s-ask ${question.theme}`,
        role: "alertdialog",
        "aria-labelledby": "ask-title",
        "aria-describedby": "ask-what",
      },
      make("div", { class: "top" }, bubble("required"), make("h2", { id: "ask-title" }, say("panel_before_you_post"))),
      make(
        "p",
        { id: "ask-what" },
        make("strong", {}, question.messages[0]),
        question.why,
        ...question.messages.slice(1).map((text) => make("strong", {}, text)),
      ),
      preview && make("blockquote", {}, preview.before, make("ins", {}, preview.added), preview.after),
      make("div", { class: "acts" }, fix, asItIs, keep),
      make("small", { id: "ask-once" }, say("panel_press_again"), " ", say("panel_asks_once")),
    );
    dialog.addEventListener("cancel", closing(question.keepWriting));
    dialog.addEventListener("close", () => dialog.remove());
    root.append(dialog);
    dialog.showModal();
    (fix ?? keep).focus();
    return dialog;
  }

  /** Tab goes round within the question. @param {KeyboardEvent} event @param {HTMLDialogElement} dialog */
  function keepFocus(event, dialog) {
    const buttons = [...dialog.querySelectorAll("button")];
    const now = buttons.indexOf(/** @type {any} */ (/** @type {ShadowRoot} */ (dialog.getRootNode()).activeElement));
    event.preventDefault();
    buttons.at((now + (event.shiftKey ? -1 : 1)) % buttons.length).focus();
  }

  return { open, keepFocus };
})();
