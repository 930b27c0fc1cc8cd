// Draws the pictures of a page with Vega: colours are the page's own, nothing is evaluated, no style is injected.
const OPTIONS = {
  ast: true,
  renderer: "svg",
  actions: false,
  defaultStyle: false,
  hover: false,
  tooltip: false,
};
const LEAST = 0.15;
const MOST = 4;
const TALLEST = 1.1;
const STEP = 60;

function coloured(part, tokens) {
  if (typeof part === "string") {
    return part.replace(/\$[a-z][a-z0-9-]*/g, (name) => tokens.getPropertyValue(`--${name.slice(1)}`).trim() || name);
  }
  if (Array.isArray(part)) {
    return part.map((one) => coloured(one, tokens));
  }
  if (part && typeof part === "object") {
    const keep = new Set(["name", "label", "said", "href", "$schema", "description"]);
    return Object.fromEntries(
      Object.entries(part).map(([name, value]) => [
        name,
        keep.has(name) && typeof value === "string" ? value : coloured(value, tokens),
      ]),
    );
  }
  return part;
}

function specOf(holder) {
  const spec = JSON.parse(document.getElementById(holder.dataset.picture).textContent);
  const tokens = getComputedStyle(document.documentElement);
  return coloured(spec, tokens);
}

async function chart(holder) {
  const spec = specOf(holder);
  spec.width = "container";
  spec.autosize = { type: "fit-x", contains: "padding" };
  spec.config = { ...spec.config, font: getComputedStyle(holder).fontFamily };
  holder.replaceChildren();
  const { view } = await window.vegaEmbed(holder, spec, { ...OPTIONS, mode: "vega-lite" });
  return view;
}

function fitted(whole, wide, high) {
  const k = Math.min(wide / whole.width, high / whole.height, 1.2);
  return { k, tx: whole.tx * k + (wide - whole.width * k) / 2, ty: whole.ty * k };
}

async function map(holder) {
  const spec = specOf(holder);
  const signal = (name) => spec.signals.find((one) => one.name === name).value;
  const whole = { width: spec.width, height: spec.height, tx: signal("tx"), ty: signal("ty") };
  const wide = holder.clientWidth;
  const wanted = whole.height * Math.min(1.2, wide / whole.width);
  const high = Math.round(Math.max(160, Math.min(window.innerHeight * TALLEST, wanted)));
  const sight = fitted(whole, wide, high);
  Object.assign(spec, { width: wide, height: high });
  spec.signals = spec.signals.map((one) => (one.name in sight ? { ...one, value: sight[one.name] } : one));
  spec.config = { text: { font: getComputedStyle(holder).fontFamily } };
  holder.replaceChildren();
  const { view } = await window.vegaEmbed(holder, spec, { ...OPTIONS, mode: "vega" });
  moving(holder, view, () => fitted(whole, wide, high));
  reachable(holder, view);
  document.querySelector("[data-picture-bar]").hidden = false;
  return view;
}

function moving(holder, view, all) {
  const move = (dx, dy) => {
    view.signal("tx", view.signal("tx") + dx).signal("ty", view.signal("ty") + dy).run();
  };
  const zoom = (factor, x = holder.clientWidth / 2, y = holder.clientHeight / 2) => {
    const before = view.signal("k");
    const k = Math.min(MOST, Math.max(LEAST, before * factor));
    const by = k / before;
    view
      .signal("k", k)
      .signal("tx", x + (view.signal("tx") - x) * by)
      .signal("ty", y + (view.signal("ty") - y) * by)
      .run();
  };
  const whole = () => {
    const sight = all();
    for (const [name, value] of Object.entries(sight)) {
      view.signal(name, value);
    }
    view.run();
  };
  for (const button of document.querySelectorAll("[data-zoom]")) {
    const factor = Number(button.dataset.zoom);
    button.addEventListener("click", () => (factor ? zoom(factor) : whole()));
  }
  holder.addEventListener(
    "wheel",
    (event) => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const box = holder.getBoundingClientRect();
        zoom(1.0015 ** -event.deltaY, event.clientX - box.left, event.clientY - box.top);
      }
    },
    { passive: false },
  );
  const keys = {
    ArrowLeft: () => move(STEP, 0),
    ArrowRight: () => move(-STEP, 0),
    ArrowUp: () => move(0, STEP),
    ArrowDown: () => move(0, -STEP),
    "+": () => zoom(1.25),
    "=": () => zoom(1.25),
    "-": () => zoom(0.8),
    0: whole,
  };
  holder.addEventListener("keydown", (event) => {
    if (event.key in keys && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  dragging(holder, move);
}

function dragging(holder, move) {
  let last = null;
  let moved = 0;
  holder.addEventListener("pointerdown", (event) => {
    last = event;
    moved = 0;
  });
  window.addEventListener("pointermove", (event) => {
    if (last && event.buttons) {
      moved += Math.abs(event.clientX - last.clientX) + Math.abs(event.clientY - last.clientY);
      move(event.clientX - last.clientX, event.clientY - last.clientY);
      last = event;
    } else {
      last = null;
    }
  });
  // What was dragged was not meant to be opened.
  holder.addEventListener(
    "click",
    (event) => {
      if (moved > 5) {
        event.stopPropagation();
        event.preventDefault();
      }
    },
    { capture: true },
  );
}

function reachable(holder, view) {
  const marks = holder.querySelectorAll(".mark-path.lines path, .mark-rect.frames path");
  const light = (id) => {
    if (view.signal("active") !== id) {
      view.signal("active", id).run();
    }
  };
  for (const mark of marks) {
    const item = mark.__data__;
    const datum = (Array.isArray(item) ? item[0] : item)?.datum;
    if (!datum) {
      continue;
    }
    mark.parentElement.removeAttribute("aria-hidden");
    mark.setAttribute("role", "link");
    mark.setAttribute("tabindex", "0");
    mark.setAttribute("aria-label", datum.said);
    mark.addEventListener("focus", () => light(datum.id));
    mark.addEventListener("blur", () => light(""));
    mark.addEventListener("mouseenter", () => light(datum.id));
    mark.addEventListener("mouseleave", () => light(""));
    mark.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        window.location.assign(datum.href);
      }
    });
  }
}

const KINDS = { chart, map };

async function draw() {
  for (const holder of document.querySelectorAll("[data-picture]")) {
    await KINDS[holder.dataset.kind](holder);
    holder.dataset.drawn = "yes";
  }
}

await draw();
