// Looks every two seconds whether what somebody waits for is there, and shows it; gives up after a minute.

let turns = 30;

async function look() {
  const part = document.querySelector("[data-balcao-wait]");
  if (!part) return;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answer.ok && !page.querySelector("[data-balcao-wait]")) {
      location.reload();
      return;
    }
  } catch {
    // The next turn tries again.
  }
  turns -= 1;
  if (turns > 0) setTimeout(look, 2000);
}

setTimeout(look, 1500);
