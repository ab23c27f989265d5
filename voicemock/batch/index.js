"use strict";
const root = document.documentElement;
const hidden = () => new URLSearchParams(location.search).get("names") === "off";
root.classList.toggle("nameless", hidden()); // before a name is drawn

document.addEventListener("DOMContentLoaded", () => {
  const table = document.querySelector("#table");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const headings = [...table.tHead.rows[0].cells];
  const filters = document.querySelector(".filters");
  const selects = [...filters.querySelectorAll("select")];
  const names = filters.querySelector("[name=names]");
  const count = document.querySelector(".count");
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
  const facts = new Map(rows.map((row, place) => [row, {
    place,
    check: new Set(JSON.parse(row.dataset.check)),
    missing: new Set(JSON.parse(row.dataset.missing)),
    question: new Set([row.dataset.question]),
    candidate: new Set([row.dataset.candidate]),
  }]));
  let order = "";

  const asked = () => new URLSearchParams(location.hash.slice(1));
  const ask = (changes) => {
    const now = asked();
    for (const [key, value] of Object.entries(changes)) if (value) now.set(key, value); else now.delete(key);
    history.replaceState(null, "", `#${now}`);
    show();
  };

  const valueOf = (row, column) => {
    if (column === 0) return hidden() ? Number(row.dataset.n) : row.cells[0].querySelector(".name").textContent;
    const cell = row.cells[column];
    return cell?.dataset.v ?? "";
  };
  const put = (sorted) => { // off the page, so that it is drawn once
    body.remove();
    body.append(...sorted);
    table.append(body);
  };
  const sort = (wanted) => {
    if (wanted === order) return;
    order = wanted;
    const down = wanted.startsWith("-");
    const column = headings.findIndex((heading) => heading.dataset.key === wanted.replace(/^-|!$/g, ""));
    for (const heading of headings) heading.removeAttribute("aria-sort");
    const plain = (a, b) => hidden() ? Number(a.dataset.n) - Number(b.dataset.n) : facts.get(a).place - facts.get(b).place;
    if (column < 0) {
      put([...rows].sort(plain));
      return;
    }
    headings[column].setAttribute("aria-sort", down ? "descending" : "ascending");
    const number = headings[column].matches(".number, [data-key=metric], [data-key=tradeoff], [data-key=findings]") || (column === 0 && hidden());
    const values = new Map(rows.map((row) => [row, valueOf(row, column)]));
    const compare = number ? (a, b) => a - b : collator.compare;
    put([...rows].sort((a, b) => {
      const [one, other] = [values.get(a), values.get(b)];
      if (one === "" || other === "") return (one === "") - (other === "") || plain(a, b); // unknown comes last, always
      return (down ? -1 : 1) * compare(one, other) || plain(a, b);
    }));
  };

  const show = () => {
    const now = asked();
    if (hidden() && now.has("candidate")) { // a filter by name would say who it is
      now.delete("candidate");
      history.replaceState(null, "", `#${now}`);
    }
    root.classList.toggle("nameless", hidden());
    names.checked = hidden();
    const wanted = selects.map((select) => [select.name, now.get(select.name)]);
    for (const select of selects) {
      select.value = now.get(select.name) ?? "";
      if (select.selectedIndex < 0) select.value = "";
    }
    let left = 0;
    for (const row of rows) {
      const fits = wanted.every(([key, value]) => !value || facts.get(row)[key].has(value));
      row.hidden = !fits;
      left += fits;
    }
    count.textContent = left === rows.length ? "" : `${left} of ${rows.length} recordings shown.`;
    sort(`${now.get("sort") ?? ""}${hidden() ? "!" : ""}`);
  };

  for (const heading of headings) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const { key } = heading.dataset;
      ask({ sort: heading.getAttribute("aria-sort") === "ascending" ? `-${key}` : key });
    });
  }
  for (const select of selects) select.addEventListener("change", () => ask({ [select.name]: select.value }));
  filters.querySelector(".reset").addEventListener("click", () => {
    history.replaceState(null, "", "#");
    show();
  });
  names.addEventListener("change", () => {
    const now = asked();
    const search = new URLSearchParams(location.search);
    if (names.checked) search.set("names", "off"); else search.delete("names");
    const to = `${location.pathname}${String(search) && `?${search}`}#${now}`;
    try {
      history.replaceState(null, "", to);
      show();
    } catch {
      location.assign(to); // a browser that lets no page of a file change its own address
    }
  });
  for (const link of document.querySelectorAll(".cohort a")) {
    link.addEventListener("click", () => document.querySelector("#recordings").scrollIntoView());
  }
  addEventListener("hashchange", show);
  filters.hidden = false;
  show();
});
