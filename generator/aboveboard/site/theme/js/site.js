/* Colours, the search panel and "copy link". It runs before anything is painted, so that a chosen
   scheme never flashes; nothing is stored until a reader chooses one. */
(function () {
  "use strict";
  var root = document.documentElement;
  var here = document.currentScript.dataset;
  var KEY = "aboveboard-colours";

  function stored() {
    try { return localStorage.getItem(KEY) || ""; } catch (_) { return ""; }
  }

  function paint(scheme) {
    if (scheme) root.dataset.abColours = scheme;
    else delete root.dataset.abColours;
  }

  function choose(scheme) {
    paint(scheme);
    try {
      if (scheme) localStorage.setItem(KEY, scheme);
      else localStorage.removeItem(KEY);
    } catch (_) { /* the choice then holds for this page */ }
  }

  function colours(form) {
    var chosen = form.querySelector('[value="' + stored() + '"]');
    if (chosen) chosen.checked = true;
    form.addEventListener("change", function (event) { choose(event.target.value); });
  }

  /* The link of an answer, on the clipboard; where there is none the link is an ordinary one. */
  function copying(link) {
    link.addEventListener("click", function (event) {
      if (!navigator.clipboard) return;
      event.preventDefault();
      history.replaceState(null, "", link.hash);
      navigator.clipboard.writeText(link.href).then(
        function () { link.textContent = link.dataset.copied; },
        function () { location.hash = link.hash; });
    });
    link.textContent = link.dataset.copy;
  }

  /* The panel's own script and the index come when somebody opens it, and not before. */
  function search(button) {
    var panel = document.getElementById("ab-search");
    var field = panel.querySelector("input");
    var loaded = null;

    function open() {
      if (!loaded) {
        loaded = document.createElement("script");
        loaded.src = here.search;
        loaded.dataset.index = here.index;
        loaded.dataset.base = here.base;
        document.head.append(loaded);
      }
      panel.hidden = false;
      button.setAttribute("aria-expanded", "true");
      field.focus();
    }

    function close() {
      panel.hidden = true;
      button.setAttribute("aria-expanded", "false");
      button.focus();
    }

    button.addEventListener("click", function () { if (panel.hidden) open(); else close(); });
    document.addEventListener("keydown", function (event) {
      var typing = event.target.closest("input, textarea, select, [contenteditable]");
      if (event.key === "Escape" && !panel.hidden) close();
      else if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        open();
      }
    });
  }

  root.classList.replace("no-js", "js");
  paint(stored());
  document.addEventListener("DOMContentLoaded", function () {
    var each = function (what, does) { document.querySelectorAll(what).forEach(does); };
    each(".ab-colours", colours);
    each("#ab-search-open", search);
    each("a[data-copy]", copying);
  });
})();
