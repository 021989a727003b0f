/* What a passer-by must not be able to do: zoom, menu, drag out, select, follow a link, print, go back. */
const guard = (() => {
  const FREE = ["Tab", "Enter", " ", "Escape", "Backspace", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", "Shift"];

  const stand = (rig) => {
    const refuse = (event) => event.preventDefault();
    ["contextmenu", "dragstart", "selectstart", "gesturestart", "gesturechange", "drop", "dragover", "copy", "cut"].forEach((kind) =>
      rig.on(document, kind, refuse, { capture: true, passive: false }));
    ["touchstart", "touchmove"].forEach((kind) =>
      rig.on(document, kind, (event) => { if (event.touches.length > 1 && event.cancelable) event.preventDefault(); }, { capture: true, passive: false }));
    rig.on(document, "wheel", (event) => { if (event.ctrlKey) event.preventDefault(); }, { capture: true, passive: false });
    rig.on(document, "click", (event) => {
      if (event.target.closest && event.target.closest("a, area")) event.preventDefault();
    }, true);
    rig.on(document, "auxclick", refuse, true);
    rig.on(document, "keydown", (event) => {
      const known = FREE.includes(event.key) || event.key.length === 1;
      if (event.ctrlKey || event.altKey || event.metaKey || !known) event.preventDefault();
    }, true);
    window.open = () => null;
  };

  return { stand };
})();
