// The list of a register: one box chooses all rows of the page, and the bar says how many are chosen.
const head = document.querySelector("[data-choose-all]");
const bar = document.querySelector("[data-bulk]");
const boxes = [...document.querySelectorAll('input[name="chosen"]')];
const all = bar && bar.querySelector('input[name="all"]');

function tell() {
  const number = boxes.filter((box) => box.checked).length;
  const first = bar.querySelector("option");
  first.dataset.words ??= first.textContent;
  first.textContent = number && !(all && all.checked) ? `${first.dataset.words} (${number})` : first.dataset.words;
  topBox.checked = number > 0 && number === boxes.length;
  topBox.indeterminate = number > 0 && number < boxes.length;
  for (const box of boxes) box.disabled = Boolean(all && all.checked);
}

const topBox = document.createElement("input");
if (head && bar && boxes.length) {
  const label = document.createElement("label");
  topBox.type = "checkbox";
  label.append(topBox, ...head.childNodes);
  head.append(label);
  topBox.addEventListener("change", () => {
    for (const box of boxes) box.checked = topBox.checked;
    tell();
  });
  for (const box of boxes) box.addEventListener("change", tell);
  if (all) all.addEventListener("change", tell);
  tell();
}
