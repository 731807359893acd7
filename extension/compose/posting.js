/**
 * Posting on LinkedIn: what is a press of Post, and what became of it. Nothing of Sayso.
 * A post is taken for published on evidence alone: a notice with a link to it that was not there before the press.
 */
globalThis.SaysoPosting = (() => {
  const L = globalThis.SaysoLinkedIn;

  const NOTICES =
    '[role="status"], [role="alert"], [data-test-artdeco-toast-item-type], .artdeco-toast-item, #artdeco-toasts__wormhole';
  const FAILURES = '[data-test-artdeco-toast-item-type="error"], .artdeco-toast-item--error';
  /** What LinkedIn asks before it throws a draft away or keeps it. */
  const LEAVING = new Set(["Discard", "Save as draft", "Verwerfen", "Als Entwurf speichern"]);
  const BOXES = 'dialog[open], [role="dialog"], [role="alertdialog"]';
  const POST_LINK = /\/feed\/update\/(urn:li:(?:share|activity|ugcPost):(\d+))/;

  /** How often is looked, how long a press may take, and how long a notice may come after the box closed; in ms. */
  const LOOK = 200;
  const LONGEST_PRESS = 20_000;
  const LATEST_NOTICE = 6_000;

  /** @typedef {{outcome: "confirmed" | "unconfirmed" | "dropped", permalink?: string, urns?: string[]}} Outcome */

  /**
   * Whether this event is the person's own press of the enabled Post button: a click, or Ctrl or Cmd with Enter.
   * @param {Event} event @param {any} composer
   */
  function isPress(event, composer) {
    if (!event.isTrusted) return false;
    if (event instanceof KeyboardEvent) {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat) return false;
      if (!event.composedPath().includes(composer.editor)) return false;
    }
    const button = composer.postButton();
    if (!button || button.disabled || button.getAttribute("aria-disabled") === "true") return false;
    return event instanceof KeyboardEvent || event.composedPath().includes(button);
  }

  /** The page, its shadow roots where a box may live, and the page around this frame. */
  function* places(/** @type {any} */ composer) {
    yield document;
    yield* L.shadowRoots(false);
    const root = composer.editor.getRootNode();
    if (root instanceof ShadowRoot) yield root;
    try {
      if (window.top !== window && window.top.document) yield window.top.document;
    } catch {
      // The page around is another site's.
    }
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
      return found ? [{ urn: found[1], number: BigInt(found[2]) }] : [];
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
        const open = composer.dialog.isConnected && L.visible(composer.dialog);
        closedAt = open ? 0 : closedAt || Date.now();
        if (closedAt && Date.now() - closedAt > LATEST_NOTICE) end({ outcome: left ? "dropped" : "unconfirmed" });
        else if (open && Date.now() - begun > LONGEST_PRESS) end({ outcome: "dropped" });
      };
      const timer = setInterval(look, LOOK);
      signal.addEventListener("abort", () => end(null), { signal: ended.signal });
      // Throwing the draft away after all: an answer to what LinkedIn asks while the box is still open.
      window.addEventListener(
        "click",
        (event) => {
          const elements = event.composedPath().filter((each) => each instanceof Element);
          const button = elements.find((each) => each.matches("button, [role=button]"));
          if (!event.isTrusted || !button || closedAt) return;
          const box = elements.find((each) => each.matches(BOXES));
          left ||= LEAVING.has(L.wordsOf(button)) || Boolean(box && !knownDialogs.has(box));
        },
        { capture: true, signal: ended.signal },
      );
    });
  }

  return { isPress, watch };
})();
