// The transcript of a call goes to voicemock on this computer as it is.
import { ask, choosable, deliver, droppable, find, once, put } from "./actions.js";

const said = find("said"), drop = find("drop"), who = find("who");
const say = (text) => { said.hidden = !text; put(said, text); };
const act = async (wanted) => {
  say("Reading …");
  try { await wanted(); location.reload(); } catch (error) { say(error.message); }
};
const acting = (wanted) => once(() => act(wanted));
const read = (file) => act(() => {
  if (file.size > Number(drop.dataset.most)) throw new Error("That is more than 20 MB. Is it a recording? Its transcript can be read here.");
  return deliver("/debrief/read", { name: file.name }, file);
});
if (drop) {
  choosable(find("file"), read);
  droppable(drop, (files) => read(files[0]));
}
const of = () => ({ name: who.dataset.name });
find("me")?.addEventListener("change", acting(() => ask("/debrief/as", { ...of(), me: find("me").value })));
find("keep")?.addEventListener("click", acting(() => ask("/debrief/keep", of())));
find("questions")?.addEventListener("click", acting(() => ask("/debrief/questions", of())));
find("forget")?.addEventListener("click", acting(() => ask("/debrief/forget", {})));
