/**
 * Posting on LinkedIn: what is a press of Post, and what became of it. Nothing of Sayso.
 * A post is taken for published on evidence alone: a link to it that was not there before the press, in a notice or
 * outside of the page's own contents; or the post itself, with the text that was pressed, new at the top of the feed.
 */
globalThis.SaysoPosting = (() => {
  const L = globalThis.SaysoLinkedIn;
  const Urns = globalThis.SaysoUrns;
  const OwnPost = globalThis.SaysoOwnPost;
  const Evidence = globalThis.SaysoEvidence;

  /** What LinkedIn asks before it throws a draft away or keeps it. */
  const LEAVING = new Set(["Discard", "Save as draft", "Verwerfen", "Als Entwurf speichern"]);
  const BOXES = 'dialog[open], [role="dialog"], [role="alertdialog"]';

  /** How often is looked for what no change of the page tells, in ms as all here. */
  const LOOK = 200;
  /** How long a press may take: where Post can be pressed again meanwhile, and where it cannot. */
  const LONGEST_PRESS = 20_000;
  const LONGEST_WORK = 50_000;
  /** How long a notice may come after the box closed, and how long it is still worth having. */
  const LATEST_NOTICE = 6_000;
  const LATEST_OF_ALL = 25_000;
  /** How long evidence may come after a notice of failure: it may be of something else on the page. */
  const FAILED = 3000;
  /** How soon after a press of its own button the box is gone. */
  const CLOSED_BY_HAND = LOOK + 500;
  /** How long a notice, which leads to the post, is waited for where the feed shows the post already. */
  const NOTICE_FIRST = 1500;
  /** How long a page that was loaded after a press may take to show what came of it. */
  const LATEST_PAGE = 12_000;
  /** How long the text stands in a box again before it counts as not taken: LinkedIn may only build the box anew. */
  const CAME_BACK = 1000;

  /** @typedef {{outcome: "confirmed" | "unconfirmed" | "dropped", permalink?: string, urns?: string[]}} Outcome */

  /**
   * Watches under way, the oldest press first: it is of this one that LinkedIn tells first.
   * @type {{unsure: boolean, stop: () => void}[]}
   */
  const waiting = [];
  /** What was evidence for one press is none for another. @type {Set<string | Element>} */
  const spent = new Set();

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

  /** @param {string | null} urn @returns {Outcome} */
  function published(urn) {
    if (!urn) return { outcome: "confirmed" };
    return { outcome: "confirmed", permalink: `https://www.linkedin.com/feed/update/${urn}/`, urns: [urn] };
  }

  /** Whether a box, here or in a frame, holds this very text again and could post it. @param {any[]} places @param {string} text */
  function openAgain(places, text) {
    return places.some(({ defaultView }) => {
      const { SaysoBox, SaysoEditorText } = defaultView ?? {};
      const again = SaysoEditorText && SaysoBox?.find();
      if (!again || SaysoEditorText.read(again.editor).text !== text) return false;
      const button = L.commitButton(again.dialog);
      return !button || !L.off(button);
    });
  }

  /**
   * Watches what becomes of a press, from the press on: begin it while the press is under way.
   * @param {any} composer  null on a page that was loaded after the press
   * @param {string} text  what was pressed
   * @param {(outcome: Outcome) => void} tell  called once; and again where evidence comes after all
   * @returns {{again: () => void, stop: () => void}}  `again`: the same was pressed once more
   */
  function watch(composer, text, tell) {
    let places = [...Evidence.roots()];
    const known = new Set(composer ? Evidence.all(places) : []);
    const knownFailures = new Set(Evidence.failures(places));
    /** @type {Set<Element>} */
    let knownDialogs;
    // The same text may have been posted before.
    const earlier = composer && OwnPost.find(text);
    let begun = 0;
    let closedAt = 0;
    let backAt = 0;
    let failedAt = 0;
    // An answer to what LinkedIn asks about the draft: surely so, by its words; and perhaps, in a language unknown.
    let thrownAway = false;
    let left = false;
    // When the person last pressed something else: a box that closes right then was closed by them.
    let touchedAt = 0;

    const ended = new AbortController();
    const stop = () => {
      clearInterval(timer);
      ended.abort();
      changes.disconnect();
      if (waiting.includes(me)) waiting.splice(waiting.indexOf(me), 1);
    };
    const me = { unsure: false, stop };
    /** @param {Outcome} outcome */
    const end = (outcome) => {
      stop();
      if (!me.unsure || outcome.outcome === "confirmed") tell(outcome);
    };
    const again = () => {
      [begun, thrownAway, left, touchedAt, failedAt] = [Date.now(), false, false, 0, 0];
      knownDialogs = new Set(places.flatMap((each) => [...each.querySelectorAll(BOXES)]));
    };
    /** @param {string[]} urns @returns {boolean} whether the post is among these */
    const found = (urns) => {
      const fresh = [...new Set(urns)].filter((each) => !known.has(each) && !spent.has(each));
      if (ended.signal.aborted || !fresh.length || waiting[0] !== me) return false;
      fresh.sort((a, b) => (Urns.number(a) < Urns.number(b) ? -1 : 1));
      // The newest, or one for each press that waits.
      const urn = fresh[Math.max(0, fresh.length - waiting.length)];
      spent.add(urn);
      end(published(urn));
      return true;
    };
    const look = () => {
      follow();
      if (found(Evidence.now(places, composer))) return;
      const failed = Evidence.failures(places).find((each) => !knownFailures.has(each) && !spent.has(each));
      if (failed && waiting[0] === me) {
        spent.add(failed);
        failedAt ||= Date.now();
      }
      if (failedAt && Date.now() - failedAt >= FAILED) return end({ outcome: "dropped" });
      const stands = composer && !composer.gone && L.visible(composer.dialog) && !emptied();
      // Where it was gone for a moment it is the same box only if it has the same text.
      const open = stands && (!closedAt || composer.readText() === text);
      if (!open && !closedAt) left ||= Date.now() - touchedAt < CLOSED_BY_HAND;
      closedAt = open ? 0 : closedAt || Date.now();
      const since = closedAt && Date.now() - closedAt;
      if (closedAt && thrownAway) return end({ outcome: "dropped" });
      backAt = composer && closedAt && openAgain(places, text) ? backAt || Date.now() : 0;
      if (backAt && Date.now() - backAt >= CAME_BACK) return end({ outcome: "dropped" });
      const late = since > (composer ? LATEST_NOTICE : LATEST_PAGE);
      if (late || since > NOTICE_FIRST) {
        const own = OwnPost.find(text);
        if (own && (earlier ? own.urn && own.urn !== earlier.urn : own.urn || late)) {
          if (own.urn) spent.add(own.urn);
          return end(published(own.urn));
        }
      }
      const taken = open ? Date.now() - begun : 0;
      if (taken > LONGEST_PRESS && idle()) return end({ outcome: "dropped" });
      if ((late && left) || since > LATEST_OF_ALL) return end({ outcome: "dropped" });
      if (!me.unsure && (late || taken > LONGEST_WORK)) {
        me.unsure = true;
        tell({ outcome: "unconfirmed" });
        // What is told from now on is rather of the press after this.
        if (waiting.length > 1) stop();
      }
    };
    /** Whether LinkedIn, not the person, took the text out of a box that it keeps for the next one. */
    const emptied = () => composer.out === text && L.visible(composer.editor) && !composer.readText().trim();
    /** Whether LinkedIn is not at it, so that Post could be pressed again. */
    const idle = () => {
      const button = composer.postButton();
      return Boolean(button) && !L.off(button);
    };
    // A notice may be gone sooner than it is looked for.
    const changes = new MutationObserver((records) => void found(Evidence.added(records, composer)));
    const seen = new Set();
    const follow = () => {
      places = [...Evidence.roots()];
      for (const each of places) {
        if (seen.has(each)) continue;
        seen.add(each);
        changes.observe(each, { childList: true, subtree: true, attributes: true, attributeFilter: ["href"] });
      }
    };
    follow();
    again();
    // What is told from now on is hardly of a press that nothing was told of for so long.
    for (const each of waiting.filter(({ unsure }) => unsure)) each.stop();
    waiting.push(me);
    const timer = setInterval(look, LOOK);
    if (!composer) return { again, stop };

    /** @param {Event} event */
    const path = (event) => /** @type {Element[]} */ (event.composedPath().filter((each) => "matches" in each));
    // Throwing the draft away after all: an answer to what LinkedIn asks while the box is still open.
    const heard = (/** @type {Event} */ event) => {
      const elements = path(event);
      const button = elements.find((each) => each.matches(L.BUTTON));
      if (!event.isTrusted || !button || closedAt) return;
      // What the box tells may be gone with this very click, before it is looked for again.
      look();
      const box = elements.find((each) => each.matches(BOXES));
      thrownAway ||= LEAVING.has(L.wordsOf(button));
      left ||= Boolean(box && !knownDialogs.has(box) && !L.commits(button) && idle());
      const pressed = button === composer.postButton() || button.getAttribute("aria-disabled") === "true";
      if (composer.dialog.contains(button) && !pressed && idle()) touchedAt = Date.now();
    };
    const escaped = (/** @type {any} */ event) => {
      if (event.isTrusted && event.key === "Escape" && !closedAt && idle()) touchedAt = Date.now();
    };
    for (const each of new Set([window, composer.editor.ownerDocument.defaultView])) {
      each?.addEventListener("click", heard, { capture: true, signal: ended.signal });
      each?.addEventListener("keydown", escaped, { capture: true, signal: ended.signal });
    }
    return { again, stop };
  }

  return { isPress, watch };
})();
