/* Who comes next: everybody stands on a circle, at a place drawn by lot, and the loop goes round. So each comes
   once before anybody comes twice, wherever it began; newcomers and leavers move nobody else. Whoever shall come
   oftener stands in several places, evenly apart. What to remember is a seed and a place. */
const rotation = (() => {
  // FNV-1a, 32 bit: a place on the circle, 0 to 1, the same for the same words.
  const lot = (text) => {
    let sum = 0x811c9dc5;
    for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
    // The last characters alone would move the low bits only: stir.
    sum = Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d);
    sum = Math.imul(sum ^ (sum >>> 12), 0x297a2d39);
    return ((sum ^ (sum >>> 15)) >>> 0) / 4294967296;
  };
  const before = (a, b) => a.at - b.at || (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : 0);

  // The places of `people` on the circle of `seed`; `times(person)` is how often somebody comes in a round.
  const circle = (people, seed, times) => {
    const places = [];
    people.forEach((person) => {
      const first = lot(seed + " " + person.slug);
      const often = Math.max(1, times(person));
      for (let turn = 0; turn < often; turn += 1) {
        places.push({ at: (first + turn / often) % 1, slug: person.slug, person });
      }
    });
    return places.sort(before);
  };

  // The place after `last` ({ at, slug }, which need not be on the circle any more); null on an empty one.
  const next = (places, last) => {
    const after = last ? places.find((place) => before(place, last) > 0) : null;
    const chosen = after || places[0] || null;
    if (!chosen || !last || chosen.slug !== last.slug) return chosen;
    // Two places of one person side by side: not twice in a row while there is anybody else.
    const from = places.indexOf(chosen);
    const others = places.slice(from).concat(places.slice(0, from));
    return others.find((place) => place.slug !== last.slug) || chosen;
  };

  return { circle, next, lot };
})();
