import { ask, find, put } from "./actions.js";

const form = find("settings");
const NUMBERS = new Set(["voice_rate", "voice_volume"]);
const before = () => Object.fromEntries([...new FormData(form)]);
let saved = before();
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const now = before();
  const changed = Object.entries(now).filter(([name, value]) => value !== saved[name]);
  if (!changed.length) { put(find("said"), "Nothing was changed."); return; }
  try {
    await ask("/settings/change", Object.fromEntries(changed.map(([name, value]) => [name, NUMBERS.has(name) ? Number(value) : value || null]))); // null: voicemock's own choice again
    saved = now;
    put(find("said"), "Saved.");
  } catch (error) { put(find("said"), error.message); }
});
find("doctor").addEventListener("click", async () => {
  const found = find("found");
  found.replaceChildren(Object.assign(document.createElement("li"), { textContent: "Checking …" }));
  try {
    const lines = await ask("/settings/doctor");
    found.replaceChildren(...lines.map((line) => {
      const item = document.createElement("li");
      const mark = Object.assign(document.createElement("strong"), { textContent: { ok: "Fine", note: "Note", fix: "To fix" }[line.mark], className: line.mark });
      item.append(mark, ` ${line.text}`);
      return item;
    }));
  } catch (error) { found.replaceChildren(Object.assign(document.createElement("li"), { textContent: error.message })); }
});
ask("/practise/devices").then((devices) => {
  const fill = (select, pairs) => {
    for (const [value, text] of pairs) {
      if (![...select.options].some((one) => one.value === value)) select.add(new Option(text, value));
      else [...select.options].find((one) => one.value === value).textContent = text;
    }
  };
  fill(form.elements.voice, devices.voices.map((one) => [one.id, one.title]));
  fill(form.elements.input_device, devices.microphones.map((name) => [name, name]));
}).catch(() => {});
