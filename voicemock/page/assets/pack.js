// The pack is made beside the page; that it is there comes back over the live line.
import { watch } from "./presence.js";
import { ask, find, put } from "./actions.js";

const button = find("make"), said = find("said");
let mine = false;
const say = (text) => { said.hidden = !text; put(said, text); };
button?.addEventListener("click", async () => {
  button.disabled = true;
  say("Making it …");
  try { await ask("/pack/make", {}); mine = true; } catch (error) { say(error.message); button.disabled = false; }
});
watch((scene) => {
  if (!mine || !scene?.task?.over) return;
  mine = false;
  button.disabled = false;
  if (scene.task.problem) say(scene.task.problem); else location.reload();
});
