/**
 * The item page's preview, drawn anew a moment after the last key. The companion itself draws it: what one sees here is
 * what the button "Preview" shows. Without this script that button does the same.
 */
(() => {
  const PAUSE_MS = 300;
  const form = document.getElementById("item");
  const said = document.querySelector(".sights [role=status]");
  let timer = 0;
  let asked = 0;

  /** The wording whose preview is open. */
  const open = () => document.querySelector("#look details[open]")?.dataset.wording;

  /** Opens the preview of a wording, as the others of its name close. */
  function show(wording) {
    for (const sight of document.querySelectorAll("#look details")) sight.open = sight.dataset.wording === wording;
  }

  /** Draws the preview from what the form holds now. */
  async function draw() {
    const mine = ++asked;
    try {
      const reply = await fetch(form.dataset.preview, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      const text = await reply.text();
      // An older answer, or the page of a refusal: what stands there stays.
      if (mine !== asked || !reply.ok) return;
      const fresh = new DOMParser().parseFromString(text, "text/html");
      const wording = open();
      for (const id of ["look", "overview"]) {
        document.getElementById(id).replaceWith(document.adoptNode(fresh.getElementById(id)));
      }
      if (wording && document.querySelector(`#look details[data-wording="${CSS.escape(wording)}"]`)) show(wording);
      said.textContent = said.dataset.told;
      // Where something has to be said for a wording, the field for it appears; it never goes from under one's hands.
      for (const grave of document.querySelectorAll("#look [data-grave]")) {
        const field = form.querySelector(`[data-wording="${CSS.escape(grave.dataset.wording)}"] .reason`);
        if (field) field.hidden = false;
      }
    } catch {
      // The companion is away: saving will say so.
    }
  }

  form.addEventListener("input", () => {
    said.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(draw, PAUSE_MS);
  });
  form.addEventListener("focusin", (event) => {
    const wording = event.target.closest("[data-wording]")?.dataset.wording;
    if (wording) show(wording);
  });

  // Leaving with changes that nobody saved is asked about once.
  let changed = document.querySelector("[data-unsaved]") !== null;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
})();
