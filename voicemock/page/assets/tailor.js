// A job description and a CV go to voicemock on this computer in one piece, the one behind the other.
import { address } from "./presence.js";
import { ask, deliver, droppable, find, once, put } from "./actions.js";

const said = find("said"), form = find("seat");
const say = (text) => { said.hidden = !text; put(said, text); };
const acting = (act) => once(async () => {
  say("");
  try { await act(); } catch (error) { say(error.message); }
});
const keep = () => ask("/tailor/keep", { job: find("practise").dataset.job });
find("practise")?.addEventListener("click", acting(async () => location.assign(address(`/practise?set=${encodeURIComponent((await keep()).set)}`))));
find("keep")?.addEventListener("click", acting(async () => { await keep(); location.reload(); }));
find("forget")?.addEventListener("click", acting(async () => { await ask("/tailor/forget", {}); location.reload(); }));
for (const drop of document.querySelectorAll(".drop")) droppable(drop, (files) => { find(drop.dataset.for).files = files; });
form?.addEventListener("submit", acting(async () => {
  const job = find("job").files[0], cv = find("cv").files[0];
  if (job.size + (cv?.size ?? 0) > Number(form.dataset.most)) throw new Error("That is more than 20 MB. Are these the right files? A text of a few pages is less.");
  say("Reading …");
  await deliver("/tailor/read", { job: job.name, size: job.size, ...(cv && { cv: cv.name }) }, new Blob(cv ? [job, cv] : [job]));
  location.reload();
}));
