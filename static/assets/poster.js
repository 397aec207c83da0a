// What script adds to the print of posters: once the browser's print dialog is
// closed it asks whether they came out, and notes it for each of them on a yes.
// The dialog itself does not tell a print from a cancelled one. Without script
// there is a button, which is there with it, too.
(function () {
  "use strict";

  var form = document.querySelector("[data-mark]");
  if (!form || !window.fetch || !window.FormData || !window.URLSearchParams) {
    return;
  }
  var button = form.querySelector("button:not([type=button])");
  var asked = form.querySelector("[data-asked]");
  var said = form.querySelector("[data-marked]");
  var noted = false;

  function ask(open) {
    asked.hidden = !open;
    button.hidden = open || noted;
  }

  function say(name) {
    said.textContent = said.getAttribute(name);
  }

  window.addEventListener("afterprint", function () {
    said.textContent = "";
    ask(true);
    form.querySelector("[data-yes]").focus();
  });

  form.querySelector("[data-no]").addEventListener("click", function () {
    ask(false);
  });

  form.querySelector("[data-yes]").addEventListener("click", function () {
    var body = new URLSearchParams();
    new FormData(form).forEach(function (value, name) {
      body.append(name, value);
    });
    body.append("quiet", "1");
    noted = true; // a second click sends nothing
    ask(false);
    fetch(form.action, { method: "POST", body: body, credentials: "same-origin", redirect: "manual" })
      .then(function (answer) {
        noted = answer.status === 204;
        say(noted ? "data-text" : "data-failed");
        ask(false);
      })
      .catch(function () {
        noted = false;
        say("data-failed");
        ask(false);
      });
  });
})();
