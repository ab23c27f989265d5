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
