/**
 * A page while something is being read or made: asks the companion again until that is over, then shows how it ended.
 * Without this script the page has a link that does the same. A text that is to be passed on is copied by a press.
 */
(() => {
  function offerCopies() {
    for (const place of document.querySelectorAll("[data-copies]")) place.hidden = !navigator.clipboard;
  }
  offerCopies();
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-copies] button");
    if (!button) return;
    await navigator.clipboard.writeText(button.closest("li").querySelector("code").textContent);
    button.nextElementSibling.textContent = button.dataset.said;
  });

  const EVERY_MS = 1000;
  const shown = document.querySelector("[data-reading]");
  if (!shown) return;

  /** Puts the fresh page in the place of this one; what is being written in a field stays. */
  function replace(fresh) {
    const old = document.querySelector("main");
    const main = document.adoptNode(fresh.querySelector("main"));
    const focused = document.activeElement?.id;
    for (const field of old.querySelectorAll("input[id]:not([type=file]), textarea[id]")) {
      const same = field.value !== field.defaultValue && main.querySelector(`#${CSS.escape(field.id)}`);
      if (same) same.value = field.value;
    }
    old.replaceWith(main);
    offerCopies();
    (document.getElementById(focused) ?? main.querySelector("[autofocus]") ?? main).focus();
  }

  async function look() {
    try {
      const reply = await fetch(location.href);
      const fresh = new DOMParser().parseFromString(await reply.text(), "text/html");
      if (!reply.ok) return;
      const now = fresh.querySelector("[data-reading]");
      if (!now) {
        // How it ended is told once, and this is it: loaded again, the page would not know.
        history.replaceState(null, "", reply.url);
        replace(fresh);
        return;
      }
      shown.querySelector("[data-progress]").textContent = now.querySelector("[data-progress]").textContent;
    } catch {
      // Away for a moment; asked again below.
    }
    setTimeout(look, EVERY_MS);
  }
  setTimeout(look, EVERY_MS);
})();
