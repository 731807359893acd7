/**
 * The item page: its preview is drawn anew a moment after the last key, and leaving with changes is asked about. The
 * companion itself draws the preview: what one sees here is what the button "Preview" shows. Without this script that
 * button does the same.
 *
 * Loaded before the form can be seen: what is written into it and left in its first moment is asked about, too.
 */
(() => {
  const PAUSE_MS = 300;
  let timer = 0;
  let asked = 0;
  let sent = false;

  const theForm = () => document.getElementById("item");
  const status = () => document.querySelector(".sights [role=status]");

  /** Whether a field holds something else than the page brought. */
  function differs(field) {
    if (field.type === "select-one") {
      const options = [...field.options];
      return field.selectedIndex !== Math.max(0, options.findIndex((option) => option.defaultSelected));
    }
    return "defaultValue" in field && field.value !== field.defaultValue;
  }

  const written = () => [...(theForm()?.elements ?? [])].some(differs);

  /** The wording whose preview is open. */
  const open = () => document.querySelector("#look details[open]")?.dataset.wording;

  /** Opens the preview of a wording, as the others of its name close. */
  function show(wording) {
    for (const sight of document.querySelectorAll("#look details")) sight.open = sight.dataset.wording === wording;
  }

  /** Draws the preview from what the form holds now. */
  async function draw() {
    const form = theForm();
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
      status().textContent = status().dataset.told;
      // Where something has to be said for a wording, the field for it appears; it never goes from under one's hands.
      for (const grave of document.querySelectorAll("#look [data-grave]")) {
        const field = form.querySelector(`[data-wording="${CSS.escape(grave.dataset.wording)}"] .reason`);
        if (field) field.hidden = false;
      }
    } catch {
      // The companion is away: saving will say so.
    }
  }

  function drawSoon() {
    if (status()) status().textContent = "";
    clearTimeout(timer);
    timer = setTimeout(draw, PAUSE_MS);
  }

  document.addEventListener("input", (event) => {
    if (event.target.form === theForm()) drawSoon();
  });
  document.addEventListener("focusin", (event) => {
    const wording = event.target.closest("#item [data-wording]")?.dataset.wording;
    if (wording) show(wording);
  });

  // Leaving with changes that nobody saved is asked about once. What counts is what stands in the fields, not what was
  // seen being typed: a form that the browser filled again is changed, too.
  document.addEventListener("submit", () => { sent = true; });
  window.addEventListener("pageshow", () => { sent = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!sent && (document.querySelector("[data-unsaved]") || written())) event.preventDefault();
  });
})();
