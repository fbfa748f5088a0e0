// What is not ticked is not paid: its amount is out of reach, and with nothing ticked there is nothing to go on to.
const form = document.querySelector("[data-paying]");

function show() {
  const rows = [...form.querySelectorAll(".pay-list__row")];
  for (const row of rows) {
    row.querySelector(".pay-list__amount input").disabled = !row.querySelector("input[type=checkbox]").checked;
  }
  const button = form.querySelector("[data-total]");
  if (button) button.disabled = !rows.some((row) => row.querySelector("input[type=checkbox]").checked);
}

if (form) {
  form.addEventListener("input", show);
  show();
}
