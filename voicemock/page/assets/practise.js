// A session: the form it begins with, and then what voicemock says happens. The page decides nothing by itself.
import { address, send, watch } from "./presence.js";
import { ask, clock, find, list, once, put } from "./actions.js";
import { level, openMicrophone, why } from "./microphone.js";
import { news, STATE } from "./words.js";

const BROWSER = "browser";
const form = find("choose");
const field = (name) => form.elements[name];
let scene = null;
const isOver = (now = scene) => !now || ["ended", "failed", "none"].includes(now.phase);
let before = null; // the scene before this one
let microphone = null;
let devices = null;
let playing = null;
const mine = { // what this tab gives, also after it was loaded anew
  get: (name) => sessionStorage.getItem(name) === "yes",
  set: (name, on) => (on ? sessionStorage.setItem(name, "yes") : sessionStorage.removeItem(name)),
};

// The form.
const chosenMicrophone = () => (devices ? field("microphone").value : null); // null: as the settings say
const browserMicrophone = () => field("microphone").value === BROWSER;
const fillDevices = async () => {
  try { devices = await ask("/practise/devices"); } catch (error) { put(find("trouble"), error.message); return; }
  const option = (value, text) => Object.assign(document.createElement("option"), { value, textContent: text });
  const found = devices.microphones.map((name) => option(name, name));
  field("microphone").replaceChildren(...(found.length ? [option("", "Your system's choice")] : []), ...found, option(BROWSER, "This browser's microphone"));
  if (devices.usual) field("microphone").value = devices.usual;
  const voice = field("voice"), saved = voice?.value;
  voice?.replaceChildren(...devices.voices.map((one) => option(one.id, one.title)), option("none", "None: show the questions only"));
  if (voice && [...voice.options].some((one) => one.value === saved)) voice.value = saved;
  put(find("trouble"), devices.problem);
};
const formOf = () => { const wanted = field("set")?.value ?? ""; return wanted.includes("/") ? wanted : null; };
const asGiven = () => Boolean(field("set")?.selectedOptions[0]?.defaultSelected); // what the address named
const showParts = () => { // a drill brings its own number of questions, and its own interviewer
  const kind = formOf()?.split("/")[0];
  put(find("about"), field("set").selectedOptions[0]?.dataset.about ?? "");
  find("count-part").hidden = field("count").disabled = kind === "drill" || kind === "loop";
  find("minutes-part").hidden = field("minutes").disabled = kind !== "loop";
  find("manner-part").hidden = find("predict-part").hidden = Boolean(kind);
  if (find("first")) find("first").hidden = Boolean(kind);
};
field("auto_stop")?.addEventListener("change", () => { field("auto_stop_s").disabled = !field("auto_stop").checked; });
field("set")?.addEventListener("change", showParts);
if (field("set")) showParts();
const showLevel = (meter, db) => {
  const share = Math.min(1, Math.max(0, (db + 60) / 60));
  meter.style.setProperty("--level", `${Math.round(100 * share)}%`);
};
let opening = null; // two microphones at once would be recorded one into the other
const openMine = () => { opening ??= openOnce().finally(() => { opening = null; }); return opening; };
const giveMine = () => send({ rate_hz: Math.round(microphone.rate) });
const openOnce = async () => {
  microphone?.close();
  microphone = null; // if none opens now, the closed one must not pass for one
  microphone = await openMicrophone((buffer) => {
    if (!scene?.live) showLevel(find("try-meter"), level(buffer));
    send(buffer);
  });
  giveMine();
  find("wake").hidden = microphone.awake();
};
const closeMine = () => {
  mine.set("microphone", false);
  if (!microphone) return;
  microphone.close();
  microphone = null;
  send({ rate_hz: 0 });
};
find("try").addEventListener("click", async () => {
  const said = find("try-said");
  find("try-meter").hidden = false;
  put(said, "Say something …");
  try {
    if (browserMicrophone()) {
      await openMine();
      put(said, "Do you see the bar move as you speak? Then it hears you.");
    } else {
      const found = await ask("/practise/level", { microphone: chosenMicrophone() });
      put(said, found.good ? `I hear you: ${found.text}.` : found.text[0].toUpperCase() + found.text.slice(1));
    }
  } catch (error) { put(said, error.name?.endsWith("Error") && error.name !== "Error" ? why(error) : error.message); }
});
field("microphone").addEventListener("change", () => { if (!browserMicrophone()) closeMine(); });
find("hear")?.addEventListener("click", () => {
  const voice = field("voice").value, query = `?voice=${encodeURIComponent(voice)}`;
  if (voice === "none") return;
  put(find("trouble"), "");
  playing?.pause();
  playing = new Audio(address(`/practise/sample${query}`));
  playing.play().catch(async (error) => {
    if (error.name === "AbortError") return; // it was begun anew, or the session was
    put(find("trouble"), "This voice could not be heard.");
    ask(`/practise/sample.json${query}`).catch((why) => put(find("trouble"), why.message));
  });
});
form.addEventListener("submit", once(async () => {
  put(find("trouble"), "");
  playing?.pause();
  const sound = browserMicrophone() || !(devices?.loudspeaker ?? true);
  const voice = field("voice")?.value;
  const choice = {
    microphone: chosenMicrophone(), browser_sound: sound,
    resume: form.dataset.resume || null,
  };
  if (!choice.resume) Object.assign(choice, {
    set: formOf() ? null : field("set")?.value || null, form: formOf(), minutes: Number(field("minutes")?.value || 40), dimension: asGiven() ? form.dataset.dimension || null : null,
    question: form.dataset.question || null, count: Number(field("count")?.value || 1),
    manner: field("manner").value, voice: voice === "none" ? null : voice || null,
    text_only: voice === "none", blind: field("blind").checked && voice !== "none",
    interruptions: field("interruptions").checked, live_counts: field("live_counts").checked, predict: field("predict").checked,
    auto_stop_s: field("auto_stop").checked ? Number(field("auto_stop_s").value) : null,
  });
  try {
    if (choice.microphone === BROWSER) {
      if (microphone) giveMine(); else await openMine(); // given anew: another tab may have tried its own since
    }
    mine.set("microphone", choice.microphone === BROWSER);
    mine.set("sound", sound);
    await ask("/practise/begin", choice);
  } catch (error) {
    if (isOver()) closeMine(); // else it is in use
    put(find("trouble"), ["Error", "TypeError"].includes(error.name) ? error.message : why(error));
  }
}));

