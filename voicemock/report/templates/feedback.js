{
  // What was given in a terminal is in the page ("ID:right ID:wrong"). Ticks and crosses given here are remembered in
  // this browser, each with what it changes: once that is another, the terminal had the last word.
  const bar = document.querySelector(".judged");
  const groups = bar && location.pathname.endsWith(bar.dataset.place) ? [...document.querySelectorAll("[data-judge]")] : [];
  const session = bar?.dataset.session, store = `voicemock feedback ${session}`;
  const ids = new Set(groups.map((group) => group.dataset.judge));
  const given = (bar?.dataset.kept ?? "").split(" ").map((one) => one.split(":"));
  const kept = new Map(given.filter(([id, verdict]) => ids.has(id) && ["right", "wrong"].includes(verdict)));
  const verdicts = new Map(kept);
  const changed = () => [...ids].filter((id) => verdicts.get(id) !== kept.get(id));
  const keep = () => { try { localStorage.setItem(store, JSON.stringify(changed().map((id) => [id, verdicts.get(id) ?? "clear", kept.get(id) ?? "clear"]))); } catch { /* then until it is closed */ } };
  const line = () => {
    const given = (wanted) => changed().filter((id) => (verdicts.get(id) ?? "clear") === wanted).join(",");
    const options = ["right", "wrong", "clear"].filter(given).map((verdict) => ` --${verdict} ${given(verdict)}`);
    return `voicemock feedback ${session}${options.join("")}`;
  };
  const show = () => {
    for (const group of groups) {
      for (const button of group.querySelectorAll("button")) {
        button.setAttribute("aria-pressed", verdicts.get(group.dataset.judge) === button.dataset.verdict);
      }
    }
    if (!bar) return;
    const count = changed().length;
    bar.hidden = !count;
    bar.querySelector("[data-count]").textContent = `You judged ${count === 1 ? "1 finding" : `${count} findings`}.`;
    bar.querySelector("code").textContent = line();
    bar.querySelector("[role=status]").textContent = "";
  };
  try {
    for (const [id, verdict, before] of JSON.parse(localStorage.getItem(store) ?? "[]")) {
      if (!ids.has(id) || (kept.get(id) ?? "clear") !== (before ?? "clear")) continue;
      if (["right", "wrong"].includes(verdict)) verdicts.set(id, verdict);
      if (verdict === "clear") verdicts.delete(id);
    }
  } catch { /* nothing is remembered */ }
  if (groups.length) keep(); // what is no longer true is forgotten
  for (const group of groups) {
    group.hidden = false;
    group.addEventListener("click", (event) => {
      const { judge: id } = group.dataset, verdict = event.target.closest("button")?.dataset.verdict;
      if (!verdict) return;
      if (verdicts.get(id) === verdict) verdicts.delete(id); else verdicts.set(id, verdict);
      keep();
      show();
    });
  }
  bar?.querySelector("button").addEventListener("click", async () => {
    const code = bar.querySelector("code");
    getSelection().selectAllChildren(code);
    let copied = false;
    try { await navigator.clipboard.writeText(code.textContent); copied = true; } catch { copied = document.execCommand("copy"); }
    bar.querySelector("[role=status]").textContent = copied ? "Copied." : "Selected: copy it with your keyboard.";
  });
  show();
}
