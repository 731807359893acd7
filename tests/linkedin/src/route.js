/** The site's own navigation: addresses change by the history API and the document stays. */
const listeners = [];

/** Calls `listener(path)` after each change of address, the browser's Back and Forward included. */
export function onRoute(listener) {
  listeners.push(listener);
}

function tell() {
  for (const listener of listeners) listener(location.pathname);
}

export function go(path) {
  // A composer in a frame of its own asks the page around it.
  if (window !== window.top) return window.top.fixture.go(path);
  history.pushState(null, "", path);
  tell();
}

export function start() {
  window.fixture.go = go;
  window.addEventListener("popstate", tell);
  const wantsComposer = location.pathname === "/feed/" && new URLSearchParams(location.search).get("shareActive") === "true";
  if (wantsComposer) history.replaceState(null, "", "/sharing/compose");
  tell();
}
