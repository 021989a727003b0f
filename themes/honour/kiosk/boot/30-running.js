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
let proven = ""; // the id of the version that works
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
  if (proven === running.id) return;
  before = null;
  proven = running.id;
  memory.set("good", { page: baked.id, id: running.id, names: running.names });
};

// A fresh page, if it is sure to come and to show what is shown now: the version out there is the running one, and
// the page, loaded in a frame past every store, has found all that it begins with. A kiosk never stands before a
// browser's own error page, nor before half a folder. Resolves to false where that is not to be had.
const renew = () => ask().then((version) => version.id === running.id && framed(running.id)).then((fine) => {
  if (fine) location.reload();
  return fine;
}, () => false);

const framed = (id) => new Promise((resolve) => {
  const frame = document.createElement("iframe");
  const begun = passed();
  let timer = 0;
  const end = (fine) => {
    clearTimeout(timer);
    window.removeEventListener("message", hear);
    frame.remove();
    resolve(fine);
  };
  const hear = (event) => {
    if (event.source === frame.contentWindow) end(event.data === WHOLE + id);
  };
  const late = () => {
    if (passed() - begun < LATE) timer = setTimeout(late, LATE); else end(false);
  };
  timer = setTimeout(late, LATE);
  window.addEventListener("message", hear);
  frame.hidden = true;
  frame.title = "";
  frame.src = location.pathname + anew() + PROBE;
  document.body.appendChild(frame);
});
