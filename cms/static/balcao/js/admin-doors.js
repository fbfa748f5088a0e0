// The box beside the choice of doors follows what is chosen, before it is saved.

const frame = document.querySelector("[data-balcao-doors]");

const opened = (form) => {
  const preset = form.querySelector("input[name=preset]:checked")?.closest("[data-doors]");
  if (preset) {
    return preset.dataset.doors.split(" ");
  }
  return [...form.querySelectorAll("select[name^=place-]")]
    .filter((place) => place.value)
    .sort((one, other) => Number(one.value) - Number(other.value))
    .map((place) => place.name.slice("place-".length));
};

if (frame) {
  const form = document.querySelector("[data-doors]").closest("form");
  form.addEventListener("change", () => {
    const address = new URL(frame.dataset.balcaoDoors, location.href);
    opened(form).forEach((name) => address.searchParams.append("door", name));
    if (frame.src !== address.href) {
      frame.src = address.href;
    }
  });
}
