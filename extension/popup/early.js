/** Asks the worker for what the popup shows first, before the rest of the popup is read: the answers come meanwhile. */
(() => {
  const ask = (/** @type {string} */ kind) => chrome.runtime.sendMessage({ kind }).catch(() => undefined);
  Object.assign(globalThis, { SaysoAsked: { state: ask("state"), shares: ask("shares"), week: ask("week") } });
})();
