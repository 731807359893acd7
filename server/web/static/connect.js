/**
 * The start page's button that connects this browser. It hands the pairing code on the page to the extension, if there
 * is one; the extension sends nothing before the person has said yes in its popup.
 */
(() => {
  const place = document.getElementById("offer");
  const button = place.querySelector("button");
  const said = place.querySelector("[role=status]");
  // Chromium gives a page this only where an extension wants to be spoken to from there.
  const speak = globalThis.chrome?.runtime?.sendMessage;
  if (!speak) return;
  place.hidden = false;

  /** The first answer that one of our extensions gives. */
  async function offer() {
    for (const id of place.dataset.ids.split(" ")) {
      try {
        const answer = await chrome.runtime.sendMessage(id, { kind: "offer", code: place.dataset.code });
        if (answer?.ok) return answer;
      } catch {
        // Not installed, or it takes no offers now.
      }
    }
    return null;
  }

  button.addEventListener("click", async () => {
    const answer = await offer();
    said.textContent = place.dataset[answer ? (answer.open ? "asked" : "asks") : "failed"];
    // Whoever comes back from the popup sees how it went.
    if (answer) window.addEventListener("focus", () => location.reload(), { once: true });
  });
})();
