/* The loop's place: it goes on where it stood, also after a restart of the browser, if that may remember. */
const loopOf = (people, tempo, days) => {
  const kept = kiosk.memory.get("loop");
  const sound = kept && typeof kept.seed === "string" && typeof kept.at === "number" && typeof kept.slug === "string";
  const seed = sound ? kept.seed : Math.random().toString(36).slice(2);
  // A kiosk that remembers nothing begins anywhere, or the same few would open every morning.
  let last = sound ? { at: kept.at, slug: kept.slug } : { at: Math.random(), slug: "" };
  let shown = 0;

  const places = () => {
    const here = people.filter((person) => !days.isOver(person.until));
    const often = (person) => (days.isNew(person.honoured, tempo.newly_days) ? tempo.newly_factor : 1);
    return rotation.circle(here, seed, often);
  };
  // People come and go with the days: the circle is drawn once a day.
  let drawn = "";
  let circle = [];
  const today = () => {
    if (drawn !== days.today()) {
      drawn = days.today();
      circle = places();
    }
    return circle;
  };

  return {
    // Who comes next; null if nobody may be shown.
    peek: () => {
      const place = rotation.next(today(), last);
      return place && place.person;
    },
    // Whoever comes next has come.
    take: () => {
      const place = rotation.next(today(), last);
      if (!place) return null;
      last = { at: place.at, slug: place.slug };
      shown += 1;
      kiosk.memory.set("loop", { seed, at: place.at, slug: place.slug });
      return place.person;
    },
    get shown() { return shown; },
    get people() { return Array.from(new Set(today().map((place) => place.person))); },
  };
};
