/* A plot in SVG that is as wide as its place, in the page's colours (widgets.css names them by class). */
"use strict";
courseWidgets.Plot = class {
  /* label: what is drawn, for who cannot see it; redraw: called now and when the width changes. */
  constructor(parent, {label, height, redraw}) {
    this.svg = document.createElementNS(courseWidgets.SVG, "svg");
    this.svg.setAttribute("role", "img");
    this.svg.setAttribute("aria-label", label);
    this.svg.setAttribute("class", "widget-plot");
    parent.append(this.svg);
    this.height = height;
    this.clip = `widget-clip-${document.querySelectorAll(".widget-plot").length}`;
    // The first report comes at once, so the plot is drawn before it is seen.
    new ResizeObserver(() => this.svg.clientWidth && redraw()).observe(this.svg);
  }

  add(tag, attributes, text) {
    const element = document.createElementNS(courseWidgets.SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    if (text !== undefined) element.textContent = text;
    this.svg.append(element);
    return element;
  }

  clear() {
    this.width = this.svg.clientWidth || 600;
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.svg.style.height = `${this.height}px`;
    this.svg.replaceChildren();
  }

  /* Set the scales and draw the frame. x, y: [from, to], of logarithms to base 10 where log is true;
     top, bottom: the frame's part of the height, in pixels. */
  frame({x, y, log = false, xLabel, yLabel, top = 22, bottom = this.height - 40}) {
    const [left, right] = [52, this.width - 16];
    Object.assign(this, {left, right, top, bottom, x, y, log});
    this.px = v => left + (right - left) * ((log ? Math.log10(v) : v) - x[0]) / (x[1] - x[0]);
    this.py = v => bottom - (bottom - top) * ((log ? Math.log10(v) : v) - y[0]) / (y[1] - y[0]);
    this.clipName = `${this.clip}-${top}`;
    this.add("clipPath", {id: this.clipName}).append(
      this.add("rect", {x: left, y: top, width: right - left, height: bottom - top}));
    this.add("path", {class: "frame", d: `M${left} ${top}V${bottom}H${right}`});
    for (const v of this.ticks(...x, (right - left) / 70)) {
      this.text(left + (right - left) * (v - x[0]) / (x[1] - x[0]), bottom + 16, this.name(v), "tick middle");
    }
    for (const v of this.ticks(...y, (bottom - top) / 34)) {
      this.text(left - 6, bottom - (bottom - top) * (v - y[0]) / (y[1] - y[0]) + 4, this.name(v), "tick end");
    }
    if (xLabel) this.text(right, bottom + 33, xLabel, "tick end");
    if (yLabel) this.text(4, top - 8, yLabel, "tick");
  }

  ticks(from, to, most) {
    const rough = (to - from) / Math.max(2, most), power = 10 ** Math.floor(Math.log10(rough));
    let step = [1, 2, 5, 10].find(m => m * power >= rough) * power;
    if (this.log) step = Math.max(1, Math.ceil(rough));
    const found = [];
    for (let k = Math.ceil(from / step - 1e-9); k * step <= to + 1e-9 * step; k++) found.push(k * step);
    return found;
  }

  name(v) {
    return this.log ? (v ? `1e${v}`.replace("-", "−") : "1") : courseWidgets.show(v, 3);
  }

  text(x, y, text, kind) {
    this.add("text", {x, y, class: kind}, text);
  }

  /* A line through data points; it is broken where a value is not finite. */
  line(points, kind) {
    let d = "", pen = "M";
    for (const [x, y] of points) {
      const [a, b] = [this.px(x), this.py(y)];
      if (!Number.isFinite(a) || !Number.isFinite(b)) { pen = "M"; continue; }
      // Far outside the frame coordinates are cut, which SVG needs and nobody sees.
      d += `${pen}${a.toFixed(1)} ${Math.max(-1e4, Math.min(1e4, b)).toFixed(1)}`;
      pen = "L";
    }
    if (d) this.add("path", {d, class: `line ${kind}`, "clip-path": `url(#${this.clipName})`});
  }

  /* A circle of radius r at a data point. Returns: whether it lies in the frame. */
  mark(x, y, kind, r = 3) {
    const [a, b] = [this.px(x), this.py(y)];
    const inside = a >= this.left - r && a <= this.right + r && b >= this.top - r && b <= this.bottom + r;
    if (inside) this.add("circle", {cx: a, cy: b, r, class: `mark ${kind}`});
    return inside;
  }

  /* Call back with the x of the data wherever the pointer is pressed or drawn; works with touch. */
  onDrag(change) {
    const move = event => {
      const at = event.clientX - this.svg.getBoundingClientRect().left;
      const share = Math.max(0, Math.min(1, (at - this.left) / (this.right - this.left)));
      change(this.x[0] + share * (this.x[1] - this.x[0]));
    };
    this.svg.classList.add("drags");
    this.svg.addEventListener("pointerdown", event => {
      if (event.button) return;
      this.svg.setPointerCapture(event.pointerId);
      move(event);
    });
    this.svg.addEventListener("pointermove", event => {
      if (this.svg.hasPointerCapture(event.pointerId)) move(event);
    });
  }
};
