// Tells the server that a conversation was seen, once it stands in the window; without it there is a button.

const form = document.querySelector("[data-mark-read]");
const section = form?.closest("section");

if (form && "IntersectionObserver" in window) {
  form.querySelector("button").hidden = true;
  const seen = new IntersectionObserver(async (entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    try {
      await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    } catch {
      // It stays new, and is told as read the next time.
    }
  }, { threshold: 0.1 });
  seen.observe(section);
}
