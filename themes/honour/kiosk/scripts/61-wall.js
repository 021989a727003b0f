/* The wall: portraits to be pushed along, by category, unit and year, or found by the letters of their names. */
const wall = (() => {
  const matches = (visit) => (person) =>
    (!visit.term || (visit.term === "collective" ? Boolean(person.collective) : (person.terms || []).includes(visit.term))) &&
    (!visit.branch || person.branch === visit.branch) &&
    (!visit.year || String(person.year) === visit.year);

  const show = (stage, lobby, letter) => {
    const { talk, visit, loop } = lobby;
    const rig = rigging.make();
    const screen = screens.take("wall", talk);
    stage.appendChild(screen);
    const part = (name) => screens.part(screen, name);
    const scroller = part("scroller");
    const hung = part("hung");
    const field = part("field");
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    let list = [];
    let plan = null;
    let layout = null;
    const cards = new Map(); // panel → elements
    let asked = 0;

    // --- who hangs there ---------------------------------------------------------------------------

    const card = (person, place) => {
      const button = faces.element("button", "card", null);
      button.type = "button";
      button.dataset.slug = person.slug;
      button.style.left = place.x + "rem";
      button.style.top = place.top + "rem";
      button.style.width = place.width + "rem";
      button.style.setProperty("--across", place.width + "rem");
      const need = place.width * rem * (window.devicePixelRatio || 1);
      const { face } = faces.portrait(person, need > 640 ? person.large : person.small, "");
      button.appendChild(face);
      const name = faces.element("span", "card-name", button);
      name.lang = "zh-CN";
      words.spaced(name, person.name);
      const unit = faces.element("span", "card-unit", button);
      unit.lang = "zh-CN";
      unit.textContent = (person.unit || [])[0] || "";
      return button;
    };

    // Only what is near hangs in the page: a wall of a thousand has three panels' worth of elements.
    const hang = () => {
      const at = scroller.scrollLeft / (plan.pitch * rem);
      const span = scroller.clientWidth / (plan.pitch * rem);
      const from = Math.max(0, Math.floor(at - 0.5));
      const to = Math.min(layout.panels - 1, Math.ceil(at + span - 0.5));
      Array.from(cards.keys()).forEach((panel) => {
        if (panel >= from && panel <= to) return;
        cards.get(panel).forEach((each) => each.remove());
        cards.delete(panel);
      });
      for (let panel = from; panel <= to; panel += 1) {
        if (cards.has(panel)) continue;
        const made = [];
        layout.places.forEach((place, number) => {
          if (place.panel === panel) made.push(card(list[number], place));
        });
        cards.set(panel, made);
        const after = Math.min(...Array.from(cards.keys()).filter((other) => other > panel));
        const before = cards.has(after) ? cards.get(after)[0] : null; // the tab key goes from left to right
        made.forEach((each) => hung.insertBefore(each, before));
      }
      part("more").disabled = at + span * 1.02 >= layout.width / plan.pitch;
      visit.scroll = scroller.scrollLeft;
    };

    const arrange = (people, scroll) => {
      list = people;
      visit.list = people.map((person) => person.slug);
      plan = hanging.chosen(lobby.isTall, visit.low);
      layout = hanging.lay(plan, list.length);
      cards.forEach((several) => several.forEach((each) => each.remove()));
      cards.clear();
      hung.style.width = Math.max(layout.width, 1) + "rem";
      hung.style.height = plan.height + "rem";
      scroller.scrollLeft = scroll || 0;
      part("none").hidden = list.length > 0;
      hang();
      heading();
    };

    const heading = () => {
      const titleOf = (pairs, key) => (pairs.find((pair) => pair[0] === key) || ["", ""])[1];
      const big = part("big");
      const small = part("count");
      const teams = list.filter((person) => person.collective).length;
      const people = list.length - teams;
      big.classList.toggle("figures", Boolean(visit.year) && !visit.query);
      if (visit.query) screens.say(big, talk, "kiosk.found");
      else if (visit.year) { big.textContent = visit.year; delete big.dataset.word; }
      else if (visit.term && visit.term !== "collective") { big.textContent = titleOf(lobby.deck.terms, visit.term); delete big.dataset.word; }
      else if (visit.branch) { big.textContent = titleOf(lobby.deck.branches, visit.branch); delete big.dataset.word; }
      else screens.say(big, talk, visit.term ? "kiosk.collectives" : "kiosk.everybody");
      const key = !list.length ? "kiosk.nobody" : !teams ? "kiosk.people" : !people ? "kiosk.teams" : "kiosk.people_teams";
      screens.say(small, talk, key, { people, teams });
    };

    const refresh = (scroll) => {
      const fitting = loop.people.filter(matches(visit)).sort((a, b) => lobby.order.get(a.slug) - lobby.order.get(b.slug));
      field.value = visit.query.toUpperCase();
      lobby.tell(visit.query ? "search" : "wall", "");
      letters();
      if (!visit.query) {
        asked += 1;
        arrange(fitting, scroll);
        return;
      }
      const mine = (asked += 1);
      screen.setAttribute("aria-busy", "true");
      rig.when(lobby.find(visit.query), (slugs) => {
        if (mine !== asked) return;
        screen.removeAttribute("aria-busy");
        const byslug = new Map(fitting.map((person) => [person.slug, person]));
        arrange(slugs.map((slug) => byslug.get(slug)).filter(Boolean), scroll);
      }, (failed) => {
        kiosk.note(failed);
        if (mine !== asked) return;
        screen.removeAttribute("aria-busy");
        arrange([], 0);
      });
    };

    // --- filters -----------------------------------------------------------------------------------

    const years = Array.from(new Set(loop.people.map((person) => person.year).filter(Boolean))).sort((a, b) => b - a);
    const rows = {
      term: lobby.deck.terms.concat(loop.people.some((person) => person.collective) ? [["collective", ""]] : []),
      branch: lobby.deck.branches,
      year: years.map((year) => [String(year), String(year)]),
    };
    const choices = (name) => {
      const row = part(name);
      [["", ""]].concat(rows[name]).forEach(([key, title]) => {
        const button = faces.element("button", "choice", row);
        button.type = "button";
        button.dataset.key = key;
        if (title) {
          button.textContent = title;
          button.lang = "zh-CN";
        } else {
          screens.say(button, talk, key ? "kiosk.collectives" : "kiosk.all_" + name);
        }
        button.setAttribute("aria-pressed", String(visit[name] === key));
        rig.on(button, "click", () => {
          visit[name] = visit[name] === key ? "" : key;
          Array.from(row.children).forEach((each) => each.setAttribute("aria-pressed", String(each.dataset.key === visit[name])));
          refresh(0);
        });
      });
      const pressed = row.querySelector("[aria-pressed=true]");
      if (pressed && pressed.dataset.key) row.scrollLeft = pressed.offsetLeft - row.clientWidth / 3;
      row.parentNode.hidden = rows[name].length < 2;
    };

    // --- letters -----------------------------------------------------------------------------------

    const type = (key) => {
      if (key === "back") visit.query = visit.query.slice(0, -1);
      else if (key === "clear") visit.query = "";
      else if (visit.query.length < 24) visit.query += key;
      refresh(0);
    };
    const keys = Array.from(screen.querySelectorAll("[data-key-of]"));
    keys.forEach((key) => rig.on(key, "click", () => type(key.dataset.keyOf)));
    // No syllable begins with i, u or v; within a name they may come.
    const letters = () => keys.forEach((key) => {
      const sign = key.dataset.keyOf;
      key.disabled = visit.query ? false : "iuv".includes(sign) || sign === "back" || sign === "clear";
    });

    // --- pushing -----------------------------------------------------------------------------------

    const push = (by) => {
      const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      scroller.scrollBy({ left: by, behavior: calm ? "auto" : "smooth" });
    };
    pushing.make(rig, scroller);
    rig.on(scroller, "scroll", () => { if (plan) hang(); }, { passive: true });
    ["term", "branch", "year"].forEach((name) => pushing.make(rig, part(name)));
    rig.on(hung, "click", (event) => {
      const chosen = event.target.closest(".card");
      if (chosen) lobby.go("exemplar", chosen.dataset.slug);
    });
    rig.on(part("more"), "click", () => push(plan.pitch * rem));
    rig.on(part("back"), "click", () => lobby.go("attract"));
    rig.on(part("low"), "click", () => {
      visit.low = !visit.low;
      lobby.dress();
      part("low").setAttribute("aria-pressed", String(visit.low));
      refresh(0);
    });
    part("low").setAttribute("aria-pressed", String(visit.low));
    rig.on(part("tongue"), "click", () => {
      visit.language = talk.others()[0] || talk.language;
      lobby.dress();
      say();
    });
    rig.on(document, "keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (/^[a-z]$/i.test(event.key)) type(event.key.toLowerCase());
      else if (event.key === "Backspace") { event.preventDefault(); type("back"); }
      else if (event.key === "Escape" && visit.query) type("clear");
      else if (event.key === "Escape") lobby.go("attract");
      else if (event.key === "ArrowRight" || event.key === "PageDown") { event.preventDefault(); push(plan.pitch * rem); }
      else if (event.key === "ArrowLeft" || event.key === "PageUp") { event.preventDefault(); push(-plan.pitch * rem); }
    });
    rig.on(window, "resize", () => lobby.go("wall"));

    const say = () => {
      talk.fill(screen);
      lobby.nameTongue(part("tongue"));
      field.placeholder = talk.say("kiosk.find");
    };
    Object.keys(rows).forEach(choices);
    say();
    if (letter) visit.query = letter;
    refresh(letter ? 0 : visit.scroll);
    const back = visit.slug && Array.from(hung.children).find((each) => each.dataset.slug === visit.slug);
    (back || part("heading")).focus({ preventScroll: true });
    return { end: () => rig.end() };
  };

  return { show, matches };
})();
