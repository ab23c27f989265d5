import { ask, find, put } from "./actions.js";

const act = async (path, data) => {
  try { await ask(path, data); location.reload(); } catch (error) { put(find("said"), error.message); }
};
find("aims").addEventListener("submit", (event) => {
  event.preventDefault();
  act("/plan/set", { interview: find("interview").value, minutes: Number(find("minutes").value) });
});
find("forget")?.addEventListener("click", () => act("/plan/forget", {}));
