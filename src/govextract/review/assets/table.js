// The table on the right: filtered, sorted, and drawn only as far as it is seen.

const COLUMNS = {
  n: { of: (item) => item.n, show: (item) => item.n + 1 },
  state: { of: (item) => stateOf(item) || (doubtful(item) ? " " : "~"), show: (item) => STATES[stateOf(item)] ?? (doubtful(item) ? "?" : "") },
  indicator: { of: (item) => fieldsOf(item).indicator, show: (item) => fieldsOf(item).indicator || (item.kind === "number" ? "—" : "") },
  value: { of: (item) => fieldsOf(item).value ?? -Infinity, show: figureOf },
  measure: { of: (item) => fieldsOf(item).measure, show: (item) => say(fieldsOf(item).measure) },
  period: { of: (item) => fieldsOf(item).period_start ?? "", show: (item) => periodOf(fieldsOf(item)) },
  status: { of: (item) => fieldsOf(item).status, show: (item) => (item.kind === "number" ? "" : say(fieldsOf(item).status)) },
  region: { of: (item) => fieldsOf(item).region ?? "", show: (item) => fieldsOf(item).region ?? "" },
  confidence: { of: (item) => item.confidence ?? -1, show: (item) => (item.confidence === null ? "" : item.confidence.toFixed(2)) },
  flags: { of: (item) => -flagsOf(item).length, show: (item) => flagsOf(item).join(" ") },
};
const EXTRA = 12; // rows drawn beyond the seen ones
const scroller = byId("scroller"), body = byId("rows").tBodies[0];
const sort = { by: "n", down: false };
let view = []; // the items that pass the filters, in order
let rowHeight = 32;
let drawn = "";

const flagsOf = (item) => [...new Set([...item.flags.filter((flag) => !HUMAN.includes(flag)), ...item.issues.map((i) => i.code)])]
 .filter((code) => code !== "UNEXPLAINED_NUMBER");
const query = () => byId("query").value.trim().toLowerCase();

/** The columns that say something: a place only where it is not the report's own. */
function columns() {
  doc.places ??= doc.items.some((item) => item.fields.region && item.fields.region !== doc.region);
  return Object.keys(COLUMNS).filter((name) => name !== "region" || doc.places);
}

/** All words of an item that the filter looks through. */
function words(item) {
  if (item.words === undefined) {
    const f = fieldsOf(item);
    const sentence = doc.text.slice(...sentenceAt(doc.text, item.at));
    item.words = [f.indicator, figureOf(item), f.action, f.region, f.period, f.basis, item.text, item.rule, sentence,
      ...item.comparisons.map(([said]) => said)].join("\n").toLowerCase();
  }
  return item.words;
}

const BY_STATE = {
  undecided: (item) => !settled(item), doubtful, decided: (item) => settled(item),
  ...Object.fromEntries(Object.keys(STATES).map((state) => [state, (item) => stateOf(item) === state])),
};

function passes() {
  const parts = query().split(/\s+/).filter(Boolean);
  const measure = byId("by_measure").value, status = byId("by_status").value;
  const flag = byId("by_flag").value, state = byId("by_state").value, most = Number(byId("confidence").value);
  return (item) =>
    (!measure || fieldsOf(item).measure === measure) &&
    (!status || (item.kind !== "number" && fieldsOf(item).status === status)) &&
    (!flag || (flag === "*" ? flagsOf(item).length > 0 : flag === "-" ? !flagsOf(item).length : flagsOf(item).includes(flag))) &&
    (!state || BY_STATE[state](item)) &&
    (most >= 1 || (item.confidence ?? 0) <= most) &&
    parts.every((part) => words(item).includes(part));
}

/** Filter and sort anew, and draw. */
function refilter() {
  const { of } = COLUMNS[sort.by];
  view = doc.items.filter(passes());
  if (sort.by !== "n" || sort.down) {
    const keys = new Map(view.map((item) => [item, of(item)]));
    const compare = (a, b) => (typeof a === "string" ? a.localeCompare(b, "zh") : a - b);
    view.sort((a, b) => (sort.down ? -1 : 1) * compare(keys.get(a), keys.get(b)) || a.n - b.n);
  }
  drawn = "";
  drawRows();
  byId("shown").textContent = say("shown", { shown: view.length, all: doc.items.length });
  byId("rows").setAttribute("aria-rowcount", view.length + 1);
}

