// What script adds to the print of posters: once the browser has printed, that
// is noted for each of them. Without script there is a button.
(function () {
  "use strict";

  var form = document.querySelector("[data-mark]");
  if (!form || !window.fetch || !window.FormData || !window.URLSearchParams) {
    return;
  }
  var said = form.querySelector("[data-marked]");
  var sending = false;

  window.addEventListener("afterprint", function () {
    if (sending) {
      return;
    }
    sending = true;
    var body = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      body.append(name, value);
    });
    body.append("quiet", "1");
    fetch(form.action, { method: "POST", body: body, credentials: "same-origin", redirect: "manual" })
      .then(function (answer) {
        sending = false;
        if (answer.status === 204) {
          said.textContent = said.getAttribute("data-text");
          form.querySelector("button").hidden = true;
        }
      })
      .catch(function () {
        sending = false; // the button is there still
      });
  });
})();
