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
  const MARK = 6;
  const ID_BITS = 20;
  const KEPT = 1000; // shards in memory, some 10 KB each: a kiosk runs for months
  const NAMESAKES = 3; // of people spelled alike, so many are looked for in texts
  const GRAMS = 4; // of a long query, so many are looked up; the texts decide
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
  const fold = (text) => Array.from(text, form).join("");
  const squeeze = (folded) => (folded.match(SIGNS) || []).join("");
  const grams = (folded) => {
    const found = [];
    (folded.match(SIGNS) || []).forEach((stretch) => {
      const signs = Array.from(stretch);
      if (signs.length === 1) found.push(stretch);
      for (let i = 1; i < signs.length; i++) found.push(signs[i - 1] + signs[i]);
    });
    return found.filter((gram, i) => found.indexOf(gram) === i);
  };
  const shardOf = (gram, shards) => {
    let mixed = 2166136261;
    Array.from(gram).forEach((sign) => { mixed = Math.imul(mixed ^ sign.codePointAt(0), 16777619); });
    mixed >>>= 0;
    return (mixed ^ mixed >>> 15) & (shards - 1);
  };
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
  const places = (text, terms, left) => {
    const { folded, at } = folding(text, left);
    const found = [];
    terms.forEach((term) => {
      const wanted = left === DOTS ? squeeze(term) : term;
      let from = wanted ? folded.indexOf(wanted) : -1;
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

  const openColumns = (raw) => {
    const ids = [];
    numbers(raw.ids, 0, (id) => ids.push(id));
    const columns = {};
    Object.keys(raw.columns).forEach((name) => {
      const [values, digits, wide] = raw.columns[name];
      const codes = new Uint16Array(ids.length);
      for (let i = 0; i < codes.length; i++) {
        for (let n = 0; n < wide; n++) codes[i] += VALUES[digits.charCodeAt(i * wide + n)] << 6 * n;
      }
      columns[name] = { values, codes };
    });
    return { ids, columns, terms: raw.terms, size: ids.length };
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

    open() {
      if (!this.opened) {
        const opened = this.bring("directory", "", this.slipped).then((directory) =>
          this.bring("columns", directory.columns).then((raw) => ({ directory, columns: openColumns(raw) })));
        this.opened = opened;
        opened.catch(() => { if (this.opened === opened) this.opened = null; });
      }
      return this.opened;
    }

    // Imagine a tab that is open while the site is published anew: its directory names shards that are gone.
    again(work) {
      const before = this.slipped;
      return work().catch((failed) => {
        if (this.slipped === before) {
          if (Date.now() - before < SLIP) throw failed;
          this.slipped = Date.now();
          this.opened = null;
          this.shards.clear();
        }
        return work();
      });
    }

    // What is known of one person; undefined for one who has been withdrawn meanwhile.
    person(id) {
      return this.again(() => this.open().then(({ directory }) => {
        const shards = directory.texts.length / MARK;
        return this.numbered("texts", directory.texts, Math.min(id >> ID_BITS - Math.log2(shards), shards - 1));
      })).then((people) => people.find((person) => person.id === id), () => undefined);
    }

    numbered(name, marks, number) {
      return this.bring(name + "-" + number.toString(16), marks.substr(number * MARK, MARK));
    }

    // For each person by what level `gram` is held, as bits.
    holders(index, gram) {
      const { directory, columns } = index;
      const number = shardOf(gram, directory.grams.length / MARK);
      return this.numbered("grams", directory.grams, number).then((shard) => {
        const held = new Uint8Array(columns.size);
        const lists = Object.prototype.hasOwnProperty.call(shard, gram) ? shard[gram].split(".") : [];
        lists.forEach((list, level) => {
          const without = list[0] === "!";
          const bit = 1 << level;
          if (without) for (let i = 0; i < held.length; i++) held[i] |= bit;
          let i = 0;
          numbers(list, without ? 1 : 0, (id) => {
            while (i < held.length && columns.ids[i] < id) i++;
            if (columns.ids[i] === id) held[i] = without ? held[i] & ~bit : held[i] | bit;
          });
        });
        return held;
      });
    }

    term(index, term) {
      let looked = grams(term);
      if (looked.length > GRAMS) looked = looked.filter((gram, i) => Math.floor(i * (GRAMS - 1) / (looked.length - 1)) > Math.floor((i - 1) * (GRAMS - 1) / (looked.length - 1)));
      if (!looked.length) return Promise.resolve(new Uint8Array(index.columns.size));
      return Promise.all(looked.map((gram) => this.holders(index, gram))).then((several) => several.reduce((all, held) => {
        for (let i = 0; i < all.length; i++) all[i] &= held[i] & NAME ? held[i] | NAME : held[i];
        return all;
      }));
    }

    readings(index, letters) {
      const none = new Map();
      const initial = /[a-z]/.test(letters[0]) ? letters[0] : "0";
      const mark = /^[a-z0-9]+$/.test(letters) && index.directory.names[initial];
      if (!mark) return Promise.resolve(none);
      return this.bring("names-" + initial, mark).then((starts) => {
        let best = 5;
        const fits = [];
        starts.forEach((names, later) => names.forEach(([key, ids]) => {
          const fit = readAs(letters, key.split(" "), later);
          if (!fit.rank || fit.rank > best) return;
          best = fit.rank;
          fits.push({ fit, ids });
        }));
        const readings = new Map();
        fits.filter(({ fit }) => fit.rank === best).forEach(({ fit, ids }) => numbers(ids, 0, (id) => {
          if (!readings.has(id) || readings.get(id).score < fit.score) readings.set(id, fit);
        }));
        return readings;
      });
    }

    // Whose name is spelled out is looked for in what is told of others too: zhangsan finds 张三 and who mentions her.
    mentions(index, ranked) {
      const spelled = ranked.filter((hit) => hit.full).slice(0, NAMESAKES);
      if (!spelled.length) return Promise.resolve(ranked);
      return Promise.all(spelled.map((hit) => this.person(index.columns.ids[hit.i]))).then((people) => {
        const names = people.filter(Boolean).map((person) => fold(person.name)).filter((name, i, all) => all.indexOf(name) === i);
        return Promise.all(names.map((name) => this.term(index, name).then((held) => ({ name, held }))));
      }).then((several) => {
        const known = new Set(ranked.map((hit) => hit.i));
        several.forEach(({ name, held }) => held.forEach((bits, i) => {
          if (!(bits & (TOLD | TEXT)) || known.has(i)) return;
          known.add(i);
          ranked.push({ i, kind: bits & TOLD ? "told" : "text", score: 0, terms: [name] });
        }));
        return ranked.sort(before(index.columns));
      });
    }

    // Two signs right of three: 李星 finds 李南星 where nothing else is found.
    nearly(index, term) {
      const signs = Array.from(squeeze(term)).filter((sign, i, all) => all.indexOf(sign) === i);
      if (signs.length < 2 || signs.length > 4 || !/^\p{Script=Han}+$/u.test(signs.join(""))) return Promise.resolve([]);
      return Promise.all(signs.map((sign) => this.holders(index, sign))).then((several) => {
        const found = [];
        for (let i = 0; i < index.columns.size; i++) {
          if (several[0][i] & START && several.every((held) => held[i] & NAME)) found.push(i);
        }
        return found;
      });
    }

    terms(callback) {
      this.again(() => this.open()).then((index) => callback(null, Object.assign(
        { year: index.columns.columns.year.values.filter(Boolean).reverse() }, index.columns.terms)), callback);
    }

    query(text, filters, callback) {
      const folded = fold(text || "");
      const terms = folded.split(/\s+/).filter((term) => squeeze(term)).slice(0, 8);
      const letters = spelled(text || "");
      const ask = () => this.open().then((index) => Promise.all([
        Promise.all(terms.map((term) => this.term(index, term))),
        letters && terms.length ? this.readings(index, letters) : new Map(),
      ]).then(([held, readings]) => {
        const ranked = rank(index.columns, terms, held, readings);
        if (ranked.length || terms.length !== 1) return this.mentions(index, ranked);
        return this.nearly(index, terms[0]).then((near) => near.map((i) => ({ i, kind: "near", score: 0 })));
      }).then((ranked) => new Found(this, index, terms, letters, ranked, filters || {})));
      this.again(ask).then((found) => callback(null, found), (failed) => callback(failed));
    }
  }

  // Everybody who is found, each by the best that speaks for them: name before unit before text.
  const rank = (columns, terms, held, readings) => {
    const ranked = [];
    const { length } = columns.columns;
    const signs = terms.length === 1 ? Array.from(squeeze(terms[0])).length : 0;
    for (let i = 0; i < columns.size; i++) {
      const fit = readings.get(columns.ids[i]);
      const read = fit ? fit.score : 0;
      const every = held.every((bits) => bits[i]);
      if (!read && !every) continue;
      const bits = every ? held.reduce((any, one) => any | one[i], 0) : 0;
      const named = bits & NAME ? (bits & START ? 50 : 40) + (length.values[length.codes[i]] === signs ? 10 : 0) : 0;
      const kind = read || named ? "name" : bits & TOLD ? "told" : "text";
      ranked.push({ i, kind, score: Math.max(read, named), read: read > named, full: read > named && fit.full });
    }
    return ranked.sort(before(columns));
  };
  const before = ({ columns: { year } }) => (a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || b.score - a.score ||
    year.values[year.codes[b.i]] - year.values[year.codes[a.i]] || a.i - b.i;

  const holds = (value, key) => Array.isArray(value) ? value.indexOf(key) >= 0 : String(value) === key;

  class Found {
    constructor(search, index, terms, letters, ranked, filters) {
      Object.assign(this, { search, index, terms, letters, filters });
      const { columns, size } = index.columns;
      const chosen = FILTERS.filter((name) => filters[name]);
      const fits = {};
      chosen.forEach((name) => { fits[name] = columns[name].values.map((value) => holds(value, filters[name])); });
      const passes = (i, but) => chosen.every((name) => name === but || fits[name][columns[name].codes[i]]);
      const everybody = () => Array.from({ length: size }, (_, i) => ({ i, kind: "all", score: 0 })).sort(before(index.columns));
      const all = terms.length ? ranked : chosen.length ? everybody() : [];
      this.waiting = all.filter(({ i }) => passes(i));
      this.without = all.length; // before the filters
      this.counts = {};
      FILTERS.forEach((name) => {
        const { values, codes } = columns[name];
        const tally = new Uint32Array(values.length);
        all.forEach(({ i }) => { if (passes(i, name)) tally[codes[i]]++; });
        const counts = Object.create(null); // a key may be "constructor"
        values.forEach((value, n) => [].concat(value).forEach((key) => { counts[key] = (counts[key] || 0) + tally[n]; }));
        this.counts[name] = counts;
      });
      // What was looked up as several grams may hold them apart from one another: the texts decide.
      const short = (several) => several.every((term) => Array.from(term).length < 3 && term === squeeze(term));
      const sure = (hit) => hit.read || hit.kind === "near" || hit.kind === "all" || short(hit.terms || terms);
      this.sure = this.waiting.every(sure);
      this.groups = [];
      this.waiting.forEach((hit) => {
        const group = this.group(hit.kind);
        group.count++;
        group.sure = group.sure && sure(hit);
        group.read = group.read && hit.read;
      });
      this.total = this.waiting.length;
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
      const { ids } = this.index.columns;
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
