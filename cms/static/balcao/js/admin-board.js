// The board: a card that is dropped into another phase sends the form that stands on it.

const board = document.querySelector("[data-board]");
const columns = [...(board?.querySelectorAll("[data-phase]") ?? [])];
let dragged = null;

// Moving back tells the customer, too, so it is asked for twice.
function isMeant(from, phase) {
  const goesBack = columns.findIndex((column) => column.dataset.phase === phase) < columns.indexOf(from);
  return !goesBack || window.confirm(board.dataset.back);
}

for (const card of board?.querySelectorAll("[data-process]") ?? []) {
  const form = card.querySelector("form");
  if (!form) continue;
  form.querySelector("button").addEventListener("click", (event) => {
    if (!isMeant(card.closest("[data-phase]"), form.elements.phase.value)) event.preventDefault();
  });
  card.draggable = true;
  card.addEventListener("dragstart", (event) => {
    dragged = card;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.process);
    card.classList.add("balcao-card--dragged");
  });
  card.addEventListener("dragend", () => {
    card.classList.remove("balcao-card--dragged");
    dragged = null;
  });
}

for (const column of columns) {
  column.addEventListener("dragover", (event) => {
    if (!dragged || column.contains(dragged)) return;
    event.preventDefault();
    column.classList.add("balcao-board__column--over");
  });
  column.addEventListener("dragleave", (event) => {
    if (!column.contains(event.relatedTarget)) column.classList.remove("balcao-board__column--over");
  });
  column.addEventListener("drop", (event) => {
    column.classList.remove("balcao-board__column--over");
    if (!dragged || column.contains(dragged)) return;
    event.preventDefault();
    if (!isMeant(dragged.closest("[data-phase]"), column.dataset.phase)) return;
    const form = dragged.querySelector("form");
    column.querySelector("ul").prepend(dragged);
    form.elements.phase.value = column.dataset.phase;
    form.requestSubmit();
  });
}
