// A text of one's own: checked as it is typed where voicemock can check it, and saved when asked to.
import { address } from "./presence.js";
import { ask, find, list, once, put } from "./actions.js";

const edit = find("edit");
if (edit) {
  const text = find("text"), problems = find("problems");
  let seen = text.value, fresh = edit.dataset.new === "yes", timer = 0;
  const found = async () => {
    if (!edit.dataset.check) return [];
    try {
      const { good, count, problems } = await ask(edit.dataset.check, { text: text.value });
      return good ? [`No mistake in it. Questions: ${count}.`] : problems;
    } catch (error) { return [error.message]; }
  };
  const check = async () => list(problems, await found());
  text.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(check, 400); });
  edit.addEventListener("submit", once(async () => {
    clearTimeout(timer);
    const now = text.value; // typing goes on meanwhile
    try {
      await ask(edit.dataset.save, edit.dataset.check ? { text: now, new: fresh, seen } : { text: now, seen });
      seen = now;
      if (fresh) history.replaceState(null, "", address(edit.dataset.save.replace(/save$/, "edit"))); // loaded anew, it is this one
      fresh = false;
      list(problems, ["Saved."]);
    } catch (error) { list(problems, [error.message, ...await found()]); }
  }));
  addEventListener("beforeunload", (event) => { if (text.value !== seen) event.preventDefault(); });
}
find("add")?.addEventListener("submit", once(async () => {
  try {
    const { id } = await ask("/stories/add", { title: find("title").value });
    location.assign(address(`/stories/${encodeURIComponent(id)}`));
  } catch (error) { put(find("said"), error.message); }
}));
