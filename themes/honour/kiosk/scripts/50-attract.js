/* The loop that nobody has touched: a person, their own sentence, then somebody's words about them; now and then
   a slogan or an activity. */
const attract = (() => {
  const FADE = 1300; // ms of the cross-fade, a little more than the style's
  const PATIENCE = 3000; // ms that a slide waits for its picture before it goes without
  const READING = 5; // characters a second, standing
  const BREATH = 6; // seconds to find the face and the name
  const BETWEEN = 10; // seconds for a slogan

  const seconds = (tempo, letters) =>
    Math.round(Math.min(tempo.seconds[1], Math.max(tempo.seconds[0], BREATH + letters / READING)));

  // Larger type while it fits, smaller where the words are many.
  const squeeze = (element) => {
    for (let size = 1; size > 0.4; size -= 0.06) {
      element.style.setProperty("--size", size.toFixed(2));
      if (element.scrollHeight <= element.clientHeight + 1 && element.scrollWidth <= element.clientWidth + 1) return;
    }
  };

  const show = (stage, lobby) => {
    const { talk, loop, tempo } = lobby;
    const rig = rigging.make();
    const screen = screens.take("attract", talk);
    stage.appendChild(screen);
    const slides = screens.part(screen, "slides");
    const line = screens.part(screen, "line");
    const told = screens.part(screen, "next");
    screens.say(screens.part(screen, "hint"), talk, "kiosk.touch", { n: loop.people.length });

    let coming = null; // { person, ready }: the next, being made
    let since = 0; // people since the last slogan

    // The slide of `person`, its picture decoded; never a rejection.
    const make = (person) => {
      const slide = depot.get(person.parcel).then(
        (html) => lobby.piece(html, "slide"),
        (cause) => { upkeep.missed(person.parcel, cause); return null; },
      ).then((given) => given || lobby.plain(person));
      return slide.then((article) => {
        const { face, shown } = faces.large(person);
        screens.part(article, "face").appendChild(face);
        return { article, shown };
      });
    };
    const prepare = () => {
      const person = loop.peek();
      coming = person ? { person, made: make(person) } : null;
    };

    const change = (article, stay) => {
      const old = Array.from(slides.children);
      article.classList.add("coming");
      slides.appendChild(article);
      Array.from(article.querySelectorAll("[data-fit]")).forEach(squeeze);
      article.getBoundingClientRect(); // the style before the change, or there is no fade
      article.classList.remove("coming");
      old.forEach((each) => {
        each.classList.add("going");
        each.setAttribute("aria-hidden", "true");
      });
      rig.after(FADE, () => old.forEach((each) => each.remove()));
      line.style.transition = "none";
      line.style.transform = "scaleX(0)";
      line.getBoundingClientRect();
      line.style.transition = "transform " + stay + "s linear";
      line.style.transform = "scaleX(1)";
      lobby.drift();
    };

    const people = () => {
      // Overnight somebody's consent may have ended: who was prepared need not be who comes.
      if (!coming || coming.person !== loop.peek()) prepare();
      if (!coming) {
        slogan();
        return;
      }
      const { person, made } = coming;
      coming = null;
      let gone = false;
      const go = (article) => {
        if (gone || rig.ended) return;
        gone = true;
        stand(person, article);
      };
      rig.when(made, ({ article, shown }) => {
        rig.when(shown, () => go(article));
        rig.after(PATIENCE, () => go(article));
      });
      rig.after(PATIENCE * 2, () => go(lobby.plain(person, true)));
    };

    const stand = (person, article) => {
      if (loop.peek() !== person) {
        people();
        return;
      }
      loop.take();
      since += 1;
      const voices = Array.from(article.querySelectorAll("[data-voice]"));
      const voice = voices[(loop.shown - 1) % Math.max(1, voices.length)];
      voices.forEach((each) => { if (each !== voice) each.remove(); });
      const first = Array.from(person.line || "").length;
      const second = voice ? Array.from(voice.textContent.replace(/\s/g, "")).length : 0;
      const stay = seconds(tempo, first + second);
      change(article, stay);
      lobby.tell("attract", person.slug);
      screen.classList.remove("spoken");
      if (voice) {
        const half = Math.round(Math.min(stay * 0.6, Math.max(stay * 0.4, (stay * (first + 12)) / (first + second + 12))));
        rig.after(half * 1000, () => {
          article.classList.add("second");
          screen.classList.add("spoken");
        });
      }
      // The next face is fetched and decoded while this one is looked at, and nobody waits for it.
      rig.after(2000, () => {
        prepare();
        told.textContent = "";
        if (coming) words.spaced(told, coming.person.name);
        screen.classList.toggle("alone", !coming || coming.person === person);
      });
      rig.after(stay * 1000, step);
      kiosk.steady();
    };

    const slogan = () => {
      since = 0;
      const article = lobby.between();
      if (!article) {
        rig.after(BETWEEN * 1000, step);
        lobby.tell("attract", "");
        return;
      }
      change(article, BETWEEN);
      lobby.tell("attract", "");
      kiosk.steady();
      rig.after(BETWEEN * 1000, step);
    };

    const step = () => {
      if (lobby.turn()) return; // a newer version takes over here, and nowhere else
      if (tempo.between && since >= tempo.between && lobby.hasBetween) slogan(); else people();
    };

    let from = null;
    rig.on(screen, "pointerdown", (event) => { from = { x: event.clientX, y: event.clientY }; });
    rig.on(screen, "pointerup", (event) => {
      // A tap is followed by a click, a swipe by nothing: either opens the wall.
      if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > 12) lobby.go("wall");
      from = null;
    });
    rig.on(screen, "click", () => lobby.go("wall"));
    rig.on(document, "keydown", (event) => {
      if (["Tab", "Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
      event.preventDefault();
      lobby.go("wall", /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : "");
    });
    step();
    return { end: () => rig.end(), say: () => talk.fill(screen) };
  };

  return { show };
})();
