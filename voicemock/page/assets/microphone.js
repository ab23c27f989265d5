// The browser's own microphone: heard here only to show its level, and sent to voicemock on this computer alone.
import { address } from "./presence.js";

export const openMicrophone = async (take) => {
  if (!navigator.mediaDevices) throw new Error("This browser lets no page here use its microphone.");
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
  const context = new AudioContext();
  const close = () => { for (const track of stream.getTracks()) track.stop(); context.close(); };
  try {
    await context.audioWorklet.addModule(address("/assets/worklet.js"));
  } catch (error) { close(); throw error; } // a microphone that nobody listens to is closed
  const node = new AudioWorkletNode(context, "gather", { numberOfOutputs: 1 });
  const silent = new GainNode(context, { gain: 0 });
  node.port.onmessage = (event) => take(event.data);
  context.createMediaStreamSource(stream).connect(node).connect(silent).connect(context.destination);
  return {
    rate: context.sampleRate,
    awake: () => context.state === "running",
    wake: () => context.resume(),
    close,
  };
};

export const level = (buffer) => {
  const samples = new Int16Array(buffer);
  let sum = 0;
  for (const sample of samples) sum += (sample / 32768) ** 2;
  return Math.max(-100, 10 * Math.log10(sum / samples.length + 1e-10));
};

export const why = (error) => ({
  NotAllowedError: "This page may not use the microphone. Allow it beside the address, and press Begin again.",
  NotFoundError: "The browser finds no microphone. Connect one, and press Begin again.",
  NotReadableError: "The microphone is in use by another program, or blocked by the system.",
})[error.name] ?? `The browser's microphone cannot be used (${error.message}).`;
