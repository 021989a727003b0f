/* Somebody's own page: portrait, honours, deeds in large type; whoever hung beside them is one touch away. */
const exemplar = (() => {
  const show = (stage, lobby, slug) => {
    const { talk, visit } = lobby;
    const person = lobby.people.get(slug);
    const rig = rigging.make();
    const screen = screens.take("exemplar", talk);
    stage.appendChild(screen);
    const part = (name) => screens.part(screen, name);
    const scroller = part("scroller");
    const list = visit.list.includes(slug) ? visit.list : [slug];
    visit.slug = slug;

    // A plain page stands at once, in case the words are slow or not whole.
    const page = (html) => {
      const given = html && lobby.piece(html, "page");
      const made = given || lobby.plain(person);
      scroller.textContent = "";
      scroller.appendChild(made);
      const face = screens.part(made, "face");
      face.appendChild(faces.large(person).face);
      made.classList.toggle("with-group", Boolean(person.group));
      talk.fill(made);
      made.querySelectorAll("button[data-slug]").forEach((kin) => {
        const other = lobby.people.get(kin.dataset.slug);
        if (!other) {
          kin.remove();
          return;
        }
        kin.insertBefore(faces.portrait(other, other.small, "").face, kin.firstChild);
      });
      faces.watch(rig, made, scroller);
      const deeds = made.querySelector("[data-deeds]");
      const code = screens.part(made, "code");
      const slip = part("slip");
      part("read").hidden = !deeds;
      part("scan").hidden = !code;
      if (code) {
        slip.textContent = "";
        slip.appendChild(document.importNode(code.content, true));
        talk.fill(slip);
      }
      scroller.scrollTop = 0;
    };
    rig.when(depot.get(person.parcel), page, (cause) => {
      upkeep.missed(person.parcel, cause);
      page("");
    });

    const beside = (step) => list[(list.indexOf(slug) + step + list.length) % list.length];
    const turn = (step) => { if (list.length > 1) lobby.go("exemplar", beside(step)); };
    const scroll = (to) => {
      const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
      scroller.scrollTo({ top: to, behavior: calm ? "auto" : "smooth" });
    };
    const scan = (open) => {
      part("slip").hidden = !open;
      part("scan").setAttribute("aria-expanded", String(open));
    };

    part("before").disabled = part("after").disabled = list.length < 2;
    screens.say(part("read"), talk, "kiosk.read" + (person.pronoun ? "" : "_it"), { who: person.pronoun || "" });
    rig.on(part("back"), "click", () => lobby.go("wall"));
    rig.on(part("read"), "click", () => {
      const deeds = scroller.querySelector("[data-deeds]");
      if (deeds) scroll(deeds.offsetTop);
    });
    rig.on(part("before"), "click", () => turn(-1));
    rig.on(part("after"), "click", () => turn(1));
    rig.on(part("scan"), "click", () => scan(part("slip").hidden));
    rig.on(scroller, "click", (event) => {
      const kin = event.target.closest("button[data-slug]");
      if (kin) lobby.go("exemplar", kin.dataset.slug);
      else scan(false);
    });
    rig.on(document, "keydown", (event) => {
      if (event.key === "Escape" || event.key === "Backspace") {
        event.preventDefault();
        if (part("slip").hidden) lobby.go("wall"); else scan(false);
      } else if (event.key === "ArrowLeft") turn(-1);
      else if (event.key === "ArrowRight") turn(1);
    });
    rig.on(window, "resize", () => { scroller.scrollTop = 0; });
    pushing.make(rig, scroller, true);
    lobby.tell("exemplar", slug);
    scroller.focus({ preventScroll: true });
    return { end: () => rig.end() };
  };

  return { show };
})();
