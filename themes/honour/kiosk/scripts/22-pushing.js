/* Things that can be pushed along and glide on. A finger pushes by the browser's own scrolling, which knows how;
   a screen that reports touches as a mouse, as many do, gets the same here. */
const pushing = (() => {
  const SLIP = 8; // px that a pointer may move and still means to tap
  const FRICTION = 0.95; // of its speed that is kept from one frame to the next
  const STILL = 0.02; // px a millisecond

  const make = (rig, scroller, down) => {
    const axis = down ? "scrollTop" : "scrollLeft";
    const along = (event) => (down ? event.clientY : event.clientX);
    let held = null; // { pointer, from, at, start, time, speed, moved }
    let gliding = 0;
    const halt = () => cancelAnimationFrame(gliding);

    const glide = (speed, before) => {
      gliding = requestAnimationFrame(rigging.guarded((now) => {
        const passed = Math.min(64, Math.max(1, now - before));
        const was = scroller[axis];
        scroller[axis] = was - speed * passed;
        const slower = speed * Math.pow(FRICTION, passed / 16);
        if (Math.abs(slower) > STILL && scroller[axis] !== was) glide(slower, now);
      }));
    };

    rig.on(scroller, "pointerdown", (event) => {
      halt();
      if (event.pointerType !== "mouse" || event.button !== 0) return;
      held = { pointer: event.pointerId, from: along(event), start: scroller[axis], at: along(event), time: event.timeStamp, speed: 0, moved: false };
    });
    rig.on(window, "pointermove", (event) => {
      if (!held || event.pointerId !== held.pointer) return;
      const here = along(event);
      if (!held.moved && Math.abs(here - held.from) < SLIP) return;
      held.moved = true;
      const passed = Math.max(1, event.timeStamp - held.time);
      held.speed = 0.6 * ((here - held.at) / passed) + 0.4 * held.speed;
      held.at = here;
      held.time = event.timeStamp;
      scroller[axis] = held.start - (here - held.from);
    });
    const release = (event) => {
      if (!held || event.pointerId !== held.pointer) return;
      const { moved, speed, time } = held;
      held = null;
      if (!moved) return;
      // The click that follows a push means nothing.
      const take = rig.on(window, "click", (click) => { click.stopPropagation(); click.preventDefault(); take(); }, true);
      rig.after(50, take);
      if (event.timeStamp - time < 80) glide(speed, performance.now());
    };
    rig.on(window, "pointerup", release);
    rig.on(window, "pointercancel", release);
    rig.onEnd(halt);
  };

  return { make };
})();
