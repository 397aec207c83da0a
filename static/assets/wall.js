// What script adds to a wall: it is refreshed in place, without a flicker, and
// says since when its figures are old while the server is away.
(function () {
  "use strict";

  var wall = document.getElementById("wall");
  if (!wall || !window.fetch || !window.DOMParser) {
    return;
  }
  var every = 1000 * Number(wall.getAttribute("data-every"));

  function style(page) {
    var link = page.querySelector("link[rel=stylesheet]");
    return link && link.getAttribute("href");
  }

  function show(text) {
    var fresh = new DOMParser().parseFromString(text, "text/html");
    var now = fresh.getElementById("wall");
    if (!now || style(fresh) !== style(document)) {
      window.location.reload(); // another version of the program
      return;
    }
    wall.className = now.className;
    wall.innerHTML = now.innerHTML;
    document.title = fresh.title;
  }

  function stale() {
    var line = document.getElementById("stale");
    line.textContent = line.getAttribute("data-stale").replace("{0}", document.getElementById("asof").textContent);
    line.hidden = false;
  }

  var next;

  function later() {
    window.clearTimeout(next);
    next = window.setTimeout(refresh, every);
  }

  function refresh() {
    fetch(window.location.href, { credentials: "omit", cache: "no-store" })
      .then(function (answer) {
        if (answer.status === 404) {
          window.location.reload(); // it expired or was revoked
          return undefined;
        }
        if (!answer.ok) {
          throw new Error("away");
        }
        return answer.text().then(show);
      })
      .catch(stale)
      .then(later);
  }

  window.addEventListener("online", refresh); // the network is back: at once
  later();
})();