function drawHeads() {
  const row = byId("rows").tHead.rows[0];
  row.replaceChildren(...columns().map((name) => {
    const head = document.createElement("th"), button = document.createElement("button");
    head.scope = "col";
    head.className = "c-" + name;
    if (name === sort.by) head.setAttribute("aria-sort", sort.down ? "descending" : "ascending");
    button.type = "button";
    button.textContent = say(TEXTS[lang]["head_" + name] ? "head_" + name : name);
    button.title = say(name === "n" ? "order" : name);
    if (button.title !== button.textContent) button.setAttribute("aria-label", button.title);
    button.addEventListener("click", () => {
      sort.down = sort.by === name && !sort.down;
      sort.by = name;
      drawHeads();
      refilter();
      byId("rows").tHead.querySelector(`.c-${name} button`).focus();
    });
    head.append(button);
    return head;
  }));
}

function drawRows() {
  const first = Math.max(0, Math.floor(scroller.scrollTop / rowHeight) - EXTRA);
  const last = Math.min(view.length, Math.ceil((scroller.scrollTop + scroller.clientHeight) / rowHeight) + EXTRA);
  if (drawn === `${first}-${last}`) return;
  drawn = `${first}-${last}`;
  body.replaceChildren(gap(first), ...view.slice(first, last).map((item, i) => drawRow(item, first + i)), gap(view.length - last));
  const real = body.querySelector("tr.row")?.getBoundingClientRect().height;
  if (real && Math.abs(real - rowHeight) > 0.01) { rowHeight = real; drawn = ""; drawRows(); }
}

function gap(rows) {
  const row = document.createElement("tr"), cell = document.createElement("td");
  row.className = "gap";
  row.setAttribute("aria-hidden", "true");
  cell.colSpan = columns().length;
  row.style.height = rows * rowHeight + "px";
  row.append(cell);
  return row;
}

function drawRow(item, at) {
  const row = document.createElement("tr");
  row.className = "row";
  row.dataset.n = item.n;
  row.dataset.state = stateOf(item);
  row.setAttribute("aria-rowindex", at + 2);
  row.classList.toggle("doubt", doubtful(item));
  if (item === chosen) { row.classList.add("chosen"); row.setAttribute("aria-current", "true"); }
  for (const name of columns()) {
    const cell = document.createElement("td");
    cell.className = "c-" + name;
    cell.textContent = COLUMNS[name].show(item);
    if (name === "measure") cell.dataset.measure = fieldsOf(item).measure;
    if (["indicator", "value", "period", "flags"].includes(name)) cell.title = cell.textContent;
    if (name === "state" && cell.textContent) cell.setAttribute("aria-label", say(stateOf(item) || "doubtful"));
    row.append(cell);
  }
  return row;
}

function redrawRows() { drawn = ""; drawRows(); }

function showRow(item) {
  const at = view.indexOf(item);
  if (at < 0) return;
  const head = byId("rows").tHead.offsetHeight, top = at * rowHeight;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + rowHeight + head > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = top + rowHeight + head - scroller.clientHeight;
}

scroller.addEventListener("scroll", drawRows, { passive: true });
addEventListener("resize", () => { drawn = ""; drawRows(); });
body.addEventListener("click", (event) => {
  const row = event.target.closest("tr.row");
  if (row) choose(doc.items[row.dataset.n], { row: false, text: true });
});
body.addEventListener("mouseover", (event) => {
  const row = event.target.closest("tr.row");
  light(row ? doc.items[row.dataset.n] : chosen);
});
body.addEventListener("mouseleave", () => light(chosen));
byId("filters").addEventListener("input", refilter);
byId("filters").addEventListener("submit", (event) => event.preventDefault());
byId("confidence").addEventListener("input", () => (byId("confidence_is").textContent = byId("confidence").value));