// What happens.
const press = (key) => { if (scene) send({ key, moment: scene.moment }); };
const KEYS = { Enter: "enter", " ": "enter", p: "p", r: "r", h: "h", s: "s", q: "q", t: "t" };
for (const button of document.querySelectorAll("[data-key]")) {
  button.addEventListener("click", () => { press(button.dataset.key); find("question").focus({ preventScroll: true }); });
}
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const typed = event.key.length === 1 ? event.key.toLowerCase() : event.key; // Caps Lock may be on
  if (typed.length === 1 && typed !== " " && !find("single").checked) return;
  if (event.target.closest("input, select, textarea, button, a, summary")) return;
  const active = scene && ["recording", "waiting"].includes(scene.phase);
  if (!active) return;
  if (typed === "n" && scene.phase === "recording") { event.preventDefault(); find("note").focus(); return; }
  const key = KEYS[typed] ?? (scene.keys.includes(typed) ? typed : null);
  if (!key) return;
  event.preventDefault();
  press(key);
});
find("noting").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = find("note").value.trim();
  if (text) send({ note: text, moment: scene.moment });
  find("note").value = "";
  find("question").focus({ preventScroll: true });
});
find("note").addEventListener("keydown", (event) => {
  if (event.key === "Escape") { find("note").value = ""; find("question").focus({ preventScroll: true }); }
});
find("wake").addEventListener("click", async () => {
  try {
    if (microphone) await microphone.wake(); else if (scene.browser) await openMine(); // else it is about the sound alone
    mine.set("microphone", scene.browser);
    mine.set("sound", true);
  } catch (error) { put(find("announce"), why(error)); }
  find("wake").hidden = !scene.browser || Boolean(microphone?.awake());
  if (playing?.dataset?.blocked) playing.play();
});
find("again").addEventListener("click", () => {
  if (form.dataset.resume || field("set")?.value === "") { location.assign(address("/practise")); return; } // done: offer what is left
  showForm(true);
  (field("set") ?? field("microphone")).focus();
});

