/* Home: of the fourteen days in the page, show the visitor's own. Without a match the built one stays, undated. */
(function () {
  "use strict";
  var hero = document.querySelector("[data-hero]");
  if (!hero) {
    return;
  }
  var now = new Date();
  var two = function (number) {
    return (number < 10 ? "0" : "") + number;
  };
  var today = now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  if (hero.getAttribute("data-day") !== today) {
    var other = document.querySelector('template[data-day="' + today + '"]');
    if (!other) {
      return;
    }
    while (hero.firstChild) {
      hero.removeChild(hero.firstChild);
    }
    hero.appendChild(document.importNode(other.content, true));
    hero.setAttribute("data-day", today);
  }
  hero.querySelectorAll("[hidden]").forEach(function (dated) {
    dated.hidden = false;
  });
})();
