// What script adds to the staff's pages; everything works without it.
(function () {
  "use strict";

  // Parts marked data-live are fetched again while the page is looked at, so
  // that turnout moves. The header says that nobody touched anything: such
  // requests do not keep a session alive.
  var EVERY = 1500;
  var parts = document.querySelectorAll("[data-live]");

  function replace(text) {
    var fresh = new DOMParser().parseFromString(text, "text/html");
    for (var i = 0; i < parts.length; i++) {
      var part = fresh.getElementById(parts[i].id);
      if (part && part.innerHTML !== parts[i].innerHTML && !parts[i].contains(document.activeElement)) {
        parts[i].innerHTML = part.innerHTML;
      }
    }
  }

  function again() {
    window.setTimeout(refresh, EVERY);
  }

  function refresh() {
    if (document.hidden) {
      again();
      return;
    }
    fetch(window.location.href, { headers: { "X-Meihao-Live": "1" }, credentials: "same-origin", redirect: "manual" })
      .then(function (answer) {
        if (answer.type === "opaqueredirect") {
          window.location.reload(); // signed out meanwhile
          return;
        }
        if (answer.ok) {
          answer.text().then(replace);
        }
        again();
      })
      .catch(again);
  }

  if (parts.length > 0 && window.fetch && window.DOMParser) {
    again();
  }

  // Buttons that only script can serve are hidden until it is there.
  function each(selector, work) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), work);
  }

  each("[data-print]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      window.print();
    });
  });

  // The foot of a printed page says when it was printed.
  window.addEventListener("beforeprint", function () {
    var now = new Date();
    function two(n) {
      return (n < 10 ? "0" : "") + n;
    }
    each("[data-printed]", function (part) {
      part.textContent = "· " + part.getAttribute("data-printed") + " " + now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate()) + " " + two(now.getHours()) + ":" + two(now.getMinutes());
    });
  });

  each("[data-check]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      each(".chosen input[type=checkbox]", function (box) {
        box.checked = button.getAttribute("data-check") === "all";
      });
    });
  });

  // An error summary gets the focus, so that it is read first.
  var summary = document.querySelector(".error-summary");
  if (summary) {
    summary.focus();
  }
})();
