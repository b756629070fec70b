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
  var SKIPPED = new Set(("a about also am an and any anything are as at be been being but by can could data did do does " +
    "doing done for from get gets got had has have hello hi i id if im in into is it its ive just know like me mine my " +
    "need no not of ok on or our please pls plz r really so something stuff tell than thanks that the their them then " +
    "there these they thing things this those to too u up ur us use used uses using want was we were what whats when " +
    "which while will with would ya you your yours").split(" "));
  /* What is said in several words, or as people type: one word that the index has. */
  var JOINED = [[/\bopt(?:s|ed|ing)?[ -](out|in)\b/g, " opt$1 "],
    [/\b(?:turn|switch)(?:s|es|ed|ing)?(?: (?:it|this|that|them))?[ -]off?\b/g, " off "],
    [/\b(?:turn|switch)(?:s|es|ed|ing)?(?: (?:it|this|that|them))?[ -](?:back )?on\b/g, " enable "],
    [/\b(?:log|sign)(?:g?ed|g?ing)?[ -](in|out)\b/g, " sign$1 "],
    [/\b3rd\b/g, " third "],
    [/\bde[ -]?(?=identif|anonym)/g, "de"],
    [/\bpop[ -]up/g, "popup"]];
  /* The same, of a question alone: in an answer these words say something else. */
  var MEANT = [
    [/\b(?:dont|do not|not|never|no|stop|without)\b(?= (?:\S+ ){0,4}(?:train|learn|us[ei]|read|look|track|collect|shar|sell))/g, " refuse "],
    [/\b(?:im|i am|aged?|turned) (?:[5-9]|1[0-7])\b/g, " underage "]];
  var FIELDS = { title: 3, also: 2.5, text: 1, near: 1.2, far: 0.8, rest: 0.4 };
  var known = new Set();
  var engine = null;

  function plain(text) {
    return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f'\u2019]/g, "");
  }

  function meant(text) {
    return MEANT.reduce(function (said, pair) { return said.replace(pair[0], pair[1]); }, plain(text));
  }

  function tokens(text) {
    text = plain(text);
    JOINED.forEach(function (pair) { text = text.replace(pair[0], pair[1]); });
    return text.split(/[^\p{L}\p{N}]+/u);
  }

  /* A word by its stem, and as it is: of a misspelt one the ending cannot be told. */
  function terms(word) {
    if (word.length < 2 || SKIPPED.has(word)) return null;
    var stem = Stemmer.stemmer(word);
    known.add(stem).add(word);
    return stem === word ? word : [stem, word];
  }

  function sought(word) {
    if (word.length < 2 || SKIPPED.has(word)) return null;
    var stem = Stemmer.stemmer(word);
    return known.has(stem) || !known.has(word) && stem.length > 4 && begins(stem) ? stem : word;
  }

  function begins(start) {
    for (var word of known) if (word.startsWith(start)) return true;
    return false;
  }

  function read(rows) {
    engine = new MiniSearch({
      fields: Object.keys(FIELDS),
      storeFields: ["address", "title", "text"],
      tokenize: tokens,
      processTerm: terms,
      searchOptions: {
        processTerm: sought,
        boost: FIELDS,
        prefix: function (word) { return word.length > 3 && !known.has(word); },
        fuzzy: function (word) { return word.length > 4 && !known.has(word) ? 0.25 : 0; },
        weights: { fuzzy: 0.7, prefix: 0.7 },
        bm25: { k: 0.6, b: 0.6, d: 0.5 },
        boostDocument: function (_, __, stored) { return /#|^controls\/./.test(stored.address) ? 1.3 : 1; }
      }
    });
    engine.addAll(rows.map(function (row, number) {
      return { id: number, address: row[0], title: row[1], text: row[2], also: row[3], near: row[4], far: row[5], rest: row[6] };
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
    var found = asked && engine ? engine.search(meant(asked)).slice(0, MOST) : [];
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
