// Files by drop, with a list, sizes and small pictures, and progress while they are sent. Without it the field works by itself.

const MOST_BYTES = 20 * 1024 * 1024;
const MOST_FILES = 10;

function size(bytes) {
  const [amount, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "kilobyte"] : [bytes / 1024 / 1024, "megabyte"];
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}

function icon(box, name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${box.dataset.icons}#${name}`);
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

function picture(box, file) {
  if (!/^image\/(png|jpeg|webp)$/.test(file.type)) return icon(box, "file");
  const image = document.createElement("img");
  image.className = "file__small";
  image.alt = "";
  image.src = URL.createObjectURL(file);
  image.addEventListener("load", () => URL.revokeObjectURL(image.src));
  image.addEventListener("error", () => image.replaceWith(icon(box, "file")));
  return image;
}

function begin(box) {
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector("[data-upload-list]");
  const said = box.querySelector("[data-upload-said]");
  const allowed = input.accept.split(",").filter((each) => each.startsWith(".")).map((each) => each.slice(1));
  let files = [];

  const say = (words) => {
    said.textContent = words;
    said.hidden = !words;
  };

  const keep = () => {
    const chosen = new DataTransfer();
    for (const file of files) chosen.items.add(file);
    input.files = chosen.files;
    list.replaceChildren(...files.map((file, place) => {
      const row = document.createElement("li");
      const name = document.createElement("span");
      const detail = document.createElement("span");
      const remove = document.createElement("button");
      row.className = "file";
      name.textContent = file.name;
      name.className = "file__name";
      detail.textContent = size(file.size);
      detail.className = "muted small";
      remove.type = "button";
      remove.className = "copy__button";
      remove.setAttribute("aria-label", `${box.dataset.remove}: ${file.name}`);
      remove.append(icon(box, "close"));
      remove.addEventListener("click", () => {
        files = files.filter((_each, other) => other !== place);
        say("");
        keep();
        (list.querySelector("button") ?? input).focus();
      });
      row.append(picture(box, file), name, detail, remove);
      return row;
    }));
    list.hidden = !files.length;
  };

  const add = (more) => {
    const wrong = [];
    for (const file of more) {
      const extension = file.name.split(".").pop().toLowerCase();
      if (!allowed.includes(extension)) wrong.push(`“${file.name}” ${box.dataset.notAllowed}.`);
      else if (file.size > MOST_BYTES) wrong.push(`“${file.name}” ${box.dataset.tooLarge}.`);
      else if (files.length >= MOST_FILES) wrong.push(box.dataset.tooMany);
      else files.push(file);
    }
    say([...new Set(wrong)].join(" "));
    keep();
  };

  input.addEventListener("change", () => add(input.files));
  for (const kind of ["dragenter", "dragover"]) {
    box.addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      box.classList.add("upload--over");
    });
  }
  for (const kind of ["dragleave", "drop"]) box.addEventListener(kind, () => box.classList.remove("upload--over"));
  box.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    add(event.dataTransfer.files);
  });
}

// The answer of a form that was sent by a request of our own: another page, or the same with what is wrong.
function show(form, request) {
  if (request.status === 422) {
    const answer = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main");
    const main = document.querySelector("main");
    main.replaceWith(document.importNode(answer, true));
    prepare(document.querySelector("main"));
    document.querySelector("[data-error-summary]")?.focus();
    return;
  }
  const place = new URL(request.responseURL || form.action || location.href);
  if (form.closest("#thread")) place.hash = "thread";
  const here = place.pathname + place.search === location.pathname + location.search;
  location.href = place.href;
  if (here && place.hash) location.reload();
}

function send(event) {
  const form = event.currentTarget;
  const input = form.querySelector("input[type=file]");
  if (event.defaultPrevented || !input.files.length) return;
  event.preventDefault();
  const box = form.querySelector("[data-upload-box]");
  const shown = box.querySelector("[data-upload-progress]");
  const bar = shown.querySelector("progress");
  const status = shown.querySelector("[data-upload-status]");
  const buttons = form.querySelectorAll("button");
  const request = new XMLHttpRequest();
  const stop = () => {
    shown.hidden = true;
    for (const button of buttons) button.disabled = false;
    const said = box.querySelector("[data-upload-said]");
    said.textContent = box.dataset.failed;
    said.hidden = false;
  };
  request.upload.addEventListener("progress", (progress) => {
    if (!progress.lengthComputable) return;
    bar.value = Math.round((progress.loaded / progress.total) * 100);
  });
  request.addEventListener("load", () => (request.status < 500 ? show(form, request) : stop()));
  request.addEventListener("error", stop);
  request.open("POST", form.action || location.href);
  const data = new FormData(form);
  shown.hidden = false;
  status.textContent = box.dataset.sending;
  for (const button of buttons) button.disabled = true;
  request.send(data);
}

function prepare(root) {
  for (const box of root.querySelectorAll("[data-upload-box]")) begin(box);
  for (const form of root.querySelectorAll("[data-upload-form]")) form.addEventListener("submit", send);
}

prepare(document);
