/** "First glimpse": the first lines as a reader's feed shows them, on a phone and on a desktop. */
globalThis.SaysoGlimpse = (() => {
  const { message: say } = globalThis.SaysoWords;
  const { make, icon, setText } = globalThis.SaysoPanelParts;

  /** @typedef {{phone: string, desktop: string, cutPhone: boolean, cutDesktop: boolean}} GlimpseView */

  /**
   * The section with its disclosure, closed at first.
   * @param {(open: boolean) => void} toggled
   */
  function section(toggled) {
    const devices = /** @type {const} */ ([["phone", "cutPhone"], ["desktop", "cutDesktop"]]).map(([device, cut]) => {
      const text = make("span", {});
      const more = make("em", {}, ` ${say("glimpse_more")}`);
      const length = make("span", {});
      const caption = make("figcaption", {}, icon(device, true), say(`glimpse_${device}`), length);
      const element = make("figure", {}, caption, make("p", {}, text, more));
      /** @param {GlimpseView} view */
      const update = (view) => {
        setText(text, view[device]);
        more.hidden = !view[cut];
        setText(length, view[cut] ? say(`glimpse_${device}_length`) : say("glimpse_whole"));
      };
      return { element, update };
    });
    const body = make("div", { class: "s-glimpse", id: "glimpse", hidden: true }, ...devices.map((each) => each.element));
    const toggle = make(
      "button",
      {
        "class": "s-toggle",
        "aria-expanded": "false",
        "aria-controls": "glimpse",
        "onclick": () => {
          body.hidden = !body.hidden;
          toggle.setAttribute("aria-expanded", String(!body.hidden));
          toggled(!body.hidden);
          if (!body.hidden) element.scrollIntoView({ block: "nearest" });
        },
      },
      make("b", {}, say("glimpse_title")),
      make("span", {}, say("glimpse_what")),
      icon("down", true),
    );
    const element = make("section", { class: "s-section", hidden: true }, make("h2", {}, toggle), body);

    /** @param {GlimpseView | null} view  null: nothing to show */
    function update(view) {
      element.hidden = !view;
      if (view) for (const each of devices) each.update(view);
    }
    return { element, update };
  }

  return { section };
})();
