/** Who posts: the person, or a page they look after. LinkedIn's page alone; nothing of Sayso. */
globalThis.SaysoAuthor = (() => {
  const L = globalThis.SaysoLinkedIn;

  /** The stand-in for a picture, which tells a person from a company in every language. */
  const FACES = 'svg[id^="person-accent"], svg[id^="company-accent"], [class*="EntityPhoto-"]';
  const OF_A_PAGE = 'svg[id^="company-accent"], [class*="EntityPhoto-square"]';
  /** Where a page's own people write: the author is fixed to the page. */
  const ADMIN = /^\/(company|showcase|school)\/[^/]+\/admin\b/;
  /** What may follow the name in the same words. */
  const AUDIENCES = /\s*(Post to Anyone|Auf Alle posten)$/;
  const NAMED = /\S\s*(Post to Anyone|Auf Alle posten)$/;
  /** Parts of a control that are not its words. */
  const SILENT = '[aria-hidden="true"], [hidden], figure, svg, style, script, .visually-hidden';

  /**
   * @param {any} composer
   * @returns {{name: string} | null} the page that posts, its name empty where it cannot be read; null for the person
   */
  function page(composer) {
    const { dialog, editor } = composer;
    const above = (/** @type {Element} */ each) =>
      each.compareDocumentPosition(editor) & Node.DOCUMENT_POSITION_FOLLOWING;
    // The author's control comes first: what is in a reshared post or in the text does not count.
    const face = [...dialog.querySelectorAll(FACES)].find((each) => above(each) && !each.closest("[contenteditable]"));
    if (face ? !face.matches(OF_A_PAGE) : !ADMIN.test(location.pathname)) return null;
    const buttons = [...dialog.querySelectorAll(L.BUTTON)].filter((each) => above(each) && each.textContent.trim());
    const control =
      face?.closest(L.BUTTON) ??
      face?.closest("figure")?.parentElement ??
      buttons.find((each) => each.matches(".share-unified-settings-entry-button")) ??
      buttons.find((each) => NAMED.test(each.textContent.trim())) ??
      buttons.find((each) => each.querySelector('img, figure, [class*="avatar"]')) ??
      // A button with a label of its own is a tool, as the one that closes the box.
      buttons.find((each) => !each.hasAttribute("aria-label")) ??
      (ADMIN.test(location.pathname) ? document.querySelector("main h1, h1") : null);
    return { name: control ? nameIn(control) : "" };
  }

  /** The first words of a control; what it is called, where it shows none. @param {Element} control */
  function nameIn(control) {
    const texts = document.createTreeWalker(control, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const words = (texts.currentNode.nodeValue ?? "").trim();
      if (words && !texts.currentNode.parentElement?.closest(SILENT)) return words.replace(AUDIENCES, "");
    }
    const spoken = control.getAttribute("aria-label") ?? control.querySelector("img[alt]")?.getAttribute("alt");
    return (spoken ?? "").trim().replace(AUDIENCES, "");
  }

  return { page };
})();
