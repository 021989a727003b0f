/* What keeps a kiosk going for months: it fetches what it will need, looks for a newer version, says that it
   lives, dims at night and begins anew once a day. */
const upkeep = (() => {
  const PAUSE = 200; // ms between two parcels fetched in advance
  const BEAT = 300000; // ms between two heartbeats
  const MINUTE = 60000;
  let missing = 0;
  let lastMissing = "";

  // A parcel that is not there whole: told to whoever listens, and to nobody who looks.
  const missed = (name, cause) => {
    missing += 1;
    lastMissing = name;
  };

  const keep = (lobby) => {
    const rig = rigging.make();
    const { tempo } = lobby;
    const begun = Date.now();
    let newer = null; // a version, whole and waiting for the loop
    let looking = false;

    // --- fetched in advance ------------------------------------------------------------------------

    const mine = () => {
      const names = [lobby.deck.letters];
      lobby.deck.people.forEach((person) => names.push(person.parcel, person.group || person.large, person.small));
      return names.filter(Boolean);
    };
    const fetchAll = (names, from) => {
      let at = from;
      while (at < names.length && depot.has(names[at])) at += 1;
      if (at === names.length || depot.filled > depot.ROOM * 0.9) return;
      const on = () => rig.after(PAUSE, () => fetchAll(names, at + 1));
      rig.when(depot.get(names[at]), on, () => { missed(names[at]); on(); });
    };

    // --- a newer version ---------------------------------------------------------------------------

    const isCore = (kind) => (file) => file.slice(0, kind.length + 1) === kind + "-";
    // Every file of `version`, one after the other, what is new in it first: each is there whole, now, or there
    // is no such version. What this page has of it in its memory is no proof of what lies in the folder.
    const fetchVersion = async (version) => {
      const core = kiosk.kinds.map((kind) => version.files.find(isCore(kind)));
      if (core.some((name) => !name)) throw new Error("version.js: without " + kiosk.kinds.join(", "));
      const known = (name) => Number(depot.has(name) || kiosk.running.names.includes(name));
      const contents = new Map();
      for (const name of version.files.slice().sort((a, b) => known(a) - known(b))) {
        const content = await kiosk.check(name);
        if (rig.ended) return null;
        if (core.includes(name)) contents.set(name, content);
        else if (content) depot.put(name, content);
      }
      return { id: version.id, names: core, contents: core.map((name) => contents.get(name)) };
    };
    const look = () => {
      rig.after((tempo.poll[0] + (Math.random() * 2 - 1) * Math.min(tempo.poll[1], tempo.poll[0] - 0.5)) * MINUTE, look);
      if (looking || newer) return;
      looking = true;
      const done = (why) => {
        looking = false;
        kiosk.looked.times += 1;
        kiosk.looked.why = why;
      };
      // Not to be reached, half written, or without one of its files: then nothing is newer, and nobody who looks
      // at the screen is told.
      kiosk.ask().then((version) => {
        if (version.id === kiosk.running.id || kiosk.refused.has(version.id)) return undefined;
        return fetchVersion(version).then((whole) => { if (whole) newer = { whole, files: version.files }; });
      }).then(() => done(""), (failed) => done(failed.message));
    };

    // --- signs of life -----------------------------------------------------------------------------

    let beating = null;
    const beat = () => {
      rig.after(BEAT, beat);
      if (!tempo.heartbeat || beating) return;
      const told = {
        version: kiosk.running.id,
        state: lobby.state,
        minutes: Math.round((Date.now() - begun) / MINUTE),
        faults: kiosk.faults.count,
        fault: kiosk.faults.last,
        missing,
        missed: lastMissing,
        look: kiosk.looked.why,
      };
      const asked = Object.keys(told).map((key) => key + "=" + encodeURIComponent(told[key])).join("&");
      beating = new Image();
      beating.onload = beating.onerror = () => { beating = null; };
      beating.src = tempo.heartbeat + (tempo.heartbeat.includes("?") ? "&" : "?") + asked;
    };

    // --- the hours ---------------------------------------------------------------------------------

    let restarted = kiosk.memory.get("restarted");
    const hours = () => {
      rig.after(MINUTE, hours);
      const now = new Date();
      const root = document.documentElement;
      if (calendar.within(calendar.timeOf(now), tempo.dim, tempo.wake)) root.dataset.kioskDim = ""; else delete root.dataset.kioskDim;
      const day = calendar.dayOf(now);
      if (now.getHours() === tempo.restart && restarted !== day && Date.now() - begun > MINUTE) due = day;
    };
    let due = "";
    // Between two slides of the loop: whatever needs the screen for itself. True if it took it.
    const turn = () => {
      if (newer) {
        const { whole, files } = newer;
        newer = null;
        depot.only(files);
        kiosk.adopt(whole);
        return true;
      }
      if (due) {
        restarted = due;
        kiosk.memory.set("restarted", due);
        due = "";
        // A fresh page if one can be had, else the loop begins anew in this one.
        kiosk.renew().then((fresh) => { if (!fresh && !rig.ended) kiosk.again(); }).catch(kiosk.note);
      }
      return false;
    };

    rig.after(5000, () => fetchAll(mine(), 0));
    rig.after((0.5 + Math.random() * 0.5) * MINUTE, look);
    rig.after(10000, beat);
    hours();
    return { turn, look, end: () => rig.end() };
  };

  return { keep, missed };
})();
