/**
 * Posting on LinkedIn: what is a press of Post, and what became of it. Nothing of Sayso.
 * A post is taken for published on evidence alone: a link to it that was not there before the press, in a notice or
 * outside of the page's own contents; or the post itself, with the text that was pressed, new at the top of the feed.
 */
globalThis.SaysoPosting = (() => {
  const L = globalThis.SaysoLinkedIn;
  const Urns = globalThis.SaysoUrns;
  const OwnPost = globalThis.SaysoOwnPost;

  /** By role first: nobody has yet described the newer page's notice. */
  const NOTICES = [
    '[role="status"], [role="alert"], [aria-live="polite"], [aria-live="assertive"], output, [popover]',
    '[data-test-artdeco-toast-item-type], .artdeco-toast-item, #artdeco-toasts__wormhole, [data-testid*="toast" i]',
  ].join(", ");
  const FAILURES = '[data-test-artdeco-toast-item-type="error"], .artdeco-toast-item--error';
  /** What LinkedIn asks before it throws a draft away or keeps it. */
  const LEAVING = new Set(["Discard", "Save as draft", "Verwerfen", "Als Entwurf speichern"]);
  const BOXES = 'dialog[open], [role="dialog"], [role="alertdialog"]';
  const LINKS = 'a[href*="/feed/update/"], a[href*="/posts/"]';
  /** What a page is made of, and where links to posts stand that are no notices. */
  const CONTENTS = [
    'main, nav, header, aside, article, [class*="msg-"], [data-urn], [data-id^="urn:li:"]',
    '[role="feed"], [role="list"], [role="listitem"], [role="article"]',
  ].join(", ");

  /** How often is looked, how long a press may take, and how long a notice may come after the box closed; in ms. */
  const LOOK = 200;
  const LONGEST_PRESS = 20_000;
  const LATEST_NOTICE = 6_000;
  /** How soon after a press of its own button the box is gone. */
  const CLOSED_BY_HAND = LOOK + 500;
  /** How long a notice, which leads to the post, is waited for where the feed shows the post already. */
  const NOTICE_FIRST = 1500;
  /** How long a page that was loaded after a press may take to show what came of it. */
  const LATEST_PAGE = 12_000;

  /** @typedef {{outcome: "confirmed" | "unconfirmed" | "dropped", permalink?: string, urns?: string[]}} Outcome */

  /**
   * Whether this event is the person's own press of the enabled Post button: a click, a key on it, or Ctrl or Cmd with
   * Enter in the text. A pointer that goes down on it is none, since it may yet leave it: whoever has described how
   * LinkedIn posts has described a click.
   * @param {Event} event @param {any} composer
   */
  function isPress(event, composer) {
    if (!event.isTrusted) return false;
    const key = event instanceof KeyboardEvent ? event : null;
    if (key && key.key !== "Enter" && key.key !== " ") return false;
    if (key?.isComposing || key?.repeat) return false;
    const path = event.composedPath();
    const inText = path.includes(composer.editor);
    const sends = inText && key?.key === "Enter" && (key.ctrlKey || key.metaKey);
    // Most keys are written into the text, and looking for the button measures the box.
    if (inText && !sends) return false;
    // What LinkedIn puts in place of the text, to ask who will see the post or when, has a button of that shape too.
    if (composer.present() !== "here") return false;
    const button = composer.postButton();
    if (!button || L.off(button)) return false;
    // A real button makes a click of the key; one that only plays the part does not.
    return sends || (path.includes(button) && !(key && button.localName === "button"));
  }

  /**
   * This document and, where the box stands in a frame, that one; with the shadow roots where a box may live.
   * @param {any} composer  null on a page that was loaded after the press
   */
  function* places(composer) {
    yield document;
    yield* L.shadowRoots(false);
    const { editor } = composer ?? {};
    const root = editor?.getRootNode() ?? document;
    if (root !== document) yield root;
    if (editor && root !== editor.ownerDocument) yield editor.ownerDocument;
  }

  /** @param {any} composer @param {string} inside @returns {Element[]} */
  function notices(composer, inside) {
    return [...places(composer)].flatMap((root) =>
      [...root.querySelectorAll(NOTICES)].flatMap((notice) => [
        ...(notice.matches(inside) ? [notice] : []),
        ...notice.querySelectorAll(inside),
      ]),
    );
  }

  /** Posts that something leads to which is no part of the page's contents. @param {any} composer @returns {string[]} */
  function linked(composer) {
    // What stands below the text may be a post that is shared on; what stands in its place is LinkedIn's word on the press.
    const box = composer?.dialog.contains(composer.editor) ? composer.dialog : null;
    const free = [...places(composer)].flatMap((root) =>
      [...root.querySelectorAll(LINKS)].filter((each) => !L.closest(each, CONTENTS) && !box?.contains(each)),
    );
    return [...notices(composer, LINKS), ...free].flatMap((link) => Urns.of(link.getAttribute("href") ?? "") ?? []);
  }

  /** @param {string | null} urn @returns {Outcome} */
  function published(urn) {
    if (!urn) return { outcome: "confirmed" };
    return { outcome: "confirmed", permalink: `https://www.linkedin.com/feed/update/${urn}/`, urns: [urn] };
  }

  /** Whether a box holds this very text again: LinkedIn did not take it. @param {string} text */
  function openAgain(text) {
    const again = L.find();
    return Boolean(again) && globalThis.SaysoEditorText.read(again.editor).text === text;
  }

  /**
   * Watches what becomes of a press, from the press on: begin it while the press is under way.
   * @param {any} composer  null on a page that was loaded after the press
   * @param {string} text  what was pressed
   * @param {AbortSignal} signal  ends it without an outcome: another press took its place
   * @returns {Promise<Outcome | null>}
   */
  function watch(composer, text, signal) {
    const known = new Set(composer ? linked(composer) : []);
    const knownFailures = new Set(notices(composer, FAILURES));
    const knownDialogs = new Set([...places(composer)].flatMap((root) => [...root.querySelectorAll(BOXES)]));
    // The same text may have been posted before.
    const earlier = composer && OwnPost.find(text);
    const begun = Date.now();
    let closedAt = 0;
    // An answer to what LinkedIn asks about the draft: surely so, by its words; and perhaps, in a language unknown.
    let thrownAway = false;
    let left = false;
    // When the person last pressed something else: a box that closes right then was closed by them.
    let touchedAt = 0;

    return new Promise((resolve) => {
      const ended = new AbortController();
      /** @param {Outcome | null} outcome */
      const end = (outcome) => {
        clearInterval(timer);
        ended.abort();
        resolve(outcome);
      };
      const look = () => {
        const fresh = linked(composer).filter((each) => !known.has(each));
        if (fresh.length) {
          const newer = (/** @type {string} */ a, /** @type {string} */ b) => (Urns.number(a) > Urns.number(b) ? a : b);
          return end(published(fresh.reduce(newer)));
        }
        if (notices(composer, FAILURES).some((each) => !knownFailures.has(each))) return end({ outcome: "dropped" });
        const open = composer && L.visible(composer.dialog);
        if (!open && !closedAt) left ||= Date.now() - touchedAt < CLOSED_BY_HAND;
        closedAt = open ? 0 : closedAt || Date.now();
        const since = closedAt && Date.now() - closedAt;
        if (closedAt && thrownAway) return end({ outcome: "dropped" });
        // A box that was only built anew is taken over sooner than that.
        if (composer && since > LOOK && openAgain(text)) return end({ outcome: "dropped" });
        const late = since > (composer ? LATEST_NOTICE : LATEST_PAGE);
        if (late || since > NOTICE_FIRST) {
          const own = OwnPost.find(text);
          if (own && (earlier ? own.urn && own.urn !== earlier.urn : own.urn || late)) return end(published(own.urn));
        }
        if (late) end({ outcome: left ? "dropped" : "unconfirmed" });
        else if (open && Date.now() - begun > LONGEST_PRESS) end({ outcome: "dropped" });
      };
      const timer = setInterval(look, LOOK);
      signal.addEventListener("abort", () => end(null), { signal: ended.signal });
      if (!composer) return;
      // Throwing the draft away after all: an answer to what LinkedIn asks while the box is still open.
      const heard = (/** @type {Event} */ event) => {
        const elements = /** @type {Element[]} */ (event.composedPath().filter((each) => "matches" in each));
        const button = elements.find((each) => each.matches(L.BUTTON));
        if (!event.isTrusted || !button || closedAt) return;
        // What the box tells may be gone with this very click, before it is looked for again.
        look();
        const box = elements.find((each) => each.matches(BOXES));
        thrownAway ||= LEAVING.has(L.wordsOf(button));
        left ||= Boolean(box && !knownDialogs.has(box));
        const pressed = button === composer.postButton() || button.getAttribute("aria-disabled") === "true";
        if (composer.dialog.contains(button) && !pressed) touchedAt = Date.now();
      };
      const windows = new Set([window, composer.editor.ownerDocument.defaultView]);
      for (const each of windows) each?.addEventListener("click", heard, { capture: true, signal: ended.signal });
    });
  }

  return { isPress, watch };
})();
