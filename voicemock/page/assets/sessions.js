import { address } from "./presence.js";
import { ask, find, put } from "./actions.js";

const button = find("delete"), sure = find("sure");
button?.addEventListener("click", () => sure.showModal());
find("keep").addEventListener("click", () => sure.close());
find("really").addEventListener("click", async () => {
  sure.close();
  try {
    await ask(`/sessions/${encodeURIComponent(button.dataset.id)}/delete`, {});
    location.assign(address("/sessions"));
  } catch (error) { find("said").hidden = false; put(find("said"), error.message); }
});

// Verdicts: a second press takes one back.
const findings = [...document.querySelectorAll("[data-finding]")];
const tick = () => {
  for (const one of findings) {
    for (const mark of one.querySelectorAll("button")) mark.setAttribute("aria-pressed", mark.dataset.verdict === one.dataset.said);
  }
  if (findings.length) put(find("judged"), `${findings.filter((one) => one.dataset.said).length} of ${findings.length} judged`);
};
for (const one of findings) {
  one.addEventListener("click", async (event) => {
    const verdict = event.target.closest("button")?.dataset.verdict;
    if (!verdict) return;
    const wanted = one.dataset.said === verdict ? "" : verdict;
    const id = one.closest("[data-session]").dataset.session;
    let told;
    try {
      ({ told } = await ask(`/sessions/${encodeURIComponent(id)}/judge`, { finding: one.dataset.finding, right: wanted ? wanted === "right" : null }));
      one.dataset.said = wanted;
    } catch (error) { told = [error.message]; }
    find("said").hidden = !told.length;
    put(find("said"), told.join(" "));
    tick();
  });
}
tick();
