"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const byId = (id) => document.getElementById(id);

/** An element with attributes and children (texts are escaped). */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

/* What is where: cells by module and code. */
const cells = new Map();
const key = (module, code) => `${module} ${code}`;
function cellOf(module, code) {
  const name = key(module, code);
  if (!cells.has(name)) cells.set(name, { findings: [], isEntry: false });
  return cells.get(name);
}
for (const finding of data.findings) cellOf(finding.module, finding.code).findings.push(finding);
for (const [module, code] of data.entries) cellOf(module, code).isEntry = true;
const off = new Map(Object.entries(data.off).map(([module, codes]) => [module, new Set(codes)]));
const openCount = (cell) => cell.findings.filter((finding) => finding.open).length;

/** How a cell looks and what it says: [class, text, words]. */
function face(module, code) {
  const cell = cells.get(key(module, code));
  if (cell && cell.findings.length) {
    const count = cell.findings.length;
    const state = openCount(cell) ? "open" : "adopted";
    return [`${state} heat-${heat(count)}`, String(count), `${counted(count, "finding")}${state === "adopted" ? ", adopted" : ""}`];
  }
  if (cell) return ["mended", "✓", "adopted, and mended since"];
  if (off.get(module)?.has(code)) return ["off", "off", "off"];
  return ["", "", "clean"];
}
const heat = (count) => (count < 2 ? 1 : count < 5 ? 2 : count < 10 ? 3 : 4);

/* The head of the page. */
document.querySelector("h1").append(data.project);
byId("written").append(`Written ${data.written.replace("T", " ").replace("+00:00", " UTC")} by deckrules ${data.version}.`);
const themes = ["system", "light", "dark"];
const theme = byId("theme");
function setTheme(name) {
  if (name === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  theme.textContent = `Colours: ${name}`;
}
theme.addEventListener("click", () => {
  const current = document.documentElement.dataset.theme ?? "system";
  setTheme(themes[(themes.indexOf(current) + 1) % themes.length]);
});
setTheme("system");

function sum(number, words) {
  byId("sums").append(make("li", {}, make("strong", {}, number.toLocaleString("en")), make("span", {}, words)));
}
const failing = data.findings.filter((finding) => finding.open).length;
const withFindings = new Set(data.findings.map((finding) => finding.module));
const mended = [...cells.values()].filter((cell) => cell.isEntry && !cell.findings.length).length;
const unseen = Object.values(data.unseen).reduce((total, count) => total + count, 0);
sum(failing, "Findings that fail a check");
sum(data.findings.length - failing, "Adopted findings");
sum(mended, "Adopted, and mended since");
sum(data.modules - withFindings.size, `Modules without a finding, of ${data.modules}`);
sum(unseen, "Functions that mypy did not look into");
for (const problem of data.problems) {
  byId("problems").hidden = false;
  const place = make("span", { class: "path" }, `${problem.path}:${problem.line}:${problem.column} `);
  byId("problems").querySelector("ul").append(make("li", {}, place, problem.message));
}

/* The map. */
const rules = data.rules.filter((rule) => rule.modules > 0);
const modules = [...new Set([...withFindings, ...data.entries.map(([module]) => module)])].sort();
const totals = new Map(modules.map((module) => [module, 0]));
for (const finding of data.findings) totals.set(finding.module, totals.get(finding.module) + 1);
const found = new Set([...cells.keys()].map((name) => name.split(" ")[1]));
const columns = rules.filter((rule) => found.has(rule.code));
const isOpen = (module) => columns.some((rule) => openCount(cells.get(key(module, rule.code)) ?? { findings: [] }));

for (const [look, text, words] of [
  ["open heat-1", "1", ""], ["open heat-2", "2", ""], ["open heat-3", "5", ""], ["open heat-4", "10", "findings, or more"],
  ["adopted heat-2", "2", "findings, adopted"], ["mended", "✓", "adopted, and mended since: can be tightened"], ["off", "off", "the rule is off here"],
]) {
  const sample = make("span", { class: `cell ${look}`, "aria-hidden": "true" }, text);
  const last = byId("legend").lastElementChild;
  if (last && !last.textContent.match(/[a-z]/)) last.append(sample, words);
  else byId("legend").append(make("li", {}, sample, words));
}

function mapHead() {
  const families = make("tr", {}, make("td"), make("td"));
  const codes = make("tr", {}, make("th", { scope: "col" }, "Module"), make("th", { scope: "col", class: "total" }, "All"));
  for (const [index, rule] of columns.entries()) {
    if (rule.family !== columns[index - 1]?.family) {
      const span = columns.filter((other) => other.family === rule.family).length;
      families.append(make("th", { class: "family", colspan: span, scope: "colgroup", title: rule.family }, rule.family.replace("deck-", "")));
    }
    const link = make("a", { href: rule.page, title: rule.summary, tabindex: -1 }, rule.code);
    codes.append(make("th", { scope: "col", class: "code" }, link));
  }
  return make("thead", {}, families, codes);
}

function mapRow(module) {
  const row = make("tr", {}, make("th", { scope: "row", class: "path" }, module), make("td", { class: "total" }, String(totals.get(module))));
  for (const rule of columns) {
    const [look, text, words] = face(module, rule.code);
    const cell = make("td", { class: `cell ${look}`, role: "gridcell", tabindex: -1, "aria-label": `${module}, ${rule.code}: ${words}` }, text);
    cell.dataset.module = module;
    cell.dataset.code = rule.code;
    row.append(cell);
  }
  return row;
}

function drawMap() {
  const wanted = byId("filter").value.trim().toLowerCase();
  const shown = modules.filter((module) => module.toLowerCase().includes(wanted) && (!byId("only-open").checked || isOpen(module)));
  if (byId("order").value === "findings") shown.sort((a, b) => totals.get(b) - totals.get(a));
  byId("shown").textContent = `${shown.length} of ${counted(modules.length, "module")} with findings`;
  const map = byId("map");
  if (!shown.length) {
    map.replaceChildren(make("p", {}, modules.length ? "No module fits." : "Nothing is found, and nothing adopted."));
    return;
  }
  map.replaceChildren(make("table", { role: "grid", "aria-labelledby": "map-title" }, mapHead(), make("tbody", {}, ...shown.map(mapRow))));
  map.querySelector(".cell").tabIndex = 0;
}

const moves = {
  ArrowUp: (row, column) => [row - 1, column],
  ArrowDown: (row, column) => [row + 1, column],
  ArrowLeft: (row, column) => [row, column - 1],
  ArrowRight: (row, column) => [row, column + 1],
  PageUp: (row, column) => [row - 10, column],
  PageDown: (row, column) => [row + 10, column],
  Home: (row, column, event) => [event.ctrlKey ? 0 : row, 0],
  End: (row, column, event) => [event.ctrlKey ? Infinity : row, Infinity],
};
byId("map").addEventListener("keydown", (event) => {
  const cell = event.target.closest(".cell");
  if (!cell) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    showDetails(cell);
  } else if (event.key in moves) {
    event.preventDefault();
    const rows = [...cell.closest("tbody").rows].map((row) => [...row.querySelectorAll(".cell")]);
    const row = rows.findIndex((some) => some.includes(cell));
    const [toRow, toColumn] = moves[event.key](row, rows[row].indexOf(cell), event);
    const within = (number, length) => Math.min(Math.max(number, 0), length - 1);
    focusCell(rows[within(toRow, rows.length)][within(toColumn, columns.length)]);
  }
});
byId("map").addEventListener("click", (event) => {
  const cell = event.target.closest(".cell");
  if (!cell) return;
  focusCell(cell);
  showDetails(cell);
});
function focusCell(cell) {
  byId("map").querySelectorAll('.cell[tabindex="0"]').forEach((other) => (other.tabIndex = -1));
  cell.tabIndex = 0;
  cell.focus();
}

