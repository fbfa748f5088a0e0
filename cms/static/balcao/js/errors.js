// After a refused form the summary gets the focus, and its links put it into the field.

document.querySelector("[data-error-summary]")?.focus();

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-error-summary] a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  const control = field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea");
  const target = control ?? field;
  (target.closest(".field") ?? target).scrollIntoView({ block: "center" });
  target.focus({ preventScroll: true });
});
