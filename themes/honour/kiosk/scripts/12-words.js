/* The words of the interface, in the language that the visitor chose until the next one comes. */
const words = (() => {
  const digits = "零一二三四五六七八九";
  const units = ["", "十", "百", "千"];
  // 二百一十四, 一千零五, 十二, 两 alone; figures from 10,000 on.
  const chinese = (number) => {
    if (number === 2) return "两";
    if (number < 0 || number > 9999 || number !== Math.floor(number)) return String(number);
    if (number < 10) return digits[number];
    const written = String(number);
    let read = "";
    for (let at = 0; at < written.length; at += 1) {
      const digit = Number(written[at]);
      if (digit) read += digits[digit] + units[written.length - 1 - at];
      else if (read.slice(-1) !== "零") read += "零";
    }
    read = read.replace(/零+$/, "");
    return number < 20 ? read.replace(/^一/, "") : read;
  };

  const make = (all, own) => {
    let language = own;
    const say = (key, filled) => {
      const known = all[language] || {};
      const text = key in known ? known[key] : (all[own] || {})[key] || key;
      if (!filled) return text;
      const count = language.slice(0, 2) === "zh" ? chinese : String;
      return text.replace(/\{(\w+)\}/g, (whole, name) => {
        if (!(name in filled)) return whole;
        return typeof filled[name] === "number" ? count(filled[name]) : filled[name];
      });
    };
    // Everything below `element` that says its key: data-word for text, data-word-label for aria-label.
    const fill = (element) => {
      element.querySelectorAll("[data-word]").forEach((part) => {
        part.textContent = say(part.dataset.word, part.filled);
        part.lang = language;
      });
      element.querySelectorAll("[data-word-label]").forEach((part) => {
        part.setAttribute("aria-label", say(part.dataset.wordLabel, part.filled));
      });
    };
    return {
      say, fill,
      others: () => Object.keys(all).filter((each) => each !== language),
      get language() { return language; },
      set language(chosen) { language = chosen in all ? chosen : own; },
    };
  };

  // Clauses as the pages set them: a line breaks where a reader breathes.
  const clauses = (element, text) => {
    (text.match(/[^，。；：！？]+[，。；：！？”』」]*|[，。；：！？]/g) || []).forEach((clause) => {
      const span = element.appendChild(document.createElement("span"));
      span.className = /[，。；：、！？]$/.test(clause) ? "cl p" : "cl";
      span.textContent = clause;
    });
  };
  // Two characters of a name stand apart.
  const spaced = (element, name) => {
    element.textContent = "";
    if (!/^[㐀-鿿]{2}$/.test(name)) {
      element.textContent = name;
      return;
    }
    const first = element.appendChild(document.createElement("span"));
    first.className = "n2";
    first.textContent = name[0];
    element.appendChild(document.createTextNode(name[1]));
  };
  // How long a name is for the largest sizes.
  const fit = (name) => {
    const length = Array.from(name).reduce((sum, letter) => sum + (letter < "ɏ" ? 0.55 : 1), 0);
    return length > 8 ? "longer" : length > 5 ? "long" : length > 3 ? "four" : "";
  };

  return { make, clauses, spaced, fit, chinese };
})();
