/* What the form gains where scripts run; without this file it works as well.
   Written for browsers as old as Chrome 66: plain ES5. It keeps a draft on
   this phone until the answer is acknowledged or turned away for good, or a
   day has passed, gives each form its submission key, stops a second tap,
   counts characters and opens the questions that depend on another. */
(function () {
  "use strict";

  var DAY = 24 * 60 * 60 * 1000;
  var ended = document.getElementById("done") || document.getElementById("stop");
  var form = document.getElementById("form");

  /* Drafts ------------------------------------------------------------- */

  function place(poster) {
    return "meihao.draft." + poster;
  }

  /* Storage may be full, forbidden or absent: then there is no draft. */
  function load(name) {
    try {
      var draft = JSON.parse(window.localStorage.getItem(name));
      return draft && new Date().getTime() - draft.at < DAY ? draft : null;
    } catch (e) {
      return null;
    }
  }

  function store(name, draft) {
    try {
      window.localStorage.setItem(name, JSON.stringify(draft));
    } catch (e) { /* no draft */ }
  }

  function wipe(name) {
    try {
      window.localStorage.removeItem(name);
    } catch (e) { /* nothing to wipe */ }
  }

  /* Drafts of other posters that are older than a day go as well. */
  function wipeOld() {
    try {
      for (var i = window.localStorage.length - 1; i >= 0; i--) {
        var name = window.localStorage.key(i);
        if (name.indexOf("meihao.draft.") === 0 && !load(name)) {
          window.localStorage.removeItem(name);
        }
      }
    } catch (e) { /* nothing to wipe */ }
  }

  wipeOld();
  if (ended) {
    wipe(place(ended.getAttribute("data-poster")));
  }
  if (!form) {
    return;
  }

  var name = place(form.getAttribute("data-poster"));
  var kept = form.getAttribute("data-kept") === "1";
  var controls = form.elements;

  function each(list, use) {
    for (var i = 0; i < list.length; i++) {
      use(list[i]);
    }
  }

  function read() {
    var values = {};
    each(controls, function (c) {
      if (!c.name || c.name === "key") {
        return;
      }
      if (c.type === "radio" || c.type === "checkbox") {
        if (c.checked) {
          (values[c.name] = values[c.name] || []).push(c.value);
        }
      } else if (c.value) {
        values[c.name] = [c.value];
      }
    });
    return values;
  }

  function write(values) {
    each(controls, function (c) {
      var given = values[c.name];
      if (!c.name || c.name === "key" || !given) {
        return;
      }
      if (c.type === "radio" || c.type === "checkbox") {
        c.checked = given.indexOf(c.value) >= 0;
      } else {
        c.value = given[0];
      }
    });
  }

  /* The key: the same for a retry of the same submission. ---------------- */

  function newKey() {
    var symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    var random = new Uint8Array(22);
    var key = "";
    (window.crypto || window.msCrypto).getRandomValues(random);
    each(random, function (r) {
      key += symbols.charAt(r & 63);
    });
    return key;
  }

  var draft = load(name);
  if (draft && !kept) {
    write(draft.values);
  }
  if (!controls.key.value) {
    controls.key.value = (draft && draft.key) || newKey();
  }

  function save() {
    store(name, { at: new Date().getTime(), key: controls.key.value, values: read() });
  }

  /* Questions that depend on another ------------------------------------ */

  function chosen(question) {
    var codes = [];
    each(controls, function (c) {
      if (c.name === question && c.checked) {
        codes.push(c.value);
      }
    });
    return codes;
  }

  function openQuestions() {
    each(form.querySelectorAll("[data-parent]"), function (q) {
      var codes = chosen(q.getAttribute("data-parent"));
      var is = codes.indexOf(q.getAttribute("data-code")) >= 0;
      q.hidden = codes.length === 0 || is === (q.getAttribute("data-not") === "1");
    });
  }

  each(form.querySelectorAll(".condition"), function (p) {
    p.hidden = true;
  });

  /* "None" goes with nothing else. */
  function alone(changed) {
    if (changed.type !== "checkbox" || !changed.checked) {
      return;
    }
    var only = changed.getAttribute("data-alone");
    each(controls, function (c) {
      if (c !== changed && c.name === changed.name && (only || c.getAttribute("data-alone"))) {
        c.checked = false;
      }
    });
  }

  /* The household ------------------------------------------------------- */

  function fitUnits() {
    var unit = document.getElementById("unit");
    var field = document.getElementById("unit-field");
    var building = controls.building;
    if (!unit || !building) {
      return;
    }
    var option = building.options[building.selectedIndex];
    var units = Number(option.getAttribute("data-units"));
    if (!option.defaultSelected) {
      building.parentNode.open = true;
    }
    field.hidden = units === 0;
    if (units === 0) {
      unit.value = "";
    }
    if (unit.options) {
      /* An empty unit means the poster's own, in its own building. */
      if (unit.getAttribute("data-own")) {
        unit.options[0].text = unit.getAttribute(unit.getAttribute("data-own") === option.value ? "data-here" : "data-choose");
      }
      each(unit.options, function (o) {
        o.hidden = o.disabled = units > 0 && Number(o.value) > units;
        if (o.disabled && o.selected) {
          unit.value = "";
        }
      });
    }
  }

  /* Most rooms are digits: large keys first, letters one tap away. */
  function keys() {
    var room = document.getElementById("room");
    var line = form.querySelector(".keys");
    if (!room || !line) {
      return;
    }
    var button = document.createElement("button");
    var digits = !/[^0-9]/.test(room.value);
    function show() {
      room.setAttribute("inputmode", digits ? "numeric" : "text");
      button.textContent = line.getAttribute(digits ? "data-letters" : "data-digits");
    }
    button.type = "button";
    button.className = "linklike";
    button.onclick = function () {
      digits = !digits;
      show();
      room.focus();
    };
    show();
    line.appendChild(button);
    line.hidden = false;
  }

  /* The comment --------------------------------------------------------- */

  /* Characters as the server counts them: one for a pair of surrogates. */
  function length(text) {
    return text.replace(/^\s+|\s+$/g, "").replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, "_").length;
  }

  function count() {
    each(form.querySelectorAll(".counter"), function (line) {
      var area = document.getElementById(line.getAttribute("data-for"));
      var left = Number(area.getAttribute("data-max")) - length(area.value);
      line.hidden = false;
      line.textContent = line.getAttribute(left < 0 ? "data-over" : "data-left").replace("0", Math.abs(left));
      line.className = left < 0 ? "counter bad" : "counter";
    });
  }

  /* Sending ------------------------------------------------------------- */

  var sending = false;
  var waiting;

  function buttons(busy) {
    each(form.querySelectorAll("button[type=submit]"), function (b) {
      if (!b.getAttribute("data-words")) {
        b.setAttribute("data-words", b.textContent);
      }
      b.textContent = b.getAttribute(busy ? "data-sending" : "data-words");
      b.setAttribute("aria-disabled", busy ? "true" : "false");
    });
  }

  function rest() {
    sending = false;
    clearTimeout(waiting);
    buttons(false);
  }

  form.addEventListener("submit", function (event) {
    if (sending) {
      event.preventDefault();
      return;
    }
    sending = true;
    save();
    buttons(true);
    waiting = setTimeout(rest, 20000); /* the connection may have gone: the same key again is a retry */
  });

  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      rest();
    }
  });

  form.addEventListener("change", function (event) {
    alone(event.target);
    openQuestions();
    fitUnits();
    save();
  });

  var typing;
  form.addEventListener("input", function () {
    count();
    clearTimeout(typing);
    typing = setTimeout(save, 400);
  });

  openQuestions();
  fitUnits();
  keys();
  count();

  var problems = document.getElementById("problems");
  if (problems) {
    problems.focus();
  }
})();
