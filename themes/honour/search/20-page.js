/* The search page: what is typed and chosen stands in the address (?q=zhangsan&year=2026), what is found in
   [data-search-results], whose aria-busy says when it is complete. Found texts only ever become text. */
(() => {
  const page = document.querySelector("[data-search]");
  if (!page) return;
  const FIRST = 8;
  const MORE = 48;
  const PAUSE = 120; // milliseconds without a key before something is looked up
  const one = (selector) => page.querySelector(selector);
  const form = one("form");
  const input = one("#seek");
  const selects = Array.from(page.querySelectorAll("[data-filter]"));
  const told = one("[data-told]");
  const results = one("[data-search-results]");
  const sections = Array.from(results.querySelectorAll("section"));
  const more = one("[data-search-more]");
  const root = page.dataset.root;
  const search = new HonourSearch(root);
  const labels = new Map();
  let turn = 0; // of several questions only the last is answered
  let found = null;
  let pause = 0;

  const add = (parent, name, text, style) => {
    const element = parent.appendChild(document.createElement(name));
    if (style) element.className = style;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  // --- one result ---

  const marked = (element, text, ranges) => {
    let at = 0;
    ranges.forEach(([start, end]) => {
      element.appendChild(document.createTextNode(text.slice(at, start)));
      add(element, "mark", text.slice(start, end));
      at = end;
    });
    element.appendChild(document.createTextNode(text.slice(at)));
  };
  const quoted = (element, { text, ranges, cut }) => {
    if (cut[0]) element.appendChild(document.createTextNode("……"));
    marked(element, text, ranges);
    if (cut[1]) element.appendChild(document.createTextNode("……"));
  };
  const fit = (name) => {
    const length = Array.from(name).reduce((sum, sign) => sum + (sign < "\u024f" ? 0.55 : 1), 0);
    return length > 8 ? "longer" : length > 5 ? "long" : "";
  };
  const named = (element, result) => {
    const { person, kind, name, reading } = result;
    const link = element.querySelector("a");
    link.href = root + person.url;
    link.textContent = "";
    if (fit(person.name)) element.classList.add(fit(person.name));
    const whole = name.length === 1 && name[0][1] - name[0][0] === person.name.length;
    if (kind === "name" && !reading && name.length && !whole) marked(link, person.name, name);
    else people.spaced(link, person.name);
  };
  const read = (element, { person, reading, kind }) => {
    const words = person.pinyin || [];
    if (kind !== "name" || !words.length) { element.remove(); return; }
    const taken = (place) => reading && reading.taken[place - reading.from] || 0;
    let at = 0;
    let bold = null; // the line under what matched runs on through what is whole
    words.forEach((word, n) => word.forEach((syllable, i) => {
      const letters = taken(at);
      const gap = n && !i ? " " : "";
      if (letters && bold) bold.textContent += gap + syllable.slice(0, letters);
      else {
        if (gap) element.appendChild(document.createTextNode(gap));
        bold = letters ? add(element, "b", syllable.slice(0, letters)) : null;
      }
      if (letters < syllable.length) {
        element.appendChild(document.createTextNode(syllable.slice(letters)));
        bold = null;
      }
      at++;
    }));
  };
  const pictured = (element, { person }, wide) => {
    if (!person.portrait) { add(element, "span", person.name, "slip"); return; }
    const image = new Image(3, 4);
    image.alt = "";
    image.loading = wide > 100 ? "eager" : "lazy";
    image.decoding = "async";
    image.sizes = wide + "px";
    image.srcset = person.portrait.map(([path, width]) => root + path + " " + width + "w").join(", ");
    image.src = root + person.portrait[0][0];
    element.appendChild(image);
  };
  const shown = (result, lead) => {
    const line = result.kind === "told" || result.kind === "text";
    const copy = document.importNode(one("template[data-form=" + (lead ? "lead" : line ? "line" : "row") + "]").content, true);
    const part = (key) => copy.querySelector("[data-of=" + key + "]");
    const { person } = result;
    named(part("name"), result);
    if (line) {
      const { by, said } = result.told;
      quoted(part("told"), said || result.told);
      if (said) quoted(add(part("told"), "span", "", "line-by"), result.told);
      if (by) add(part("told"), "span", by, "line-by");
      return copy;
    }
    pictured(part("portrait"), result, lead ? 282 : 78);
    read(part("pinyin"), result);
    people.clauses(part("one"), person.one || "");
    (person.unit || []).concat(lead ? [person.post, person.year] : []).filter(Boolean).forEach((text) => add(part("place"), "span", text));
    return copy;
  };

  // --- all of them ---

  const head = () => sections.forEach((section) => {
    const group = found.groups.find((each) => each.kind === section.dataset.kind);
    const list = section.querySelector("ul");
    section.hidden = !group || !group.count || !list.firstChild;
    if (section.hidden) return;
    const heading = section.querySelector("h2");
    section.querySelector("[data-of=count]").textContent = (group.sure ? "" : told.dataset.about).replace("{n}", group.count) || group.count;
    if (heading.dataset.byReading) heading.textContent = group.read ? heading.dataset.byReading : heading.dataset.bySign;
  });
  const tell = () => {
    const say = told.dataset;
    const words = { n: found.total, query: input.value.trim() };
    const sure = found.groups.every((group) => group.sure);
    const near = found.groups.some((group) => group.kind === "near");
    told.textContent = found.total ? people.say(near ? say.near : sure ? say.some : say.someAbout, words)
      : found.without ? say.noneFiltered : words.query ? people.say(say.none, words) : "";
  };
  const turnOver = (many, fresh, focus) => {
    const mine = turn;
    const asked = found;
    results.setAttribute("aria-busy", "true");
    asked.next(many, (failed, several) => {
      if (mine !== turn) return;
      if (failed) { fail(); return; }
      if (fresh) sections.forEach((section) => { section.querySelector("ul").textContent = ""; });
      const best = fresh && several[0] && several[0].kind === "name" &&
        (several.length === 1 || several[1].kind !== "name" || several[0].score > several[1].score);
      let first = null;
      several.forEach((result, n) => {
        const list = sections.find((section) => section.dataset.kind === result.kind).querySelector("ul");
        list.appendChild(shown(result, best && !n));
        first = first || list.lastElementChild;
      });
      head();
      if (fresh) count();
      if (fresh || !asked.left) tell();
      more.hidden = !asked.left;
      more.textContent = people.say(more.dataset.more, { n: Math.min(MORE, asked.left) });
      results.setAttribute("aria-busy", "false");
      if (focus && first) first.querySelector("a").focus();
    });
  };
  const fail = () => {
    sections.forEach((section) => { section.hidden = true; });
    more.hidden = true;
    told.textContent = told.dataset.failed;
    results.setAttribute("aria-busy", "false");
  };

  // --- the filters say how many each choice would leave ---

  const label = (counts) => selects.forEach((select) => Array.from(select.options).forEach((option) => {
    if (!labels.has(option)) labels.set(option, option.textContent);
    const n = counts ? counts[select.dataset.filter][option.value] || 0 : -1;
    option.textContent = labels.get(option) + (option.value && n >= 0 ? "\u2002" + n : "");
    option.disabled = Boolean(option.value) && n === 0 && !option.selected;
    select.classList.toggle("is-chosen", Boolean(select.value));
  }));
  const count = () => {
    const asked = found;
    if (!asked.without) label(null);
    else asked.count((failed, counts) => { if (asked === found) label(failed ? null : counts); });
  };

  // --- the address ---

  const chosen = () => {
    const filters = {};
    selects.forEach((select) => { if (select.value) filters[select.dataset.filter] = select.value; });
    return filters;
  };
  const write = (words, filters) => {
    const pairs = (words ? [["q", words]] : []).concat(Object.keys(filters).map((name) => [name, filters[name]]));
    const query = pairs.map(([name, value]) => name + "=" + encodeURIComponent(value)).join("&");
    try { history.replaceState(null, "", location.pathname + (query ? "?" + query : "")); } catch (refused) { /* some browsers, on file:// */ }
    page.classList.toggle("is-asked", Boolean(query));
    document.title = (words ? words + " · " : "") + page.dataset.title;
  };
  const recall = () => {
    const params = new URLSearchParams(location.search);
    input.value = (params.get("q") || "").slice(0, input.maxLength);
    selects.forEach((select) => {
      select.value = params.get(select.dataset.filter) || "";
      if (select.selectedIndex < 0) select.value = "";
    });
  };

  const ask = () => {
    clearTimeout(pause);
    const mine = ++turn;
    const words = input.value.trim();
    const filters = chosen();
    write(words, filters);
    results.setAttribute("aria-busy", "true");
    const late = setTimeout(() => { if (mine === turn) told.textContent = told.dataset.waiting; }, 400);
    search.query(words, filters, (failed, answer) => {
      clearTimeout(late);
      if (mine !== turn) return;
      if (failed) { fail(); return; }
      found = answer;
      turnOver(FIRST, true, false);
    });
  };
  const soon = () => {
    clearTimeout(pause);
    results.setAttribute("aria-busy", "true");
    pause = setTimeout(ask, PAUSE);
  };

  form.hidden = false;
  recall();
  form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
  input.addEventListener("input", (event) => { if (!event.isComposing) soon(); });
  input.addEventListener("compositionend", soon);
  selects.forEach((select) => select.addEventListener("change", ask));
  more.addEventListener("click", () => turnOver(MORE, false, true));
  page.addEventListener("click", (event) => {
    if (!event.target.matches("[data-try]")) return;
    input.value = event.target.textContent;
    input.focus();
    ask();
  });
  // Down from the query and through the results, up again, and back with Escape.
  page.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const links = Array.from(results.querySelectorAll("section:not([hidden]) a"));
    const at = links.indexOf(document.activeElement);
    const from = document.activeElement === input ? -1 : at;
    if (from < 0 && document.activeElement !== input) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const to = event.key === "Escape" && at >= 0 ? -1 : event.key in steps ? from + steps[event.key] : from;
    if (to === from || to >= links.length || to < -1) return;
    event.preventDefault();
    if (to < 0) input.focus(); else links[to].focus();
  });
  window.addEventListener("popstate", () => { recall(); ask(); });
  if (!location.search) input.focus({ preventScroll: true });
  ask();
})();
