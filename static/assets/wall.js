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
    var next = fresh.getElementById("wall");
    if (!next || style(fresh) !== style(document)) {
      window.location.reload(); // another version of the program
      return;
    }
    wall.className = next.className;
    wall.innerHTML = next.innerHTML;
    document.title = fresh.title;
  }

  function stale() {
    var line = document.getElementById("stale");
    line.textContent = line.getAttribute("data-stale").replace("{0}", document.getElementById("asof").textContent);
    line.hidden = false;
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
      .then(function () {
        window.setTimeout(refresh, every);
      });
  }

  window.setTimeout(refresh, every);
})();
