/**
 * From the press of Post until it is told what became of it. Done by the copy of us in the outermost document: LinkedIn
 * takes a frame with the box in it away when the post is out, and whatever runs in the frame goes with it. Where the whole
 * page is loaded anew, the next one takes it up.
 */
globalThis.SaysoAftermath = (() => {
  const Posting = globalThis.SaysoPosting;
  const { ask } = globalThis.SaysoWorker;

  /** When what the worker must know is told once more, where it did not answer, in ms. */
  const AGAIN = [200, 1000, 3000];

  /** @typedef {{text: string, outcome: Promise<string | null>, again: () => void, stop: () => void}} Press */
  /** Presses that are seen to, by their share's id. @type {Map<string, Press>} */
  const presses = new Map();
  /** What is seen to for the page before this one. @type {{stop: () => void} | null} */
  let inherited = null;

  /** What a check says of a share. @param {any} check */
  function said(check) {
    return (
      check && {
        lang: check.lang,
        disclosure: check.disclosure,
        ...(check.policy_version && { policy_version: check.policy_version }),
        findings: check.findings.map((/** @type {any} */ { rule, level, category }) => ({ rule, level, category })),
        ...(typeof check.own_words === "number" && { own_words: check.own_words }),
      }
    );
  }

  /** Tells the worker, which may be ended while it listens; told twice does no harm. @param {object} message */
  async function tell(message) {
    let reply = await ask(message);
    for (const wait of AGAIN) {
      if (!reply || reply.ok || reply.state === "paused") break;
      await new Promise((resolve) => setTimeout(resolve, wait));
      reply = await ask(message);
    }
    return Boolean(reply?.ok);
  }

  /**
   * Keeps a press with the worker, before LinkedIn may leave the page, and tells its outcome.
   * @param {{share: any, check: any, composer: any}} press  `check`: of exactly this text, if there is one
   * @returns {Promise<string | null>} the outcome; null where another press of the same draft took its place
   */
  function follow({ share, check, composer }) {
    // The next notice is of this press.
    inherited?.stop();
    const now = presses.get(share.id);
    if (now?.text === share.text) {
      now.again();
      return now.outcome;
    }
    for (const [id, each] of presses) {
      // LinkedIn did not take it: it was changed, or came back in another box, and was pressed anew.
      if (id !== share.id && each.text !== share.text) continue;
      each.stop();
      if (id !== share.id) void tell({ kind: "outcome", id, outcome: "dropped" });
    }
    const pressed = { kind: "pressed", share: { ...share, ...said(check) } };
    const { promise, resolve } = Promise.withResolvers();
    const watch = Posting.watch(composer, share.text, async (/** @type {any} */ known) => {
      if (!(await kept) && known.outcome !== "dropped") await tell(pressed);
      await tell({ kind: "outcome", id: share.id, ...known });
      if (presses.get(share.id)?.outcome === promise) forget(share.id);
      resolve(known.outcome);
    });
    const stop = () => {
      watch.stop();
      forget(share.id);
      resolve(null);
    };
    // Whatever comes next in this tab knows more than this page, should it ever be shown again.
    window.addEventListener("pagehide", letGo);
    presses.set(share.id, { text: share.text, outcome: promise, again: watch.again, stop });
    const kept = tell(pressed);
    return promise;
  }

  /** @param {string} id */
  function forget(id) {
    presses.delete(id);
    if (!presses.size) window.removeEventListener("pagehide", letGo);
  }

  function letGo() {
    for (const each of presses.values()) each.stop();
  }

  /** Takes up a press which this tab's last page left behind, if there is one. */
  async function takeUp() {
    const { press } = (await ask({ kind: "landed" })) ?? {};
    if (!press || presses.size) return;
    inherited = Posting.watch(null, press.text, (/** @type {any} */ known) => {
      void tell({ kind: "outcome", id: press.id, ...known });
    });
  }

  /** The copy of us that outlives the box. @returns {{follow: typeof follow}} */
  function keeper() {
    /** @type {any} */
    let place = window;
    try {
      while (place.parent !== place && place.parent.SaysoAftermath && place.parent.SaysoWorker.alive()) {
        place = place.parent;
      }
    } catch {
      // The page around is another site's.
    }
    return place.SaysoAftermath;
  }

  return { follow, takeUp, keeper };
})();
