/* Several filters at once. One facet has its own page; two or more are put together here and kept in the
   address (#year=2025&unit=reli), so that a choice can be sent to a colleague. */
(() => {
  const page = document.querySelector("[data-filters]");
  if (!page || !page.dataset.people) return;
  const holds = {
    year: (person, key) => String(person.year) === key,
    category: (person, key) => person.cats.indexOf(key) >= 0,
    unit: (person, key) => person.u === key,
    level: (person, key) => person.lv.indexOf(key) >= 0,
  };
  const rows = Array.from(page.querySelectorAll("[data-facet]"));
  const links = (row) => Array.from(row.querySelectorAll("a[data-key]"));
  const own = {};
  rows.forEach((row) => links(row).forEach((link, i) => {
    if (i && link.hasAttribute("aria-current")) own[row.dataset.facet] = link.dataset.key;
  }));
  const base = page.dataset.filters;

  const still = page.querySelector("[data-still]");
  const found = page.querySelector("[data-found]");
  const words = page.querySelector("[data-chosen]");
  const stillWords = Array.from(words.childNodes);
  const group = page.querySelector("template[data-group]");
  const person = page.querySelector("template[data-row]");
  const STEP = 60;

  const same = (a, b) => Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((k) => a[k] === b[k]);
  const write = (state) => "#" + Object.keys(state).map((k) => k + "=" + encodeURIComponent(state[k])).join("&");
  const read = () => {
    const state = {};
    location.hash.slice(1).split("&").forEach((pair) => {
      const [key, value] = pair.split("=");
      try { if (value && rows.some((row) => row.dataset.facet === key)) state[key] = decodeURIComponent(value); } catch (broken) { /* not ours */ }
    });
    return Object.keys(state).length ? state : own;
  };
  const linkOf = (facet, key) => {
    const row = rows.find((each) => each.dataset.facet === facet);
    return links(row).find((link, i) => key === undefined ? i === 0 : i > 0 && link.dataset.key === key);
  };
  const fits = (state, but) => (each) => Object.keys(state).every((facet) => facet === but || holds[facet](each, state[facet]));

  const mark = (state, everybody) => rows.forEach((row) => {
    const facet = row.dataset.facet;
    const others = everybody.filter(fits(state, facet));
    const counts = links(row).map((link, i) => i ? others.filter((each) => holds[facet](each, link.dataset.key)).length : others.length);
    const most = Math.max(1, ...counts.slice(1));
    links(row).forEach((link, i) => {
      const chosen = i ? state[facet] === link.dataset.key : !(facet in state);
      if (chosen) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
      link.classList.toggle("none", counts[i] === 0);
      const count = link.querySelector("[data-count]");
      if (count) count.textContent = counts[i];
      const bar = link.querySelector("rect");
      if (bar) {
        bar.setAttribute("height", Math.round(50 * counts[i] / most));
        bar.setAttribute("y", 50 - Math.round(50 * counts[i] / most));
      }
      const value = row.querySelector("[data-value]");
      if (value && chosen) {
        value.textContent = link.querySelector("[data-title]").textContent;
        value.classList.toggle("is-chosen", i > 0);
      }
    });
  });

  const tell = (state, total) => {
    const told = words.dataset;
    const rest = rows.map((row) => row.dataset.facet).filter((facet, i, all) => !(facet in state) && all.indexOf(facet) === i)
      .map((facet) => page.querySelector("[data-facet=" + facet + "] [data-label]").textContent);
    const chosen = Object.keys(state).map((facet) => linkOf(facet, state[facet])).filter(Boolean)
      .map((link) => link.querySelector("[data-title]").textContent);
    words.textContent = "";
    words.appendChild(document.createElement("b")).textContent = chosen.join(told.comma);
    const all = rest.length > 1 ? rest.slice(0, -1).join(told.enumerate) + told.and + rest[rest.length - 1] : rest.join("");
    words.appendChild(document.createTextNode((all ? told.comma + people.say(told.all, { rest: all }) : "") +
      told.comma + people.say(total ? told.total : told.none, { n: total })));
  };

  const list = (matching, from) => {
    let year = from ? found.lastYear : null;
    let into = from ? found.querySelector("[data-year]:last-of-type ul") : null;
    matching.slice(from, from + STEP).forEach((each) => {
      if (each.year !== year) {
        const section = document.importNode(group.content, true).firstElementChild;
        section.dataset.year = each.year;
        section.querySelector("[data-of=year]").textContent = each.year;
        section.querySelector("[data-of=count]").textContent =
          people.say(page.dataset.count, { n: matching.filter((other) => other.year === each.year).length });
        into = section.querySelector("ul");
        found.appendChild(section);
        year = each.year;
      }
      into.appendChild(people.show(page, person, each));
    });
    found.lastYear = year;
    const left = matching.length - from - STEP;
    if (left <= 0) return;
    const more = found.appendChild(document.createElement("button"));
    more.type = "button";
    more.className = "go more";
    more.textContent = people.say(page.dataset.more, { n: Math.min(left, STEP) });
    more.onclick = () => {
      more.remove();
      list(matching, from + STEP);
      const next = found.querySelectorAll("li a")[from + STEP];
      if (next) next.focus();
    };
  };

  const apply = () => {
    const state = read();
    if (same(state, own)) {
      if (!found.hidden) location.reload();
      return;
    }
    people.load(page).then((everybody) => {
      const matching = everybody.filter(fits(state));
      found.textContent = "";
      mark(state, everybody);
      list(matching, 0);
      tell(state, matching.length);
      still.hidden = true;
      found.hidden = false;
    }, () => {
      words.textContent = "";
      stillWords.forEach((node) => words.appendChild(node));
    });
  };

  page.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[data-key]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const facet = link.closest("[data-facet]").dataset.facet;
    const row = link.closest("[data-facet]");
    const state = Object.assign({}, read());
    if (links(row).indexOf(link) === 0) delete state[facet]; else state[facet] = link.dataset.key;
    const facets = Object.keys(state);
    if (same(state, own) && !found.hidden) {
      event.preventDefault();
      location.href = location.href.split("#")[0];
      return;
    }
    if (facets.length < 2) {
      // One facet left: it has a page of its own, which need not be the one this link leads to.
      if (facets.length && linkOf(facets[0], state[facets[0]])) {
        event.preventDefault();
        location.href = linkOf(facets[0], state[facets[0]]).href;
      }
      return;
    }
    event.preventDefault();
    const details = link.closest("details");
    if (details) details.open = false;
    // The heading names the page's own facet: another choice there is another page.
    if (own[base] && state[base] !== own[base]) location.href = link.href.split("#")[0] + write(state);
    else location.hash = write(state);
  });
  window.addEventListener("hashchange", apply);
  if (location.hash) apply();
})();
