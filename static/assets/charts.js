// Puts figures that answer to pointer and keys in the place of those that the
// server drew, with Apache ECharts, where that was there when the program was
// built. Every figure that is shown is a word of the server's: nothing is
// computed here but places. Where anything is missing the drawn figure stays.
(function () {
  "use strict";
  var echarts = window.echarts;
  if (!echarts || !window.MutationObserver) {
    return;
  }
  var hosts = Array.prototype.slice.call(document.querySelectorAll("[data-chart]"));
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function token(name) {
    return window.getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  }

  // tones as charts.css has them.
  function tones() {
    return { high: token("green"), middle: token("blue"), low: token("red"), small: token("card"), was: token("card") };
  }

  function words() {
    return { color: token("soft"), fontSize: 14, fontFamily: window.getComputedStyle(document.body).fontFamily };
  }

  // frame is what all figures have in common. The tooltip is drawn, not
  // written: our content policy allows no style in markup.
  function frame(data) {
    return {
      animation: false,
      textStyle: { fontFamily: words().fontFamily },
      tooltip: {
        renderMode: "richText",
        confine: true,
        backgroundColor: token("card"),
        borderColor: token("edge"),
        textStyle: { color: token("ink"), fontSize: 16, fontFamily: words().fontFamily },
        formatter: function (p) {
          var at = Array.isArray(p) ? p[0] : p;
          return at && data.marks[at.dataIndex] ? data.marks[at.dataIndex].text : "";
        },
      },
    };
  }

  function thresholds(axis) {
    function one(at, colour) {
      var line = { lineStyle: { color: token(colour), type: "dashed", width: 1.5 }, label: { show: false } };
      line[axis] = at;
      return line;
    }
    return { silent: true, symbol: "none", data: [one(60, "red"), one(90, "green")] };
  }

  function axis(more) {
    var base = {
      axisLabel: words(),
      nameTextStyle: words(),
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: token("line") } },
    };
    Object.keys(more).forEach(function (key) {
      base[key] = more[key];
    });
    return base;
  }

  function share(value) {
    return value + "%";
  }

  function labels(format) {
    var label = words();
    label.formatter = format;
    label.hideOverlap = true;
    return label;
  }

  function zoom(of) {
    var colours = { borderColor: token("line"), fillerColor: token("green-wash"), backgroundColor: token("sunk"), textStyle: words() };
    var bar = { type: "slider", brushSelect: false, showDetail: false, showDataShadow: false, labelFormatter: "", handleStyle: { color: token("card"), borderColor: token("edge") } };
    Object.keys(colours).forEach(function (key) {
      bar[key] = colours[key];
    });
    bar[of] = 0;
    if (of === "xAxisIndex") {
      bar.height = 16;
      bar.bottom = 4;
    } else {
      bar.width = 16;
      bar.right = 4;
      bar.filterMode = "empty";
    }
    var inside = { type: "inside", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false };
    inside[of] = 0;
    return [bar, inside];
  }

  var kinds = {
    days: function (data) {
      var option = frame(data);
      option.tooltip.trigger = "axis";
      option.tooltip.axisPointer = { type: "shadow" };
      option.grid = { left: 56, right: 16, top: 36, bottom: 56 };
      option.xAxis = axis({ type: "category", splitLine: { show: false }, axisLabel: labels(null), data: data.marks.map(function (m) { return m.short; }) });
      option.yAxis = axis({ type: "value", minInterval: 1, name: data.unit });
      option.dataZoom = zoom("xAxisIndex");
      option.series = [{
        type: "bar",
        barMaxWidth: 40,
        data: data.marks.map(function (m) {
          return { value: m.count, itemStyle: { color: token(m.today ? "five-4" : "green") } };
        }),
      }];
      return option;
    },

    scatter: function (data) {
      var option = frame(data), tone = tones(), most = 1;
      data.marks.forEach(function (m) { most = Math.max(most, m.count || 1); });
      option.grid = { left: 56, right: 40, top: 36, bottom: 72 };
      option.xAxis = axis({ type: "value", min: 0, max: data.to, name: data.across, nameLocation: "middle", nameGap: 28, axisLabel: labels(share) });
      option.yAxis = axis({ type: "value", min: data.from, max: 100, name: data.up, axisLabel: labels(share) });
      option.dataZoom = zoom("xAxisIndex").concat(zoom("yAxisIndex"));
      option.series = [{
        type: data.cell ? "custom" : "scatter",
        symbolSize: 11,
        markLine: thresholds("yAxis"),
        clip: true,
        encode: { x: 0, y: 1 },
        data: data.marks.map(function (m) {
          return {
            value: [m.x, m.y],
            itemStyle: { color: tone[m.tone], borderColor: token(m.tone === "small" ? "soft" : "card"), borderWidth: m.tone === "small" ? 1.5 : 1 },
          };
        }),
        renderItem: function (params, api) {
          var m = data.marks[params.dataIndex], half = data.cell / 2;
          var a = api.coord([m.x - half, m.y + half]), b = api.coord([m.x + half, m.y - half]);
          return {
            type: "rect",
            shape: { x: a[0], y: a[1], width: b[0] - a[0], height: b[1] - a[1] },
            style: { fill: tone[m.tone], opacity: Math.ceil(5 * Math.sqrt(m.count / most)) / 5, stroke: token("card"), lineWidth: 1 },
          };
        },
      }];
      return option;
    },

    league: rows,
    change: rows,
  };

  // rows are projects below one another: an interval with its rate, or what
  // was and what is.
  function rows(data) {
    var option = frame(data), tone = tones(), narrow = window.innerWidth < 720;
    option.grid = { left: narrow ? "32%" : "30%", right: 104, top: 28, bottom: 8 };
    option.xAxis = axis({ type: "value", min: data.from, max: 100, position: "top", axisLabel: labels(share) });
    var name = words();
    name.color = token("ink");
    name.fontSize = narrow ? 14 : 16;
    name.width = (narrow ? 0.28 : 0.27) * document.getElementById("main").clientWidth;
    name.overflow = "truncate";
    option.yAxis = [
      axis({ type: "category", inverse: true, splitLine: { show: false }, axisLabel: name, data: data.marks.map(function (m) { return m.name; }) }),
      axis({ type: "category", inverse: true, position: "right", splitLine: { show: false }, data: data.marks.map(function (m) { return m.value; }) }),
    ];
    option.yAxis[0].axisLabel.interval = 0;
    option.yAxis[1].axisLabel = { color: token("ink"), fontSize: name.fontSize, fontWeight: 600, fontFamily: name.fontFamily, interval: 0 };
    option.dataZoom = data.marks.length > 12 ? zoom("yAxisIndex") : [];
    option.dataZoom.forEach(function (z) { z.yAxisIndex = [0, 1]; });
    option.series = [{
      type: "custom",
      markLine: thresholds("xAxis"),
      encode: { x: 0, y: 1 },
      data: data.marks.map(function (m, i) { return [m.hi, i]; }),
      renderItem: function (params, api) {
        var m = data.marks[params.dataIndex], i = params.dataIndex;
        var lo = api.coord([m.lo, i]), hi = api.coord([m.hi, i]);
        var line = token("edge");
        if (m.at === undefined && (m.tone === "high" || m.tone === "low")) {
          line = tone[m.tone];
        }
        var parts = [{ type: "line", shape: { x1: lo[0], y1: lo[1], x2: hi[0], y2: hi[1] }, style: { stroke: line, lineWidth: m.at === undefined ? 3 : 2 } }];
        function dot(at, radius, fill, edge) {
          parts.push({ type: "circle", shape: { cx: at[0], cy: at[1], r: radius }, style: { fill: fill, stroke: edge, lineWidth: 2 } });
        }
        if (m.at === undefined) {
          dot(lo, 4, tone.was, token("soft"));
        }
        dot(m.at === undefined ? hi : api.coord([m.at, i]), 6, tone[m.tone], token(m.tone === "small" ? "soft" : "card"));
        parts.push({ type: "rect", shape: { x: params.coordSys.x, y: lo[1] - 14, width: params.coordSys.width, height: 28 }, style: { fill: "transparent" } });
        return { type: "group", children: parts };
      },
    }];
    return option;
  }

  // draw makes or renews the figure of a host from the data in it.
  function draw(host) {
    var island = host.querySelector(".chart-data"), still = host.querySelector(".chart-still");
    if (!island || !still) {
      return;
    }
    var kind = host.getAttribute("data-chart"), data = JSON.parse(island.textContent);
    if (!data.marks || data.marks.length === 0) {
      return;
    }
    host.marks = data.marks;
    if (!host.chart) {
      var canvas = document.createElement("div");
      canvas.className = "chart-canvas";
      canvas.style.height = Math.max(160, still.querySelector("svg").height.baseVal.value) + "px";
      canvas.tabIndex = 0;
      canvas.setAttribute("role", "img");
      host.insertBefore(canvas, host.firstChild);
      host.said = document.createElement("p");
      host.said.className = "visually-hidden";
      host.said.setAttribute("aria-live", "polite");
      host.insertBefore(host.said, canvas.nextSibling);
      host.chart = echarts.init(canvas, null, { renderer: "canvas" });
      host.canvas = canvas;
      keys(host);
    }
    host.canvas.setAttribute("aria-label", data.title + ". " + data.desc);
    host.chart.setOption(kinds[kind](data), { notMerge: !host.drawn || host.themed !== dark.matches, lazyUpdate: false });
    host.themed = dark.matches;
    host.drawn = true;
    host.classList.add("chart-on");
  }

  // keys go from mark to mark; what is there is said.
  function keys(host) {
    var at = -1;
    host.canvas.addEventListener("keydown", function (event) {
      var last = host.marks.length - 1;
      switch (event.key) {
        case "ArrowRight":
        case "ArrowDown":
          at = Math.min(last, at + 1);
          break;
        case "ArrowLeft":
        case "ArrowUp":
          at = Math.max(0, at - 1);
          break;
        case "Home":
          at = 0;
          break;
        case "End":
          at = last;
          break;
        case "Escape":
          at = -1;
          host.chart.dispatchAction({ type: "hideTip" });
          return;
        default:
          return;
      }
      event.preventDefault();
      host.chart.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: at });
      host.said.textContent = host.marks[at].text;
    });
    host.canvas.addEventListener("blur", function () {
      host.chart.dispatchAction({ type: "hideTip" });
    });
  }

  function all() {
    hosts.forEach(function (host) {
      try {
        draw(host);
      } catch (broken) {
        host.classList.remove("chart-on");
        if (host.canvas) {
          host.canvas.hidden = true;
        }
      }
    });
  }

  all();
  // Live parts are replaced by staff.js: then the figure is renewed.
  hosts.forEach(function (host) {
    var live = host.querySelector("[data-live]");
    if (live) {
      new MutationObserver(function () { draw(host); }).observe(live, { childList: true });
    }
  });
  window.addEventListener("resize", function () {
    hosts.forEach(function (host) {
      if (host.chart) {
        host.chart.resize();
      }
    });
  });
  if (dark.addEventListener) {
    dark.addEventListener("change", all);
  }
})();