const play = (number) => {
  playing?.pause();
  const audio = new Audio(address(`/practise/voice/${number}`));
  playing = audio;
  audio.addEventListener("ended", () => send({ played: number }));
  audio.addEventListener("error", () => send({ played: number, failed: true }));
  audio.play().catch((error) => { if (error.name === "NotAllowedError") { audio.dataset.blocked = "yes"; find("wake").hidden = false; } });
};

let awake = null; // a telephone's screen that went dark would take its microphone along
const stayAwake = async (wanted) => {
  try {
    if (wanted && (!awake || awake.released)) awake = await navigator.wakeLock?.request("screen");
    else if (!wanted && awake) { awake.release(); awake = null; }
  } catch { /* then it goes dark */ }
};
let first = true;
let lonely = false; // no tab gives its microphone any more, so this one offers its own
let again = false; // the form is wanted although a session has ended
const showForm = (wanted) => {
  again = wanted;
  const running = scene && scene.phase !== "none" && !again;
  find("form").hidden = running;
  find("stage").hidden = !running;
};
const ENTER = { recording: "End the answer", waiting: "Go on" };

const showLive = (live) => {
  const [shortest, longest] = scene.put.target_s;
  put(find("time"), `${clock(live.elapsed_s)} of ${clock(shortest)}–${clock(longest)}`);
  find("time").className = live.elapsed_s > longest ? "over-time" : live.elapsed_s >= shortest ? "in-time" : "";
  const bar = find("bar");
  bar.style.setProperty("--at", `${Math.min(100, 100 * live.elapsed_s / longest)}%`);
  bar.style.setProperty("--from", `${100 * shortest / longest}%`);
  showLevel(find("meter"), live.level_db);
  put(find("state"), live.paused ? "Paused" : "Recording");
  find("stage").classList.toggle("paused", live.paused);
  const hints = [];
  if (live.unheard) hints.push("No sound is coming from the microphone. Is it muted, or is it the wrong one? Recording goes on.");
  if (live.clipped) hints.push("Too loud: move back a little.");
  if (live.countdown_s !== null) hints.push(`Silence. Ending in ${live.countdown_s}; speak or press a key to go on.`);
  if (live.counts !== null) hints.push(`“um”, “uh”: ${live.counts}`);
  if (live.message) hints.push(live.message);
  list(find("hints"), hints);
  find("partial").hidden = live.partial === null;
  put(find("partial"), live.partial ?? "");
  find("partial").scrollTop = find("partial").scrollHeight; // the last words
  put(document.querySelector('[data-key="p"] span'), live.paused ? "Go on" : "Pause");
};

