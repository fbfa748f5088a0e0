// Shows a copy button beside a value where the browser can copy, and says when it is done.

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const said = button.parentElement.querySelector("[data-copied]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
      } catch {
        return;
      }
      if (!said) return;
      said.textContent = said.dataset.copied;
      setTimeout(() => { said.textContent = ""; }, 4000);
    });
  }
}
