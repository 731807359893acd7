/**
 * The sources page while a source is being read: asks the companion again until the reading is over, then shows it.
 * Without this script the page has a link that does the same.
 */
(() => {
  const EVERY_MS = 1000;
  const list = document.getElementById("sources");
  if (!list?.querySelector("[data-reading]")) return;

  async function look() {
    try {
      const reply = await fetch(location.href);
      const fresh = new DOMParser().parseFromString(await reply.text(), "text/html");
      const now = fresh.getElementById("sources");
      if (!now) return;
      if (!now.querySelector("[data-reading]")) {
        location.reload();
        return;
      }
      list.querySelector("[data-progress]").textContent = now.querySelector("[data-progress]").textContent;
    } catch {
      // Away for a moment; asked again below.
    }
    setTimeout(look, EVERY_MS);
  }
  setTimeout(look, EVERY_MS);
})();
