/**
 * From the press of Post until it is told what became of it. Done by the copy of us in the outermost document: LinkedIn
 * takes a frame with the box in it away when the post is out, and whatever runs in the frame goes with it. Where the whole
 * page is loaded anew, the next one takes it up.
 */
globalThis.SaysoAftermath = (() => {
  const Posting = globalThis.SaysoPosting;
  const { ask } = globalThis.SaysoWorker;

  /** What is seen to for the page before this one. */
  let inherited = new AbortController();

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

  /**
   * Keeps a press with the worker, before LinkedIn may leave the page, and tells its outcome.
   * @param {{share: any, check: any, origin: any, composer: any}} press  `check`: of exactly this text, if there is one
   * @param {AbortSignal} signal  another press took its place
   * @returns {Promise<string | undefined>} the outcome
   */
  async function follow({ share, check, origin, composer }, signal) {
    // The next notice is of this press.
    inherited.abort();
    const outcome = Posting.watch(composer, share.text, signal);
    await ask({ kind: "pressed", share: { ...share, ...said(check) } });
    // Pressed faster than it was checked: the history is told what the check says, where it says it in time.
    /** @type {any} */
    let known = null;
    const late = check ? null : ask({ kind: "check", text: share.text, ...origin });
    late?.then(
      (reply) => reply?.check && !known && ask({ kind: "pressed", share: { ...share, ...said(reply.check) } }),
    );
    known = await outcome;
    if (known) await ask({ kind: "outcome", id: share.id, ...known });
    return known?.outcome;
  }

  /** Takes up a press which this tab's last page left behind, if there is one. */
  async function takeUp() {
    const { press } = (await ask({ kind: "landed" })) ?? {};
    if (!press) return;
    inherited = new AbortController();
    const known = await Posting.watch(null, press.text, inherited.signal);
    if (known) await ask({ kind: "outcome", id: press.id, ...known });
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
