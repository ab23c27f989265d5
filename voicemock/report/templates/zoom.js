
// The picture of an answer, drawn larger: a window on it that follows the sound, and under it a small picture of the
// whole in which the window can be moved. Without zoom all of it is in sight, and there is no small one.
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800], SHORTEST = 10; // seconds
for (const player of document.querySelectorAll(".player")) {
  const find = (selector) => player.querySelector(selector);
  const [view, track, axis, map, place, zooms] = [".window", ".track", ".axis", ".minimap", ".minimap input", ".zoom"].map(find);
  const [less, more] = zooms.querySelectorAll("button");
  const length = Number(find(".seek").max), sound = players.get(player.closest("article")), audio = sound?.audio;
  let zoom = 1, followed = true;
  const first = () => view.scrollLeft / track.clientWidth, shown = () => view.clientWidth / track.clientWidth;
  const holds = (time) => { const at = time / length - first(); return at >= 0 && at <= shown(); };
  const move = (share) => { view.scrollLeft = share * track.clientWidth; tell(); };
  const tell = () => {
    const room = Math.max(1 - shown(), 1e-9), width = Math.max(shown() * map.clientWidth, 24);
    place.value = first() / room;
    place.style.setProperty("--width", `${width}px`);
    place.setAttribute("aria-valuetext", `${clock(first() * length)} to ${clock(Math.min(first() + shown(), 1) * length)}`);
  };
  const tick = () => {
    const step = STEPS.find((s) => length / zoom / s <= 7) ?? STEPS.at(-1);
    axis.replaceChildren(...Array.from({ length: Math.floor(length * 0.97 / step) + 1 }, (_, n) => {
      const text = document.createElementNS(axis.namespaceURI, "text");
      text.setAttribute("x", `${100 * n * step / length}%`);
      text.setAttribute("y", "12");
      if (!n) text.setAttribute("class", "first");
      text.textContent = clock(n * step);
      return text;
    }));
  };
  const change = (by) => {
    const to = by > 0 ? zoom * 2 : zoom / 2;
    if (to < 1 || length / to < SHORTEST) return;
    const at = audio && holds(audio.currentTime) ? audio.currentTime / length : first() + shown() / 2;
    zoom = to;
    player.classList.toggle("zoomed", zoom > 1);
    track.style.setProperty("--zoom", zoom);
    map.hidden = zoom === 1;
    less.disabled = zoom === 1;
    more.disabled = length / zoom / 2 < SHORTEST;
    tick();
    move(at - shown() / 2);
  };
  zooms.hidden = length / 2 < SHORTEST;
  less.addEventListener("click", () => change(-1));
  more.addEventListener("click", () => change(1));
  view.addEventListener("scroll", tell);
  place.addEventListener("input", () => move(Number(place.value) * (1 - shown())));
  place.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -0.25, ArrowRight: 0.25, ArrowDown: -0.25, ArrowUp: 0.25 }[event.key];
    if (step) { event.preventDefault(); move(first() + step * shown()); }
  });
  new ResizeObserver(() => { if (zoom > 1) tell(); }).observe(view);
  if (!audio) continue;
  sound.zoom = change;
  const follow = (always) => {
    const share = audio.currentTime / length;
    map.style.setProperty("--at", `${100 * share}%`);
    if (zoom > 1 && (always || followed) && !holds(audio.currentTime)) move(share - 0.1 * shown());
    followed = holds(audio.currentTime); // whoever looks at another part is left there
  };
  audio.addEventListener("timeupdate", () => follow(false));
  audio.addEventListener("seeked", () => follow(true));
  view.addEventListener("scroll", () => { followed = holds(audio.currentTime); });
}
Object.assign(SINGLE, { "+": () => here()?.zoom(1), "=": () => here()?.zoom(1), "-": () => here()?.zoom(-1) });
