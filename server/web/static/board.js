/**
 * The board by other hands: Shift with an arrow moves the card in focus to the next category, and a card can be dragged.
 * Both send the form that stands on each card, which works without this script.
 */
(() => {
  const board = document.querySelector("[data-board]");
  if (!board) return;
  const columns = [...board.querySelectorAll("[data-category]")];
  const hint = document.querySelector("[data-hint]");
  if (hint) hint.hidden = false;

  /** Sends a card's form with another category. */
  function move(card, category) {
    const form = card.querySelector(".mover form");
    if (form.elements.category.value === category) return;
    form.elements.category.value = category;
    form.requestSubmit();
  }

  board.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const card = event.target.closest(".item");
    if (!step || !event.shiftKey || !card?.querySelector(".mover") || event.target.matches("select")) return;
    const all = [...card.querySelector("select").options].map((option) => option.value);
    const next = all[all.indexOf(card.closest("[data-category]").dataset.category) + step];
    if (!next) return;
    event.preventDefault();
    move(card, next);
  });

  let dragged = null;
  for (const card of board.querySelectorAll(".item:has(.mover)")) {
    card.draggable = true;
    card.addEventListener("dragstart", (event) => {
      dragged = card;
      event.dataTransfer.effectAllowed = "move";
    });
    card.addEventListener("dragend", () => {
      dragged = null;
      for (const column of columns) column.classList.remove("over");
    });
  }
  for (const column of columns) {
    column.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      column.classList.add("over");
    });
    column.addEventListener("dragleave", (event) => {
      if (!column.contains(event.relatedTarget)) column.classList.remove("over");
    });
    column.addEventListener("drop", (event) => {
      event.preventDefault();
      if (dragged) move(dragged, column.dataset.category);
    });
  }
})();
