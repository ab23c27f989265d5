// Every page keeps one line to voicemock open: it tells the page what happens, and voicemock that somebody is there.
const home = document.body.dataset.home;
const listeners = new Set();
let socket = null;
let latest = null;
let waits = 0;

export const send = (message) => {
  if (socket?.readyState === WebSocket.OPEN) socket.send(message instanceof ArrayBuffer ? message : JSON.stringify(message));
};
export const watch = (listener) => { listeners.add(listener); if (latest) listener(latest); };
export const address = (path) => `${home}${path}`;

const gone = document.querySelector("#gone");
const connect = () => {
  socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${home}/live`);
  socket.binaryType = "arraybuffer";
  socket.addEventListener("open", () => { waits = 0; gone.hidden = true; });
  socket.addEventListener("message", (event) => {
    latest = JSON.parse(event.data);
    for (const listener of listeners) listener(latest);
  });
  socket.addEventListener("close", () => {
    waits += 1;
    if (waits > 2) {
      gone.textContent = "voicemock is not running any more. What you recorded is kept. Start voicemock open again to go on.";
      gone.hidden = false;
    }
    for (const listener of listeners) listener(null);
    setTimeout(connect, Math.min(250 * waits, 5000));
  });
};
connect();
