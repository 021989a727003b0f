/* Portraits and pictures: painted from the depot; whoever has none, or whose file is not whole, has the name on a
   slip of paper instead (题签). */
const faces = (() => {
  const element = (kind, className, parent) => {
    const made = document.createElement(kind);
    if (className) made.className = className;
    if (parent) parent.appendChild(made);
    return made;
  };

  const plate = (face, name) => {
    const signs = Array.from(name.replace(/[\s·•・‧]+/g, ""));
    const latin = /[A-Za-zÀ-ɏ]/.test(name);
    const slip = element("span", latin ? "plate across" : "plate", face);
    slip.setAttribute("aria-hidden", "true");
    const columns = latin ? 1 : Math.ceil(signs.length / (signs.length > 4 ? 5 : 4));
    const longest = latin ? Math.max(...name.split(/\s+/).map((word) => word.length)) * 0.6 : Math.ceil(signs.length / columns);
    // The em as a share of the portrait's width, which styles give as --across.
    slip.style.setProperty("--em", String(Math.min(0.30, (latin ? 0.8 : 0.9) / Math.max(longest, columns * 1.5, 1))));
    element("span", "", slip).textContent = latin ? name : signs.join("");
    face.classList.add("plain");
  };

  // Paints `image` with the parcel `name`; `failed` is called if it can't be.
  const paint = (image, name, failed) => {
    if (!name) {
      if (failed) failed();
      return Promise.resolve(false);
    }
    return depot.paint(image, name).then(
      () => { image.classList.add("in"); return true; },
      (cause) => {
        upkeep.missed(name, cause);
        if (failed) failed();
        return false;
      },
    );
  };

  // The portrait of `person` as an element, and the promise that it is to be seen.
  const portrait = (person, name, alt) => {
    const face = element("span", "face");
    if (person.mat) face.style.backgroundColor = person.mat;
    const image = element("img", "", face);
    image.alt = alt;
    image.draggable = false;
    const shown = paint(image, name, () => {
      image.remove();
      plate(face, person.name);
    });
    return { face, shown };
  };
  // As large as can be: of a group, everybody.
  const large = (person) => {
    const made = portrait(person, person.group || person.large, person.alt || "");
    if (person.group) {
      made.face.classList.add("across");
      made.face.style.setProperty("--shape", person.shape * 100 + "%");
    }
    return made;
  };

  // The pictures below `within` that lie near what is seen; those far away give their memory back.
  const watch = (rig, within, scroller) => {
    const images = Array.from(within.querySelectorAll("img[data-large]"));
    const near = (image) => {
      if (image.dataset.near) return;
      image.dataset.near = "1";
      const figure = image.closest("figure") || image;
      paint(image, image.dataset.large, () => { figure.hidden = true; });
    };
    const far = (image) => {
      if (!image.dataset.near) return;
      delete image.dataset.near;
      image.classList.remove("in");
      image.removeAttribute("src");
    };
    const eye = new IntersectionObserver(rigging.guarded((seen) => seen.forEach((one) => {
      if (one.isIntersecting) near(one.target); else far(one.target);
    })), { root: scroller, rootMargin: "100% 0px" });
    images.forEach((image) => eye.observe(image));
    rig.onEnd(() => eye.disconnect());
  };

  return { element, portrait, large, watch, plate, paint };
})();
