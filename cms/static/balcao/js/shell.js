// Theme, menus, self-sending selectors and confirmations. Each part works without the others, and the page works without all.

const root = document.documentElement;

function remember(theme) {
  try {
    localStorage.setItem("balcao.theme", theme);
  } catch {
    // Private windows may refuse storage; the theme then lasts one page.
  }
}

function isDark() {
  if (root.dataset.theme) return root.dataset.theme === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember(root.dataset.theme);
    show();
  });
}

for (const form of document.querySelectorAll("form[data-send-on-change]")) {
  const button = form.querySelector("button");
  if (button) button.hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
}

// A sheet opened on a phone must not stay open, unseen, when the window grows.
const wide = matchMedia("(min-width: 64rem)");
wide.addEventListener?.("change", () => {
  const menu = document.getElementById("more");
  if (wide.matches && menu?.matches(":popover-open")) menu.hidePopover();
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog?.showModal) {
    event.preventDefault();
    dialog.showModal();
  }
});

// What was closed is gone for this view of the page; without this it is only shut.
for (const button of document.querySelectorAll("[data-dismiss]")) {
  button.addEventListener("click", () => button.closest("[data-dismissible]").remove());
}

// One press sends once; a page that comes back from the history can send again.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button || event.target.method === "dialog") return;
  setTimeout(() => button.setAttribute("aria-busy", "true"));
  if (event.target.dataset.sent === "true") event.preventDefault();
  event.target.dataset.sent = "true";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
});