const show = () => {
  const { phase } = scene;
  const stage = find("stage");
  stage.dataset.phase = phase;
  const active = ["recording", "waiting"].includes(phase);
  put(find("heading"), ["ended", "failed"].includes(phase) ? "" : scene.put?.heading ?? scene.title);
  const waiting = { none: "", starting: "Getting ready …", ended: "Well done.", failed: "Stopped." }[phase];
  put(find("question"), waiting ?? scene.put?.text ?? (scene.put ? "Listen …" : ""));
  put(find("tests"), waiting === undefined && scene.put?.tests ? `Tests: ${scene.put.tests}` : "");
  find("recorder").hidden = !scene.live;
  if (scene.live) showLive(scene.live); else { put(find("state"), STATE[phase] ?? ""); stage.classList.remove("paused"); }
  find("now").hidden = Boolean(scene.live) || ["ended", "failed"].includes(phase);
  put(find("now"), phase === "waiting" && !scene.summary.length ? "" : STATE[phase] ?? "");
  for (const button of document.querySelectorAll("[data-key]")) {
    button.hidden = phase !== "recording" && !(phase === "waiting" && scene.keys.includes(button.dataset.key));
  }
  put(document.querySelector('[data-key="enter"] span'), ENTER[phase] ?? "Go on");
  const others = phase === "waiting" ? scene.keys.filter((key) => !document.querySelector(`[data-key="${key}"]`)) : [];
  put(document.querySelector('[data-key="q"] span'), others.length ? "Leave these out" : "Finish");
  if (find("others").dataset.shown !== others.join()) {
    find("others").dataset.shown = others.join();
    find("others").replaceChildren(...others.map((key) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: key });
      button.addEventListener("click", () => press(key));
      return button;
    }));
  }
  put(document.querySelector('[data-key="r"] span'), phase === "waiting" ? "Answer again" : "Start over");
  find("buttons").hidden = find("letters").hidden = !active;
  find("noting").hidden = phase !== "recording";
  find("brief").hidden = !scene.summary.length || ["recording", "ended"].includes(phase);
  put(find("brief-title"), scene.earlier ? "The answer before that" : "Your answer in short");
  list(find("summary"), scene.summary);
  list(find("said"), scene.said.map((line) => line.text));
  find("ending").hidden = !["ended", "failed"].includes(phase);
  put(find("problem"), scene.problem?.text ?? "");
  list(find("result"), scene.report);
  find("report-part").hidden = phase !== "ended" || !scene.report.length;
  for (const name of ["worked", "steps", "missing"]) {
    list(find(name), scene[name]);
    find(`${name}-part`).hidden = phase !== "ended" || !scene[name].length;
  }
  find("report").hidden = !scene.session;
  put(find("report"), phase === "failed" ? "Open the session" : "Open the report"); // nothing may have been answered
  find("report").href = address(`/sessions/${encodeURIComponent(scene.session)}`);
  find("on").hidden = phase !== "failed" || !scene.session;
  find("on").href = address(`/practise?resume=${encodeURIComponent(scene.session)}`);
  if (scene.level_db !== null) showLevel(find("try-meter"), scene.level_db);
  if (scene.moment !== before?.moment && phase !== "none") {
    if (document.activeElement === document.body) find("question").focus({ preventScroll: true });
  }
  const said = news(scene, before);
  if (said) put(find("announce"), said);
};

watch((now) => {
  if (!now) return; // the line is down; it will come back
  before = scene;
  scene = now;
  const over = isOver();
  if (first && over) again = true; // an earlier session is among the sessions
  if (!over) again = false;
  first = false;
  if (before?.phase !== scene.phase) stayAwake(!over);
  show();
  showForm(again && over);
  const was = lonely;
  lonely = !over && scene.browser && !scene.given && !mine.get("microphone");
  if (lonely !== was) find("wake").hidden = !lonely;
  if (over && before && !isOver(before)) { closeMine(); mine.set("sound", false); playing?.pause(); }
  if (!over && scene.browser && mine.get("microphone")) {
    if (microphone && !scene.given) giveMine(); // over a new line, the same microphone
    if (!microphone) openMine().catch((error) => { find("wake").hidden = false; put(find("announce"), why(error)); });
  }
  if (scene.say !== null && scene.say !== before?.say && mine.get("sound")) play(scene.say);
});
addEventListener("pagehide", () => { microphone?.close(); });
fillDevices();
