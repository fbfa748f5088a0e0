// The board: a card that is dropped into another phase sends the form that stands on it.

const board = document.querySelector("[data-board]");
let dragged = null;

for (const card of board?.querySelectorAll("[data-process]") ?? []) {
  if (!card.querySelector("form")) continue;
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

for (const column of board?.querySelectorAll("[data-phase]") ?? []) {
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
    const form = dragged.querySelector("form");
    column.querySelector("ul").prepend(dragged);
    form.elements.phase.value = column.dataset.phase;
    form.requestSubmit();
  });
}
