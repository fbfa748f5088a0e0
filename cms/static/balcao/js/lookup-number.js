// Writes a lookup number as XXXX-XXXX-XX while it is typed, and cleans what is pasted. The server judges; this only helps.
// Numbers of a former system have their own shape: what cannot be one of ours is sent as it was typed.

const LENGTH = 10;
const LOOKS_LIKE = { O: "0", I: "1", L: "1" };
const OURS = /^[0-9A-TV-Z]*$/;
const FOREIGN_HYPHEN = /^.{1,3}-|^.{4}-.{1,3}-/;
const IN_A_MESSAGE = /[0-9A-Z]{4}[\s.\p{Pd}]*[0-9A-Z]{4}[\s.\p{Pd}]*[0-9A-Z]{2}(?![0-9A-Z])/gu;

function bare(text) {
  return text.toUpperCase().replace(/[\s\p{Pd}\p{Cf}\u2212#]/gu, "");
}

function grouped(characters) {
  return [characters.slice(0, 4), characters.slice(4, 8), characters.slice(8)].filter(Boolean).join("-");
}

export function format(text) {
  const characters = bare(text);
  if (characters.length > LENGTH || !OURS.test(characters) || FOREIGN_HYPHEN.test(text)) return text;
  if (characters.length < LENGTH) return grouped(characters);
  // Only a complete number is ours for sure; until then an O may be an O.
  return grouped(characters.replace(/[OIL]/g, (letter) => LOOKS_LIKE[letter]));
}

export function found(message) {
  const numbers = message.toUpperCase().match(IN_A_MESSAGE) ?? [];
  return numbers.find((number) => /\d/.test(number));
}

function positionAfter(text, count) {
  let seen = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (seen === count) return index;
    if (text[index] !== "-") seen += 1;
  }
  return text.length;
}

function rewrite(input) {
  const before = bare(input.value.slice(0, input.selectionStart ?? input.value.length)).length;
  const text = format(input.value);
  if (text === input.value) return;
  input.value = text;
  const caret = positionAfter(text, before);
  input.setSelectionRange(caret, caret);
}

for (const input of document.querySelectorAll("[data-lookup-number]")) {
  input.addEventListener("input", (event) => {
    if (!event.isComposing && event.inputType !== "deleteContentBackward") rewrite(input);
  });
  input.addEventListener("paste", (event) => {
    const number = found(event.clipboardData?.getData("text") ?? "");
    if (!number) return;
    event.preventDefault();
    input.value = format(number.replaceAll(".", ""));
  });
  // The hyphens of an unfinished number are ours, not the customer's.
  input.form?.addEventListener("submit", () => {
    const characters = bare(input.value);
    if (characters.length < LENGTH && input.value === grouped(characters)) input.value = characters;
  });
}
