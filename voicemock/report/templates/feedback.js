{
  // Ticks and crosses are remembered in this browser only. They are offered where the page lies in its session.
  const bar = document.querySelector(".judged");
  const groups = bar && location.pathname.endsWith(bar.dataset.place) ? [...document.querySelectorAll("[data-judge]")] : [];
  const session = bar?.dataset.session, store = `voicemock feedback ${session}`;
  const verdicts = new Map();
  const keep = () => { try { localStorage.setItem(store, JSON.stringify([...verdicts])); } catch { /* then until it is closed */ } };
  const line = () => {
    const given = (wanted) => [...verdicts].filter(([, verdict]) => verdict === wanted).map(([id]) => id).join(",");
    const options = ["right", "wrong"].filter(given).map((verdict) => ` --${verdict} ${given(verdict)}`);
    return `voicemock feedback ${session}${options.join("")}`;
  };
  const show = () => {
    for (const group of groups) {
      for (const button of group.querySelectorAll("button")) {
        button.setAttribute("aria-pressed", verdicts.get(group.dataset.judge) === button.dataset.verdict);
      }
    }
    if (!bar) return;
    bar.hidden = !verdicts.size;
    bar.querySelector("[data-count]").textContent = `You judged ${verdicts.size === 1 ? "1 finding" : `${verdicts.size} findings`}.`;
    bar.querySelector("code").textContent = line();
    bar.querySelector("[role=status]").textContent = "";
  };
  try {
    const ids = new Set(groups.map((group) => group.dataset.judge));
    for (const [id, verdict] of JSON.parse(localStorage.getItem(store) ?? "[]")) {
      if (ids.has(id) && ["right", "wrong"].includes(verdict)) verdicts.set(id, verdict);
    }
  } catch { /* nothing is remembered */ }
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
