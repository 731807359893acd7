/**
 * The figures of the person's own post, read while they look at it or at its analytics, once they have said yes to that.
 * Unless the address fits and the worker answers that the post is in their history, nothing is read and nothing watches.
 *
 * Another's post is never read: figures count only beside the number of impressions, which LinkedIn shows to the author
 * alone, and which leads to the analytics of this very post.
 */
globalThis.SaysoOwnFigures = (() => {
  const L = globalThis.SaysoLinkedIn;
  const { ask } = globalThis.SaysoWorker;

  /** Where one post stands alone, and where its figures do. */
  const PAGE = /^\/(analytics\/post-summary|feed\/update|posts)\//;
  /** What stands beside the numbers, whole, in the languages Sayso speaks. @type {Record<string, RegExp>} */
  const LABELS = {
    impressions: /^impression(s|en)?$/i,
    reactions: /^(r[eé]actions?|reaktion(en)?)$/i,
    comments: /^(comments?|commentaires?|kommentare?)$/i,
    reposts: /^(reposts?|republications?)$/i,
  };
  /** The classic page's own places, where the number stands alone. @type {Record<string, string>} */
  const PLACES = {
    impressions: ".ca-entry-point__num-views strong",
    reactions: ".social-details-social-counts__reactions-count, .social-details-social-counts__social-proof-fallback-number",
  };
  /** A count as it is written for people; what number it is, the companion finds out. */
  const COUNT = /^\d[\d.,'’\s]*(?:\p{L}{1,4}\.?)?$/u;
  const LABELLED = /^(\d[\d.,'’\s]*(?:(?:k|m|mio\.?|mrd\.?|tsd\.?|md)\s+)?)(\p{L}+)(?: on .+)?$/iu;
  /** Comments bear counts too. They stand below the field for writing one, or in a box of their own. */
  const FIELD = '[contenteditable="true"], [role="textbox"]';
  const COMMENT = '[componentkey^="replaceableComment_"], [class*="comments-comment"], [data-id^="urn:li:comment:"]';

  /** How often is looked while the page builds itself, and for how long, in ms. */
  const LOOK = 500;
  const LONGEST = 20_000;
  /** How often in a row the page must say the same: it may be building still, or be showing the page before. */
  const AT_REST = 2;
  const SURELY = 8;

  /** @typedef {{urn: string, analytics: boolean}} Place */
  /** @typedef {{[figure: string]: string}} Texts */

  /** The post that an address is of. @param {string} path @returns {Place | null} */
  function placeOf(path) {
    const page = PAGE.exec(path)?.[1];
    const urn = page && globalThis.SaysoUrns.of(path);
    return urn ? { urn, analytics: page[0] === "a" } : null;
  }

  /** The pieces of text in an element, in order; null where there are more than belong to a label. @param {Element} element */
  function pieces(element) {
    const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    /** @type {string[]} */
    const found = [];
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const text = (node.nodeValue ?? "").trim();
      if (text && found.push(text) > 6) return null;
    }
    return found;
  }

  /** @param {string} word */
  const figureOf = (word) => Object.keys(LABELS).find((figure) => LABELS[figure].test(word.trim()));

  /**
   * The labelled counts in a part of the page. One that stands there with several values is left out.
   * @param {Element} root @returns {Texts}
   */
  function counts(root) {
    const field = root.querySelector(FIELD);
    /** @type {Record<string, Set<string>>[]} with the label in one text, and next to it */
    const [alone, beside] = [{}, {}];
    const add = (/** @type {typeof alone} */ to, /** @type {string} */ figure, /** @type {string} */ text) =>
      (to[figure] ??= new Set()).add(text.trim());
    for (const element of [root, ...root.querySelectorAll("*")]) {
      if (element.closest(COMMENT) || (field && field.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
      for (const figure of Object.keys(PLACES)) {
        if (element.matches(PLACES[figure])) add(beside, figure, element.textContent ?? "");
      }
      const own = [...element.childNodes].flatMap((node) => (node.nodeType === Node.TEXT_NODE ? [node.nodeValue ?? ""] : [])).join("");
      for (const text of [...own.split("·"), element.getAttribute("aria-label") ?? ""]) {
        const [, count, word] = LABELLED.exec(text.trim()) ?? [];
        const labelled = count && figureOf(word);
        if (labelled) add(alone, labelled, count);
        // The label by itself: its number stands next to it.
        const figure = figureOf(text);
        if (!figure || text !== own) continue;
        let near = element;
        // Not out of a button: "Comment" on one is no label.
        while (near !== root && !near.matches(`a, ${L.BUTTON}`) && pieces(near)?.length === 1) {
          near = /** @type {Element} */ (near.parentElement);
        }
        const numbers = (pieces(near) ?? []).filter((each) => COUNT.test(each));
        if (numbers.length === 1) add(beside, figure, numbers[0]);
      }
    }
    return Object.fromEntries(
      Object.keys(LABELS).flatMap((figure) => {
        const values = [...(beside[figure] ?? alone[figure] ?? [])];
        return values.length === 1 ? [[figure, values[0]]] : [];
      }),
    );
  }

  /** What the page says of this post; null where it is not there, or not the person's. @param {Place} place */
  function read({ urn, analytics }) {
    const main = [...document.querySelectorAll("main")].find(L.visible);
    if (!main) return null;
    if (analytics) {
      const texts = counts(main);
      return texts.impressions ? texts : null;
    }
    const links = [...main.querySelectorAll('a[href*="/analytics/post-summary/"]')].map((link) => {
      const path = new URL(link.getAttribute("href") ?? "", location.origin).pathname;
      return { link, to: placeOf(path)?.urn };
    });
    const own = links.find(({ link, to }) => to && globalThis.SaysoUrns.same(to, urn) && L.visible(link));
    if (!own) return null;
    const { impressions } = counts(own.link.closest(".content-analytics-entry-point") ?? own.link);
    if (!impressions) return null;
    // The smallest box around the link with other counts in it, and no other post.
    for (let box = own.link.parentElement; box && main.contains(box); box = box.parentElement) {
      if (links.some(({ link, to }) => to !== own.to && box.contains(link))) break;
      const { impressions: _, ...others } = counts(box);
      if (Object.keys(others).length) return { impressions, ...others };
    }
    return { impressions };
  }

  /** The visit that is under way. */
  let visit = new AbortController();
  /** The address it is of. */
  let at = "";

  /** Nothing watches any more. */
  function stop() {
    visit.abort();
    at = "";
  }

  /**
   * The address may be another.
   * @param {boolean} [within]  without a page load, so that what the page before said may still be on screen
   */
  function look(within = false) {
    if (window !== window.top || location.pathname === at) return;
    stop();
    const place = placeOf(location.pathname);
    if (!place) return;
    at = location.pathname;
    visit = new AbortController();
    void follow(place, within, visit.signal);
  }

  /** @param {Place} place @param {boolean} within @param {AbortSignal} left  the person went elsewhere */
  async function follow(place, within, left) {
    const { id } = (await ask({ kind: "own-post", urn: place.urn })) ?? {};
    if (!id || left.aborted) return;
    // Of a page of analytics nothing but the address tells whose it is.
    const old = within && place.analytics ? JSON.stringify(read(place)) : "";
    let last = "";
    let same = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let soon;
    const once = () => {
      soon = undefined;
      const texts = read(place);
      if (!texts) return;
      const now = JSON.stringify(texts);
      same = now === last ? same + 1 : 1;
      last = now;
      if (same < (now === old ? SURELY : AT_REST)) soon = setTimeout(once, LOOK);
      else {
        end();
        void ask({ kind: "own-figures", id, urn: place.urn, texts });
      }
    };
    const changes = new MutationObserver(() => (soon ??= setTimeout(once, LOOK)));
    const end = () => {
      changes.disconnect();
      clearTimeout(soon);
    };
    AbortSignal.any([left, AbortSignal.timeout(LONGEST)]).addEventListener("abort", end);
    // Not on main alone: LinkedIn puts another in its place.
    changes.observe(document.body, { childList: true, characterData: true, subtree: true });
    once();
  }

  return { look, stop };
})();
