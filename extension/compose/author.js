/** Who posts: the person, or a page they look after. LinkedIn's page alone; nothing of Sayso. */
globalThis.SaysoAuthor = (() => {
  const L = globalThis.SaysoLinkedIn;

  /** The stand-in for a picture, which tells a person from a company in every language. */
  const FACES = 'svg[id^="person-accent"], svg[id^="company-accent"], [class*="EntityPhoto-"]';
  const OF_A_PAGE = 'svg[id^="company-accent"], [class*="EntityPhoto-square"]';
  /** The same by the address of the picture itself, as LinkedIn names its kinds of pictures. */
  const PICTURES = { page: /\/company-logo/, person: /\/profile-(display|framed)photo/ };
  /** The person signed in, beside what opens the box. */
  const ME = '#shareboxProfilePictureComponentRef, [componentkey="shareboxProfilePictureComponentRef"]';
  /** Where a page's own people write: the author is fixed to the page. */
  const ADMIN = /^\/(company|showcase|school)\/[^/]+\/admin\b/;
  /** What may follow the name in the same words. */
  const AUDIENCES = /(Post to Anyone|Auf Alle posten)$/;
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
    const name = control ? nameIn(control) : "";
    if (face ? face.matches(OF_A_PAGE) : ADMIN.test(location.pathname) || another(control, name)) return { name };
    return null;
  }

  /**
   * Whether a control that bears no stand-in shows somebody else than the person signed in. Said only where picture and
   * name both say so: taken for a page, a person would be asked for nothing.
   * @param {Element | undefined | null} control @param {string} name
   */
  function another(control, name) {
    const picture = control?.querySelector("img")?.src ?? "";
    if (PICTURES.page.test(picture)) return true;
    const { label, slug, picture: mine } = me();
    if (!picture || !mine || !label || !slug || PICTURES.person.test(picture)) return false;
    // The same picture is served in many sizes, each under the picture's own long name; all of them by one host.
    const names = picture.split("/").slice(3).filter((each) => each.length > 12);
    if (picture === mine || names.some((each) => mine.split("/").includes(each))) return false;
    const known = plain(`${label} ${slug}`);
    const words = plain(name).match(/\p{L}{2,}/gu) ?? [];
    return words.length > 0 && !words.some((each) => known.includes(each));
  }

  /** Without accents and capitals. @param {string} words */
  const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /** A member's part of the address of their profile. @param {string | null | undefined} href */
  const slugOf = (href) => /\/in\/([^/?#]+)/.exec(href ?? "")?.[1] ?? "";

  /** Who is signed in, as far as the page tells: what they are called, their part of an address, their picture. */
  function me() {
    const place = document.querySelector(ME);
    const link = place?.closest("a") ?? place?.querySelector('a[href*="/in/"]');
    const image = place?.querySelector("img");
    const label = [link?.getAttribute("aria-label"), image?.alt, link?.textContent].map((each) => each?.trim());
    return { label: label.find(Boolean) ?? "", slug: slugOf(link?.getAttribute("href")), picture: image?.src ?? "" };
  }

  /** The first words of a control; what it is called, where it shows none. @param {Element} control */
  function nameIn(control) {
    const texts = document.createTreeWalker(control, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const words = (texts.currentNode.nodeValue ?? "").trim();
      if (words && !texts.currentNode.parentElement?.closest(SILENT)) return words.replace(AUDIENCES, "").trimEnd();
    }
    const spoken = control.getAttribute("aria-label") ?? control.querySelector("img[alt]")?.getAttribute("alt");
    return (spoken ?? "").trim().replace(AUDIENCES, "").trimEnd();
  }

  return { page, me, slugOf };
})();
