// What script adds to a score sheet; it can be filled and saved without.
(function () {
  "use strict";

  var form = document.getElementById("marks");
  if (!form || form.nodeName !== "FORM") {
    return;
  }
  var marked = document.querySelector("[data-marked]");
  var said = document.querySelector("[data-unsaved]");
  var usual = said ? said.textContent : "";
  var sending = false;

  // A form that came back with faults has not been saved either.
  function changed() {
    var list = form.querySelectorAll("select");
    for (var i = 0; i < list.length; i++) {
      var id = list[i].name.slice("points-".length);
      var seen = form.elements["seen-" + id];
      var note = form.elements["note-" + id];
      var noted = form.elements["noted-" + id];
      if (list[i].value !== seen.value || note.value.trim() !== noted.value.trim()) {
        return true;
      }
    }
    return false;
  }

  function tell() {
    var list = form.querySelectorAll("select");
    var n = 0;
    for (var i = 0; i < list.length; i++) {
      n += list[i].value === "" ? 0 : 1;
    }
    if (marked) {
      marked.textContent = n;
    }
    if (said) {
      said.textContent = changed() ? said.getAttribute("data-unsaved") : usual;
    }
  }

  form.addEventListener("input", tell);
  form.addEventListener("change", tell);
  form.addEventListener("submit", function () {
    sending = true;
  });
  window.addEventListener("pageshow", function () {
    sending = false;
    tell();
  });
  window.addEventListener("beforeunload", function (event) {
    if (!sending && changed()) {
      event.preventDefault();
      event.returnValue = form.getAttribute("data-leave");
    }
  });
})();
