"use strict";
const clock = (s) => {
  s = Math.round(s);
  const two = (n) => String(n).padStart(2, "0");
  return s < 3600 ? `${Math.floor(s / 60)}:${two(s % 60)}` : `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
};
const SPEEDS = [1, 1.25, 1.5, 0.75];
const playing = document.querySelector(".playing");
const players = new Map(); // of each answer that can be played
let latest = null; // the answer that was played last

for (const article of document.querySelectorAll("article")) {
  const audio = article.querySelector("audio");
  if (!audio) continue;
  const find = (selector) => article.querySelector(selector);
  const [play, seek, now, speed, wave] = [".play", ".seek", "[data-now]", ".speed", ".track > .wave"].map(find);
  const words = [...article.querySelectorAll("[data-s]")];
  const starts = words.map((word) => Number(word.dataset.s));
  const ends = words.map((word) => Number(word.dataset.e));
  let current = -1;
  audio.controls = false;
  for (const part of [play, find(".clock"), seek, speed]) part.hidden = false;

  const wordAt = (time) => {
    let low = 0, high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= time) low = middle + 1; else high = middle;
    }
    return low - 1;
  };
  const show = () => {
    const time = audio.currentTime;
    const share = `${(100 * time) / Number(seek.max)}%`;
    now.textContent = clock(time);
    seek.value = time;
    seek.setAttribute("aria-valuetext", clock(time));
    seek.style.setProperty("--at", share);
    wave.style.setProperty("--at", share);
    const at = wordAt(time);
    const spoken = at >= 0 && time < ends[at] + 0.3 ? at : -1;
    if (spoken !== current) {
      words[current]?.classList.remove("now");
      words[spoken]?.classList.add("now");
      current = spoken;
    }
  };
  const follow = () => { show(); if (!audio.paused) requestAnimationFrame(follow); };
  const go = (time) => { audio.currentTime = Math.max(0, Math.min(time, Number(seek.max) - 0.05)); show(); };
  const start = () => audio.play().catch(() => {}); // a pause before the first sound rejects; a real fault fires "error"
  const playFrom = (time) => { go(time); start(); };
  const toggle = () => { if (audio.paused) start(); else audio.pause(); };

  players.set(article, { audio, toggle, playFrom, move: (seconds) => go(audio.currentTime + seconds) });
  play.addEventListener("click", toggle);
  seek.addEventListener("input", () => go(Number(seek.value)));
  seek.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -5, ArrowRight: 5, ArrowDown: -5, ArrowUp: 5 }[event.key];
    if (step) { event.preventDefault(); go(audio.currentTime + step); }
    if (event.key === " ") { event.preventDefault(); toggle(); }
  });
  speed.addEventListener("click", () => {
    audio.playbackRate = SPEEDS[(SPEEDS.indexOf(audio.playbackRate) + 1) % SPEEDS.length];
    speed.textContent = `${audio.playbackRate}×`;
    speed.setAttribute("aria-label", `Speed ${speed.textContent}`);
  });
  article.addEventListener("click", (event) => {
    const target = event.target.closest("[data-t], [data-s]");
    if (!target) return;
    const marked = target.closest("[data-t]");
    if (marked) playFrom(Number(marked.dataset.t));
    else if (getSelection().isCollapsed) playFrom(Number(target.dataset.s)); // else it was a selection, not a click
  });
  for (const button of document.querySelectorAll(`[data-answer="${article.id}"]`)) {
    button.addEventListener("click", () => playFrom(Number(button.dataset.t)));
  }
  article.addEventListener("keydown", (event) => {
    if (event.target.matches("mark[data-t]") && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      playFrom(Number(event.target.dataset.t));
    } else if (event.target.matches(".words")) {
      const at = wordAt(audio.currentTime + 0.001);
      const to = { ArrowLeft: starts[at - 1], ArrowRight: starts[at + 1] }[event.key];
      if (to !== undefined) { event.preventDefault(); go(to); }
      if (event.key === " " || event.key === "Enter") { event.preventDefault(); toggle(); }
    }
  });
  audio.addEventListener("play", () => {
    for (const other of document.querySelectorAll("audio")) if (other !== audio) other.pause();
    article.classList.add("on");
    latest = article;
    play.setAttribute("aria-label", "Pause");
    playing.hidden = false;
    const link = playing.querySelector("a");
    link.href = `#${article.id}`;
    link.textContent = article.querySelector(".over").textContent.split(" of ")[0].split(" · ")[0];
    playing.querySelector("button").onclick = () => audio.pause();
    follow();
  });
  audio.addEventListener("pause", () => {
    article.classList.remove("on");
    play.setAttribute("aria-label", "Play");
    playing.hidden = ![...document.querySelectorAll("audio")].some((a) => !a.paused);
  });
  audio.addEventListener("seeked", show);
  audio.addEventListener("error", () => { find("[data-failed]").hidden = false; play.disabled = true; });
}

// Keys for the whole page. Those of one character can be turned off, as WCAG 2.1.4 asks: they get in the way of
// people who speak to their computer.
const keys = document.querySelector(".keys");
const list = document.querySelector("#keys");
const findings = [...document.querySelectorAll(".finding[tabindex]")];
let at = -1;

const here = () => {
  const middle = innerHeight / 2;
  const inSight = (article) => article.getBoundingClientRect().top <= middle && article.getBoundingClientRect().bottom > middle;
  const found = [...players].find(([, { audio }]) => !audio.paused)?.[0] ?? document.activeElement.closest("article");
  return players.get(found) ?? players.get(latest) ?? players.get([...players.keys()].find(inSight)) ?? [...players.values()][0];
};
const visit = (place) => {
  if (!findings.length) return;
  at = (place + findings.length) % findings.length;
  findings[at].focus({ preventScroll: true });
  findings[at].scrollIntoView({ block: "center" });
};
const showKeys = () => { if (list.open) list.close(); else list.showModal(); };
const SINGLE = { j: () => visit(at + 1), k: () => visit(at < 0 ? -1 : at - 1), "?": showKeys };
const FREE = {
  " ": () => here()?.toggle(),
  ArrowLeft: () => here()?.move(-5),
  ArrowRight: () => here()?.move(5),
  Enter: () => document.activeElement.querySelector?.(".at")?.click(),
};

keys.hidden = false;
keys.addEventListener("click", showKeys);
list.querySelector("button").addEventListener("click", () => list.close());
for (const line of list.querySelectorAll("[data-sound]")) line.hidden = !players.size;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (Object.hasOwn(SINGLE, event.key)) {
    if (!list.querySelector("input").checked || (list.open && event.key !== "?")) return;
    event.preventDefault();
    SINGLE[event.key]();
  } else if (Object.hasOwn(FREE, event.key) && event.target.matches("body, .finding")) {
    event.preventDefault();
    FREE[event.key]();
  }
});
