/**
 * Where it begins: waits for LinkedIn's compose box to open and starts a session for it. Until then there are only the
 * listeners below: no element, no observer, no timer.
 */
(() => {
  const { SHARE_BOX, visible } = globalThis.SaysoLinkedIn;
  const { ask, alive } = globalThis.SaysoWorker;

  /** Addresses under which a box is about to open. */
  const COMPOSE = /^\/(sharing\/compose|preload\/sharebox)|[?&]shareActive=true/;
  /** What opens it. */
  const TRIGGER =
    '.share-box-feed-entry__trigger, [href*="/sharing/compose"], [href*="/preload/sharebox"], [href*="shareActive=true"]';
  const TRIGGER_WORDS = new Set([
    "Start a post",
    "Beitrag beginnen",
    "Commencer un post",
    "Crear publicación",
    "Avvia un post",
  ]);
  /** When to look after a trigger, in ms: LinkedIn shows a stand-in first and puts the box in its place. */
  const LOOKS = [100, 300, 700, 1200, 2500, 4500];

  const life = new AbortController();
  /** @type {any} */
  let session = null;
  /** @type {ReturnType<typeof setTimeout>[]} */
  let looks = [];
  let told = false;

  /** @param {EventTarget[]} [path] @returns {boolean} whether a session is under way */
  function open(path) {
    if (!alive()) leave();
    else if (!session) {
      const composer = globalThis.SaysoComposer.find(path);
      if (composer) {
        session = new globalThis.SaysoSession.Session(composer, () => {
          session = null;
        });
        stopLooking();
        void session.begin();
      }
    }
    return Boolean(session);
  }

  /** Looks for a box that is about to open, a few times and then no more. */
  function lookOut() {
    stopLooking();
    looks = LOOKS.map((wait, index) =>
      setTimeout(() => {
        if (!open() && index === LOOKS.length - 1) tell([...document.querySelectorAll(SHARE_BOX)].some(visible));
      }, wait),
    );
  }

  function stopLooking() {
    looks.forEach(clearTimeout);
    looks = [];
    tell(false);
  }

  /** A box that we do not understand is on screen, or is no longer. @param {boolean} unknown */
  function tell(unknown) {
    if (told === unknown) return;
    told = unknown;
    void ask({ kind: "not-recognised", on: unknown });
  }

  /** @param {Element} element */
  function opens(element) {
    return (
      element.matches(TRIGGER) ||
      TRIGGER_WORDS.has((element.getAttribute("aria-label") ?? element.textContent ?? "").trim())
    );
  }

  /** The extension was updated or removed under this page: nothing stays behind. */
  function leave() {
    life.abort();
    stopLooking();
    session?.end();
  }

  const { signal } = life;
  window.addEventListener("focusin", (event) => open(event.composedPath()), { capture: true, signal });
  window.addEventListener(
    "click",
    (event) => {
      if (!event.isTrusted || session) return;
      const path = event.composedPath();
      if (open(path)) return;
      const near = path.slice(0, 8).filter((each) => each instanceof Element);
      if (near.some((each) => each.childElementCount < 8 && opens(each))) lookOut();
    },
    { capture: true, signal },
  );
  const here = () => location.pathname + location.search;
  globalThis.navigation?.addEventListener(
    "navigatesuccess",
    () => {
      if (COMPOSE.test(here())) lookOut();
      else stopLooking();
    },
    { signal },
  );
  if (COMPOSE.test(here())) lookOut();
})();
