// A job description and a CV go to voicemock on this computer in one piece, the one behind the other.
import { address } from "./presence.js";
import { ask, find, put } from "./actions.js";

const said = find("said"), form = find("seat");
const say = (text) => { said.hidden = !text; put(said, text); };
const acting = (act) => async (event) => {
  event.preventDefault();
  say("");
  try { await act(); } catch (error) { say(error.message); }
};
const keep = () => ask("/tailor/keep", { job: find("practise").dataset.job });
find("practise")?.addEventListener("click", acting(async () => location.assign(address(`/practise?set=${encodeURIComponent((await keep()).set)}`))));
find("keep")?.addEventListener("click", acting(async () => { await keep(); location.reload(); }));
find("forget")?.addEventListener("click", acting(async () => { await ask("/tailor/forget", {}); location.reload(); }));
for (const drop of document.querySelectorAll(".drop")) {
  for (const name of ["dragover", "dragenter"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files[0]) find(drop.dataset.for).files = event.dataTransfer.files;
  });
}
form?.addEventListener("submit", acting(async () => {
  const job = find("job").files[0], cv = find("cv").files[0];
  if (job.size + (cv?.size ?? 0) > Number(form.dataset.most)) throw new Error("That is more than 20 MB. Are these the right files? A text of a few pages is less.");
  const query = new URLSearchParams({ job: job.name, size: job.size, ...(cv && { cv: cv.name }) });
  const button = form.querySelector("button");
  button.disabled = true;
  say("Reading …");
  try {
    const answer = await fetch(address(`/tailor/read?${query}`), { method: "POST", body: new Blob(cv ? [job, cv] : [job]) })
      .catch(() => { throw new Error("voicemock does not answer, or the file was changed after you chose it. Choose it again."); });
    const found = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error([found.message, found.hint].filter(Boolean).join(" ") || "That did not work.");
    location.reload();
  } finally { button.disabled = false; }
}));
