// What is not ticked is not paid: its amount is out of reach, and with nothing ticked there is nothing to go on to.
const form = document.querySelector("[data-paying]");

// As the server reads it: the last of "." and "," with one or two digits behind it is the decimal sign.
function read(text) {
  const [, whole, fraction = ""] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(text.trim());
  return Number(`${whole.replace(/[., ]/g, "")}.${fraction}`);
}

function show() {
  let sum = 0;
  let any = false;
  for (const row of form.querySelectorAll(".pay-list__row")) {
    const amount = row.querySelector(".pay-list__amount input");
    const chosen = row.querySelector("input[type=checkbox]").checked;
    amount.disabled = !chosen;
    if (chosen) sum += read(amount.value);
    any ||= chosen;
  }
  const button = form.querySelector("[data-total]");
  if (button) button.disabled = !any;
  const total = form.querySelector("[data-sum]");
  if (!total) return;
  total.hidden = !any || Number.isNaN(sum);
  // "$1.078.611" in Chile: how money is written hangs from the country, too.
  const place = `${document.documentElement.lang.slice(0, 2)}-${total.dataset.country}`;
  const money = { style: "currency", currency: total.dataset.sum, currencyDisplay: "narrowSymbol" };
  total.querySelector("output").value = new Intl.NumberFormat(place, money).format(sum);
}

if (form) {
  form.addEventListener("input", show);
  show();
}