function showDetails(cell) {
  const { module, code } = cell.dataset;
  const findings = cells.get(key(module, code))?.findings ?? [];
  if (!findings.length) return;
  const rule = data.rules.find((other) => other.code === code);
  byId("details-title").replaceChildren(make("code", {}, module));
  byId("details-rule").replaceChildren(make("a", { href: rule.page }, code), `: ${rule.summary}`);
  byId("details-findings").replaceChildren(
    ...findings.map((finding) =>
      make("li", {}, make("span", { class: "path" }, `${finding.path}:${finding.line}:${finding.column}${finding.open ? "" : " (adopted)"}`), finding.message),
    ),
  );
  byId("details").showModal();
}
for (const [id, kind] of [["filter", "input"], ["order", "change"], ["only-open", "change"]]) byId(id).addEventListener(kind, drawMap);
byId("filters").addEventListener("submit", (event) => event.preventDefault());
drawMap();

/* Where adoption stands. */
function drawRules() {
  const head = ["Rule", "Modules", "", "Failing", "Adopted", "To tighten"].map((title, index) => make("th", { scope: "col", class: index === 1 || index > 2 ? "number" : "" }, title));
  const body = rules.map((rule) => {
    const own = modules.map((module) => cells.get(key(module, rule.code))).filter(Boolean);
    const open = own.filter(openCount).length;
    const adopted = own.filter((cell) => cell.findings.length && !openCount(cell)).length;
    const clean = Math.max(rule.modules - open - adopted, 0);
    const bar = make("div", { class: "bar", role: "img", "aria-label": `${clean} clean, ${adopted} adopted, ${open} failing` });
    for (const [state, number] of Object.entries({ clean, adopted, open })) {
      if (number) bar.append(make("span", { class: state, style: `flex: ${number}` }));
    }
    const numbers = [
      own.reduce((total, cell) => total + openCount(cell), 0),
      own.reduce((total, cell) => total + cell.findings.length - openCount(cell), 0),
      own.filter((cell) => cell.isEntry && !cell.findings.length).length,
    ];
    return make(
      "tr", {},
      make("th", { scope: "row" }, make("a", { href: rule.page, title: rule.summary }, rule.code)),
      make("td", { class: "number" }, String(rule.modules)),
      make("td", {}, bar),
      ...numbers.map((number) => make("td", { class: "number" }, String(number))),
    );
  });
  byId("rules").append(make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body));
  const unselected = data.rules.filter((rule) => !rule.modules).map((rule) => make("a", { href: rule.page, title: rule.summary }, rule.code));
  if (unselected.length) byId("unselected").append("Not selected anywhere: ", ...unselected.flatMap((link, index) => (index ? [", ", link] : [link])), ".");
}
drawRules();

