/* Finding somebody while typing: by characters, pinyin, initials (csg), unit or a word of the sentence. */
(() => {
  const page = document.querySelector("[data-names]");
  if (!page || !page.dataset.people) return;
  const form = page.querySelector("form");
  const input = form.querySelector("input");
  const index = page.querySelector("[data-index]");
  const found = page.querySelector("[data-found]");
  const told = page.querySelector("[data-told]");
  const template = page.querySelector("template[data-row]");
  const MOST = 40;

  const fold = (text) => text.toLowerCase().normalize("NFD").replace(/u\u0308/g, "v").replace(/[\u0300-\u036f'’·\s]/g, "");
  const ONE = "((?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])(?:i?ang|i?ong|uang|[ei]ng|uan|[iv]?an|[eiuv]n|i?ao|uai|i[ae]|u[ao]|[aeu]i|[oi]u|[uv]e|[aoeiuv])|ang|eng|[ae]n|[ae]i|ao|ou|er|[aoe])";
  const cut = (word, n) => {
    const plain = fold(word);
    const parts = plain.length === word.length && new RegExp("^" + ONE.repeat(n) + "$").exec(plain);
    let at = 0;
    return parts ? parts.slice(1).map((part) => word.slice(at, at += part.length)) : null;
  };
  // "chén shuǐgēn" gives chén, shuǐ, gēn: as many syllables as the name has characters.
  const syllables = (person) => {
    const words = person.pinyin.split(/\s+/).filter(Boolean);
    const n = person.name.length;
    if (words.length === 1) return cut(words[0], n) || words;
    if (words.length !== 2 || n === 2) return words;
    for (let first = 1; first < n; first++) {
      const [surname, given] = [cut(words[0], first), cut(words[1], n - first)];
      if (surname && given) return surname.concat(given);
    }
    return words;
  };
  // How many letters of each syllable the query takes, from syllable `i` on; null if it doesn't fit.
  const taken = (query, parts, i) => {
    if (!query) return [];
    if (i >= parts.length) return null;
    const part = parts[i];
    for (let n = Math.min(part.length, query.length); n > 0; n--) {
      if (query.slice(0, n) !== part.slice(0, n)) continue;
      const rest = taken(query.slice(n), parts, i + 1);
      if (rest) return [n].concat(rest);
    }
    return null;
  };

  const judge = (person, query, raw) => {
    const at = person.name.indexOf(raw);
    if (at >= 0) return { score: 100 - at, name: [at, raw.length] };
    const parts = syllables(person);
    const folded = parts.map(fold);
    if (/^[a-z]+$/.test(query)) {
      for (let i = 0; i < parts.length; i++) {
        const letters = taken(query, folded, i);
        if (!letters) continue;
        const whole = letters.filter((n, j) => n === folded[i + j].length).length;
        return { score: 60 + (i ? 0 : 20) + 4 * whole - (parts.length - letters.length), parts, letters, from: i };
      }
    }
    // Two characters right out of three: 李星 finds 李南星.
    if (raw.length > 1 && person.name[0] === raw[0] && Array.from(raw).every((sign) => person.name.indexOf(sign) >= 0)) return { score: 50 };
    const told = [person.unit.join(""), person.post, person.one].some((text) => text.indexOf(raw) >= 0);
    return told ? { score: 10 } : null;
  };

  const pinyin = (element, hit, person) => {
    if (!hit.parts) { element.textContent = person.pinyin; return; }
    hit.parts.forEach((part, i) => {
      const n = hit.letters[i - hit.from] || 0;
      if (n) element.appendChild(document.createElement("b")).textContent = part.slice(0, n);
      element.appendChild(document.createTextNode(part.slice(n) + " "));
    });
  };

  const search = () => {
    const raw = input.value.trim();
    const query = fold(raw);
    index.hidden = Boolean(query);
    found.hidden = !query;
    if (!query) { told.textContent = ""; return; }
    people.load(page).then((everybody) => {
      if (input.value.trim() !== raw) return;
      const hits = everybody.map((person) => ({ person, hit: judge(person, query, raw) })).filter((each) => each.hit)
        .sort((a, b) => b.hit.score - a.hit.score);
      found.querySelectorAll("section").forEach((section) => {
        const named = section.dataset.kind === "name";
        const here = hits.filter((each) => (each.hit.score >= 50) === named);
        const into = section.querySelector("ul");
        into.textContent = "";
        section.hidden = !here.length;
        section.querySelector("[data-of=total]").textContent = here.length;
        here.slice(0, MOST).forEach(({ person, hit }) => {
          const item = people.show(page, template, person);
          pinyin(item.querySelector("[data-of=pinyin]"), hit, person);
          into.appendChild(item);
        });
      });
      told.textContent = people.say(hits.length ? told.dataset.some : told.dataset.none, { n: hits.length, query: raw });
    }, () => { index.hidden = false; found.hidden = true; });
    try { history.replaceState(null, "", "#q=" + encodeURIComponent(raw)); } catch (refused) { /* file:// in some browsers */ }
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  input.addEventListener("input", (event) => { if (!event.isComposing) search(); });
  input.addEventListener("compositionend", search);
  page.addEventListener("click", (event) => {
    if (!event.target.matches("[data-try]")) return;
    input.value = event.target.textContent;
    search();
    input.focus();
  });
  const asked = /^#q=(.+)/.exec(location.hash);
  if (asked) {
    try { input.value = decodeURIComponent(asked[1]); search(); } catch (broken) { /* a torn address */ }
  }
})();
