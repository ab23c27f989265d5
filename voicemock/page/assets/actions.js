// What pages ask voicemock to do, and how they say what came of it.
import { address } from "./presence.js";

const answered = async (asked, silent) => {
  const answer = await asked.catch(() => { throw new Error(silent); });
  const found = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error([found.message, found.hint].filter(Boolean).join(" ") || "That did not work.");
  return found;
};
export const ask = (path, data) => answered(
  fetch(address(path), data === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data) }),
  "voicemock does not answer. Is it still running?",
);
export const deliver = (path, query, file) => answered( // a file, as it is
  fetch(address(`${path}?${new URLSearchParams(query)}`), { method: "POST", body: file }),
  "voicemock does not answer, or the file was changed after you chose it. Choose it again.",
);
export const once = (act) => { // of a button pressed twice, only the first press counts
  let busy = false;
  return async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    try { await act(event); } finally { busy = false; }
  };
};
export const choosable = (input, take) => { // the same file may be chosen once more, when it was mended
  input.addEventListener("change", () => {
    const file = input.files[0];
    input.value = "";
    if (file) take(file);
  });
};
export const droppable = (zone, take) => { // take: is given the files that are dropped there
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault()); // beside it: the file is not opened in the page's place
  for (const name of ["dragover", "dragenter"]) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (event.dataTransfer.files.length) take(event.dataTransfer.files);
  });
};
export const find = (id) => document.getElementById(id);
export const clock = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
};
export const put = (element, text) => { if (element.textContent !== text) element.textContent = text; };
export const list = (element, texts) => {
  if (JSON.stringify(texts) === element.dataset.shown) return;
  element.dataset.shown = JSON.stringify(texts);
  element.replaceChildren(...texts.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
};
