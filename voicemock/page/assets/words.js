// What a session says in words.
import { clock } from "./actions.js";

export const STATE = {
  starting: "One moment …", asking: "Listen to the question.", recording: "Recording",
  listening: "Listening back …", waiting: "What next?", ended: "That was the session.", failed: "The session has stopped.",
};
export const news = (scene, before) => { // what is new, for those who do not see it
  const words = [];
  if (scene.phase !== before?.phase && scene.phase !== "recording") words.push(STATE[scene.phase] ?? "");
  if (scene.put && scene.put.heading !== before?.put?.heading) words.push(scene.put.heading);
  if (scene.put && !scene.put.spoken && scene.put.text !== (before?.put?.spoken ? null : before?.put?.text)) words.push(scene.put.text);
  if (scene.phase === "recording" && before?.phase !== "recording") words.push("Recording. Enter ends the answer.");
  const live = scene.live, was = before?.live;
  if (live && was) {
    if (live.paused !== was.paused) words.push(live.paused ? "Paused." : "Going on.");
    if (live.unheard && !was.unheard) words.push("No sound is coming from the microphone.");
    if (live.countdown_s !== null && was.countdown_s === null) words.push("Silence. The answer ends in a moment.");
    if (live.message && live.message !== was.message) words.push(live.message);
    if (Math.floor(live.elapsed_s / 60) > Math.floor(was.elapsed_s / 60)) words.push(`${clock(live.elapsed_s)} of ${clock(scene.put.target_s[1])}.`);
  }
  if (scene.summary.length && JSON.stringify(scene.summary) !== JSON.stringify(before?.summary)) words.push(scene.summary.join(" "));
  for (const line of scene.said) if (line.warning && !before?.said.some((one) => one.text === line.text)) words.push(line.text);
  return words.filter(Boolean).join(" ");
};
