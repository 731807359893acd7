/** Sayso's drawings as SVG elements: the bubble that is the status, a glyph a level, small icons. All decoration. */
globalThis.SaysoIcons = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const BUBBLE = "M14 1.5A12.5 12.5 0 1 1 14 26.5H4.2A2.7 2.7 0 0 1 1.5 23.8V14A12.5 12.5 0 0 1 14 1.5z";

  /** What is inside the bubble: paths to stroke, dots as [x, y, radius]. */
  const INSIDE = {
    idle: { paths: ["M8.2 15.6c1.8-3.6 3.8-3.6 5.8-1.6s4 2 5.8-1.6"] },
    brand: { paths: ["M8.2 15.6c1.8-3.6 3.8-3.6 5.8-1.6s4 2 5.8-1.6"] },
    fine: { paths: ["m8.8 14.6 3.6 3.6 7-7.6"] },
    required: { paths: ["M14 7.8v7.4"], dots: [[14, 19.6, 1.5]] },
    checking: {
      dots: [
        [9, 14, 1.5],
        [14, 14, 1.5],
        [19, 14, 1.5],
      ],
    },
    unchecked: { paths: ["M9.5 14h9"] },
    warning: {},
    suggestion: {},
  };

  /** A square on its corner, and three corners with a stroke inside; on 16 × 16. */
  const DIAMOND = "M6.6 1.4a2 2 0 0 1 2.8 0l5.2 5.2a2 2 0 0 1 0 2.8l-5.2 5.2a2 2 0 0 1-2.8 0L1.4 9.4a2 2 0 0 1 0-2.8z";
  const TRIANGLE = "M7.1 2.7a1.05 1.05 0 0 1 1.8 0l5.1 9a1.05 1.05 0 0 1-.9 1.6H2.9a1.05 1.05 0 0 1-.9-1.6zM8 6.3v2.9";

  /** Drawings on 16 × 16, stroked by the class `i`. */
  const ICONS = {
    check: "m3.2 8.6 3 3 6.6-7",
    down: "m4 6.2 4 4 4-4",
    up: "m4 9.8 4-4 4 4",
    left: "M9.8 4 5.8 8l4 4",
    right: "m6.2 4 4 4-4 4",
    close: "m4 4 8 8M12 4l-8 8",
    phone: "M5.6 2.2h4.8a1 1 0 0 1 1 1v9.6a1 1 0 0 1-1 1H5.6a1 1 0 0 1-1-1V3.2a1 1 0 0 1 1-1zM7.2 11.8h1.6",
    desktop: "M2.8 3h10.4a.8.8 0 0 1 .8.8v6.6a.8.8 0 0 1-.8.8H2.8a.8.8 0 0 1-.8-.8V3.8a.8.8 0 0 1 .8-.8zM8 11.2v2.2M5.6 13.4h4.8",
    copy: "M6.6 5.4h5.8a1.2 1.2 0 0 1 1.2 1.2v5.8a1.2 1.2 0 0 1-1.2 1.2H6.6a1.2 1.2 0 0 1-1.2-1.2V6.6a1.2 1.2 0 0 1 1.2-1.2zM2.9 10.5a1.2 1.2 0 0 1-.5-1V3.6a1.2 1.2 0 0 1 1.2-1.2h5.9a1.2 1.2 0 0 1 1 .5",
    search: "M11.2 7a4.2 4.2 0 1 1-8.4 0 4.2 4.2 0 0 1 8.4 0zM10.2 10.2l3.3 3.3",
    settings:
      "M2.5 4.8h6M12 4.8h1.5M2.5 11.2H4M7.5 11.2h6M12 4.8a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0zM7.6 11.2a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0z",
    undo: "M5.6 3.4 2.8 6.2 5.6 9M3 6.2h6.2a3.4 3.4 0 0 1 0 6.8H6.4",
    refresh: "M13 8a5 5 0 1 1-1.6-3.7M13.2 2.4v2.8h-2.8",
    link: "M9.8 3h3.2v3.2M13 3 7.8 8.2M11.4 9.4V12a1.4 1.4 0 0 1-1.4 1.4H4A1.4 1.4 0 0 1 2.6 12V6A1.4 1.4 0 0 1 4 4.6h2.6",
    lock: "M5.2 7h5.6a1.8 1.8 0 0 1 1.8 1.8v2.8a1.8 1.8 0 0 1-1.8 1.8H5.2a1.8 1.8 0 0 1-1.8-1.8V8.8A1.8 1.8 0 0 1 5.2 7zM5.4 7V5.2a2.6 2.6 0 0 1 5.2 0V7",
    clock: "M13.7 8a5.7 5.7 0 1 1-11.4 0 5.7 5.7 0 0 1 11.4 0zM8 4.8V8l2.2 1.4",
    brand: "M3.4 6.2h9.2l.6 6a1.3 1.3 0 0 1-1.3 1.4H4.1a1.3 1.3 0 0 1-1.3-1.4zM5.8 8.2V4.8a2.2 2.2 0 0 1 4.4 0v3.4",
    employer_brand:
      "M2.4 13.4c0-2.6 1.6-4.4 3.6-4.4s3.6 1.8 3.6 4.4M8 5a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM10.4 9.4c1.9 0 3.2 1.6 3.2 4M12.6 6.2a1.7 1.7 0 1 1-2.6-1.4",
    industry: "M2.6 2.6v10.8h10.8M4.8 5.4c1 4.6 2.2 5.6 3.4 4.6S10.4 5.6 13 5.2",
    employee: "m10.6 3 2.4 2.4-7.4 7.4-3 .6.6-3z",
  };

  /**
   * @param {string} name @param {Record<string, string | number>} attributes
   * @param {...Element} children @returns {SVGElement}
   */
  function make(name, attributes, ...children) {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.append(...children);
    return element;
  }

  /**
   * The bubble.
   * @param {"idle" | "brand" | "checking" | "fine" | "required" | "warning" | "suggestion" | "unchecked"} kind
   * @param {number} [count]  shown by `warning` and `suggestion`
   */
  function bubble(kind, count) {
    const inside = INSIDE[kind];
    const svg = make("svg", { class: `s-bubble ${kind}`, viewBox: "0 0 28 28", "aria-hidden": "true" });
    svg.append(make("path", { class: "b", d: BUBBLE }));
    for (const d of inside.paths ?? []) svg.append(make("path", { class: "g", d }));
    for (const [cx, cy, r] of inside.dots ?? []) svg.append(make("circle", { class: "d", cx, cy, r }));
    if (count !== undefined && !inside.paths && !inside.dots) {
      const figure = make("text", { x: 14, y: 18.6 });
      figure.textContent = String(count);
      svg.append(figure);
    }
    return svg;
  }

  /** The shape of a level. @param {"required" | "warning" | "suggestion" | "unchecked"} level */
  function glyph(level) {
    const svg = make("svg", { class: `i s-glyph is-${level}`, viewBox: "0 0 16 16", "aria-hidden": "true" });
    const filled = { fill: "currentColor", stroke: "none" };
    const dot = (/** @type {number} */ cy, /** @type {number} */ r) => make("circle", { cx: 8, cy, r, ...filled });
    if (level === "required") {
      const mark = { d: "M8 4.8v3.9M8 11h0", "stroke": "#fff", "stroke-width": 1.8 };
      svg.append(make("path", { d: DIAMOND, ...filled }), make("path", mark));
    } else if (level === "warning") {
      svg.append(make("path", { d: TRIANGLE }), dot(11.2, 0.85));
    } else {
      const dashed = level === "unchecked" && { "stroke-dasharray": "2.2 2.2" };
      svg.append(make("circle", { cx: 8, cy: 8, r: 5.6, ...dashed }));
      if (!dashed) svg.append(dot(8, 1.7));
    }
    return svg;
  }

  /** A small icon. @param {string} name  a key of ICONS @param {boolean} [small] */
  function icon(name, small = false) {
    const svg = make("svg", { class: small ? "i i-s" : "i", viewBox: "0 0 16 16", "aria-hidden": "true" });
    svg.append(make("path", { d: ICONS[name] }));
    return svg;
  }

  return { bubble, glyph, icon };
})();
