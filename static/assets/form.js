/* What the form gains where scripts run; without this file it works as well.
   Written for browsers as old as Chrome 66: plain ES5. It opens the questions
   that depend on another, fits the fields of the household to the building and
   counts characters. What is typed is kept and sent by sending.js, which runs
   first. */
(function () {
  "use strict";

  var form = document.getElementById("form");
  var controls = form.elements;

  function each(list, use) {
    for (var i = 0; i < list.length; i++) {
      use(list[i]);
    }
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
      line.setAttribute("aria-live", left > 20 ? "off" : "polite"); /* read aloud when it matters */
      line.textContent = line.getAttribute(left < 0 ? "data-over" : "data-left").replace("0", Math.abs(left));
      line.className = left < 0 ? "counter bad" : "counter";
    });
  }

  form.addEventListener("change", function (event) {
    alone(event.target);
    openQuestions();
    fitUnits();
  });

  form.addEventListener("input", count);

  openQuestions();
  fitUnits();
  keys();
  count();

  var problems = document.getElementById("problems");
  if (problems) {
    problems.focus();
  }
})();
