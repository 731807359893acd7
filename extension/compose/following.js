/** Following a compose box while it is open: what the person types, what LinkedIn rebuilds, and when it closes. */
globalThis.SaysoFollowing = (() => {
  const L = globalThis.SaysoLinkedIn;

  /** How often within a second we answer to what LinkedIn rebuilds: a page that keeps throwing us out is not fought. */
  const MOST_ANSWERS = 30;

  /**
   * Follows the box until it closes. One observer, on the box alone; a size observer tells when it goes.
   * @param {any} composer
   * @param {{changed: () => void, typed: () => void, moved: () => void, closed: () => void}} tell
   *   `changed`: the text may be another; `typed`: a key of the person's; `moved`: LinkedIn built the box anew
   * @param {AbortSignal} signal
   * @returns {() => void} looks at once whether the box is still there
   */
  function follow(composer, tell, signal) {
    /** @type {[Element, Element]} */
    let watched;
    const look = () => {
      const state = composer.present();
      if (state === "gone") {
        composer.gone = true;
        return tell.closed();
      }
      if (watched[0] !== composer.dialog || watched[1] !== composer.editor) {
        watch();
        // Another editor may hold another text.
        tell.changed();
      }
      if (state === "here") moved();
    };
    /** When it was last answered. @type {number[]} */
    let answers = [];
    let rest = 0;
    const moved = () => {
      const now = performance.now();
      answers = answers.filter((each) => now - each < 1000);
      clearTimeout(rest);
      if (answers.length >= MOST_ANSWERS) {
        rest = setTimeout(look, 1000);
        return;
      }
      answers.push(now);
      tell.moved();
    };
    const mutations = new MutationObserver((records) => {
      const inText = records.filter((each) => composer.editor.contains(each.target)).length;
      if (inText) tell.changed();
      if (inText < records.length) look();
    });
    let patience = 0;
    const sizes = new ResizeObserver(() => {
      // React may take a box out and put it back within a moment.
      clearTimeout(patience);
      if (!L.visible(composer.editor) || !L.visible(composer.dialog)) patience = setTimeout(look, 50);
    });
    const watch = () => {
      mutations.disconnect();
      sizes.disconnect();
      watched = [composer.dialog, composer.editor];
      mutations.observe(composer.dialog, {
        childList: true,
        subtree: true,
        characterData: true,
        attributes: true,
        attributeFilter: ["open"],
      });
      for (const each of watched) sizes.observe(each);
    };
    watch();

    /** @param {(event: any) => void} react */
    const inEditor = (react) => (/** @type {Event} */ event) => {
      if (event.composedPath().includes(composer.editor)) react(event);
    };
    window.addEventListener(
      "input",
      inEditor((event) => {
        composer.composing = event.isComposing;
        composer.out = null;
        // What it changed is told by the observer.
        tell.typed();
      }),
      { capture: true, signal },
    );
    window.addEventListener(
      "compositionstart",
      inEditor(() => {
        composer.composing = true;
      }),
      { capture: true, signal },
    );
    window.addEventListener(
      "compositionend",
      inEditor(() => {
        composer.composing = false;
      }),
      { capture: true, signal },
    );
    window.addEventListener(
      "focusout",
      inEditor(() => composer.rememberCaret()),
      { capture: true, signal },
    );
    signal.addEventListener("abort", () => {
      clearTimeout(patience);
      clearTimeout(rest);
      mutations.disconnect();
      sizes.disconnect();
    });
    return look;
  }

  return { follow };
})();
