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

    const answer = () => {
      if (!asking) return;
      asking.rig.end();
      asking.box.remove();
      const { focus, state, slug } = asking;
      asking = null;
      lobby.tell(state, slug);
      if (focus && focus.focus) focus.focus({ preventScroll: true });
    };
    const leave = () => {
      answer();
      lobby.go("attract");
    };
    const ask = () => {
      const box = screens.take("warning", talk);
      const left = screens.part(box, "left");
      const own = rigging.make();
      asking = { box, rig: own, focus: document.activeElement, state: lobby.state, slug: lobby.slug };
      stage.appendChild(box);
      lobby.tell("warning", lobby.slug);
      const until = performance.now() + lead;
      const count = () => {
        const rest = Math.max(0, Math.round((until - performance.now()) / 1000));
        screens.say(left, talk, "kiosk.leaving", { n: String(rest) });
        if (rest > 0) own.after(1000, count); else leave();
      };
      if (lead) count(); else leave();
      own.on(screens.part(box, "stay"), "click", () => here());
      if (asking) screens.part(box, "stay").focus({ preventScroll: true });
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
      if (asking) answer();
      if (!take && lobby.state !== "attract") await_();
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
