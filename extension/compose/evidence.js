/**
 * What LinkedIn's page tells of a post that was just made: a link to it, in a notice or outside of the page's own
 * contents, or that it failed. Looked for in all that can be seen from here: documents of frames and open shadow roots.
 * Nothing of Sayso.
 */
globalThis.SaysoEvidence = (() => {
  const L = globalThis.SaysoLinkedIn;
  const Urns = globalThis.SaysoUrns;

  /** By role first: nobody has yet described the newer page's notice. */
  const NOTICES = [
    '[role="status"], [role="alert"], [aria-live="polite"], [aria-live="assertive"], output, [popover]',
    '[data-test-artdeco-toast-item-type], .artdeco-toast-item, #artdeco-toasts__wormhole, [data-testid*="toast" i]',
  ].join(", ");
  const FAILURES = '[data-test-artdeco-toast-item-type="error"], .artdeco-toast-item--error';
  const LINKS = 'a[href*="/feed/update/"], a[href*="/posts/"]';
  /** One post among others, and where people send each other links to posts. */
  const POSTS = 'article, [data-urn], [data-id^="urn:li:"], [role="listitem"], [role="article"]';
  const MAIN = 'main, [role="main"], [role="feed"]';
  const CHAT = '[class^="msg-"], [class*=" msg-"]';
  /** What a page is made of, and where links to posts stand that are no notices. */
  const CONTENTS = `${MAIN}, ${POSTS}, nav, header, aside, [class*="msg-"], [role="list"]`;

  /**
   * A document or a part of it, with all shadow roots and frames in it.
   * @param {any} start @returns {Generator<any>}
   */
  function* roots(start = document) {
    yield start;
    const all = start.querySelectorAll("*");
    for (const each of start.shadowRoot ? [start, ...all] : all) {
      // Another site's frame has no document for us, and LinkedIn's hidden ones tell nobody anything.
      const inner = each.shadowRoot ?? (each.localName === "iframe" && L.visible(each) && each.contentDocument);
      if (inner) yield* roots(inner);
    }
  }

  /**
   * Like closest, also out of what was taken out of the page since.
   * @param {any} element @param {string} selector @param {Map<Node, Node>} [gone]  what was taken out, and of what
   */
  function around(element, selector, gone) {
    for (let at = element; at; at = gone?.get(at.getRootNode({ composed: true }))) {
      // It may have stood in a shadow root or a document itself.
      const found = L.closest(at.matches ? at : (at.host ?? null), selector);
      if (found) return found;
    }
    return null;
  }

  /**
   * The posts that these links lead to, as far as they are LinkedIn's word on a press.
   * @param {Element[]} found @param {any} composer @param {Map<Node, Node>} [gone] @returns {string[]}
   */
  function told(found, composer, gone) {
    // What stands below the text may be a post that is shared on; what stands in its place is LinkedIn's word.
    const box = composer && composer.dialog.contains(composer.editor) && L.visible(composer.editor) ? composer.dialog : null;
    const tells = (/** @type {Element} */ link) => {
      if (around(link, CHAT, gone)) return false;
      const notice = around(link, NOTICES, gone);
      if (!notice) return !around(link, CONTENTS, gone) && !box?.contains(link);
      // Neither a feed that is read out as it grows nor such a part of a post in it is a notice: the posts are others'.
      const post = around(link, POSTS, gone);
      return !post || post === notice || !around(post, MAIN, gone);
    };
    return found.filter(tells).flatMap(urnsOf);
  }

  /** @param {Element} link */
  const urnsOf = (link) => Urns.of(link.getAttribute("href") ?? "") ?? [];

  /** @param {any[]} places @returns {Element[]} */
  const links = (places) => places.flatMap((each) => [...each.querySelectorAll(LINKS)]);

  /** @param {any[]} places @returns {string[]} all posts that something leads to, word on a press or not */
  const all = (places) => links(places).flatMap(urnsOf);

  /** @param {any[]} places @param {any} composer @returns {string[]} the posts that are told of now */
  const now = (places, composer) => told(links(places), composer);

  /**
   * The posts that were told of in what was added, though it may be gone already.
   * @param {MutationRecord[]} records @param {any} composer @returns {string[]}
   */
  function added(records, composer) {
    /** @type {Map<Node, Node>} */
    const gone = new Map();
    for (const { removedNodes, target } of records) for (const each of removedNodes) gone.set(each, target);
    const found = records
      .flatMap(({ addedNodes, target, type }) => (type === "attributes" ? [target] : [...addedNodes]))
      .filter((each) => each.nodeType === Node.ELEMENT_NODE)
      .flatMap((/** @type {any} */ each) => [
        ...(each.matches(LINKS) ? [each] : []),
        ...links([...roots(each)]),
      ]);
    return told(found, composer, gone);
  }

  /** @param {any[]} places @returns {Element[]} notices that something failed */
  const failures = (places) => places.flatMap((each) => [...each.querySelectorAll(FAILURES)]);

  return { roots, all, now, added, failures };
})();
