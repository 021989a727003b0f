/* The search: asks the index that generator/search makes. It touches nothing of the page but the script elements
   that bring the index, so a kiosk can use it as well:

     const search = new HonourSearch("../");             the edition's folder, as seen from the page
     search.query("zhangsan", {year: "2026"}, (failed, found) => found.next(8, (failed, results) => …));

   `found.groups` says how many are found by what; `found.next` gives the next results in order, with their
   texts. See docs/contracts.md. */
window.HonourSearch = (() => {
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUES = new Uint8Array(128);
  Array.from(DIGITS).forEach((digit, value) => { VALUES[digit.charCodeAt(0)] = value; });
  const MARK = 4; // digits of a file's mark, six in its name
  const MANY = 1 << 20; // more than there are people
  const KEPT = 1000; // shards in memory, some 10 KB each: a kiosk runs for months
  const NAMESAKES = 3; // of people spelled alike, so many are looked for in texts
  const TRIPLE = 3; // signs of the longest gram
  const FOLLOWERS = 62; // digits of what may stand after it
  const SEVERAL = 63; // of now this and now that
  const AHEAD = 8; // texts asked for at once when some may turn out not to match
  const SLIP = 4000; // milliseconds after which a directory that did not match its shards is asked for again
  const [START, INSIDE, TOLD, TEXT] = [1, 2, 4, 8];
  const NAME = START | INSIDE;
  const ORDER = ["name", "near", "told", "text", "all"];
  const FILTERS = ["year", "category", "unit", "level", "kind"];

  // --- characters: the same as generator/search/folding.py ---

  const UNSEEN = /[\u00ad\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0000}-\u{e0fff}]/u;
  const SIGNS = /[\p{L}\p{N}]+/gu;
  const forms = new Map();
  const form = (sign) => {
    let folded = forms.get(sign);
    if (folded === undefined) {
      folded = UNSEEN.test(sign) ? "" : sign.normalize("NFKC").toLowerCase();
      if (forms.size < 20000) forms.set(sign, folded);
    }
    return folded;
  };
  const fold = (text) => text.replace(/[^\u4e00-\u9fff]/gu, form); // those stay as they are
  const squeeze = (folded) => (folded.match(SIGNS) || []).join("");
  // Of each stretch its triples, each with the digit of what follows it; of a shorter one all of it.
  const grams = (folded) => {
    const found = new Map();
    (folded.match(SIGNS) || []).forEach((stretch) => {
      const signs = Array.from(stretch);
      const length = Math.min(TRIPLE, signs.length);
      for (let i = length; i <= signs.length; i++) {
        const gram = signs.slice(i - length, i).join("");
        if (!found.has(gram)) found.set(gram, i < signs.length ? crc32(signs[i]) % FOLLOWERS : null);
      }
    });
    return Array.from(found, ([gram, after]) => ({ gram, after }));
  };
  // CRC-32 of the text in UTF-16, the lower byte first.
  const crc32 = (text) => {
    let crc = -1;
    for (let at = 0; at < 2 * text.length; at++) {
      crc ^= text.charCodeAt(at >> 1) >> 8 * (at & 1) & 0xff;
      for (let bit = 0; bit < 8; bit++) crc = crc >>> 1 ^ (crc & 1 && 0xedb88320);
    }
    return ~crc >>> 0;
  };
  const shardOf = (gram, shards) => crc32(gram) & shards - 1;
  // Where `terms` stand in `text`, as ranges. `left` says which characters are as if they weren't there: all
  // punctuation in a name, which nobody types as it is written, and the spaces between units.
  const DOTS = "dots";
  const GAPS = "gaps";
  const folding = (text, left) => {
    let folded = "";
    const at = [];
    let place = 0;
    Array.from(text).forEach((sign) => {
      const kept = left === DOTS ? squeeze(form(sign)) : left === GAPS ? form(sign).trim() : form(sign);
      for (let i = 0; i < kept.length; i++) at.push(place);
      folded += kept;
      place += sign.length;
    });
    at.push(place);
    return { folded, at };
  };
  const reduced = (text, left) => {
    const folded = fold(text);
    return left === DOTS ? squeeze(folded) : left === GAPS ? folded.replace(/\s+/g, "") : folded;
  };
  const places = (text, terms, left) => {
    const several = terms.map((term) => left === DOTS ? squeeze(term) : term).filter(Boolean);
    const whole = reduced(text, left);
    if (!several.some((term) => whole.includes(term))) return [];
    const { folded, at } = folding(text, left);
    const found = [];
    several.forEach((wanted) => {
      let from = folded.indexOf(wanted);
      for (; from >= 0; from = folded.indexOf(wanted, from + wanted.length)) {
        let end = from + wanted.length;
        while (at[end] === at[end - 1] && end < at.length - 1) end++;
        found.push([at[from], at[end]]);
      }
    });
    found.sort((a, b) => a[0] - b[0]);
    return found.filter((range, i) => !i || range[0] >= found[i - 1][1]);
  };

  // --- pinyin ---

  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/u\u0308/g, "v").replace(/[\u0300-\u036f]/g, "");
  const spelled = (text) => plain(fold(text)).replace(/[\s'’·•・-]/g, "");
  // How many letters of each syllable the query takes: all of them in a row, the first of each, or any mixture.
  const inRow = (query, syllables) => {
    if (!syllables.join("").startsWith(query)) return null;
    const taken = [];
    for (let i = 0, left = query.length; left > 0; left -= syllables[i++].length) taken.push(Math.min(left, syllables[i].length));
    return taken;
  };
  const firsts = (query, syllables) =>
    syllables.map((syllable) => syllable[0]).join("").startsWith(query) ? Array.from(query, () => 1) : null;
  const mixture = (query, syllables, i) => {
    if (!query) return [];
    if (i >= syllables.length) return null;
    for (let n = Math.min(syllables[i].length, query.length); n > 0; n--) {
      if (query.slice(0, n) !== syllables[i].slice(0, n)) continue;
      const rest = mixture(query.slice(n), syllables, i + 1);
      if (rest) return [n].concat(rest);
    }
    return null;
  };
  // How well a name, or its part from a later word on, is read as the query; `rank` 1 is best, 0 is not at all.
  const readAs = (query, syllables, later) => {
    const row = inRow(query, syllables);
    const taken = row || firsts(query, syllables) || mixture(query, syllables, 0);
    if (!taken) return { rank: 0, taken: [], score: 0 };
    const mixed = !row && taken.some((n) => n > 1);
    const whole = taken.length === syllables.length && (!row || taken[taken.length - 1] === syllables[syllables.length - 1].length);
    const last = taken.length - 1;
    const complete = row && last > 0 && taken[last] === syllables[last].length;
    const rank = mixed ? (later ? 4 : 3) : !later || complete ? 1 : 2;
    return { rank, taken, full: Boolean(row && whole && !later), score: (later ? 20 : 40) + (whole ? 10 : 0) + (row ? 5 : 0) - rank };
  };

  // --- the index ---

  const numbers = (digits, from, each) => {
    let following = 0;
    for (let i = from; i < digits.length;) {
      let gap = 0;
      let weight = 1;
      let value = VALUES[digits.charCodeAt(i++)];
      while (value >= 32) {
        gap += (value - 32) * weight;
        weight *= 32;
        value = VALUES[digits.charCodeAt(i++)];
      }
      following += gap + value * weight;
      each(following++);
    }
  };
  // One number of many: `places` has a text for each digit, the lowest first.
  const number = (places, i) => {
    let sum = 0;
    for (let place = 0; place < places.length; place++) sum += VALUES[places[place].charCodeAt(i)] << 6 * place;
    return sum;
  };
  const markOf = (marks, i) => number(marks.substr(i * MARK, MARK).split(""), 0).toString(16).padStart(6, "0");

  // The different values, and which of them somebody has.
  const openColumn = ([values, places]) => ({ values, code: (i) => number(places, i) });
  const openColumns = (raw) => {
    const size = raw.ids[0].length;
    const ids = new Int32Array(size);
    raw.ids.forEach((digits, place) => { for (let i = 0; i < size; i++) ids[i] += VALUES[digits.charCodeAt(i)] << 6 * place; });
    for (let i = 1; i < size; i++) ids[i] += ids[i - 1]; // they are written as gaps
    return { ids, size, year: openColumn(raw.year), length: openColumn(raw.length) };
  };

  // For each person by what level a gram is held, as bits. A list that begins with "!" is of those without it; after
  // the ":" of another stands for each what follows the gram.
  const holders = ({ ids, size }, shard, { gram, after }) => {
    const held = new Uint8Array(size);
    const lists = Object.prototype.hasOwnProperty.call(shard, gram) ? shard[gram].split(".") : [];
    lists.forEach((whole, level) => {
      const [list, followers] = whole.split(":");
      const without = list[0] === "!" ? 1 : 0;
      const bit = 1 << level;
      if (without) for (let i = 0; i < size; i++) held[i] |= bit;
      let i = 0;
      let n = 0;
      numbers(list, without, (id) => {
        while (i < size && ids[i] < id) i++;
        const digit = followers && after !== null ? VALUES[followers.charCodeAt(n++)] : SEVERAL;
        if (ids[i] !== id) return;
        if (without) held[i] &= ~bit;
        else if (digit === after || digit === SEVERAL) held[i] |= bit;
      });
    });
    return held;
  };

  class Search {
    constructor(root) {
      this.folder = root + "search/";
      this.shards = new Map();
      this.kept = KEPT;
      this.slipped = 0; // when the directory was last found to be an old one
    }

    // A script element: a page that was opened from a folder may not fetch.
    bring(key, mark, anew) {
      const known = this.shards.get(key);
      if (known && !anew) {
        this.shards.delete(key); // to its end: the longest unused goes first
        this.shards.set(key, known);
        return known;
      }
      const coming = new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = this.folder + key + (mark ? "-" + mark : "") + ".js" + (anew ? "?" + Date.now() : "");
        script.onload = () => {
          const shelf = window.HONOUR_SEARCH || {};
          const value = shelf[key];
          delete shelf[key];
          script.remove();
          if (value === undefined) reject(new Error(key)); else resolve(value);
        };
        script.onerror = () => { script.remove(); reject(new Error(key)); };
        document.head.appendChild(script);
      });
      this.shards.set(key, coming);
      coming.catch(() => { if (this.shards.get(key) === coming) this.shards.delete(key); });
      if (this.shards.size > this.kept) this.shards.delete(this.shards.keys().next().value);
      return coming;
    }

    // The index as it was published once, each part a promise: what every question needs is asked for at once.
    open() {
      if (!this.index) {
        const directory = this.bring("directory", "", this.slipped);
        const part = (key) => directory.then((listed) => this.bring(key, listed[key]));
        const index = { directory, columns: part("columns").then(openColumns), marks: part("marks"), part };
        this.index = index;
        const failed = () => { if (this.index === index) this.index = null; };
        index.columns.catch(failed);
        index.marks.catch(failed);
      }
      return this.index;
    }

    // Imagine a tab that is open while the site is published anew: its directory names files that are gone.
    again(work) {
      const before = this.slipped;
      return work().catch((failed) => {
        if (this.slipped === before) {
          if (Date.now() - before < SLIP) throw failed;
          this.slipped = Date.now();
          this.index = null;
          this.shards.clear();
        }
        return work();
      });
    }

    // What is known of one person; undefined for one who has been withdrawn meanwhile.
    person(id) {
      return this.again(() => {
        const { columns, marks } = this.open();
        return Promise.all([columns, marks]).then(([{ ids }, marked]) => {
          const at = ids.indexOf(id);
          return at < 0 ? undefined : this.bring("text-" + id.toString(16), markOf(marked, at));
        });
      }).catch(() => undefined);
    }

    holders(index, looked) {
      const shard = index.directory.then(({ grams: marks }) => {
        const at = shardOf(looked.gram, marks.length / MARK);
        return this.bring("grams-" + at.toString(16), markOf(marks, at));
      });
      return Promise.all([index.columns, shard]).then(([columns, held]) => holders(columns, held, looked));
    }

    term(index, term) {
      const [first, ...others] = grams(term); // of a long one the first and the last: the texts decide
      return Promise.all([first].concat(others.slice(-1)).map((each) => this.holders(index, each))).then(([held, last]) => {
        if (last) for (let i = 0; i < held.length; i++) held[i] &= last[i] & NAME ? last[i] | NAME : last[i];
        return held;
      });
    }

    readings(index, letters) {
      const initial = /[a-z]/.test(letters[0]) ? letters[0] : "0";
      return index.directory.then(({ names }) => {
        const mark = /^[a-z0-9]+$/.test(letters) && names[initial];
        return mark ? this.bring("names-" + initial, mark).then((starts) => readings(starts, letters)) : new Map();
      });
    }

    // Whose name is spelled out is looked for in what is told of others too: zhangsan finds 张三 and who mentions her.
    mentions(index, columns, ranked) {
      const spelled = ranked.filter((hit) => hit.full).slice(0, NAMESAKES);
      if (!spelled.length) return Promise.resolve(ranked);
      return Promise.all(spelled.map((hit) => this.person(columns.ids[hit.i]))).then((people) => {
        const names = people.filter(Boolean).map((person) => fold(person.name)).filter((name, i, all) => squeeze(name) && all.indexOf(name) === i);
        return Promise.all(names.map((name) => this.term(index, name).then((held) => ({ name, held }))));
      }).then((several) => {
        const known = new Set(ranked.map((hit) => hit.i));
        several.forEach(({ name, held }) => held.forEach((bits, i) => {
          if (!(bits & (TOLD | TEXT)) || known.has(i)) return;
          known.add(i);
          ranked.push({ i, kind: bits & TOLD ? "told" : "text", score: 0, terms: [name] });
        }));
        return sorted(columns, ranked);
      });
    }

    // Two signs right of three: 李星 finds 李南星 where nothing else is found.
    nearly(index, term) {
      const signs = Array.from(squeeze(term)).filter((sign, i, all) => all.indexOf(sign) === i);
      if (signs.length < 2 || signs.length > 4 || !/^\p{Script=Han}+$/u.test(signs.join(""))) return Promise.resolve([]);
      return Promise.all(signs.map((sign) => this.holders(index, { gram: sign, after: null }))).then((several) => {
        const found = [];
        several[0].forEach((bits, i) => {
          if (bits & START && several.every((held) => held[i] & NAME)) found.push({ i, kind: "near", score: 0 });
        });
        return found;
      });
    }

    query(text, filters, callback) {
      const folded = fold(text || "");
      const terms = folded.split(/\s+/).filter((term) => squeeze(term)).slice(0, 8);
      const letters = spelled(text || "");
      const chosen = FILTERS.filter((name) => filters && filters[name]).map((name) => [name, filters[name]]);
      const ask = () => {
        const index = this.open();
        return Promise.all([
          index.columns,
          Promise.all(terms.map((term) => this.term(index, term))),
          letters && terms.length ? this.readings(index, letters) : new Map(),
          chosen.length ? this.filters(index) : null,
        ]).then(([columns, held, read, sieve]) => {
          const found = (hits) => new Found({ search: this, index, columns, terms, letters, hits, chosen }, sieve);
          if (!terms.length) return found(chosen.length ? everybody(columns) : []);
          const ranked = rank(columns, terms, held, read);
          if (ranked.length || terms.length !== 1) return this.mentions(index, columns, ranked).then(found);
          return this.nearly(index, terms[0]).then(found);
        });
      };
      this.again(ask).then((found) => callback(null, found), callback);
    }

    // A column for each filter.
    filters({ columns, part }) {
      return Promise.all([columns, part("filters")]).then(([{ year }, raw]) =>
        Object.keys(raw).reduce((all, name) => Object.assign(all, { [name]: openColumn(raw[name]) }), { year }));
    }
  }

  // --- rank: name before unit before text, then by how well, then the newest ---

  const readings = (starts, letters) => {
    let best = 5;
    let fits = [];
    starts.forEach((names, later) => names.forEach(([key, ids]) => {
      const fit = readAs(letters, key.split(" "), later);
      if (!fit.rank || fit.rank > best) return;
      if (fit.rank < best) fits = [];
      best = fit.rank;
      fits.push({ fit, ids });
    }));
    const found = new Map();
    fits.forEach(({ fit, ids }) => numbers(ids, 0, (id) => {
      if (!found.has(id) || found.get(id).score < fit.score) found.set(id, fit);
    }));
    return found;
  };

  // Everybody who is found, each by the best that speaks for them.
  const rank = (columns, terms, held, read) => {
    const ranked = [];
    const { ids, size, length } = columns;
    const signs = terms.length === 1 ? Array.from(squeeze(terms[0])).length : 0;
    for (let i = 0; i < size; i++) {
      let bits = 0;
      for (let n = 0; n < held.length; n++) {
        if (!held[n][i]) { bits = 0; break; }
        bits |= held[n][i];
      }
      const fit = read.size ? read.get(ids[i]) : undefined;
      if (!bits && !fit) continue;
      const named = bits & NAME ? (bits & START ? 50 : 40) + (length.values[length.code(i)] === signs ? 10 : 0) : 0;
      const score = fit ? fit.score : 0;
      const kind = score || named ? "name" : bits & TOLD ? "told" : "text";
      ranked.push({ i, kind, score: Math.max(score, named), read: score > named, full: score > named && fit.full });
    }
    return sorted(columns, ranked);
  };
  // One number for each hit, which a typed array sorts without asking back: ten times as fast for some thousand.
  const sorted = ({ year }, hits) => {
    const HIGHEST = 127;
    const YEARS = 4096;
    const keys = new Float64Array(hits.length);
    const byPlace = new Map();
    for (let n = 0; n < hits.length; n++) {
      const { i, kind, score } = hits[n];
      keys[n] = ((ORDER.indexOf(kind) * (HIGHEST + 1) + HIGHEST - score) * YEARS + YEARS - 1 - year.code(i)) * MANY + i;
      byPlace.set(i, hits[n]);
    }
    return Array.from(keys.sort(), (key) => byPlace.get(key % MANY));
  };
  const everybody = (columns) => sorted(columns, Array.from(columns.ids, (_, i) => ({ i, kind: "all", score: 0 })));

  const holds = (value, key) => Array.isArray(value) ? value.indexOf(key) >= 0 : String(value) === key;

  // By which of the chosen filters somebody is held back, as bits.
  const holdsBack = (sieve, chosen) => {
    const sieves = chosen.map(([name, key], n) => {
      const { values, code } = sieve[name];
      const stops = values.map((value) => holds(value, key) ? 0 : 1 << n);
      return (i) => stops[code(i)];
    });
    return ({ i }) => sieves.reduce((bits, each) => bits | each(i), 0);
  };

  class Found {
    constructor(known, sieve) {
      Object.assign(this, known);
      const { hits, terms } = known;
      const back = holdsBack(sieve, this.chosen);
      this.waiting = hits.filter((hit) => !back(hit));
      this.without = hits.length; // before the filters
      // What was looked up as several grams may hold them apart from one another: the texts decide.
      const short = (several) => several.every((term) => Array.from(term).length <= TRIPLE && term === squeeze(term));
      const certain = short(terms);
      const sure = (hit) => hit.read || hit.kind === "near" || hit.kind === "all" || (hit.terms ? short(hit.terms) : certain);
      this.sure = true;
      this.groups = [];
      this.waiting.forEach((hit) => {
        const group = this.group(hit.kind);
        const known = sure(hit);
        group.count++;
        group.sure = group.sure && known;
        group.read = group.read && hit.read;
        this.sure = this.sure && known;
      });
      this.total = this.waiting.length;
    }

    // How many each value of each filter would leave, by filter and value.
    count(callback) {
      this.search.filters(this.index).then((sieve) => {
        const back = this.hits.map(holdsBack(sieve, this.chosen));
        const counts = {};
        FILTERS.forEach((name) => {
          const { values, code } = sieve[name];
          const own = 1 << this.chosen.findIndex(([chosen]) => chosen === name); // a high bit if it isn't chosen
          const tally = new Uint32Array(values.length);
          this.hits.forEach(({ i }, n) => { if (!(back[n] & ~own)) tally[code(i)]++; });
          counts[name] = Object.create(null); // a key may be "constructor"
          values.forEach((value, n) => [].concat(value).forEach((key) => { counts[name][key] = (counts[name][key] || 0) + tally[n]; }));
        });
        return counts;
      }).then((counts) => callback(null, counts), callback);
    }

    group(kind) {
      let group = this.groups.find((each) => each.kind === kind);
      if (!group) {
        group = { kind, count: 0, sure: true, read: true };
        this.groups.push(group);
      }
      return group;
    }

    get left() { return this.waiting.length; }

    next(many, callback) {
      const results = [];
      const { ids } = this.columns;
      const step = () => {
        const missing = many - results.length;
        if (missing <= 0 || !this.waiting.length) return Promise.resolve(this.settle(results));
        const hits = this.waiting.splice(0, this.sure ? missing : Math.max(missing, AHEAD));
        return Promise.all(hits.map((hit) => this.search.person(ids[hit.i]))).then((people) => {
          const spare = [];
          hits.forEach((hit, n) => {
            const result = people[n] && this.judge(hit, people[n]);
            if (!result) this.drop(hit);
            else if (results.length < many) results.push(result);
            else spare.push(hit);
          });
          this.waiting = spare.concat(this.waiting);
          return step();
        });
      };
      step().then((all) => callback(null, all), callback);
    }

    settle(results) {
      if (!this.waiting.length) this.groups.forEach((group) => { group.sure = true; });
      return results;
    }

    drop(hit) {
      this.group(hit.kind).count--;
      this.total--;
    }

    // What of a person matches: {person, kind, name, reading, told}, or null if nothing does after all.
    judge(hit, person) {
      const result = { person, kind: hit.kind, score: hit.score, name: [], reading: null, told: null };
      if (hit.kind === "all" || hit.kind === "near") return result;
      if (hit.read) result.reading = this.reading(person);
      const terms = hit.terms || this.terms;
      result.name = places(person.name, terms, DOTS);
      const others = [person.post].concat(person.categories || [], person.honours || []).map((text) => [text, ""]);
      const told = [[(person.unit || []).join(" "), GAPS]].concat(others).filter(([text]) => text);
      const voices = (person.voices || []).map(([quote, by, unit, relation]) => [quote, [by, unit, relation].filter(Boolean).join(" ")]);
      const read = [person.one, ...(person.deeds || "").split("\n"), ...[].concat(...voices)].filter(Boolean);
      const name = squeeze(fold(person.name));
      const kinds = terms.map((term) => name.includes(squeeze(term)) ? "name"
        : told.some(([text, left]) => places(text, [term], left).length) ? "told"
          : read.some((text) => fold(text).includes(term)) ? "text" : "");
      if (!result.reading && kinds.some((kind) => !kind)) return null;
      if (hit.read || kinds.indexOf("name") >= 0) return this.moved(hit, result, "name");
      const kind = kinds.indexOf("told") >= 0 ? "told" : "text";
      const from = kind === "told" ? told : read.map((text) => [text, ""]);
      const [text, left] = from.find(([each, out]) => places(each, terms, out).length);
      const voice = voices.find((parts) => parts.indexOf(text) >= 0);
      result.told = Object.assign(excerpt(text, places(text, terms, left)), {
        by: voice && voice[0] === text ? voice[1] : "",
        said: voice && voice[1] === text ? excerpt(voice[0], [[0, 0]]) : null,
      });
      return this.moved(hit, result, kind);
    }

    // The grams said "name", the name itself says otherwise: counted where it belongs.
    moved(hit, result, kind) {
      if (hit.kind !== kind) {
        this.group(hit.kind).count--;
        this.group(kind).count++;
        result.kind = kind;
      }
      return result;
    }

    reading(person) {
      const words = person.pinyin || [];
      let best = { rank: 5 };
      let from = 0;
      words.forEach((word, n) => {
        const syllables = [].concat(...words.slice(n)).map(plain);
        const fit = readAs(this.letters, syllables, n ? 1 : 0);
        if (fit.rank && fit.rank < best.rank) best = { rank: fit.rank, taken: fit.taken, from };
        from += word.length;
      });
      return best.taken ? best : null;
    }
  }

  // Some fifty characters around the first match, from the beginning of a clause. An empty range marks nothing.
  const excerpt = (text, found) => {
    const [first] = found;
    const BEFORE = 14;
    const WHOLE = 52;
    let start = 0;
    if (text.length > WHOLE && first[0] > BEFORE) {
      const clause = /[，。；：！？、\s][^，。；：！？、\s]*$/.exec(text.slice(first[0] - BEFORE, first[0]));
      start = first[0] - BEFORE + (clause ? clause.index + 1 : 0);
    }
    if (/[\udc00-\udfff]/.test(text[start])) start--; // half a sign
    let end = text.length;
    if (end - start > WHOLE) {
      end = Math.max(start + WHOLE, first[1]);
      const clause = /[，。；：！？、][^，。；：！？、]*$/.exec(text.slice(first[1], end));
      if (clause && first[1] + clause.index - start > WHOLE / 2) end = first[1] + clause.index + 1;
    }
    if (/[\udc00-\udfff]/.test(text[end])) end++;
    const ranges = found.filter((range) => range[0] < range[1] && range[0] >= start && range[1] <= end)
      .map((range) => [range[0] - start, range[1] - start]);
    return { text: text.slice(start, end), ranges, cut: [start > 0, end < text.length] };
  };

  Object.assign(Search, { fold, grams, shardOf, spelled });
  return Search;
})();