/* The trend. */
const all = "all rules";
const total = (counts) => Object.values(counts).reduce((sum, count) => sum + count, 0);
const selected = new Set(rules.map((rule) => rule.code));
const measures = {
  findings: {
    title: "Findings that failed the check",
    of: (run, code) => (code === all ? total(run.findings) : (run.findings[code] ?? 0)),
    say: (value) => value.toLocaleString("en"),
    top: (values) => Math.max(...values, 1),
  },
  coverage: {
    title: "Modules that the rules run in, of those that were checked",
    of: (run, code) => (100 * (code === all ? [...selected].reduce((sum, one) => sum + (run.running[one] ?? 0), 0) / (selected.size || 1) : (run.running[code] ?? 0))) / (run.modules || 1),
    say: (value) => `${value.toFixed(value % 1 ? 1 : 0)} %`,
    top: () => 100,
  },
};
function drawTrend() {
  if (data.trend.length < 2) {
    byId("trend").append(make("p", {}, "Give earlier output of ", make("code", {}, "deckrules check --output json"), " with ", make("code", {}, "--history"), " to see one."));
    return;
  }
  const choice = make("select", {}, ...[all, ...rules.map((rule) => rule.code)].map((code) => make("option", {}, code)));
  const charts = make("div");
  const draw = () => charts.replaceChildren(...Object.entries(measures).map(([name, measure]) => chart(name, measure, choice.value)), numbers(choice.value));
  choice.addEventListener("change", draw);
  byId("trend").append(make("label", {}, "Of ", choice), charts);
  draw();
}
function chart(name, measure, code) {
  const [width, height, left, right, above, below] = [800, 190, 60, 30, 22, 26];
  const values = data.trend.map((run) => measure.of(run, code));
  const top = measure.top(values);
  const x = (index) => left + (index * (width - left - right)) / (values.length - 1);
  const y = (value) => height - below - (value * (height - above - below)) / top;
  const figure = make("figure", { class: name }, make("figcaption", {}, measure.title));
  const last = values.length - 1;
  const every = Math.ceil(values.length / 8);
  const labels = data.trend.map((run, index) => (index === last || (index % every === 0 && last - index >= every) ? svg("text", { x: x(index), y: height - 6, "text-anchor": index === 0 ? "start" : index === last ? "end" : "middle" }, run.label) : ""));
  const scale = [0, top].flatMap((value) => [
    svg("line", { class: "axis", x1: left, x2: width - right, y1: y(value), y2: y(value) }),
    svg("text", { x: left - 8, y: y(value) + 4, "text-anchor": "end" }, measure.say(value)),
  ]);
  const dots = values.map((value, index) => svg("circle", { class: "dot", cx: x(index), cy: y(value), r: 4 }, svg("title", {}, `${data.trend[index].label}: ${measure.say(value)}`)));
  const curve = svg("polyline", { class: "curve", points: values.map((value, index) => `${x(index)},${y(value)}`).join(" ") });
  figure.append(svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${measure.title}: ${measure.say(values[0])} at first, ${measure.say(values[last])} now` }, ...scale, curve, ...dots, ...labels));
  return figure;
}
function svg(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}
function numbers(code) {
  const head = make("tr", {}, make("th", { scope: "col" }, "Run"), ...Object.values(measures).map((measure) => make("th", { scope: "col" }, measure.title)));
  const body = data.trend.map((run) => make("tr", {}, make("th", { scope: "row" }, run.label), ...Object.values(measures).map((measure) => make("td", {}, measure.say(measure.of(run, code))))));
  return make("details", {}, make("summary", {}, "The numbers"), make("table", {}, make("thead", {}, head), make("tbody", {}, ...body)));
}
drawTrend();
