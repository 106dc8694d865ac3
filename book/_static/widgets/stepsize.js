/* Drag the step h: the error of a difference quotient, computed here in float64 or float32. */
"use strict";
courseWidgets.define("stepsize", "Try it: drag the step", live => {
  const {make, show, slider, select, legend, table, Plot} = courseWidgets;

  /* At x = 1: f, its derivatives, and the imaginary part of f(1 + ih), each rounded as the width says. */
  const FUNCTIONS = {
    exp: {name: "exp(x) at 1", f: Math.exp, d: [Math.E, Math.E, Math.E, Math.E],
          imag: (h, r) => r(r(Math.exp(1)) * r(Math.sin(h)))},
    sin: {name: "sin(x) at 1", f: Math.sin, d: [Math.sin(1), Math.cos(1), -Math.sin(1), -Math.cos(1)],
          imag: (h, r) => r(r(Math.cos(1)) * r(Math.sinh(h)))},
    inverse: {name: "1/x at 1", f: x => 1 / x, d: [1, -1, 2, -6], imag: (h, r) => r(-h / r(1 + r(h * h)))},
  };
  const WIDTHS = {float64: {round: v => v, u: 2 ** -53}, float32: {round: Math.fround, u: 2 ** -24}};
  /* Each method: its estimate, every operation rounded by r; truncation and round-off of the model, relative. */
  const METHODS = {
    forward: {name: "forward", estimate: ({f}, h, r) => r(r(r(f(r(1 + h))) - r(f(1))) / h),
              truncation: (d, h) => h / 2 * Math.abs(d[2] / d[1]), roundoff: (d, h, u) => 2 * u / h * Math.abs(d[0] / d[1]),
              best: (d, u) => 2 * Math.sqrt(u * Math.abs(d[0] / d[2]))},
    central: {name: "central", estimate: ({f}, h, r) => r(r(r(f(r(1 + h))) - r(f(r(1 - h)))) / r(2 * h)),
              truncation: (d, h) => h * h / 6 * Math.abs(d[3] / d[1]), roundoff: (d, h, u) => u / h * Math.abs(d[0] / d[1]),
              best: (d, u) => Math.cbrt(3 * u * Math.abs(d[0] / d[3]))},
    complex: {name: "complex step", estimate: (fn, h, r) => r(fn.imag(h, r) / h),
              truncation: (d, h) => h * h / 6 * Math.abs(d[3] / d[1]), roundoff: (d, h, u) => u, best: () => null},
  };
  const POWERS = Array.from({length: 52}, (_, k) => -52 + k);      // h = 2**k: then 1 + h is not rounded
  const LOWEST = 1e-17;                                           // an error of zero is drawn here
  const state = {fn: FUNCTIONS.exp, width: "float64", method: "forward", power: -8};

  function measure(method, h) {
    const {round, u} = WIDTHS[state.width], d = state.fn.d, m = METHODS[method];
    const estimate = m.estimate(state.fn, h, round);
    return {estimate, error: Math.abs(estimate / d[1] - 1), truncation: m.truncation(d, h), roundoff: m.roundoff(d, h, u)};
  }

  const choices = make("div", {class: "widget-controls"});
  live.append(choices);
  select(choices, {label: "f", options: Object.entries(FUNCTIONS).map(([key, {name}]) => [key, name]),
                   change: key => { state.fn = FUNCTIONS[key]; draw(); }});
  const methods = Object.entries(METHODS).map(([key, {name}]) => [key, name]);
  select(choices, {label: "method", options: methods, change: key => { state.method = key; draw(); }});
  select(choices, {label: "numbers", options: Object.keys(WIDTHS).map(w => [w, w]),
                   change: width => { state.width = width; draw(); }});
  const plot = new Plot(live, {height: 300, redraw: draw,
    label: "Relative error over the step h, both logarithmic; the numbers at the chosen step are in the table below."});
  legend(live, [["mark first", "error"], ["line second", "truncation (model)"], ["line third dashed", "round-off (model)"],
                ["line faint dashed", "predicted best step"]]);
  const spell = power => `2⁻${String(-power).replace(/\d/g, d => "⁰¹²³⁴⁵⁶⁷⁸⁹"[d])} ≈ ${show(2 ** power, 2)}`;
  const steps = slider(live, {label: "step h", min: -52, max: -1, step: 1, value: state.power, says: spell,
                              change: power => { state.power = power; draw(); }});
  plot.onDrag(x => {
    state.power = Math.max(-52, Math.min(-1, Math.round(x / Math.log10(2))));
    steps.value = state.power;
    draw();
  });
  const says = make("p", {class: "widget-says", "aria-live": "polite"});
  live.append(says);
  const numbers = table(live, "All three at this step",
                        ["method", "estimate of f′(1)", "relative error", "truncation", "round-off"]);

  /* The estimate, with the digits that agree with the exact slope in bold. */
  function digits(estimate) {
    const count = state.width === "float32" ? 9 : 17;
    const [text, exact] = [estimate, state.fn.d[1]].map(v => v.toPrecision(count).replace("-", "−"));
    let same = 0;
    while (same < text.length && text[same] === exact[same]) same++;
    return make("span", {}, make("strong", {}, text.slice(0, same)), text.slice(same));
  }

  function verdict(h, {error, truncation, roundoff}) {
    const best = METHODS[state.method].best(state.fn.d, WIDTHS[state.width].u);
    const name = {forward: "forward difference", central: "central difference", complex: "complex step"}[state.method];
    const start = `${state.width}, h ≈ ${show(h, 2)}: the ${name} is off by ${show(error, 2)}`;
    if (best === null) return `${start}. Nothing is subtracted, so no step is too small.`;
    if (error >= 0.5) return `${start}: no digit is right. Predicted best step: ${show(best, 2)}.`;
    const side = truncation > 3 * roundoff ? "Truncation is larger than round-off: the step is too large"
      : roundoff > 3 * truncation ? "Round-off is larger than truncation: the step is too small"
      : "Truncation and round-off are about equal: this is near the best step";
    return `${start}. ${side}. Predicted best step: ${show(best, 2)}.`;
  }

  function draw() {
    const {u} = WIDTHS[state.width], d = state.fn.d, m = METHODS[state.method], h = 2 ** state.power;
    const data = POWERS.map(p => ({h: 2 ** p, ...measure(state.method, 2 ** p)}));
    plot.clear();
    plot.frame({x: [-16, 0], y: [-17, 1], log: true, xLabel: "step h", yLabel: "relative error"});
    plot.line(data.map(p => [p.h, p.truncation]), "second");
    plot.line(data.map(p => [p.h, p.roundoff]), "third dashed");
    const best = m.best(d, u);
    if (best) plot.line([[best, 1e-17], [best, 10]], "faint dashed");
    plot.line([[h, 1e-17], [h, 10]], "cursor");
    for (const p of data) plot.mark(p.h, Math.max(p.error, LOWEST), "first");
    plot.mark(h, Math.max(measure(state.method, h).error, LOWEST), "chosen", 7);
    says.textContent = verdict(h, measure(state.method, h));
    numbers.fill(methods.map(([key, name]) => {
      const {estimate, error, truncation, roundoff} = measure(key, h);
      return {now: key === state.method,
              cells: [name, digits(estimate), show(error, 2), show(truncation, 2), show(roundoff, 2)]};
    }));
  }
});
