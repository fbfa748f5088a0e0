// The page of a job that is at work: asks for its progress every two seconds, and for the whole page at its end.
const place = document.querySelector("[data-job]");
const PAUSE = 2000;
const LONGEST_PAUSE = 15000;
let pause = PAUSE;

async function look() {
  try {
    const answer = await fetch(place.dataset.job, { credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    if (answer.headers.get("X-Job-State") === "ended") {
      window.location.reload();
      return;
    }
    show(await answer.text());
    pause = PAUSE;
  } catch {
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }
  setTimeout(look, pause);
}

// Bar, label and numbers are changed in place: a button that has the focus keeps it, and the state is only
// read aloud when it is another one.
function show(html) {
  const next = document.createElement("div");
  next.innerHTML = html;
  for (const part of ["label", "counts"]) {
    const now = place.querySelector(`.balcao-job__${part}`);
    const then = next.querySelector(`.balcao-job__${part}`);
    if (now && then) now.replaceChildren(...then.childNodes);
  }
  const bar = place.querySelector("progress");
  const value = next.querySelector("progress");
  if (bar && value) bar.value = value.value;
}

if (place) setTimeout(look, PAUSE);
