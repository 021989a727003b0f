/* The templates of the screens, from the shell; filled with words whenever one is taken. */
const screens = (() => {
  const holder = document.createElement("template");
  holder.innerHTML = shell;

  // A copy of the template `name`: its one element, its words filled.
  const take = (name, talk) => {
    const template = holder.content.querySelector('template[data-screen="' + name + '"]');
    const made = document.importNode(template.content, true).firstElementChild;
    talk.fill(made);
    return made;
  };
  // The part of `within` that is marked data-of.
  const part = (within, name) => within.querySelector('[data-of="' + name + '"]');

  // Says `key`, filled, in `element`, now and whenever the language changes.
  const say = (element, talk, key, filled) => {
    element.dataset.word = key;
    element.filled = filled;
    element.textContent = talk.say(key, filled);
    element.lang = talk.language;
  };

  return { take, part, say };
})();
