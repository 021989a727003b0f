/* How portraits hang on the wall: compositions for both shapes of screen, and a lower one for those who sit.
   Each panel hangs as many as it has places; lengths are rem of the screen's design, 1 rem = 10 px of 1080. */
const hanging = (() => {
  // x, top, width; portraits are 3:4, and a name stands below each.
  const wide = {
    pitch: 128, height: 84,
    panels: [
      [[0, 26.6, 32.4], [40.4, 4, 24.8], [73.1, 4, 15.2], [40.4, 46.7, 17.3], [73.1, 34.4, 26.4], [107.4, 11.6, 17.3], [107.4, 46.7, 17.3]],
      [[0, 4, 24.8], [0, 46.7, 17.3], [32.7, 26.6, 32.4], [73, 4, 17.3], [73, 46.7, 17.3], [98.2, 4, 15.2], [98.2, 34.4, 26.4]],
    ],
  };
  const tall = {
    pitch: 99, height: 82,
    panels: [
      [[0, 15, 42], [46.4, 0, 25.6], [77.2, 5.6, 18], [46.4, 44.3, 20], [72.6, 40.9, 22.6]],
      [[0, 0, 25.6], [0, 44.3, 20], [32.8, 5.6, 18], [26.6, 40.9, 22.6], [53.2, 15, 42]],
    ],
  };
  // Within reach from a wheelchair: one row, low.
  const wideLow = { pitch: 128, height: 84, panels: [[[0, 40, 22.6], [25.6, 40, 22.6], [51.2, 40, 22.6], [76.8, 40, 22.6], [102.4, 40, 22.6]]] };
  const tallLow = { pitch: 99, height: 82, panels: [[[0, 41, 22.4], [24.2, 41, 22.4], [48.4, 41, 22.4], [72.6, 41, 22.4]]] };

  const chosen = (isTall, isLow) => (isTall ? (isLow ? tallLow : tall) : (isLow ? wideLow : wide));

  // [{ x, top, width, panel }] for `count` portraits, and how wide all of it is.
  const lay = (plan, count) => {
    const places = [];
    for (let panel = 0; places.length < count; panel += 1) {
      const slots = plan.panels[panel % plan.panels.length];
      slots.slice(0, count - places.length).forEach(([x, top, width]) => {
        places.push({ x: panel * plan.pitch + x, top, width, panel });
      });
    }
    const last = places.length ? places[places.length - 1].panel : 0;
    const end = places.reduce((most, place) => Math.max(most, place.x + place.width), 0);
    return { places, panels: places.length ? last + 1 : 0, width: end };
  };

  return { chosen, lay };
})();
