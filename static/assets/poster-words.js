// The preview beside the words of a poster follows what is typed. Without
// script it shows what is saved.
(function () {
  "use strict";

  var form = document.querySelector("[data-words]");
  if (!form) {
    return;
  }

  function follow(field) {
    var text = field.value.replace(/\s+/g, " ").trim() || field.getAttribute("data-default");
    Array.prototype.forEach.call(document.querySelectorAll('[data-word="' + field.name + '"]'), function (place) {
      place.textContent = text;
    });
  }

  Array.prototype.forEach.call(form.querySelectorAll("[data-default]"), function (field) {
    field.addEventListener("input", function () {
      follow(field);
    });
    if (field.value) {
      follow(field);
    }
  });
})();
