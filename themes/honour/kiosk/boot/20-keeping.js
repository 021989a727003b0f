/* What must outlive a restart of the loop: a little memory in the browser, parcels at hand, the faults so far. */

// localStorage may be refused, full or wiped; then the kiosk remembers as long as it runs.
const PREFIX = "honour-kiosk ";
const own = new Map();
const memory = {
  get(key) {
    try {
      const kept = localStorage.getItem(PREFIX + key);
      if (kept !== null) return JSON.parse(kept);
    } catch (refused) { /* as if nothing were there */ }
    return own.has(key) ? own.get(key) : null;
  },
  set(key, value) {
    own.set(key, value);
    try { localStorage.setItem(PREFIX + key, JSON.stringify(value)); } catch (refused) { /* see own */ }
  },
};

const faults = { count: 0, last: "" };
