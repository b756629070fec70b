/* Narrows "Which rules apply to me?" to what a reader chooses. The choice stands in the fragment of
   the address alone: it is not stored, and nothing is asked of a server. */
(function () {
  "use strict";
  var form = document.querySelector(".ab-pick");
  if (!form) return;
  var picks = Array.from(form.querySelectorAll("select"));
  var said = form.querySelector("[role=status]");
  var link = form.querySelector(".ab-pick__link");
  var all = form.querySelector("button");
  var rows = Array.from(document.querySelectorAll("[data-rule]"));
  var nobody = Array.from(document.querySelectorAll("[data-nobody]"), function (part) {
    return box(part.dataset.nobody);
  });

  /* "plan=free,pro age=adult" as {plan: ["free", "pro"], age: ["adult"]} */
  function box(text) {
    var found = new Map();
    text.split(" ").filter(Boolean).forEach(function (part) {
      var at = part.indexOf("=");
      found.set(part.slice(0, at), part.slice(at + 1).split(","));
    });
    return found;
  }

  function chosen() {
    return picks.filter(function (pick) { return pick.value; });
  }

  /* The values that are left of an axis; undefined for all of them. */
  function left(axis, row, choice) {
    var pick = choice.find(function (one) { return one.name === axis; });
    return pick ? [pick.value] : row.get(axis);
  }

  function fits(row, choice) {
    return choice.every(function (pick) {
      var known = row.get(pick.name);
      return !known || known.includes(pick.value);
    }) && !empty(row, choice);
  }

  /* Whether all who are left are in a combination that nobody is in. */
  function empty(row, choice) {
    return nobody.some(function (part) {
      return Array.from(part).every(function (entry) {
        var values = left(entry[0], row, choice);
        return values && values.every(function (value) { return entry[1].includes(value); });
      });
    });
  }

  function fragment(choice) {
    var pairs = new URLSearchParams();
    choice.forEach(function (pick) { pairs.set(pick.name, pick.value); });
    return "#" + pairs.toString();
  }

  function show() {
    var choice = chosen(), none = empty(new Map(), choice), shown = 0;
    rows.forEach(function (row) {
      row.hidden = none || !fits(box(row.dataset.rule), choice);
      shown += row.hidden ? 0 : 1;
    });
    said.textContent = !choice.length ? "" : none ? "Nobody is in this combination."
      : "Showing " + shown + " of " + rows.length + " rows.";
    link.hidden = all.hidden = !choice.length;
    link.setAttribute("href", choice.length ? fragment(choice) : "#top");
  }

  /* A fragment with "=" is a choice; any other is a row or an answer, which must be in sight. */
  function read() {
    var text = location.hash.slice(1);
    var pairs = new URLSearchParams(text.includes("=") ? text : "");
    picks.forEach(function (pick) {
      pick.value = pairs.get(pick.name) || "";
      if (pick.selectedIndex < 0) pick.value = "";
    });
    show();
    var target = text && !text.includes("=") && document.getElementById(decodeURIComponent(text));
    if (target && target.closest(".ab-rules")) target.scrollIntoView();
  }

  form.addEventListener("change", function () {
    var choice = chosen();
    history.replaceState(null, "", choice.length ? fragment(choice) : location.pathname + location.search);
    show();
  });
  form.addEventListener("reset", function (event) {
    event.preventDefault();
    picks.forEach(function (pick) { pick.value = ""; });
    history.replaceState(null, "", location.pathname + location.search);
    show();
    picks[0].focus();
  });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  window.addEventListener("hashchange", read);
  read();
})();
