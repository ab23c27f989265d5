// A recording goes to voicemock on this computer as it is; how far it is comes back over the live line.
import { address, watch } from "./presence.js";
import { ask, choosable, deliver, droppable, find, put } from "./actions.js";

const drop = find("drop"), trouble = find("trouble"), bar = find("progress");
let mine = Infinity, latest = null; // the first task whose end is shown: begun here, or seen while it ran
const fail = (text) => { trouble.hidden = !text; put(trouble, text); };
const send = async (file) => {
  fail("");
  if (file.size > Number(drop.dataset.most)) { fail("That is more than a gigabyte, which is the most this page takes. Review its folder below instead."); return; }
  mine = Infinity;
  bar.hidden = true;
  find("report").hidden = true;
  put(find("state"), `Taking in ${file.name} …`);
  try {
    mine = (await deliver("/review/recording", { name: file.name, ask: find("ask").value }, file)).task;
    look();
  } catch (error) { put(find("state"), ""); fail(error.message); }
};
choosable(find("file"), send);
droppable(drop, (files) => send(files[0]));
find("one").addEventListener("submit", (event) => event.preventDefault());
find("folder").addEventListener("submit", async (event) => {
  event.preventDefault();
  fail("");
  try { mine = (await ask("/review/batch", { folder: find("path").value, ask: find("ask").value })).task; look(); } catch (error) { fail(error.message); }
});
const look = () => {
  const task = latest;
  if (!task || (task.over && task.number < mine)) return;
  if (!task.over) mine = task.number;
  put(find("state"), task.over ? (task.problem ? "" : `${task.title}. ${task.told}`) : `${task.title} …${task.total ? ` ${task.done} of ${task.total}` : ""}`);
  bar.hidden = task.over;
  if (task.total) { bar.max = task.total; bar.value = task.done; } else bar.removeAttribute("value");
  if (task.over) fail(task.problem);
  find("report").hidden = !task.session;
  find("report").href = address(`/sessions/${encodeURIComponent(task.session)}`);
};
watch((scene) => { latest = scene?.task ?? latest; look(); });
