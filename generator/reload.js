// Live preview only: reloads the page after a build and shows the site's problems over it.
(function () {
  "use strict";
  var panel = null;
  function show(problems, heading) {
    if (panel) { panel.remove(); panel = null; }
    if (!problems.length) { return; }
    panel = document.createElement("aside");
    panel.setAttribute("role", "alert");
    panel.id = "honour-problems";
    panel.style.cssText = "position:fixed;z-index:9999;left:16px;right:16px;bottom:16px;max-height:50vh;overflow:auto;" +
      "background:#211c19;color:#fbf8f3;padding:16px 24px;font:16px/1.7 sans-serif;border-left:4px solid #e6c987";
    var title = document.createElement("strong");
    title.textContent = heading;
    panel.appendChild(title);
    var close = document.createElement("button");
    close.type = "button";
    close.textContent = "×";
    close.setAttribute("aria-label", "×");
    close.style.cssText = "float:right;background:none;border:0;color:#fbf8f3;font:24px/1 sans-serif;cursor:pointer";
    close.addEventListener("click", function () { panel.remove(); panel = null; });
    panel.insertBefore(close, title);
    problems.forEach(function (problem) {
      var line = document.createElement("p");
      line.style.margin = "8px 0";
      line.textContent = problem.file + ":" + problem.line + ":" + problem.column + "  " + problem.message;
      var hint = document.createElement("span");
      hint.style.cssText = "display:block;color:#e6c987";
      hint.textContent = "→ " + problem.hint;
      line.appendChild(hint);
      panel.appendChild(line);
    });
    document.body.appendChild(panel);
  }
  new EventSource("/__honour/events").onmessage = function (event) {
    var news = JSON.parse(event.data);
    if (news.reload) {
      try { sessionStorage.setItem("honour-scroll", String(window.scrollY)); } catch (refused) { /* private mode */ }
      location.reload();
      return;
    }
    show(news.problems, news.heading || "");
  };
  window.addEventListener("load", function () {
    try {
      var y = sessionStorage.getItem("honour-scroll");
      sessionStorage.removeItem("honour-scroll");
      if (y) { window.scrollTo(0, Number(y)); }
    } catch (refused) { /* private mode */ }
  });
})();
