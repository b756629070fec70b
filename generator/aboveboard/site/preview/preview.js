/* Shows what is wrong as soon as it is known, and the new page as soon as it is there. Nothing is
   asked for while a tab is hidden: browsers allow few such connections at a time. */
(function () {
  "use strict";
  var panel = document.getElementById("ab-preview");
  var told = null;
  var source = null;

  function show(event) {
    var now = JSON.parse(event.data);
    if (now.site !== panel.dataset.site) {
      location.reload();
    } else if (now.panel !== told) {
      panel.innerHTML = told = now.panel;
    }
  }

  function listen() {
    if (document.hidden) {
      if (source) source.close();
      source = null;
    } else if (!source) {
      source = new EventSource("/.aboveboard/events");
      source.onmessage = show;
    }
  }

  document.addEventListener("visibilitychange", listen);
  listen();
})();
