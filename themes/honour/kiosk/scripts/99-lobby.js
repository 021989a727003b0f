/* The lobby: which screen stands, who came, and what the outside may know of it (`data-kiosk-state`). */
const lobby = (() => {
  const root = document.documentElement;
  const dealt = JSON.parse(deck);
  const days = calendar.make(dealt.day);
  const rig = rigging.make();
  const talk = words.make(dealt.words, dealt.language);
  const nobody = () => ({ query: "", term: "", branch: "", year: "", scroll: 0, list: [], slug: "", low: false, language: dealt.language });
  let stage = null;
  let screen = null; // what stands: { end }
  let watch = null;
  let care = null;
  let turns = Math.floor(Math.random() * 97); // of what comes between people
  let drifts = 0;

  const self = {
    deck: dealt,
    tempo: dealt.tempo,
    talk,
    people: new Map(dealt.people.map((person) => [person.slug, person])),
    order: new Map(dealt.people.map((person, at) => [person.slug, at])),
    loop: loopOf(dealt.people, dealt.tempo, days),
    visit: nobody(),
    state: "attract",
    slug: "",
    get isTall() { return window.innerHeight > window.innerWidth; },

    go(name, given) {
      if (screen) screen.end();
      screen = null;
      stage.textContent = "";
      if (name === "attract") {
        self.visit = nobody();
        self.tell("attract", "");
      }
      self.dress();
      self.drift(true);
      const show = { attract: attract.show, wall: wall.show, exemplar: exemplar.show }[name];
      screen = show(stage, self, given);
      watch.changed();
    },

    // The state for whoever watches from outside: tests, operators, styles.
    tell(state, slug) {
      self.state = state;
      self.slug = slug;
      root.dataset.kioskState = state;
      if (slug) root.dataset.slug = slug; else delete root.dataset.slug;
    },

    // The language and the reach that this visitor chose.
    dress() {
      talk.language = self.visit.language;
      root.lang = talk.language;
      if (self.visit.low) root.dataset.kioskLow = ""; else delete root.dataset.kioskLow;
    },

    // The name of the other language, in that language.
    nameTongue(button) {
      const other = talk.others()[0];
      button.hidden = !other;
      if (!other) return;
      button.textContent = (dealt.words[other] || {})["kiosk.own_name"] || other;
      button.lang = other;
    },

    // A part of somebody's words, from the text of their parcel.
    piece(html, name) {
      const holder = document.createElement("template");
      holder.innerHTML = html;
      const found = holder.content.querySelector('[data-piece="' + name + '"]');
      return found && document.importNode(found, true);
    },

    // What can be shown of somebody from the deck alone: name, unit, sentence.
    plain(person, withFace) {
      const article = screens.take("plain", talk);
      words.spaced(screens.part(article, "name"), person.name);
      const fit = words.fit(person.name);
      if (fit) screens.part(article, "name").classList.add(fit);
      if (fit && fit !== "four") screens.part(article, "unit").classList.add("below-name");
      screens.part(article, "unit").textContent = (person.unit || []).concat(person.post || []).join("　");
      words.clauses(screens.part(article, "line"), person.line || "");
      if (withFace) faces.plate(faces.element("span", "face", screens.part(article, "face")), person.name);
      return article;
    },

    get hasBetween() { return dealt.slogans.length > 0 || dealt.happenings.length > 0; },
    // A slogan or an activity, in turns.
    between() {
      const coming = dealt.happenings.filter((one) => !days.isOver(one.until));
      turns += 1;
      const pool = coming.length && (turns % 2 || !dealt.slogans.length) ? coming : dealt.slogans;
      if (!pool.length) return null;
      const one = pool[Math.floor(turns / 2) % pool.length];
      if (typeof one === "string") {
        const article = screens.take("slogan", talk);
        words.clauses(screens.part(article, "text"), one);
        return article;
      }
      const article = screens.take("happening", talk);
      const [year, month, day] = one.day.split("-").map(Number);
      screens.say(screens.part(article, "day"), talk, one.until ? "kiosk.day" : "kiosk.day_year", { y: String(year), m: String(month), d: String(day) });
      words.clauses(screens.part(article, "title"), one.title);
      words.clauses(screens.part(article, "summary"), one.summary || "");
      screens.part(article, "kind").textContent = one.kind || "";
      screens.part(article, "place").textContent = [one.time, one.place].filter(Boolean).join("　");
      return article;
    },

    // The picture moves a little, and never far: no edge burns in. Under a visitor's hand it keeps still.
    drift(still) {
      const reach = dealt.tempo.drift;
      if (!reach || still) {
        stage.style.transform = "";
        return;
      }
      drifts += 1;
      const x = Math.round(Math.cos(drifts * 2.4) * reach * ((drifts % 7) / 7));
      const y = Math.round(Math.sin(drifts * 2.4) * reach * ((drifts % 7) / 7));
      stage.style.transform = "translate(" + x + "px, " + y + "px)";
    },

    turn: () => care.turn(),
    find: (query) => finder.find(self, query),
  };

  return {
    start() {
      const holder = document.getElementById("kiosk");
      stage = faces.element("div", "stage", holder);
      guard.stand(rig);
      watch = idle.watch(holder, self);
      care = upkeep.keep(self);
      self.go("attract");
    },
    stop() {
      if (screen) screen.end();
      if (watch) watch.end();
      if (care) care.end();
      rig.end();
      root.lang = dealt.language;
      delete root.dataset.kioskLow;
    },
  };
})();
