/**
 * The page of imports. A file that is too large is told before it is sent; while one is taken in, the companion is
 * asked again until that is over. Without this script the page has a link that does the same.
 */
(() => {
  const EVERY_MS = 500;

  function begin() {
    const file = document.querySelector("input[type=file]");
    const large = document.querySelector("[data-large]");
    file?.addEventListener("change", () => {
      const over = (file.files[0]?.size ?? 0) > Number(large.dataset.large);
      large.hidden = !over;
      file.form.querySelector("button").disabled = over;
    });
    if (document.querySelector("[data-taking]")) setTimeout(look, EVERY_MS);
  }

  async function look() {
    try {
      const reply = await fetch(location.href);
      const fresh = new DOMParser().parseFromString(await reply.text(), "text/html");
      const line = fresh.querySelector("[data-taking]");
      if (!line) {
        // Put in place and not asked for once more: the companion tells how it ended once.
        document.querySelector("main").replaceWith(fresh.querySelector("main"));
        return begin();
      }
      document.querySelector("[data-taking]").textContent = line.textContent;
    } catch {
      // Away for a moment; asked again below.
    }
    setTimeout(look, EVERY_MS);
  }

  begin();
})();
