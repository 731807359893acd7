/** The line to the service worker, which alone talks to the companion. */
globalThis.SaysoWorker = (() => {
  /** States of the panel in which the draft was not checked. */
  const UNCHECKED = new Set(["slow", "away", "unpaired", "foreign-port", "paused", "not-recognised"]);

  /** Whether the extension is still there; it is not where it was updated or removed under this page. */
  const alive = () => Boolean(chrome.runtime?.id);

  /**
   * Asks the worker; one that cannot answer counts as a companion that is away.
   * @param {object} message  of the closed list in background/messages.js
   * @returns {Promise<any>} null where there is no extension any more
   */
  async function ask(message) {
    if (!alive()) return null;
    try {
      const reply = await chrome.runtime.sendMessage(message);
      return reply?.state || reply?.ok ? reply : { state: "away" };
    } catch {
      return alive() ? { state: "away" } : null;
    }
  }

  return { ask, alive, UNCHECKED };
})();
