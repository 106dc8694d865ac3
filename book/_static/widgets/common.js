/* What all widgets share: to find their places on the page, to make controls, to plot, to write numbers.
   Classic scripts, not modules: a page opened from a folder (file://) may not load modules. */
"use strict";
window.courseWidgets = (() => {
  const SVG = "http://www.w3.org/2000/svg";

  /* Make an element; `on…` attributes are listeners, children are elements or text. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  }

  /* Give every place of this name a live part, which `build(live)` fills. If it throws, the fallback stays. */
  function define(name, title, build) {
    for (const place of document.querySelectorAll(`.widget-${name}`)) {
      const live = make("div", {class: "widget-live", role: "group", "aria-label": title});
      live.append(make("p", {class: "widget-title", "aria-hidden": "true"}, title));
      place.append(live);
      place.classList.add("widget-on");      // the live part needs its width while it is built
      try {
        build(live);
      } catch (error) {
        place.classList.remove("widget-on");
        live.remove();
        console.error(error);
      }
    }
  }

  /* Write a number as Python's format "g" would, with a true minus. */
  function show(value, digits = 4) {
    if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "∞" : "−∞";
    const size = Math.abs(value);
    const small = size !== 0 && (size < 1e-4 || size >= 10 ** Math.max(digits, 4));
    let [mantissa, exponent] = (small ? value.toExponential(digits - 1) : value.toPrecision(digits)).split("e");
    if (mantissa.includes(".")) mantissa = mantissa.replace(/\.?0+$/, "");
    return (exponent ? `${mantissa}e${exponent.replace("+", "")}` : mantissa).replace(/-/g, "−");
  }

  /* An input beside its label, and what else stands there. */
  let labels = 0;
  function labelled(kind, label, input, ...more) {
    input.id = `widget-input-${++labels}`;
    return make("div", {class: kind}, make("label", {for: input.id}, label), input, ...more);
  }

  /* A range input with its label. says: how its value is spoken and written. */
  function slider(parent, {label, min, max, step, value, says, change}) {
    const written = make("output", {"aria-hidden": "true"});
    const input = make("input", {type: "range", min, max, step, value, oninput: () => { speak(); change(+input.value); }});
    function speak() {
      written.textContent = says(+input.value);
      input.setAttribute("aria-valuetext", written.textContent);
    }
    parent.append(labelled("widget-slider", label, input, written));
    speak();
    return {
      get value() { return +input.value; },
      set value(v) { input.value = v; speak(); },
      limits(from, to) { input.min = from; input.max = to; speak(); },
    };
  }

  function select(parent, {label, options, change}) {
    const input = make("select", {onchange: () => change(input.value)},
                       ...options.map(([value, text]) => make("option", {value}, text)));
    parent.append(labelled("widget-choice", label, input));
    return input;
  }

  /* A choice of expressions, and a field to type another one. read(text) may throw; its message is shown. */
  function expressionField(parent, {label, presets, read}) {
    const id = `widget-error-${document.querySelectorAll(".widget-error").length}`;
    const error = make("p", {class: "widget-error", role: "alert", id});
    const input = make("input", {type: "text", spellcheck: "false", autocapitalize: "off", autocomplete: "off",
                                 value: presets[0], "aria-describedby": id, onchange: () => take(input.value)});
    function take(text) {
      input.value = text;
      error.textContent = "";
      try {
        read(text);
      } catch (problem) {
        error.textContent = problem.message;
      }
      input.setAttribute("aria-invalid", String(error.textContent !== ""));
    }
    const choice = select(parent, {label: "Try", options: presets.map(p => [p, p]), change: take});
    parent.append(labelled("widget-expression", label, input), error);
    return {take, choice};
  }

  /* What the lines and marks of a plot are; entries: [classes as in the plot, text], a mark's class begins with "mark". */
  function legend(parent, entries) {
    parent.append(make("p", {class: "widget-legend"}, ...entries.map(([kind, text]) => {
      const sample = document.createElementNS(SVG, "svg");
      const mark = kind.startsWith("mark"), shape = document.createElementNS(SVG, mark ? "circle" : "path");
      const attributes = mark ? {cx: 12, cy: 6, r: 4, class: kind} : {d: "M0 6H24", class: kind};
      for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
      sample.setAttribute("class", "widget-plot");
      sample.setAttribute("aria-hidden", "true");
      sample.append(shape);
      return make("span", {}, sample, text);
    })));
  }

  /* A table with these headings; its fill(rows) writes rows of {cells, now}. */
  function table(parent, caption, headings) {
    const body = make("tbody");
    const head = make("tr", {}, ...headings.map(h => make("th", {scope: "col"}, h)));
    const frame = make("div", {class: "widget-table"},
                       make("table", {}, make("caption", {}, caption), make("thead", {}, head), body));
    parent.append(frame);
    // Where the table is wider than the page, it can be scrolled by the keyboard as well.
    new ResizeObserver(() => {
      if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
      else frame.removeAttribute("tabindex");
    }).observe(frame);
    return {
      body,
      fill(rows) {
        const present = {class: "now", "aria-current": "step"};
        body.replaceChildren(...rows.map(({cells, now}) => make("tr", now ? present : {}, ...cells.map((cell, k) => make(k ? "td" : "th", k ? {} : {scope: "row"}, cell)))));
      },
    };
  }

  return {SVG, make, define, show, labelled, slider, select, expressionField, legend, table};
})();
