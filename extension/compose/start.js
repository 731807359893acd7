/**
 * Where it begins: waits for LinkedIn's compose box to open and starts a session for it. Until then there are only the
 * listeners below: no element, no observer, no timer.
 */
(() => {
  const L = globalThis.SaysoLinkedIn;
  const Box = globalThis.SaysoBox;
  const { ask, alive, listen, hold } = globalThis.SaysoWorker;
  const Figures = globalThis.SaysoOwnFigures;

  /** Another way to the box's address. */
  const SHARE_ACTIVE = /[?&]shareActive=true/;
  /** What opens it: by where it leads, by what stands in it, as an entry of a post's menu. */
  const TRIGGER = [
    '[href*="/sharing/compose"], [href*="/preload/sharebox"], [href*="shareActive=true"]',
    '.share-box-feed-entry__trigger, #draft-text-replaceable-component, [role="menuitem"]',
  ].join(", ");
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
  const { signal } = life;
  /** @type {any} */
  let session = null;
  /** Whether the person has paused us, as last heard. */
  let paused = false;
  /** @type {ReturnType<typeof setTimeout>[]} */
  let looks = [];
  /** A box on screen that we do not understand, and what watches it. @type {Element | null} */
  let strange = null;
  /** @type {{disconnect: () => void}[]} */
  let watching = [];

  /** @param {EventTarget[]} [path] @returns {boolean} whether a session is under way */
  function open(path) {
    if (!alive()) leave();
    else if (!session && !paused) {
      const composer = globalThis.SaysoComposer.find(path);
      if (composer) {
        session = new globalThis.SaysoSession.Session(composer, () => {
          session = null;
          if (!alive()) return;
          // After a post the next box may be open by now.
          if (composer.out !== null && open()) return;
          hold(false);
          // At the box's own address another may take its place.
          if (here()) lookOut();
        });
        stopLooking();
        tell(null);
        hold(true);
        void session.begin();
      }
    }
    return Boolean(session);
  }

  /** Looks for a box that is about to open, a few times and then no more. */
  function lookOut() {
    stopLooking();
    if (paused) return;
    looks = LOOKS.map((wait, index) =>
      setTimeout(() => {
        if (!open() && index === LOOKS.length - 1) tell(Box.unknown());
      }, wait),
    );
  }

  function stopLooking() {
    looks.forEach(clearTimeout);
    looks = [];
  }

  /** A box that we do not understand is on screen, or is no longer. @param {Element | null} box */
  function tell(box) {
    if (strange === box) return;
    const was = Boolean(strange);
    strange = box;
    watching.forEach((each) => each.disconnect());
    watching = [];
    if (was !== Boolean(box)) void ask({ kind: "not-recognised", on: Boolean(box) });
    if (!box) return;
    // It may be understood once it is complete, and it must not be spoken of when it is gone.
    let soon = 0;
    const look = () => {
      clearTimeout(soon);
      soon = setTimeout(() => {
        // What took its place may be the box itself.
        if (strange && !open() && !L.visible(strange)) tell(Box.unknown());
      }, 300);
    };
    const changes = new MutationObserver(look);
    changes.observe(box, { childList: true, subtree: true });
    const size = new ResizeObserver(look);
    size.observe(box);
    watching = [changes, size, { disconnect: () => clearTimeout(soon) }];
  }

  /** @param {Element} element */
  function opens(element) {
    return (
      element.matches(TRIGGER) ||
      TRIGGER_WORDS.has((element.getAttribute("aria-label") ?? element.textContent ?? "").trim())
    );
  }

  const here = () => L.atCompose() || SHARE_ACTIVE.test(location.search);

  /** Whether something on an event's path looks like a box that is not complete yet. @param {EventTarget[]} path */
  function promising(path) {
    return path.some((each) => each instanceof Element && each.matches(L.DIALOG) && Box.suspect(each));
  }

  /** The extension was updated or removed under this page: nothing stays behind. */
  function leave() {
    life.abort();
    stopLooking();
    tell(null);
    Figures.stop();
    session?.end();
  }

  window.addEventListener(
    "focusin",
    (event) => {
      if (session) return;
      const path = event.composedPath();
      if (!open(path) && !looks.length && !strange && promising(path)) lookOut();
    },
    { capture: true, signal },
  );
  window.addEventListener(
    "click",
    (event) => {
      if (!event.isTrusted || session) return;
      const path = event.composedPath();
      if (open(path)) return;
      const near = path.slice(0, 8).filter((each) => each instanceof Element);
      if (near.some((each) => each.childElementCount < 8 && opens(each)) || promising(path)) lookOut();
    },
    { capture: true, signal },
  );
  globalThis.navigation?.addEventListener(
    "navigatesuccess",
    () => {
      if (!paused) Figures.look(true);
      if (here()) lookOut();
      else {
        stopLooking();
        if (strange && !L.visible(strange)) tell(null);
      }
    },
    { signal },
  );
  // The popup asks what the box is made of, where none of us understands it.
  const report = (/** @type {any} */ message, /** @type {any} */ _, /** @type {(answer: object) => void} */ answer) => {
    const box = session?.unrecognised ? session.composer.dialog : strange;
    if (message?.kind === "report" && box) answer({ report: globalThis.SaysoStructure.of(box) });
  };
  chrome.runtime.onMessage.addListener(report);
  signal.addEventListener("abort", () => chrome.runtime?.onMessage?.removeListener(report));
  listen(
    {
      gone: leave,
      paused: (/** @type {boolean} */ on) => {
        paused = on;
        if (!on) return void (Figures.look(), open() || (here() && lookOut()));
        stopLooking();
        Figures.stop();
        tell(null);
        session?.end();
      },
      connected: () => session?.look(true),
    },
    signal,
  );
  if (here()) lookOut();
  if (window === window.top) void globalThis.SaysoAftermath.takeUp();
  Figures.look();
})();
