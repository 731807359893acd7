/** The line to the service worker, which alone talks to the companion. */
globalThis.SaysoWorker = (() => {
  /** States of the panel in which the draft was not checked. */
  const UNCHECKED = new Set(["slow", "away", "unpaired", "foreign-port", "paused", "not-recognised"]);

  /** When to look, after the line has ended, whether there is an extension still, in ms. */
  const LOOKS = [50, 300, 1000, 3000];

  /** @typedef {{gone: () => void, paused: (on: boolean) => void, connected: () => void}} Listeners */
  /** @type {Listeners | null} */
  let listeners = null;
  /** Open while a box is: its end is all that tells of an update. @type {chrome.runtime.Port | null} */
  let port = null;
  let holding = false;

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
      // A worker that slept has closed it, and is awake now.
      if (holding) connect();
      if (reply?.state === "paused") listeners?.paused(true);
      return reply?.state || reply?.ok ? reply : { state: "away" };
    } catch {
      return alive() ? { state: "away" } : null;
    }
  }

  /**
   * What the worker tells unasked: a pause of the person's and its end, a companion newly connected; and `gone`, which
   * it can tell no more, while the line is held.
   * @param {Listeners} told @param {AbortSignal} signal
   */
  function listen(told, signal) {
    const hear = (/** @type {any} */ message) => {
      if (message?.kind === "paused") told.paused(message.on === true);
      else if (message?.kind === "connected") told.connected();
    };
    listeners = told;
    chrome.runtime.onMessage.addListener(hear);
    signal.addEventListener("abort", () => {
      listeners = null;
      chrome.runtime?.onMessage?.removeListener(hear);
    });
  }

  /** Holds the line while a box is open. It keeps no worker awake. @param {boolean} on */
  function hold(on) {
    holding = on;
    if (on) connect();
    else port?.disconnect();
    if (!on) port = null;
  }

  function connect() {
    if (port || !alive()) return;
    port = chrome.runtime.connect();
    port.onDisconnect.addListener(() => {
      port = null;
      // The worker fell asleep, or the extension goes away: this is known only a moment after.
      for (const wait of LOOKS) setTimeout(() => alive() || listeners?.gone(), wait);
    });
  }

  return { ask, alive, listen, hold, UNCHECKED };
})();
