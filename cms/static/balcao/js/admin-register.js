// The list of a register: menus close with Escape or a click elsewhere, and a group that is opened fetches its rows.

const menus = document.querySelectorAll(".balcao-menu");

document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) {
    if (!menu.open) continue;
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

async function showRows(group) {
  if (!group.open || group.dataset.asked) return;
  group.dataset.asked = "yes";
  const place = group.querySelector(".balcao-groups__rows");
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(group.dataset.balcaoGroup, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const table = page.querySelector("#listing-results .balcao-table");
    if (!table) return;
    // Rows are chosen and sorted in the list of their own, which the line below leads to.
    for (const cell of table.querySelectorAll(".balcao-table__choose")) cell.remove();
    for (const link of table.querySelectorAll("thead a")) link.replaceWith(...link.childNodes);
    place.replaceChildren(document.adoptNode(table));
  } catch {
    delete group.dataset.asked;
  } finally {
    place.removeAttribute("aria-busy");
  }
}

for (const group of document.querySelectorAll("[data-balcao-group]")) {
  group.addEventListener("toggle", () => showRows(group));
}
