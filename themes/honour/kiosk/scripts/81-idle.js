/* Nobody there any more: a warning, then back to the loop, and nothing left of the visitor. */
const idle = (() => {
  const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "touchmove", "scroll"];

  const watch = (stage, lobby) => {
    const rig = rigging.make();
    const { talk, tempo } = lobby;
    const lead = Math.min(tempo.warning, tempo.idle - 1) * 1000;
    let last = 0;
    let take = null;
    let asking = null; // the question on the screen, with its timers

    const clear = () => {
      const asked = asking;
      asking = null;
      if (!asked) return null;
      asked.rig.end();
      asked.box.remove();
      return asked;
    };
    const answer = () => {
      const asked = clear();
      if (!asked) return;
      here();
      lobby.tell(asked.state, asked.slug);
      if (asked.focus && asked.focus.focus) asked.focus.focus({ preventScroll: true });
    };
    const leave = () => {
      clear();
      lobby.go("attract");
    };
    const ask = () => {
      if (!lead) {
        leave();
        return;
      }
      const box = screens.take("warning", talk);
      const left = screens.part(box, "left");
      const own = rigging.make();
      asking = { box, rig: own, focus: document.activeElement, state: lobby.state, slug: lobby.slug };
      stage.appendChild(box);
      lobby.tell("warning", lobby.slug);
      const begun = performance.now();
      const count = () => {
        const rest = Math.max(0, Math.round((Math.max(begun, last) + lead - performance.now()) / 1000));
        screens.say(left, talk, "kiosk.leaving", { n: String(rest) });
        if (rest > 0) own.after(1000, count); else leave();
      };
      count();
      // The touch that answers does nothing else: the question stays under the finger until it is lifted.
      own.on(box, "click", answer);
      own.on(box, "pointerup", () => own.after(400, answer));
      own.on(window, "keydown", (event) => {
        event.preventDefault();
        event.stopImmediatePropagation();
        answer();
      }, true);
      screens.part(box, "stay").focus({ preventScroll: true });
    };

    const await_ = () => {
      if (take) take();
      const rest = last + tempo.idle * 1000 - lead - performance.now();
      take = rig.after(Math.max(rest, 0), () => {
        take = null;
        if (last + tempo.idle * 1000 - lead - performance.now() > 5) await_();
        else if (lobby.state !== "attract" && !asking) ask();
      });
    };
    // Any sign of life: the clock begins anew. One timer serves them all.
    const here = () => {
      last = performance.now();
      if (!take && !asking && lobby.state !== "attract") await_();
    };
    SIGNS.forEach((kind) => rig.on(window, kind, here, { capture: true, passive: true }));
    return {
      // The visitor has come (or gone): to be called with every change of the screen.
      changed() {
        if (lobby.state === "attract") {
          if (take) take();
          take = null;
        } else here();
      },
      end() {
        if (asking) asking.rig.end();
        rig.end();
      },
    };
  };

  return { watch };
})();
