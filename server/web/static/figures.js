/**
 * The page of figures that people shared. A file that is too large to be a card is named and left out before it is
 * sent, so that the others can be. Without this script the companion names it, up to what it takes at once.
 */
(() => {
  const input = document.querySelector("input[type=file]");
  const large = document.querySelector("[data-largest]");
  function look() {
    const kept = new DataTransfer();
    const names = [];
    for (const file of input.files) {
      if (file.size > Number(large.dataset.largest)) names.push(file.name);
      else kept.items.add(file);
    }
    large.hidden = !names.length;
    large.querySelector("b").textContent = names.join(", ");
    if (names.length) input.files = kept.files;
  }
  input.addEventListener("change", look);
  // Chosen before this ran, or put back by the browser.
  look();
})();
