// What script adds to the reminders: a button that copies the text, and PNG
// pictures in place of SVG, which phones save by a long press and WeChat takes.
(function () {
  "use strict";

  function each(selector, work) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), work);
  }

  function copy(field, done) {
    function old() {
      field.focus();
      field.select();
      if (document.execCommand("copy")) {
        done();
      }
    }
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(field.value).then(done, old);
    } else {
      old();
    }
  }

  each("[data-copy]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      copy(document.getElementById(button.getAttribute("data-copy")), function () {
        button.parentNode.querySelector("[role=status]").textContent = button.getAttribute("data-done");
      });
    });
  });

  // The SVG stays where a browser cannot draw it.
  function draw(img) {
    var link = document.getElementById(img.getAttribute("data-picture"));
    var canvas = document.createElement("canvas");
    var data;
    if (img.src.indexOf("data:") === 0 || !img.naturalWidth) {
      return;
    }
    canvas.width = img.naturalWidth;
    canvas.height = img.naturalHeight;
    try {
      canvas.getContext("2d").drawImage(img, 0, 0);
      data = canvas.toDataURL("image/png");
    } catch (e) {
      return;
    }
    img.src = data;
    link.href = data;
    link.setAttribute("download", link.getAttribute("download").replace(/\.svg$/, ".png"));
  }

  each("[data-picture]", function (img) {
    if (img.complete) {
      draw(img);
    }
    img.addEventListener("load", function () {
      draw(img);
    });
  });
})();
