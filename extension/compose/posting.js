/**
 * Posting on LinkedIn: what is a press of Post, and what became of it. Nothing of Sayso.
 * A post is taken for published on evidence alone: a notice with a link to it that was not there before the press.
 */
globalThis.SaysoPosting = (() => {
  const L = globalThis.SaysoLinkedIn;

  /** By role first: nobody has yet described the newer page's notice. */
  const NOTICES = [
    '[role="status"], [role="alert"], [aria-live="polite"], [aria-live="assertive"], output, [popover]',
    '[data-test-artdeco-toast-item-type], .artdeco-toast-item, #artdeco-toasts__wormhole, [data-testid*="toast" i]',
  ].join(", ");
  const FAILURES = '[data-test-artdeco-toast-item-type="error"], .artdeco-toast-item--error';
  /** What LinkedIn asks before it throws a draft away or keeps it. */
  const LEAVING = new Set(["Discard", "Save as draft", "Verwerfen", "Als Entwurf speichern"]);
  const BOXES = 'dialog[open], [role="dialog"], [role="alertdialog"]';
  const POST_LINK =
    /\/feed\/update\/urn:li:(share|activity|ugcPost):(\d+)|\/posts\/[^/?#]*-(share|activity|ugcPost)-(\d+)/;

  /** How often is looked, how long a press may take, and how long a notice may come after the box closed; in ms. */
  const LOOK = 200;
  const LONGEST_PRESS = 20_000;
  const LATEST_NOTICE = 6_000;

  /** @typedef {{outcome: "confirmed" | "unconfirmed" | "dropped", permalink?: string, urns?: string[]}} Outcome */

  /**
   * Whether this event is the person's own press of the enabled Post button: a click, a key on it, or Ctrl or Cmd with
   * Enter in the text.
   * @param {Event} event @param {any} composer
   */
  function isPress(event, composer) {
    if (!event.isTrusted) return false;
    // Most keys are letters, and looking for the button measures the box.
    if (event instanceof KeyboardEvent && event.key !== "Enter" && event.key !== " ") return false;
    const button = composer.postButton();
    if (!button || button.disabled || button.getAttribute("aria-disabled") === "true") return false;
    const path = event.composedPath();
    if (!(event instanceof KeyboardEvent)) return path.includes(button);
    if (event.isComposing || event.repeat) return false;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && path.includes(composer.editor)) return true;
    // A real button makes a click of the key; one that only plays the part does not.
    return button.localName !== "button" && path.includes(button) && (event.key === "Enter" || event.key === " ");
  }

  /** This document and, where the box stands in a frame, that one; with the shadow roots where a box may live. */
  function* places(/** @type {any} */ composer) {
    yield document;
    yield* L.shadowRoots(false);
    const root = composer.editor.getRootNode();
    if (root !== document) yield root;
    if (root !== composer.editor.ownerDocument) yield composer.editor.ownerDocument;
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

  /** Addresses of posts in notices, with the post's number: the higher, the newer. @param {any} composer */
  function postLinks(composer) {
    return notices(composer, "a[href]").flatMap((link) => {
      let href = link.getAttribute("href") ?? "";
      try {
        href = decodeURIComponent(href);
      } catch {
        // Not encoded: as it stands.
      }
      const found = POST_LINK.exec(href);
      if (!found) return [];
      const [kind, number] = [found[1] ?? found[3], found[2] ?? found[4]];
      return [{ urn: `urn:li:${kind}:${number}`, number: BigInt(number) }];
    });
  }

  /**
   * Watches what becomes of a press, from the press on: begin it while the press is under way.
   * @param {any} composer @param {AbortSignal} signal  ends it without an outcome: another press took its place
   * @returns {Promise<Outcome | null>}
   */
  function watch(composer, signal) {
    const known = new Set(postLinks(composer).map((each) => each.urn));
    const knownFailures = new Set(notices(composer, FAILURES));
    const knownDialogs = new Set([...places(composer)].flatMap((root) => [...root.querySelectorAll(BOXES)]));
    const begun = Date.now();
    let closedAt = 0;
    // An answer to what LinkedIn asks about the draft: surely so, by its words; and perhaps, in a language unknown.
    let thrownAway = false;
    let left = false;

    return new Promise((resolve) => {
      const ended = new AbortController();
      /** @param {Outcome | null} outcome */
      const end = (outcome) => {
        clearInterval(timer);
        ended.abort();
        resolve(outcome);
      };
      const look = () => {
        const fresh = postLinks(composer).filter((each) => !known.has(each.urn));
        if (fresh.length) {
          const newest = fresh.reduce((best, each) => (each.number > best.number ? each : best));
          return end({
            outcome: "confirmed",
            permalink: `https://www.linkedin.com/feed/update/${newest.urn}/`,
            urns: [newest.urn],
          });
        }
        if (notices(composer, FAILURES).some((each) => !knownFailures.has(each))) return end({ outcome: "dropped" });
        const open = L.visible(composer.dialog);
        closedAt = open ? 0 : closedAt || Date.now();
        if (closedAt && thrownAway) end({ outcome: "dropped" });
        else if (closedAt && Date.now() - closedAt > LATEST_NOTICE) end({ outcome: left ? "dropped" : "unconfirmed" });
        else if (open && Date.now() - begun > LONGEST_PRESS) end({ outcome: "dropped" });
      };
      const timer = setInterval(look, LOOK);
      signal.addEventListener("abort", () => end(null), { signal: ended.signal });
      // Throwing the draft away after all: an answer to what LinkedIn asks while the box is still open.
      const heard = (/** @type {Event} */ event) => {
        const elements = /** @type {Element[]} */ (event.composedPath().filter((each) => "matches" in each));
        const button = elements.find((each) => each.matches(L.BUTTON));
        if (!event.isTrusted || !button || closedAt) return;
        const box = elements.find((each) => each.matches(BOXES));
        thrownAway ||= LEAVING.has(L.wordsOf(button));
        left ||= Boolean(box && !knownDialogs.has(box));
      };
      const windows = new Set([window, composer.editor.ownerDocument.defaultView]);
      for (const each of windows) each?.addEventListener("click", heard, { capture: true, signal: ended.signal });
    });
  }

  return { isPress, watch };
})();
