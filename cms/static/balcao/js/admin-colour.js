// The sample beside the colour follows what is chosen, before it is saved.

const field = document.querySelector("[data-balcao-colour]");
const sheet = document.querySelector("[data-balcao-sample]");

if (field && sheet) {
  field.addEventListener("change", () => {
    const address = new URL(sheet.href);
    address.searchParams.set("colour", field.value);
    sheet.href = address.href;
  });
}
