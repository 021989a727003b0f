/* Listeners and timers that end together: whoever leaves the stage takes everything along that could call it. */
const rigging = (() => {
  // Nothing that fails in a callback of ours is lost: it goes to the heartbeat, and the loop begins anew.
  const guarded = (act) => (...given) => {
    try {
      return act(...given);
    } catch (failed) {
      kiosk.fault(failed);
      return undefined;
    }
  };

  const make = () => {
    const undo = new Set();
    let ended = false;
    const keep = (take) => {
      undo.add(take);
      return () => {
        if (undo.delete(take)) take();
      };
    };
    return {
      get ended() { return ended; },
      // Returns what takes the listener away.
      on(target, kind, act, options) {
        const heard = guarded(act);
        target.addEventListener(kind, heard, options);
        return keep(() => target.removeEventListener(kind, heard, options));
      },
      // Returns what takes the timer away.
      after(ms, act) {
        const timer = setTimeout(() => {
          undo.delete(take);
          guarded(act)();
        }, ms);
        const take = () => clearTimeout(timer);
        return keep(take);
      },
      // `act` with what `promise` brings, unless this rig has ended by then.
      when(promise, act, otherwise) {
        promise.then(
          (brought) => { if (!ended) guarded(act)(brought); },
          (failed) => { if (!ended) (otherwise ? guarded(otherwise) : kiosk.fault)(failed); },
        );
      },
      onEnd: keep,
      end() {
        ended = true;
        undo.forEach((take) => take());
        undo.clear();
      },
    };
  };
  return { make, guarded };
})();
