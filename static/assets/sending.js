/* Never lost, never doubled, where scripts run; without this file the browser
   sends the form itself. Written for browsers as old as Chrome 66: plain ES5.
   What is typed stays on this phone until it is acknowledged or refused, a day
   at most: a form being filled in as a draft, one being sent under its own
   submission key. It is sent again and again with that key until the server
   has answered; a page of the poster opened anew goes on with it, also one
   that has no form any more. What somebody chooses who answers again goes with
   the tab: that form is blank to whoever opens it next. 已收到 stands only on
   the page that the server names. */
(function () {
  "use strict";

  var DAY = 24 * 60 * 60 * 1000;
  var DRAFTS = "meihao.draft.";
  var RECEIPT = ".again."; /* in the name of what replaces an answer */
  var form = document.getElementById("form");

  function each(list, use) {
    for (var i = 0; i < list.length; i++) {
      use(list[i]);
    }
  }

  function now() {
    return new Date().getTime();
  }

  /* What is kept: storage may be full, forbidden or absent. --------------- */

  function place(name) {
    return name.indexOf(RECEIPT) > 0 && name.indexOf("!") < 0 ? window.sessionStorage : window.localStorage;
  }

  function load(name) {
    try {
      var kept = JSON.parse(place(name).getItem(name));
      return kept && Math.abs(now() - kept.at) < DAY ? kept : null;
    } catch (e) {
      return null;
    }
  }

  function store(name, kept) {
    try {
      place(name).setItem(name, JSON.stringify(kept));
      return true;
    } catch (e) {
      return false;
    }
  }

  function wipe(name) {
    try {
      place(name).removeItem(name);
    } catch (e) { /* nothing to wipe */ }
  }

  function names(begin) {
    var list = [];
    try {
      each([window.localStorage, window.sessionStorage], function (place) {
        for (var i = 0; i < place.length; i++) {
          if (place.key(i).indexOf(begin) === 0) {
            list.push(place.key(i));
          }
        }
      });
    } catch (e) { /* nothing is kept */ }
    return list;
  }

  each(names(DRAFTS), function (name) {
    if (!load(name)) {
      wipe(name);
    }
  });

  /* What was pressed 提交 for at a poster and has had no answer yet: being
     sent, or, where asked, sent by the browser itself. */
  function unsent(poster, native) {
    var found;
    each(names(DRAFTS + poster), function (name) {
      var kept = load(name);
      if (kept && (name.indexOf("!") > 0 || native && kept.native)) {
        found = found || { name: name.split("!")[0], kept: kept };
      }
    });
    return found;
  }

  /* A form that the browser itself sent has had its answer here. */
  var ends = document.querySelectorAll("#done[data-poster], #stop[data-poster]");
  each(ends, function (end) {
    each(names(DRAFTS + end.getAttribute("data-poster")), function (name) {
      var kept = load(name);
      if (kept && kept.native) {
        wipe(name);
      }
    });
  });

  /* A phone that has answered is shown no form, but may not be done sending. */
  each(document.querySelectorAll("[data-unsent]"), function (link) {
    var found = unsent(link.pathname.split("/").pop());
    if (found && found.kept.receipt) {
      link = document.querySelector("a[href*='/again?'][href*='receipt=" + found.kept.receipt + "']");
    }
    if (found && link) {
      window.location.replace(link.href);
    }
  });

  /* Where no form stands any more, what waits gets one without a face. */
  function faceless() {
    var page = document.getElementById("unsent");
    var found = page && !ends.length && unsent(page.getAttribute("data-poster"), true);
    var sent = document.createElement("form");
    function hidden(name, value) {
      var input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      input.value = value;
      sent.appendChild(input);
    }
    if (!found) {
      return null;
    }
    hidden("key", "");
    if (found.kept.receipt) {
      hidden("receipt", found.kept.receipt);
    }
    each(Object.keys(found.kept.values), function (name) {
      each(found.kept.values[name], function (value) {
        hidden(name, value);
      });
    });
    sent.method = "post";
    sent.action = page.getAttribute("data-action") + (found.kept.receipt ? "/again" : "");
    sent.setAttribute("data-draft", found.name.slice(DRAFTS.length));
    sent.setAttribute("data-wait", page.getAttribute("data-wait"));
    sent.found = found.kept;
    page.appendChild(sent);
    return sent;
  }

  form = form || faceless();
  if (!form) {
    return;
  }

  /* The form -------------------------------------------------------------- */

  var controls = form.elements;
  var key = controls.key;
  var name = DRAFTS + form.getAttribute("data-draft");
  var tried; /* the answers of the first attempt with this key: they may have arrived */
  var stored = false; /* what is typed is on this phone */
  var touched = false; /* typed here, not only shown as another tab has it */

  function outbox() {
    return name + "!" + key.value;
  }

  function fresh() {
    var symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    var random = new Uint8Array(22);
    tried = undefined;
    key.value = "";
    window.crypto.getRandomValues(random);
    each(random, function (r) {
      key.value += symbols.charAt(r & 63);
    });
  }

  function answers(use) {
    each(controls, function (c) {
      if (c.name && c !== key && c !== controls.receipt && !/^(submit|button|fieldset)$/.test(c.type)) {
        use(c, c.type === "radio" || c.type === "checkbox");
      }
    });
  }

  function read() {
    var values = {};
    answers(function (c, choice) {
      if (choice ? c.checked : c.value) {
        (values[c.name] = values[c.name] || []).push(c.value);
      }
    });
    return values;
  }

  function write(values) {
    answers(function (c, choice) {
      var given = values[c.name] || [];
      if (choice) {
        c.checked = given.indexOf(c.value) >= 0;
      } else if (given.length || c.type !== "select-one") {
        c.value = given[0] || "";
      }
    });
  }

  function encoded(text) {
    try {
      return encodeURIComponent(text);
    } catch (e) { /* half a pair of surrogates */
      return encodeURIComponent(text.replace(/[\uD800-\uDFFF]/g, "\uFFFD"));
    }
  }

  function body(values) {
    var pairs = [];
    each([key, controls.receipt], function (c) {
      if (c) {
        pairs.push(c.name + "=" + encoded(c.value));
      }
    });
    each(Object.keys(values), function (name) {
      each(values[name], function (value) {
        pairs.push(encoded(name) + "=" + encoded(value));
      });
    });
    return pairs.join("&");
  }

  /* native: the browser itself sends it, and another page has to wipe it. */
  function keep(at, native) {
    stored = store(at, {
      at: now(), key: key.value, receipt: controls.receipt && controls.receipt.value, values: read(), tried: tried, native: native
    });
    return stored;
  }

  function same(kept) {
    return !!kept && JSON.stringify(kept.values) === JSON.stringify(read());
  }

  /* A key with which another tab is sending something else is not ours. */
  function save() {
    var theirs = load(outbox());
    if (out || ended || left) {
      return;
    }
    touched = true;
    if (theirs && !same(theirs)) {
      fresh();
    }
    keep(name);
  }

  /* Saying what happens --------------------------------------------------- */

  var main = document.querySelector("main");
  var panel = document.getElementById("sending");
  var status = panel.querySelector("[role=status]");
  var counter = panel.querySelector(".hint");
  var halt = panel.querySelector("button");

  function words(of) {
    return panel.getAttribute("data-" + of);
  }

  /* Words for all, or (quietly) only for those who listen to the page. */
  function say(text, quietly) {
    panel.className = quietly ? "visually-hidden" : "notice notice-warn";
    halt.hidden = !out || quietly || !!form.found;
    setTimeout(function () { /* a status is read aloud when it changes in place */
      if (status.textContent !== text) {
        status.textContent = text;
      }
    }, 100);
  }

  function buttons(text) {
    each(form.querySelectorAll("button[data-sending]"), function (b) {
      if (!b.getAttribute("data-words")) {
        b.setAttribute("data-words", b.textContent);
      }
      b.textContent = text || b.getAttribute("data-words");
      b.setAttribute("aria-disabled", out && request || left ? "true" : "false");
    });
  }

  function tick() {
    var seconds = Math.ceil((until - now()) / 1000);
    counter.textContent = request ? words("sending") : seconds > 0 ? words("in").replace("0", seconds) : "";
  }

  function lock(on) {
    answers(function (c) {
      c.disabled = on;
    });
  }

  /* Sending --------------------------------------------------------------- */

  var wait = Number(form.getAttribute("data-wait")) || 2000; /* ms before the first retry */
  var out = null; /* what is being sent */
  var request = null; /* and under way now */
  var left = false; /* the browser itself sends */
  var ended = false; /* acknowledged */
  var until, timer, slow, ticking;

  function still() {
    clearTimeout(timer);
    clearTimeout(slow);
    clearInterval(ticking);
    if (request) {
      request.onload = request.onerror = request.ontimeout = null;
      request.abort();
      request = null;
    }
  }

  function rest() {
    still();
    out = null;
    left = false;
    lock(false);
    buttons();
    counter.textContent = "";
    panel.className = "visually-hidden";
    halt.hidden = true;
  }

  /* Of two that replace the same answer the later one counts. */
  function onlyOne() {
    each(controls.receipt ? names(name + "!") : [], function (older) {
      if (older !== outbox()) {
        wipe(older);
      }
    });
  }

  /* First words beside the button that was pressed, or above it all. */
  function begin(text, quietly, beside) {
    var values = JSON.stringify(read());
    tried = tried || values;
    out = { body: body(read()), changed: tried !== values, times: 0 };
    onlyOne();
    if (keep(outbox())) {
      wipe(name);
    }
    if (beside) {
      beside.parentNode.insertBefore(panel, beside.nextSibling);
      beside.focus();
    } else {
      main.insertBefore(panel, main.firstChild);
    }
    lock(true);
    say(text, quietly);
    attempt();
  }

  function attempt() {
    if (!out || request) {
      return;
    }
    still();
    request = new XMLHttpRequest();
    request.open("POST", form.getAttribute("action"));
    request.timeout = 10 * wait;
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    request.onload = answered;
    request.onerror = request.ontimeout = function () {
      later(navigator.onLine === false ? "offline" : "lost");
    };
    request.send(out.body);
    buttons(words("sending"));
    tick();
    slow = setTimeout(function () {
      if (out.times === 0) {
        say(words("sending"));
      }
    }, 2 * wait);
  }

  function answered() {
    var code = request.status;
    var reply = {};
    try {
      reply = JSON.parse(request.responseText);
    } catch (e) { /* a page of somebody between us and the server */ }
    if ((code === 200 || code === 201) && reply.next) {
      acknowledged(reply);
    } else if (code === 429 || code === 503) {
      later("busy", Number(request.getResponseHeader("Retry-After")));
    } else if (code === 200 || code === 502 || code === 504) {
      later("lost");
    } else {
      hand();
    }
  }

  function later(why, seconds) {
    var delay = Math.min(wait * Math.pow(2, out.times++), 30 * wait);
    still();
    delay = Math.max(delay, Math.min(seconds || 0, 300) * 1000) * (1 + Math.random() / 2);
    until = now() + delay;
    timer = setTimeout(attempt, delay);
    ticking = setInterval(tick, 1000);
    buttons(words("now"));
    tick();
    say(words(why) + words(stored ? "kept" : "stay"));
  }

  function acknowledged(reply) {
    var draft = load(name);
    ended = true;
    if (draft && draft.key === key.value) {
      wipe(name);
    }
    wipe(outbox());
    window.location.replace(reply.next + (reply.retry && out.changed ? "&retry=1" : ""));
  }

  /* The server has more to say than yes: its page comes by the same request. */
  function hand() {
    rest();
    if (keep(name, true)) {
      wipe(outbox());
    }
    left = true;
    buttons(words("sending"));
    setTimeout(uncover, 10 * wait);
    form.submit();
  }

  /* What goes on being sent is not laid open to whoever holds the phone. */
  function uncover() {
    rest();
    form.hidden = false;
  }

  function stopped() {
    uncover();
    say(words(controls.receipt ? "stopped-again" : "stopped"));
  }

  function change() {
    stopped();
    if (keep(name)) {
      wipe(outbox());
    }
  }

  halt.onclick = function () {
    change();
    (panel.parentNode.querySelector("button[data-sending]") || form.querySelector("button[data-sending]")).focus();
  };

  /* What happens to the page ---------------------------------------------- */

  var pressed;
  document.addEventListener("click", function (event) {
    pressed = event.target.closest("button");
  }, true);

  /* Another language or size: what is typed goes along as a draft, or, where
     nothing can be kept, by way of the server. */
  function elsewhere(event, address) {
    if (left) {
      event.preventDefault();
      return;
    }
    save();
    if (stored) {
      event.preventDefault();
      window.location.replace(address);
    } else {
      rest();
    }
  }

  form.addEventListener("submit", function (event) {
    if (pressed && pressed.getAttribute("data-href")) {
      elsewhere(event, pressed.getAttribute("data-href"));
      return;
    }
    event.preventDefault();
    if (out) {
      attempt();
    } else if (!left && !ended) {
      save();
      begin(words("sending"), true, pressed && pressed.getAttribute("data-sending") ? pressed : form.querySelector("button[data-sending]"));
    }
  });

  /* After the form's own scripts: they may change an answer once more. */
  document.addEventListener("change", function (event) {
    if (event.target.form === form) {
      save();
    }
  });

  var typing;
  form.addEventListener("input", function () {
    clearTimeout(typing);
    typing = setTimeout(save, 400);
  });

  window.addEventListener("online", attempt);

  window.addEventListener("beforeunload", function (event) {
    if (out && !stored && !ended) {
      event.preventDefault();
      event.returnValue = "";
    }
  });

  /* Another tab ended with our key: it took the answers back to change them,
     or they are acknowledged. Of answers that replace others it cannot be
     known which, and a later one may be on its way: those stop. */
  window.addEventListener("storage", function (event) {
    var draft = load(name);
    if (ended || left || event.key !== outbox() || event.newValue) {
      return;
    }
    if (controls.receipt || draft && draft.key === key.value && !draft.native) {
      if (out) {
        touched = false;
        stopped();
      }
    } else if (out) {
      attempt();
    } else if (!touched || same(JSON.parse(event.oldValue))) {
      window.location.reload();
    } else {
      fresh();
      save();
    }
  });

  /* Back from another page. What is acknowledged is not shown again. */
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) {
      return;
    }
    if (ended || (stored ? !load(name) && !load(outbox()) : left)) {
      window.location.reload();
    } else if (out) {
      still();
      attempt();
    } else {
      uncover();
    }
  });

  /* As it was ------------------------------------------------------------- */

  var draft = load(name);
  var typed = form.getAttribute("data-kept"); /* the server has just sent it back */
  var waiting = form.found || !typed && load(names(name + "!")[0] || "");
  form.setAttribute("autocomplete", "off"); /* else the browser fills in what is acknowledged */
  if (waiting) {
    key.value = waiting.key;
    tried = waiting.tried;
    if (!form.found) {
      write(waiting.values);
    }
    form.hidden = true;
    begin(words(form.found ? "found" : "resumed"));
  } else if (typed) {
    tried = draft && draft.key === key.value ? draft.tried : undefined;
    save();
  } else if (draft) {
    write(draft.values);
    key.value = draft.key;
    tried = draft.tried;
    stored = true;
  }
  if (!key.value) {
    fresh();
  }
})();
