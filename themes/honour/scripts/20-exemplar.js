/* Exemplar: the index marks the chapter being read; the page can be printed; the menu closes when left. */
(function () {
  "use strict";
  var links = document.querySelectorAll(".contents a");
  var chapters = document.querySelectorAll(".chapter-title[id]");

  function mark() {
    var current = 0;
    chapters.forEach(function (title, at) {
      if (title.getBoundingClientRect().top < window.innerHeight * 0.4) {
        current = at;
      }
    });
    links.forEach(function (link, at) {
      var here = at === current;
      link.classList.toggle("here", here);
      if (here) {
        link.setAttribute("aria-current", "true");
      } else {
        link.removeAttribute("aria-current");
      }
    });
  }

  if (links.length && links.length === chapters.length && "IntersectionObserver" in window) {
    // A title counts once it has passed the upper part of the window, however far above it now is.
    var observer = new IntersectionObserver(mark, { rootMargin: "99999px 0px -60% 0px" });
    chapters.forEach(function (title) {
      observer.observe(title);
    });
    mark();
  }

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.parentNode.hidden = false;
    button.addEventListener("click", function () {
      window.print();
    });
  });

  var menu = document.querySelector(".menu");
  if (menu) {
    document.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && menu.open) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    });
    document.addEventListener("click", function (event) {
      if (menu.open && !menu.contains(event.target)) {
        menu.open = false;
      }
    });
  }
})();
