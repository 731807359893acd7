/** Following a compose box while it is open: what the person types, what LinkedIn rebuilds, and when it closes. */
globalThis.SaysoFollowing = (() => {
  const L = globalThis.SaysoLinkedIn;

  /**
   * Follows the box until it closes. One observer, on the box alone; a size observer tells when it goes.
   * @param {any} composer
   * @param {{changed: () => void, typed: () => void, moved: () => void, closed: () => void}} tell
   *   `changed`: the text may be another; `typed`: a key of the person's; `moved`: LinkedIn built the box anew
   * @param {AbortSignal} signal
   */
  function follow(composer, tell, signal) {
    /** @type {[Element, Element]} */
    let watched;
    const look = () => {
      const state = composer.present();
      if (state === "gone") return tell.closed();
      if (watched[0] !== composer.dialog || watched[1] !== composer.editor) watch();
      if (state === "here") tell.moved();
    };
    const mutations = new MutationObserver((records) => {
      if (records.some((each) => composer.editor.contains(each.target))) tell.changed();
      if (records.some((each) => !composer.editor.contains(each.target))) look();
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
        tell.typed();
        tell.changed();
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
      mutations.disconnect();
      sizes.disconnect();
    });
  }

  return { follow };
})();
