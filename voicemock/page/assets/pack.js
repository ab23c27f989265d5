// The pack is made beside the page; that it is there comes back over the live line.
import { watch } from "./presence.js";
import { ask, find, put } from "./actions.js";

const button = find("make"), said = find("said");
let mine = 0, latest = null;
const say = (text) => { said.hidden = !text; put(said, text); };
button?.addEventListener("click", async () => {
  button.disabled = true;
  say("Making it …");
  try { mine = (await ask("/pack/make", {})).task; look(); } catch (error) { say(error.message); button.disabled = false; }
});
const look = () => { // it may have ended before this page knows its number
  if (!mine || latest?.number !== mine || !latest.over) return;
  mine = 0;
  button.disabled = false;
  if (latest.problem) say(latest.problem); else location.reload();
};
watch((scene) => { latest = scene?.task ?? latest; look(); });
