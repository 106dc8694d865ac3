/* Newton's iteration from a point that is clicked: f and its points above, f′ and the tangents below. */
"use strict";
courseWidgets.define("newton", "Try it: choose a start", live => {
  const {make, show, slider, expressionField, expression, legend, table, Plot} = courseWidgets;
  /* Where each function is drawn; others between −3 and 3. */
  const PRESETS = {"sqrt(1 + x**2)": [-3, 3], "x**4 - 2*x**2": [-1.6, 1.6], "x**4/4 - x**2 + 2*x": [-2.5, 2],
                   "x - log(x)": [0.02, 3], "x**4 - 6*x**2": [-3, 3], "x**4": [-1.5, 1.5]};
  const MOST = 40;
  const state = {steps: null, x: [-3, 3], start: 0.9, shown: 4};

  const controls = make("div", {class: "widget-controls"});
  live.append(controls);
  const field = expressionField(controls, {label: "f =", presets: Object.keys(PRESETS), read: text => {
    state.steps = expression.read(text, "x");
    state.x = PRESETS[text] ?? [-3, 3];
    const start = Math.max(state.x[0], Math.min(state.x[1], state.start));
    place?.limits(...state.x);
    if (place) place.value = state.start = start;
    draw();
  }});
  const plot = new Plot(live, {height: 460, redraw: draw,
    label: "Above the curve of f with the points of the iteration, below the slope f′ with the tangents that lead "
           + "from each point to the next; the numbers are in the table below."});
  legend(live, [["mark chosen", "start, then points 1, 2, …"], ["line first", "f and f′"],
                ["line second", "tangent of f′, to zero"]]);
  const place = slider(live, {label: "start x₀", min: -3, max: 3, step: 0.01, value: state.start, says: v => show(v),
                              change: v => { state.start = v; draw(); }});
  slider(live, {label: "steps", min: 1, max: 12, step: 1, value: state.shown, says: String,
                change: v => { state.shown = v; draw(); }});
  plot.onDrag(x => { state.start = place.value = Math.round(x * 100) / 100; draw(); });
  const says = make("p", {class: "widget-says", "aria-live": "polite"});
  live.append(says);
  const numbers = table(live, "The iteration", ["k", "x", "f(x)", "f′(x)", "f″(x)"]);

  /* The path of x − f′/f″ from the start, until it leaves the numbers. */
  function iterate(count) {
    const path = [];
    for (let k = 0, x = state.start; k <= count && Number.isFinite(x); k++) {
      const [y, slope, curvature] = expression.jet(state.steps, x);
      path.push({x, y, slope, curvature});
      x -= slope / curvature;
    }
    return path;
  }

  /* What the iteration does in the long run, in a sentence. */
  function verdict() {
    const path = iterate(MOST), {x, slope, curvature} = path.at(-1), from = `From ${show(state.start)}: `;
    if (path.some(p => Number.isNaN(p.y))) return `${from}it steps to where f has no value.`;
    if (Math.abs(x) > 1e6) return `${from}it runs away.`;
    if (path.length <= MOST) {
      if (curvature === 0 && slope === 0) return `${from}at x = ${show(x)} slope and curvature are zero, and 0/0 is no step.`;
      return curvature === 0 ? `${from}the curvature at x = ${show(x)} is zero, and the step divides by it.`
        : `${from}it leaves the numbers after ${path.length - 1} steps.`;
    }
    const before = path.slice(-7, -1).map(p => p.x), near = v => Math.abs(v - x) < 1e-6 * Math.max(1, Math.abs(x));
    const since = path.findIndex(p => near(p.x));
    if (near(before.at(-1))) {
      const kind = Math.abs(curvature) < 1e-6 ? "a stationary point without curvature, slowly"
        : curvature > 0 ? "a minimum" : "a maximum: it seeks any stationary point";
      return `${from}it reaches x = ${show(x)} (to six digits in ${since} steps), ${kind}.`;
    }
    const period = before.reverse().findIndex(near) + 1;
    return period ? `${from}it cycles between ${path.slice(-period).map(p => show(p.x)).join(" and ")}.`
      : `${from}it has not settled after ${MOST} steps.`;
  }

  function panel(value, top, bottom, yLabel) {
    const points = Array.from({length: 241}, (_, k) => state.x[0] + (state.x[1] - state.x[0]) * k / 240)
      .map(x => [x, expression.jet(state.steps, x)[value]]);
    const ys = points.map(p => p[1]).filter(Number.isFinite).sort((a, b) => a - b), cut = Math.floor(ys.length * 0.05);
    const [low, high] = ys.length ? [ys[cut], ys[ys.length - 1 - cut]] : [-1, 1], room = 0.15 * (high - low) + 1e-6;
    const y = value ? [Math.min(low - room, 0), Math.max(high + room, 0)] : [low - room, high + room];      // f′ shows its zero
    plot.frame({x: state.x, y, top, bottom, yLabel, xLabel: value ? "x" : ""});
    plot.line(points, "first");
  }

  function draw() {
    if (!state.steps) return;
    const path = iterate(state.shown);
    plot.clear();
    panel(0, 22, 190, "f(x)");
    path.forEach(({x, y}, k) => {
      const apart = k === 0 || Math.abs(plot.px(x) - plot.px(path[k - 1].x)) > 12;
      const seen = plot.mark(x, y, k ? "second" : "chosen", k ? 4 : 7);
      if (seen && apart) plot.text(plot.px(x) + 6, plot.py(y) - 8, String(k), "tick");
    });
    panel(1, 240, 420, "slope f′(x), tangents to zero");
    plot.line([[state.x[0], 0], [state.x[1], 0]], "faint");
    path.forEach(({x, slope}, k) => {
      const next = path[k + 1];
      plot.line([[x, 0], [x, slope]], "third dashed");
      if (next) plot.line([[x, slope], [next.x, 0]], "second");
      plot.mark(x, slope, k ? "second" : "chosen", k ? 4 : 7);
    });
    says.textContent = verdict();
    numbers.fill(path.map(({x, y, slope, curvature}, k) => (
      {cells: [String(k), show(x, 8), show(y), show(slope), show(curvature)]})));
  }

  field.take(Object.keys(PRESETS)[0]);
});
