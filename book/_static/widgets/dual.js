/* Drag x: the dual number x + ẋε goes through an expression, one step a row, and lies along the tangent. */
"use strict";
courseWidgets.define("dual", "Try it: drag a dual number", live => {
  const {make, show, slider, expressionField, expression, legend, table, Plot} = courseWidgets;
  const {dotted} = expression;
  const PRESETS = ["x**2/2 + sin(x)", "exp(-x) * sin(x**2) / (1 + x)", "x * sin(x)", "1 / x", "log(x)", "tanh(3*x)"];
  const [FROM, TO] = [-3, 3];
  const state = {steps: expression.read(PRESETS[0], "x"), x: 0.4, seed: 1};

  const controls = make("div", {class: "widget-controls"});
  live.append(controls);
  expressionField(controls, {label: "y =", presets: PRESETS,
                             read: text => { state.steps = expression.read(text, "x"); draw(); }});
  const plot = new Plot(live, {height: 280, redraw: draw,
    label: "The curve y of x with its tangent at the chosen x; the numbers are in the table below."});
  legend(live, [["line first", "y(x)"], ["line second thick", "from (x, y) by (ẋ, ẏ)"], ["line third dashed", "ẋ and ẏ"],
                ["line faint dashed", "tangent of the curve"]]);
  const place = slider(live, {label: "x", min: FROM, max: TO, step: 0.01, value: state.x, says: v => show(v),
                              change: v => { state.x = v; draw(); }});
  slider(live, {label: "tangent ẋ", min: -2, max: 2, step: 0.1, value: state.seed, says: v => show(v),
                change: v => { state.seed = v; draw(); }});
  plot.onDrag(x => { state.x = place.value = Math.round(x * 100) / 100; draw(); });
  const says = make("p", {class: "widget-says", "aria-live": "polite"});
  live.append(says);
  const numbers = table(live, "Each step carries two numbers", ["step", "primal", "tangent", "rule of the tangent"]);

  /* Push x + ẋε through the steps. Returns: value and tangent of each. */
  function push() {
    const values = [], tangents = [];
    for (const step of state.steps) {
      const [value, partials] = expression.evaluate(step, values, {x: state.x});
      values.push(value);
      tangents.push(step.op === "input" ? state.seed : step.args.reduce((sum, k, j) =>
        state.steps[k].op === "number" ? sum : sum + partials[j] * tangents[k], 0));
    }
    return {values, tangents};
  }

  function rule(step) {
    const words = expression.slopes(state.steps, step);
    return step.args.map((k, j) => [state.steps[k], words[j]]).filter(([arg]) => arg.op !== "number")
      .map(([arg, slope]) => slope === "1" ? dotted(arg.name) : `${slope} · ${dotted(arg.name)}`).join(" + ");
  }

  /* The range of y that shows most of the curve, without its poles. */
  function range(points) {
    const ys = points.map(p => p[1]).filter(Number.isFinite).sort((a, b) => a - b);
    if (!ys.length) return [-1, 1];
    const cut = Math.floor(ys.length * 0.06), [low, high] = [ys[cut], ys[ys.length - 1 - cut]];
    const room = Math.max(high - low, 1e-6) * 0.25;
    return [low - room, high + room];
  }

  function draw() {
    const {values, tangents} = push(), y = values.at(-1), slope = tangents.at(-1);
    const points = Array.from({length: 301}, (_, k) => FROM + (TO - FROM) * k / 300)
      .map(x => [x, expression.jet(state.steps, x)[0]]);
    plot.clear();
    plot.frame({x: [FROM, TO], y: range(points), xLabel: "x", yLabel: "y"});
    plot.line(points, "first");
    const unit = expression.jet(state.steps, state.x)[1];
    plot.line([FROM, TO].map(x => [x, y + unit * (x - state.x)]), "faint dashed");
    plot.line([[state.x, y], [state.x + state.seed, y]], "third dashed");
    plot.line([[state.x + state.seed, y], [state.x + state.seed, y + slope]], "third dashed");
    plot.line([[state.x, y], [state.x + state.seed, y + slope]], "second thick");
    plot.mark(state.x + state.seed, y + slope, "second", 4);
    plot.mark(state.x, y, "chosen", 7);
    says.textContent = Number.isFinite(y)
      ? `x = ${show(state.x)} + ${show(state.seed)}ε gives y = ${show(y)} + ${show(slope)}ε: the slope is ${show(unit)}.`
      : `At x = ${show(state.x)} the expression has no finite value.`;
    numbers.fill(state.steps.flatMap((step, k) => step.op === "number" ? [] : [{cells: [
      expression.entry(state.steps, step),
      show(values[k]), show(tangents[k]), step.op === "input" ? "the seed" : rule(step)]}]));
  }
});
