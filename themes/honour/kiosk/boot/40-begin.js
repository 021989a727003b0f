/* The page begins: with the version that was baked into it or, if that page had been updated since, with the
   newer one; and with the last one that ran well if a folder is half written. If nothing can be loaded whole, the
   ground stays dark and it is tried again. */

const PROBE = "#probe";
const WHOLE = "honour-kiosk: whole, ";
const AGAIN = 5000; // ms between two tries to begin, growing to a minute

const told = document.currentScript.dataset;
const baked = { id: told.version, names: KINDS.map((kind) => told[kind]) };

const kiosk = {
  load, check, ask, adopt, again, steady, fault, note, renew, memory, faults,
  held: new Map(),
  refused,
  looked: { times: 0, why: "" }, // for a newer version, and why there was none to be had the last time
  kinds: KINDS,
  get running() { return running; },
  get pending() { return waiting.size + asking; },
};
window.HONOUR_KIOSK = kiosk;

const fetched = (version) => Promise.all(version.names.map(load))
  .then((contents) => ({ id: version.id, names: version.names, contents }));

const newest = () => {
  const good = memory.get("good");
  if (!good || !Array.isArray(good.names) || good.id === baked.id) return fetched(baked);
  const [first, second] = good.page === baked.id ? [good, baked] : [baked, good];
  return fetched(first).catch(() => fetched(second));
};

const begin = (tries) => newest().then(start).catch((failed) => {
  note(failed);
  curtain();
  setTimeout(begin, Math.min(AGAIN * tries, SELDOM), tries + 1);
});

// Nothing to show yet, and nothing to complain of: the zone's name on its ground.
const curtain = () => {
  const stage = document.getElementById("kiosk");
  if (!stage || stage.firstChild) return;
  const title = stage.appendChild(document.createElement("h1"));
  title.textContent = document.title;
  Object.assign(title.style, {
    position: "fixed", top: "0", left: "0", width: "100%", margin: "40vh 0 0", textAlign: "center",
    color: "#F6EADB", font: "700 8vmin 'Noto Serif CJK SC', 'Source Han Serif SC', SimSun, serif",
  });
};

// A parcel that is cut makes an error of its own, which is the loader's to judge. On a page from a folder it
// carries neither a file's name nor a reason; whatever of ours can fail is caught where it is called.
const isParcels = (event) => event.filename
  ? waiting.has(event.filename.split(/[?#]/)[0].split("/").pop())
  : !event.error && waiting.size > 0;

if (location.hash === PROBE && window.parent !== window) {
  const answer = (word) => window.parent.postMessage(word, "*");
  document.addEventListener("DOMContentLoaded", () => {
    if (!document.getElementById("kiosk")) answer("cut");
    else fetched(baked).then(() => answer(WHOLE + baked.id), () => answer("not whole"));
  });
} else {
  ground();
  const mark = document.head.appendChild(document.createElement("link"));
  mark.rel = "icon";
  if (icon) mark.href = URL.createObjectURL(new Blob([icon], { type: "image/svg+xml" }));
  window.addEventListener("error", (event) => { if (!isParcels(event)) fault(event.message); });
  window.addEventListener("unhandledrejection", (event) => fault(event.reason));
  document.addEventListener("DOMContentLoaded", () => begin(1));
}
