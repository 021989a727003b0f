/* Parcels arrive: a script says its name, its checksum and what it carries. Whatever is cut, torn or late is as
   good as not there. This script runs once in the life of a page; a second copy only says its name. */
if (window.HONOUR_KIOSK) {
  window.HONOUR_KIOSK_PARCEL(name, "", "");
  return;
}

const LATE = 60000; // ms until a server that says nothing is one that is not there
// Time as it passes: after a machine has slept, or a clock was set, timers are due of which nobody has waited.
const passed = () => new Event("time").timeStamp;

const waiting = new Map();
window.HONOUR_KIOSK_PARCEL = (which, sum, content) => {
  const asked = waiting.get(which);
  if (asked) asked.told = { sum, content };
};
window.HONOUR_KIOSK_VERSION = (version) => {
  const asked = waiting.get("version.js");
  if (asked) asked.told = { sum: "", content: version };
};

// CRC-32 (ISO 3309) over UTF-8, as Python's zlib has it.
const table = new Int32Array(256).map((zero, n) => {
  for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});
const checksum = (text) => {
  const bytes = new TextEncoder().encode(text);
  let sum = -1;
  for (let at = 0; at < bytes.length; at += 1) sum = (sum >>> 8) ^ table[(sum ^ bytes[at]) & 255];
  return ((sum ^ -1) >>> 0).toString(16).padStart(8, "0");
};
const whole = ({ sum, content }) => sum === "" || checksum(String(content)) === sum;

// Loads one script; what it carried, or a rejection. Nothing of it stays in the page.
const inject = (which, query) => new Promise((resolve, reject) => {
  const script = document.createElement("script");
  const asked = { told: null };
  const begun = passed();
  let timer = 0;
  const end = (failure) => {
    clearTimeout(timer);
    script.onload = script.onerror = null;
    script.remove();
    if (waiting.get(which) === asked) waiting.delete(which);
    if (failure) reject(new Error(which + ": " + failure)); else resolve(asked.told.content);
  };
  const late = () => {
    if (passed() - begun < LATE) timer = setTimeout(late, LATE); else end("late");
  };
  timer = setTimeout(late, LATE);
  waiting.set(which, asked);
  script.onload = () => end(asked.told === null ? "cut" : whole(asked.told) ? "" : "torn");
  script.onerror = () => end("missing");
  script.src = which + query;
  document.head.appendChild(script);
});

const anew = () => "?" + Math.random().toString(36).slice(2);
const loading = new Map();

// What the parcel `which` carries. A browser's store may hold a file that was half written when it was fetched:
// such a one is fetched again past the store, which then holds the whole.
const load = (which) => {
  if (!loading.has(which)) {
    const loaded = inject(which, "").catch((failure) => {
      if (location.protocol === "file:" || /missing$/.test(failure.message)) throw failure;
      return fetch(which, { cache: "reload" }).catch(() => {}).then(() => inject(which, anew()));
    });
    const forget = () => loading.delete(which);
    loading.set(which, loaded);
    loaded.then(forget, forget);
  }
  return loading.get(which);
};

// What the file `which` holds at this moment, for a version that is not shown yet: nothing that a store or the
// memory may still have of it counts. A server is asked whether it has changed; a disk is simply read again.
let asking = 0;
const check = (which) => {
  if (location.protocol === "file:") return inject(which, anew());
  const abort = new AbortController();
  const begun = passed();
  const late = () => {
    if (passed() - begun < LATE) timer = setTimeout(late, LATE); else abort.abort();
  };
  let timer = setTimeout(late, LATE);
  asking += 1;
  const end = () => {
    clearTimeout(timer);
    asking -= 1;
  };
  const answered = (cache) => fetch(which, { cache, signal: abort.signal }).then((answer) => {
    if (!answer.ok) throw new Error(which + ": missing");
    return answer.text();
  });
  const read = (text) => {
    const head = 'HONOUR_KIOSK_PARCEL("' + which + '","';
    const content = text.slice(head.length + 10, -1);
    // Code must run to be had, and the first script of all is no parcel: they say themselves whether they are whole.
    if (content[0] !== '"' || !text.startsWith(head)) return inject(which, anew());
    if (text.slice(-2) !== '")') throw new Error(which + ": cut");
    const told = JSON.parse(content);
    if (checksum(told) !== text.substr(head.length, 8)) throw new Error(which + ": torn");
    return told;
  };
  // Servers tell files apart by the second: one torn and mended within a second is "unchanged", and the store would
  // answer with the torn one for ever.
  const got = answered("no-cache").then((text) => Promise.resolve(text).then(read)
    .catch(() => answered("reload").then(read)));
  got.then(end, end);
  return got;
};

const SAFE = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/i;
// The version that stands on the server or disk now: { id, files }, or a rejection.
const ask = () => inject("version.js", anew()).then((version) => {
  const sound = version && /^[0-9a-f]{8,64}$/.test(version.id) && Array.isArray(version.files)
    && version.files.every((file) => typeof file === "string" && SAFE.test(file));
  if (!sound) throw new Error("version.js: no version");
  return version;
});
