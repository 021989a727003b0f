/* Everybody as data for the filters, fetched once, when first wanted; and how names and sentences are set. */
const people = (() => {
  let waiting = null;

  // A script element, because a page opened from a file share may not fetch().
  const load = (page) => waiting || (waiting = new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = page.dataset.people;
    script.onload = () => resolve(window.HONOUR_PEOPLE || []);
    script.onerror = () => { waiting = null; reject(new Error(script.src)); };
    document.head.appendChild(script);
  }));

  const say = (words, filled) => words.replace(/\{(\w+)\}/g, (all, key) => key in filled ? filled[key] : all);

  // Two characters of a name stand one em apart in columns; a sentence breaks between its clauses.
  const spaced = (element, name) => {
    element.textContent = "";
    if (!/^[㐀-鿿]{2}$/.test(name)) { element.textContent = name; return; }
    const first = element.appendChild(document.createElement("span"));
    first.className = "n2";
    first.textContent = name[0];
    element.appendChild(document.createTextNode(name[1]));
  };
  const clauses = (element, text) => (text.match(/[^，。；：！？]+[，。；：！？”』」]*|./g) || []).forEach((clause) => {
    const span = element.appendChild(document.createElement("span"));
    span.className = /[，。；：、！？]$/.test(clause) ? "cl p" : "cl";
    span.textContent = clause;
  });

  // The page's own <template> gives the form; parts marked data-of are filled or removed.
  const show = (page, template, person) => {
    const copy = document.importNode(template.content, true);
    const part = (key) => copy.querySelector("[data-of=" + key + "]");
    const root = page.dataset.root;
    if (person.img) {
      const image = new Image(person.w, person.h);
      image.alt = "";
      image.loading = "lazy";
      image.src = root + person.img;
      part("portrait").appendChild(image);
    } else {
      part("portrait").appendChild(document.createElement("span")).textContent = person.name;
    }
    copy.querySelector("a").href = root + person.url;
    spaced(part("name"), person.name);
    clauses(part("one"), person.one);
    person.unit.forEach((name) => { part("unit").appendChild(document.createElement("span")).textContent = name; });
    return copy;
  };

  return { load, say, show, spaced, clauses };
})();
