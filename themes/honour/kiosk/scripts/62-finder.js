/* Whom letters mean: the engine of the website's search, over the names alone, from the one parcel that has them. */
const finder = (() => {
  const Engine = window.HonourSearch;
  const MOST = 500;

  class Letters extends Engine {
    constructor(told, people) {
      super("");
      this.told = told;
      this.people = people;
    }

    // What the engine would load as scripts of its own is here already, or not wanted at all.
    bring(key) {
      const { slugs, columns, names } = this.told;
      const letters = {};
      Object.keys(names).forEach((letter) => { letters[letter] = letter; });
      const here = { columns, marks: "none", directory: { total: slugs.length, names: letters } };
      const known = here[key] || names[key.slice("names-".length)];
      return known ? Promise.resolve(known) : Promise.reject(new Error(key));
    }

    person(id) {
      return this.open().columns.then(({ ids }) => {
        const at = ids.indexOf(id);
        const person = this.people.get(this.told.slugs[at]);
        return person && { id, slug: person.slug, name: person.name, pinyin: this.told.words[at] };
      });
    }

    // No texts: whoever is found is found by name.
    term({ columns }) {
      return columns.then(({ size }) => new Uint8Array(size));
    }
  }

  let opened = null;
  const open = (lobby) => {
    if (!opened) {
      opened = depot.get(lobby.deck.letters).then((text) => new Letters(JSON.parse(text), lobby.people));
      opened.catch(() => { opened = null; });
    }
    return opened;
  };

  // The slugs of those whom `query` means, the best first.
  const find = (lobby, query) => open(lobby).then((letters) => new Promise((resolve, reject) => {
    letters.query(query, {}, (failed, found) => {
      if (failed) reject(failed);
      else found.next(MOST, (torn, results) => { if (torn) reject(torn); else resolve(results.map((one) => one.person.slug)); });
    });
  }));

  return { find };
})();
