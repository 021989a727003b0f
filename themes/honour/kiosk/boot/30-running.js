/* A version is started, restarted after a fault, replaced by a newer one, or taken back if the newer one fails. */

const root = document.documentElement;
const sheet = new CSSStyleSheet();
const KINDS = ["code", "style", "shell", "deck"];
const SOON = 1000; // ms until the loop begins anew after a fault; doubled while faults go on
const SELDOM = 60000;
const CALM = 300000; // ms without a fault after which a fault is the first again
const GIVE_UP = 5; // faults in a row after which only a new page can help

let running = null; // { id, names, contents }
let before = null; // the version that ran before, until the newer one has shown that it works
let app = null;
let inRow = 0;
let restarting = 0;
let calming = 0;
const refused = new Set(); // ids of versions that failed when they ran

const ground = () => {
  root.style.background = "#170B0A";
  document.adoptedStyleSheets = [sheet];
};

const stop = () => {
  const old = app;
  app = null;
  try { if (old) old.stop(); } catch (failed) { note(failed); }
  const stage = document.getElementById("kiosk");
  if (stage) stage.textContent = "";
};

const note = (cause) => {
  faults.count += 1;
  faults.last = String((cause && cause.message) || cause).slice(0, 200);
};

// Begins `version` from its start; throws what its code throws.
const start = (version) => {
  stop();
  running = version;
  const [code, style, shell, deck] = version.contents;
  sheet.replaceSync(style);
  root.dataset.kioskVersion = version.id;
  app = code(kiosk, shell, deck);
  app.start();
};

// Something in our code failed: it is told to whoever listens to the heartbeat, and the loop begins anew.
const fault = (cause) => {
  note(cause);
  if (restarting) return;
  inRow += 1;
  clearTimeout(calming);
  restarting = setTimeout(restart, Math.min(SOON * Math.pow(2, inRow - 1), SELDOM));
};

const restart = () => {
  restarting = 0;
  if (before) {
    refused.add(running.id);
    running = before;
    before = null;
  }
  calming = setTimeout(() => { inRow = 0; }, CALM);
  if (inRow >= GIVE_UP) renew().catch(note);
  try { if (running) start(running); } catch (failed) { fault(failed); }
};

// A newer version, every file of it fetched and whole, takes over. It is on trial until it calls steady().
const adopt = (version) => {
  before = running;
  clearTimeout(restarting);
  restarting = 0;
  try {
    start(version);
  } catch (failed) {
    note(failed);
    restart();
  }
};
// The version that runs, from its start.
const again = () => {
  try { start(running); } catch (failed) { fault(failed); }
};
const steady = () => {
  if (before) memory.set("good", { page: baked.id, id: running.id, names: running.names });
  before = null;
};

// A fresh page, if there is one to be had: it is loaded in a frame first, past every store, and only when its
// end has been seen is ours exchanged for it. A kiosk never stands before a browser's own error page.
const renew = () => new Promise((resolve) => {
  const frame = document.createElement("iframe");
  const end = (fine) => {
    clearTimeout(timer);
    window.removeEventListener("message", hear);
    frame.remove();
    if (fine) location.reload();
    resolve(fine);
  };
  const hear = (event) => {
    if (event.source === frame.contentWindow && event.data === WHOLE) end(true);
  };
  const timer = setTimeout(end, LATE, false);
  window.addEventListener("message", hear);
  frame.hidden = true;
  frame.title = "";
  frame.src = location.pathname + anew() + PROBE;
  document.body.appendChild(frame);
});
