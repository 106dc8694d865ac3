/* Step through a tape: values are filled in on the way forward, cotangents added up on the way back. */
"use strict";
courseWidgets.define("tape", "Try it: step through a tape", live => {
  const {make, SVG, show, labelled, expressionField, expression, table} = courseWidgets;
  const {barred} = expression;
  const PRESETS = ["a*b + sin(a)", "a = 2*x; a + a", "u = 3*x; 5*u + 2*(3*u)", "x*x*x", "exp(a*b) / (a + b)"];
  const STARTS = {a: 1.5, b: 0.5, x: 1};
  const state = {steps: [], rows: [], inputs: {}, at: 0};

  const controls = make("div", {class: "widget-controls"}), fields = make("div", {class: "widget-controls"});
  live.append(controls, fields);
  const field = expressionField(controls, {label: "y =", presets: PRESETS, read});
  const buttons = make("div", {class: "widget-controls"});
  const button = (text, onclick) => make("button", {type: "button", onclick}, text);
  const first = button("Reset", () => go(0));
  const back = button("‹ Back", () => go(state.at - 1));
  const next = button("Next ›", () => go(state.at + 1));
  buttons.append(first, back, next);
  live.append(buttons);
  const says = make("p", {class: "widget-says", "aria-live": "polite"});
  live.append(says);
  const tape = table(live, "The tape", ["entry", "value", "cotangent"]);
  const arrows = document.createElementNS(SVG, "svg");
  arrows.setAttribute("class", "widget-plot widget-arrows");
  arrows.setAttribute("aria-hidden", "true");
  tape.body.closest(".widget-table").append(arrows);
  new ResizeObserver(draw).observe(tape.body);

  function read(text) {
    const steps = expression.read(text);
    state.steps = steps;
    state.rows = steps.flatMap((step, k) => step.op === "number" ? [] : [k]);      // the entries of the tape
    const names = steps.filter(s => s.op === "input").map(s => s.name);
    state.inputs = Object.fromEntries(names.map(n => [n, state.inputs[n] ?? STARTS[n] ?? 1]));
    fields.replaceChildren(...names.map(name => labelled("widget-choice", `${name} =`, make("input", {
      type: "number", step: "any", value: state.inputs[name], oninput: event => {
        state.inputs[name] = event.target.valueAsNumber;
        draw();
      }}))));
    go(0);
  }

  /* Positions: 0 is the empty tape, then one for each entry forward, one for the seed, one for each operation back. */
  function plan() {
    const forward = state.rows.map(k => ({kind: "forward", k}));
    const backward = state.rows.filter(k => state.steps[k].op !== "input").reverse().map(k => ({kind: "backward", k}));
    return [{kind: "empty"}, ...forward, {kind: "seed", k: state.rows.at(-1)}, ...backward];
  }

  function go(at) {
    state.at = Math.max(0, Math.min(plan().length - 1, at));
    draw();
  }

  /* Run the first positions of the plan. Returns: values, cotangents and the terms of each, and what the last one did. */
  function run() {
    const {steps} = state, values = [], partials = [], terms = steps.map(() => []);
    let did = "Nothing is computed yet. Predict the first value, then press Next.";
    const total = k => terms[k].reduce((a, b) => a + b, 0);
    for (const [number, {kind, k}] of plan().slice(0, state.at + 1).entries()) {
      const step = steps[k], name = step?.name;
      if (kind === "forward") {
        for (let j = values.length; j <= k; j++) {
          [values[j], partials[j]] = expression.evaluate(steps[j], values, state.inputs);
        }
        did = step.op === "input" ? `Forward: the input ${name} is ${show(values[k])}.`
          : `Forward: ${name} = ${expression.formula(steps, step)} = ${show(values[k])}.`;
      } else if (kind === "seed") {
        terms[k].push(1);
        did = `Turn round: ${barred(name)} = ∂${name}/∂${name} = 1.`;
      } else if (kind === "backward") {
        const words = expression.slopes(steps, step), added = [];
        step.args.forEach((p, j) => {
          if (steps[p].op === "number") return;
          terms[p].push(total(k) * partials[k][j]);
          added.push(`${barred(steps[p].name)} += ${barred(name)} · ${/ [+−] /.test(words[j]) ? `(${words[j]})` : words[j]}`
                     + ` = ${show(total(k))} · ${show(partials[k][j])}`);
        });
        did = `Back through ${name} = ${expression.formula(steps, step)}: ${added.join("; ")}.`;
      }
      if (number && number === plan().length - 1) {
        const slopes = steps.flatMap((s, j) => s.op === "input" ? [`∂y/∂${s.name} = ${show(total(j))}`] : []);
        did += ` Done: ${slopes.join(", ")}.`.replaceAll("∂y", `∂${steps[state.rows.at(-1)].name}`);
      }
    }
    return {values, terms, total, did};
  }

  function cotangent(terms, total) {
    if (!terms.length) return "";
    return terms.length === 1 ? show(total) : `${terms.map(t => show(t)).join(" + ")} = ${show(total)}`;
  }

  function draw() {
    if (!state.rows.length) return;
    const {values, terms, total, did} = run(), now = plan()[state.at];
    // A button that is switched off would lose the focus, so it only says that it does nothing.
    for (const [button, off] of [[first, state.at === 0], [back, state.at === 0], [next, state.at === plan().length - 1]]) {
      button.setAttribute("aria-disabled", String(off));
    }
    says.textContent = `${state.at} of ${plan().length - 1}. ${did}`;
    tape.fill(state.rows.map(k => ({now: k === now.k, cells: [
      expression.entry(state.steps, state.steps[k]),
      values[k] === undefined ? "" : show(values[k]), cotangent(terms[k], total(k))]})));
    drawArrows(now);
  }

  /* An arc at the left from each entry to those that use it; the ones in use now are bold and point the way. */
  function drawArrows(now) {
    const base = arrows.parentElement.getBoundingClientRect(), width = arrows.clientWidth;
    const middle = k => {
      const box = tape.body.rows[state.rows.indexOf(k)].getBoundingClientRect();
      return box.top - base.top + box.height / 2;
    };
    arrows.replaceChildren();
    for (const k of state.rows) {
      for (const [j, parent] of state.steps[k].args.entries()) {
        if (state.steps[parent].op === "number") continue;
        const used = k === now.k && now.kind !== "seed", [from, to] = now.kind === "backward" ? [k, parent] : [parent, k];
        const reach = Math.min(width - 6, 8 + 9 * (state.rows.indexOf(k) - state.rows.indexOf(parent)) + 5 * j);
        const [a, b] = [middle(from) + 3 * j, middle(to) - 3 * j], x = width - 3;
        const draw = (d, kind) => {
          const path = document.createElementNS(SVG, "path");
          path.setAttribute("d", d);
          path.setAttribute("class", kind);
          arrows.append(path);
        };
        const kind = used ? (now.kind === "backward" ? "line second thick" : "line first thick") : "line faint";
        draw(`M${x} ${a}C${x - reach} ${a} ${x - reach} ${b} ${x} ${b}`, kind);
        if (used) draw(`M${x - 7} ${b - 4}L${x} ${b}L${x - 7} ${b + 4}`, kind);
      }
    }
  }

  field.take(PRESETS[0]);
});
