/**
 * The person's own new post at the top of the page: evidence that it is out where no notice tells. Looked for only in
 * the moments after a press of Post, among the first few posts, and by the text that was pressed: of any other post
 * nothing is kept or told.
 */
globalThis.SaysoOwnPost = (() => {
  const L = globalThis.SaysoLinkedIn;
  const Urns = globalThis.SaysoUrns;

  const POSTS = '[role="listitem"], [role="article"], article, [data-urn^="urn:li:"], [data-id^="urn:li:"]';
  /** A new post comes first; above it may stand an advertisement or what was pinned. Each is there up to three times. */
  const AMONG = 12;
  const MEMBERS = 'a[href*="/in/"], a[href*="/company/"]';
  const NAMES = ["data-urn", "data-id", "data-activity-urn"];
  /** Shorter beginnings of a long text are not told apart from others'. */
  const LEAST_BEGINNING = 60;

  /** A text as it is the same in the editor and in the feed, where links are shortened and lines fold. @param {string} text */
  const bare = (text) =>
    text
      .normalize("NFC")
      .replace(/https?:\/\/\S+|\blnkd\.in\/\S+/g, "")
      // The classic page says the word to screen readers before each tag.
      .replace(/hashtag\s*#/g, "#")
      .replace(/[\s\u200b\ufeff]+/gu, "");

  /** @param {Element} element @param {string} wanted */
  function holds(element, wanted) {
    const text = bare(element.textContent ?? "");
    if (text === wanted) return true;
    // Cut for the feed: what follows the dots is LinkedIn's own word for "more".
    const cut = text.lastIndexOf("…");
    return cut >= LEAST_BEGINNING && text.length - cut < 20 && wanted.startsWith(text.slice(0, cut));
  }

  /** The post that an element is part of, by what LinkedIn's own page says of it. @param {Element} post */
  function urnOf(post) {
    for (const each of [post, ...post.querySelectorAll(NAMES.map((name) => `[${name}]`).join(", "))]) {
      const named = NAMES.map((name) => Urns.of(each.getAttribute(name) ?? "")).find(Boolean);
      if (named) return named;
    }
    const link = [...post.querySelectorAll("a[href]")].map((each) => Urns.of(each.getAttribute("href") ?? "")).find(Boolean);
    return link ?? tracked(post.closest("[data-view-tracking-scope]") ?? post.querySelector("[data-view-tracking-scope]"));
  }

  /** The newer page says it as JSON in an array of bytes in JSON. @param {Element | null} scope */
  function tracked(scope) {
    try {
      const entries = JSON.parse(scope?.getAttribute("data-view-tracking-scope") ?? "[]");
      for (const entry of entries) {
        const { updateUrn } = JSON.parse(new TextDecoder().decode(new Uint8Array(entry.breadcrumb.content.data)));
        const found = Urns.of(updateUrn ?? "");
        if (found) return found;
      }
    } catch {
      // Of another form than has been seen: the post is there all the same.
    }
    return null;
  }

  /**
   * The newest post on the page with this text, unless it is plainly another person's; where the box has a frame of its
   * own, on the page around it.
   * @param {string} text
   * @returns {{urn: string | null} | null}  the urn null where the page does not tell it
   */
  function find(text) {
    const wanted = bare(text);
    const main = document.querySelector("main") ?? document.body;
    const { me, slugOf } = globalThis.SaysoAuthor;
    const { slug } = me();
    if (!wanted) return null;
    try {
      const { parent } = /** @type {any} */ (window);
      const around = parent !== window && parent.SaysoOwnPost?.find(text);
      if (around) return around;
    } catch {
      // The page around is another site's.
    }
    for (const post of [...main.querySelectorAll(POSTS)].slice(0, AMONG)) {
      if (post.closest(`[contenteditable], ${L.DIALOG}`)) continue;
      const author = post.querySelector(MEMBERS)?.getAttribute("href");
      if (author && slug && slugOf(author) !== slug) continue;
      if ([post, ...post.querySelectorAll("*")].some((each) => holds(each, wanted))) return { urn: urnOf(post) };
    }
    return null;
  }

  return { find };
})();
