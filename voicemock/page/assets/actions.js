// What pages ask voicemock to do, and how they say what came of it.
import { address } from "./presence.js";

export const ask = async (path, data) => {
  const options = data === undefined ? {} : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data),
  };
  let answer;
  try { answer = await fetch(address(path), options); } catch { throw new Error("voicemock does not answer. Is it still running?"); }
  const found = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error([found.message, found.hint].filter(Boolean).join(" ") || "That did not work.");
  return found;
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
