// What the lines of an invoice come to, counted by the server while they are written.

const form = document.querySelector("[data-balcao-invoice]");
const totals = document.querySelector("#totals");
let waiting = 0;
let asked = 0;

async function count() {
  const mine = ++asked;
  const data = new FormData(form);
  data.set("step", "totals");
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
    if (answer.ok && mine === asked) totals.innerHTML = await answer.text();
  } catch {
    // Offline: the totals stay as they were, and are counted when the draft is kept.
  }
}

if (form && totals) {
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(count, 400);
  });
}
