// A text of one's own: checked as it is typed where voicemock can check it, and saved when asked to.
import { address } from "./presence.js";
import { ask, find, list, put } from "./actions.js";

const edit = find("edit");
if (edit) {
  const text = find("text"), problems = find("problems");
  let seen = text.value, fresh = edit.dataset.new === "yes", timer = 0;
  const check = async () => {
    if (!edit.dataset.check) return;
    try {
      const found = await ask(edit.dataset.check, { text: text.value });
      list(problems, found.good ? [`No mistake in it. Questions: ${found.count}.`] : found.problems);
    } catch (error) { list(problems, [error.message]); }
  };
  text.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(check, 400); });
  edit.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    try {
      await ask(edit.dataset.save, edit.dataset.check ? { text: text.value, new: fresh, seen } : { text: text.value, seen });
      seen = text.value;
      fresh = false;
      list(problems, ["Saved."]);
    } catch (error) { await check(); list(problems, [error.message, ...[...problems.children].map((one) => one.textContent)]); }
  });
  addEventListener("beforeunload", (event) => { if (text.value !== seen) event.preventDefault(); });
}
find("add")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const { id } = await ask("/stories/add", { title: find("title").value });
    location.assign(address(`/stories/${encodeURIComponent(id)}`));
  } catch (error) { put(find("said"), error.message); }
});
