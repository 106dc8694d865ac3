/* Read an expression in Python's notation into steps, each from earlier ones: a tape before it is run.
   "u = 3*x; 5*u + sin(u)" becomes the steps x, u, 5·u, sin(u), y. */
"use strict";
courseWidgets.expression = (() => {
  const times = (c, x) => c ? c * x : 0;                 // 0 · ∞ is 0 where the factor is an exact zero

  /* Each operation: its value, its partial derivatives, its second ones (aa, ab, bb) at a, b;
     and the partial derivatives in words. */
  const OPERATIONS = {
    add: {at: (a, b) => [a + b, [1, 1], [0, 0, 0]], slopes: () => ["1", "1"], text: (a, b) => `${a} + ${b}`},
    sub: {at: (a, b) => [a - b, [1, -1], [0, 0, 0]], slopes: () => ["1", "−1"], text: (a, b) => `${a} − ${b}`},
    mul: {at: (a, b) => [a * b, [b, a], [0, 1, 0]], slopes: (a, b) => [b, a], text: (a, b) => `${a} · ${b}`},
    div: {at: (a, b) => [a / b, [1 / b, -a / b ** 2], [0, -1 / b ** 2, 2 * a / b ** 3]],
          slopes: (a, b) => [`1/${b}`, `−${a}/${b}²`], text: (a, b) => `${a} / ${b}`},
    pow: {at: (a, n) => [a ** n, [times(n, a ** (n - 1)), 0], [times(n * (n - 1), a ** (n - 2)), 0, 0]],
          slopes: (a, n) => [n === "2" ? `2·${a}` : `${n}·${a}**(${n}−1)`, ""], text: (a, n) => `${a} ** ${n}`},
    neg: {at: a => [-a, [-1], [0]], slopes: () => ["−1"], text: a => `−${a}`},
    sin: {at: a => [Math.sin(a), [Math.cos(a)], [-Math.sin(a)]], slopes: a => [`cos(${a})`]},
    cos: {at: a => [Math.cos(a), [-Math.sin(a)], [-Math.cos(a)]], slopes: a => [`−sin(${a})`]},
    exp: {at: a => [Math.exp(a), [Math.exp(a)], [Math.exp(a)]], slopes: a => [`exp(${a})`]},
    log: {at: a => [Math.log(a), [1 / a], [-1 / a ** 2]], slopes: a => [`1/${a}`]},
    sqrt: {at: a => [Math.sqrt(a), [0.5 / Math.sqrt(a)], [-0.25 * a ** -1.5]], slopes: a => [`1/(2·sqrt(${a}))`]},
    tanh: {at: a => { const t = Math.tanh(a), s = 1 - t * t; return [t, [s], [-2 * t * s]]; },
           slopes: a => [`1 − tanh(${a})²`]},
  };
  const BINARY = {"+": "add", "-": "sub", "*": "mul", "/": "div", "**": "pow"};
  const below = n => String(n).replace(/\d/g, d => "₀₁₂₃₄₅₆₇₈₉"[d]);

  /* Return the steps of a text. A step: {op, args (numbers of earlier steps), name, value of a "number"}.
     only: the one variable that is allowed, if so. Throws an Error whose message is for the reader. */
  function read(text, only) {
    const tokens = text.match(/\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+|[A-Za-z_]\w*|\*\*|\S/g) || [];
    const steps = [], names = new Map();
    let at = 0;

    function wanted(what) {
      throw new Error(`Expected ${what}, but ${at < tokens.length ? `“${tokens[at]}” came` : "the text ended"}` +
                      (at ? ` after “${tokens.slice(0, at).join(" ")}”.` : "."));
    }
    function push(op, args, extra) {
      if (args.length && args.every(k => steps[k].op === "number")) {      // numbers are no entries of a tape
        return push("number", [], {value: OPERATIONS[op].at(...args.map(k => steps[k].value))[0]});
      }
      if (op === "pow" && steps[args[1]].op !== "number") throw new Error("An exponent must be a number.");
      return steps.push({op, args, ...extra}) - 1;
    }
    function atom() {
      const token = tokens[at];
      if (token === "(") {
        at++;
        const inner = sum();
        if (tokens[at] !== ")") wanted("an operation or “)”");
        at++;
        return inner;
      }
      if (/^[\d.]/.test(token ?? "") && Number.isFinite(+token)) return at++, push("number", [], {value: +token});
      if (!/^[A-Za-z_]/.test(token ?? "")) wanted("a number, a variable or “(”");
      at++;
      if (token === "pi") return push("number", [], {value: Math.PI});
      if (tokens[at] === "(") {
        if (!OPERATIONS[token] || OPERATIONS[token].text) {
          throw new Error(`“${token}” is no function here; there are sin, cos, exp, log, sqrt and tanh.`);
        }
        return push(token, [atom()]);
      }
      if (OPERATIONS[token] && !OPERATIONS[token].text) wanted(`“(” behind ${token}`);
      if (!names.has(token)) {
        if (only && token !== only) throw new Error(`The only variable here is ${only}; “${token}” came.`);
        names.set(token, push("input", [], {name: token}));
      }
      return names.get(token);
    }
    function power() {
      const base = atom();
      return tokens[at] === "**" ? (at++, push("pow", [base, factor()])) : base;
    }
    function factor() {
      if (tokens[at] === "+") return at++, factor();
      return tokens[at] === "-" ? (at++, push("neg", [factor()])) : power();
    }
    function chain(operators, part) {
      let left = part();
      while (operators.includes(tokens[at])) left = push(BINARY[tokens[at++]], [left, part()]);
      return left;
    }
    const product = () => chain(["*", "/"], factor);
    const sum = () => chain(["+", "-"], product);

    let last;
    do {
      const name = tokens[at + 1] === "=" && /^[A-Za-z_]/.test(tokens[at]) ? tokens[at] : null;
      if (name) at += 2;
      last = sum();
      if (name) {
        names.set(name, last);
        steps[last].name ??= name;
      }
    } while (tokens[at] === ";" && ++at < tokens.length);
    if (at < tokens.length) wanted(tokens[at] === "^" ? "an operation (a power is written **)" : "an operation");
    if (steps[last].op === "number") throw new Error("This is a number; an expression of a variable is needed.");
    if (steps.length > 60) throw new Error("This is too long to be shown; at most 60 steps are.");
    const used = new Set([last]);
    for (let k = last; k >= 0; k--) if (used.has(k)) steps[k].args.forEach(j => used.add(j));
    if (steps.some((s, k) => s.op !== "number" && !used.has(k))) throw new Error("Something is computed here and not used.");
    let count = 0;
    for (const [k, step] of steps.entries()) {
      if (step.op === "number") step.name = courseWidgets.show(step.value);
      else if (k === last && step.op !== "input") step.name ??= ["y", "z", "w", "f"].find(n => !names.has(n)) ?? "out";
      else step.name ??= `v${below(++count)}`;
    }
    return steps;
  }

  /* How a step is written: of the names of its operands. */
  function formula(steps, step) {
    if (!OPERATIONS[step.op]) return step.name;
    const names = step.args.map(k => steps[k].name);
    return OPERATIONS[step.op].text ? OPERATIONS[step.op].text(...names) : `${step.op}(${names})`;
  }

  /* A step with its name: "x", or "v₁ = sin(x)". */
  function entry(steps, step) {
    return step.op === "input" ? step.name : `${step.name} = ${formula(steps, step)}`;
  }

  /* Evaluate one step: [value, partials, second partials]; values: those of the steps before it. */
  function evaluate(step, values, inputs) {
    if (step.op === "number") return [step.value, [], []];
    if (step.op === "input") return [inputs[step.name], [], []];
    return OPERATIONS[step.op].at(...step.args.map(k => values[k]));
  }

  /* The partial derivatives of a step, written in the names of its operands. */
  function slopes(steps, step) {
    return OPERATIONS[step.op] ? OPERATIONS[step.op].slopes(...step.args.map(k => steps[k].name)) : [];
  }

  /* Value, slope and curvature of an expression of x, pushed forward through its steps. */
  function jet(steps, x) {
    const values = [], first = [], second = [];
    for (const step of steps) {
      const [value, d, [aa = 0, ab = 0, bb = 0]] = evaluate(step, values, {x});
      const [a, b] = step.args;
      values.push(value);
      if (step.op === "input") { first.push(1); second.push(0); continue; }
      first.push(step.args.reduce((sum, k, j) => sum + times(first[k], d[j]), 0));
      second.push(step.args.reduce((sum, k, j) => sum + times(second[k], d[j]), 0)
                  + (a === undefined ? 0 : times(first[a] ** 2, aa))
                  + (b === undefined ? 0 : times(2 * first[a] * first[b], ab) + times(first[b] ** 2, bb)));
    }
    return [values, first, second].map(list => list.at(-1));
  }

  /* A name with a mark above its first letter: a dot for a tangent, a bar for a cotangent. */
  const marked = (name, mark) => `${name[0]}${mark}${name.slice(1)}`.normalize("NFC");
  const dotted = name => marked(name, "\u0307");
  const barred = name => marked(name, "\u0304");

  return {read, formula, entry, evaluate, slopes, jet, dotted, barred};
})();
