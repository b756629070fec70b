/* The search panel: it loads the index, and ranks what it holds by words of the same stem. Only text
   is ever put on the page. MiniSearch and Stemmer stand before this in the same file. */
(function () {
  "use strict";
  var here = document.currentScript.dataset;
  var panel = document.getElementById("ab-search");
  var field = panel.querySelector("input");
  var list = panel.querySelector("ol");
  var status = panel.querySelector("[role=status]");
  var MOST = 8;
  var SKIPPED = new Set(("a about am an and are as at be been before but by can could data do does for from had has have i " +
    "if in into is it its me my not of on or our so than that the their them then there they this to us use " +
    "used using was we were what when which will with would you your").split(" "));
  var JOINED = [[/\bopt(?:s|ed|ing)?[ -](out|in)\b/g, " opt$1 "],
    [/\b(?:turn|switch)(?:s|es|ed|ing)?(?: (?:it|this|that|them))?[ -]off\b/g, " off "],
    [/\b(?:log|sign)(?:g?ed|g?ing)?[ -](in|out)\b/g, " sign$1 "]];
  var FIELDS = { title: 3, also: 3, text: 1, near: 0.7, rest: 0.4 };
  var engine = null;

  function tokens(text) {
    text = text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f'\u2019]/g, "");
    JOINED.forEach(function (pair) { text = text.replace(pair[0], pair[1]); });
    return text.split(/[^\p{L}\p{N}]+/u);
  }

  function term(word) {
    return word.length < 2 || SKIPPED.has(word) ? null : Stemmer.stemmer(word);
  }

  function read(rows) {
    engine = new MiniSearch({
      fields: Object.keys(FIELDS),
      storeFields: ["address", "title", "text"],
      tokenize: tokens,
      processTerm: term,
      searchOptions: {
        boost: FIELDS,
        prefix: function (word) { return word.length > 3; },
        fuzzy: function (word) { return word.length > 4 ? 0.2 : 0; },
        weights: { fuzzy: 0.25, prefix: 0.5 },
        boostDocument: function (_, __, stored) { return stored.address.indexOf("#") < 0 ? 1 : 1.3; }
      }
    });
    engine.addAll(rows.map(function (row, number) {
      return { id: number, address: row[0], title: row[1], text: row[2], also: row[3], near: row[4], rest: row[5] };
    }));
  }

  function item(found) {
    var line = document.createElement("li");
    var link = document.createElement("a");
    var title = document.createElement("b");
    var text = document.createElement("span");
    link.href = here.base + "/" + found.address;
    title.textContent = found.title;
    text.textContent = found.text;
    link.append(title, text);
    line.append(link);
    return line;
  }

  function show() {
    var asked = field.value.trim();
    var found = asked && engine ? engine.search(asked).slice(0, MOST) : [];
    list.replaceChildren.apply(list, found.map(item));
    if (!asked) status.textContent = status.dataset.start;
    else if (!engine) status.textContent = status.dataset.wait;
    else if (!found.length) status.textContent = status.dataset.none;
    else status.textContent = found.length === 1 ? status.dataset.one : status.dataset.some.replace("#", found.length);
  }

  /* Arrows go from the field to the results and back. */
  function step(event) {
    var by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    var stops = [field].concat(Array.from(list.querySelectorAll("a")));
    var at = stops.indexOf(document.activeElement);
    var next = stops[at + by];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  }

  field.addEventListener("input", show);
  panel.addEventListener("keydown", step);
  panel.querySelector("form").addEventListener("submit", function (event) {
    event.preventDefault();
    var first = list.querySelector("a");
    if (first) first.click();
  });
  list.addEventListener("click", function (event) {
    if (event.target.closest("a")) panel.hidden = true;
  });
  show();
  fetch(here.index).then(function (answer) {
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }).then(function (rows) { read(rows); show(); }, function () { status.textContent = status.dataset.failed; });
})();
