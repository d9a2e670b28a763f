// The chosen record in full, what can be decided about it, and the form that edits it.

const detail = byId("detail");
const FORM = ["indicator", "value", "value_max", "unit", "measure", "bound", "basis", "status", "period", "period_start", "period_end", "region", "action"];
const CHOICES = { measure: MEASURES, bound: Object.keys(BOUNDS), status: ["actual", "target", "policy"] };
const BASES = ["yoy", "mom", "qoq", "ytd", "prior:年均"];

function make(tag, options = {}, ...children) {
  const out = document.createElement(tag);
  const { className, text, ...rest } = options;
  if (className) out.className = className;
  if (text !== undefined) out.textContent = text;
  for (const [name, value] of Object.entries(rest)) if (value !== null && value !== undefined) out.setAttribute(name, value);
  out.append(...children);
  return out;
}

function action(label, key, act, className = "") {
  const out = make("button", { type: "button", className }, say(label), " ", make("kbd", { text: key }));
  out.addEventListener("click", act);
  return out;
}

function drawDetail() {
  if (!chosen) return detail.replaceChildren(make("p", { className: "quiet", text: say("choose") }));
  const item = chosen, f = fieldsOf(item), state = stateOf(item);
  const head = make("div", { className: "figure-head" },
    make("strong", { text: f.indicator || item.figure }),
    make("span", { className: "amount", text: f.indicator ? figureOf(item) : "" }),
    make("span", { className: "chip", text: say(f.measure), "data-measure": f.measure }));
  if (state) head.append(make("span", { className: "verdict", "data-state": state, text: `${STATES[state]} ${say(state)}` }));
  const facts = make("dl");
  const fact = (name, value) => value && facts.append(make("div", {}, make("dt", { text: say(name) }), make("dd", { text: value })));
  if (item.kind !== "number" || item.decision?.after) {
    fact("period", periodOf(f) + (f.period && f.period !== periodOf(f) ? `（${f.period}）` : "") + (item.inferred ? ` · ${say("inferred")}` : ""));
    fact("status", say(f.status));
    fact("region", f.region);
    fact("basis", f.basis);
    if (f.bound !== "exact") fact("bound", say(f.bound));
    fact("action", f.action);
    fact("comparisons", item.comparisons.map(([words]) => words).join("；"));
    if (item.text !== f.indicator) fact("subject_text", item.text);
    fact("confidence", item.confidence?.toFixed(2));
    fact("rule", item.rule);
    fact("flags", flagsOf(item).join(" "));
  }
  fact("note", item.decision?.note);
  const was = item.kind === "record" && item.decision ? changes(item.fields, f) : "";
  fact("before", was);
  const doubts = make("ul", { className: "doubts" }, ...item.issues.map(issueLine));
  const acts = make("div", { className: "acts" });
  if (item.kind === "number") acts.append(action("do_add", "e", () => edit(item)), action("no_figure", "r", () => judge("reject")));
  else acts.append(action("do_accept", "a", () => judge("accept"), "main"), action("do_edit", "e", () => edit(item)), action("do_reject", "r", () => judge("reject")));
  if (history.length || item.decision) acts.append(action("do_undo", "u", undo));
  detail.replaceChildren(head, quotation(item), facts, doubts, acts);
  if (item.chart !== null && item.chart !== undefined) detail.append(drawing(DATA.charts[item.chart], f));
}

/** A chart that was drawn when the page was made: SVG, read as a document of its own that holds no script. */
function drawing(chart, f) {
  const svg = new DOMParser().parseFromString(chart.svg, "image/svg+xml").documentElement;
  const caption = [f.indicator, say(f.measure), chart.unit].filter(Boolean).join(" · ");
  return make("figure", { className: "chart" }, make("figcaption", { text: caption }), document.importNode(svg, true));
}

/** The sentence of an item with its figure marked. */
function quotation(item) {
  const [start, end] = sentenceAt(doc.text, item.at);
  const from = Math.max(start, item.at[0] - 90), to = Math.min(end, item.at[1] + 90);
  return make("blockquote", { lang: "zh-CN" }, (from > start ? "…" : "") + doc.text.slice(from, item.at[0]),
    make("mark", { text: doc.text.slice(...item.at) }), doc.text.slice(item.at[1], to) + (to < end ? "…" : ""));
}

function changes(before, after) {
  return FORM.filter((name) => (before[name] ?? "") !== (after[name] ?? "")).map((name) => `${say(name)} ${before[name] ?? "—"}`).join(" · ");
}

function issueLine(issue) {
  const line = make("li", { "data-severity": issue.severity }, make("b", { text: issue.code }), " ", issue[lang]);
  if (issue.arithmetic && !issue[lang].includes(issue.arithmetic)) line.append(make("span", { className: "sum", text: issue.arithmetic }));
  if (issue.suggestion) line.append(make("span", { className: "sum", text: "→ " + say("suggestion", { suggestion: issue.suggestion }) }));
  return line;
}

// --- the form: an edit of a record, or a record that was missing

let form = null;

function edit(item) { openForm({ ...fieldsOf(item) }, item); }

/** The form for a record at a selected stretch of the text, filled as far as the words say. */
function add(at) {
  const covered = doc.items.find((item) => item.kind === "number" && overlap(item.at, at));
  openForm(null, covered ?? null, at);
}

function guessed(at) {
  const text = doc.text.slice(...at).normalize("NFKC");
  const found = text.match(/\d[\d,]*(?:\.\d+)?/);
  const near = doc.items.filter((item) => item.kind !== "number" && fieldsOf(item).indicator);
  const before = near.filter((item) => item.at[0] < at[0]).pop() ?? near[0];
  const f = before ? fieldsOf(before) : PLAIN;
  const behind = found ? text.slice(found.index + found[0].length).trim() : "";
  const unit = doc.units.find((known) => behind.startsWith(known));
  const { status, period, period_start, period_end } = f;
  return { ...PLAIN, value: found ? Number(found[0].replaceAll(",", "")) : null, unit: unit || behind || null,
    status, period, period_start, period_end, region: f.region ?? doc.region };
}

/** A bare number with the unit that stands behind it. */
function withUnit([start, end]) {
  const unit = doc.units.find((known) => doc.text.startsWith(known, end));
  return [start, end + (unit ?? "").length];
}

function openForm(fields, item, at = null) {
  const place = at ?? (item.kind === "number" ? withUnit(item.at) : item.at);
  const missing = item === null || item.kind !== "record";
  const values = missing && !(item?.decision?.after) ? guessed(place) : fields;
  form = make("form", { className: "edit", novalidate: "", "aria-label": say(missing ? "do_add" : "do_edit") });
  form.append(make("p", { className: "about" }, make("q", { lang: "zh-CN", text: doc.text.slice(...place) })));
  const grid = make("div", { className: "grid" });
  for (const name of FORM) grid.append(field(name, values[name]));
  grid.append(field("note", item?.decision?.note ?? ""));
  const bases = make("datalist", { id: "bases" }, ...BASES.map((value) => make("option", { value })));
  const wrong = make("p", { className: "wrong", role: "alert" });
  const cancel = make("button", { type: "button", text: say("do_cancel") });
  cancel.addEventListener("click", closeForm);
  form.append(grid, bases, wrong, make("div", { className: "acts" }, make("button", { type: "submit", className: "main", text: say(missing ? "do_add" : "do_keep") }), cancel));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const read = readForm(values, place);
    if (typeof read === "string") { wrong.textContent = say(read); return; }
    const note = form.elements.note.value.trim();
    closeForm();
    if (missing) keepAdded(item, place, read, note);
    else judge("edit", read, note);
  });
  detail.replaceChildren(form);
  detail.scrollIntoView({ block: "nearest" });
  form.elements.indicator.focus();
  form.elements.indicator.select();
}

function field(name, value) {
  const label = make("label", { className: "f-" + name, text: say(name) });
  if (CHOICES[name]) {
    const select = make("select", { name });
    for (const choice of CHOICES[name]) select.append(make("option", { value: choice, text: say(choice) }));
    select.value = value;
    label.append(select);
  } else {
    const input = make("input", { name, autocomplete: "off", list: name === "basis" ? "bases" : null });
    if (name.startsWith("value")) input.inputMode = "decimal";
    if (name === "period_start" || name === "period_end") input.placeholder = "2024-01-31";
    input.value = value ?? "";
    label.append(input);
  }
  return label;
}

/** The fields as typed, or the name of what is wrong with them. */
function readForm(before, place) {
  const typed = (name) => form.elements[name].value.normalize("NFKC").trim();
  const out = { ...PLAIN, ...before };
  for (const name of FORM) out[name] = form.elements[name].value.trim() || null;
  for (const name of ["value", "value_max"]) {
    const text = typed(name).replaceAll(",", "").replace(/^[−–]/, "-");
    if (text && !/^-?\d+(\.\d+)?$/.test(text)) return "bad_number";
    out[name] = text ? Number(text) : null;
    if (name === "value" && text && out.value !== before.value) out.decimals = (text.split(".")[1] ?? "").length;
  }
  for (const name of ["period_start", "period_end"]) {
    const day = new Date(`${out[name]}T00:00:00Z`);
    if (out[name] && !(/^\d{4}-\d\d-\d\d$/.test(out[name]) && !isNaN(day) && day.toISOString().startsWith(out[name]))) return "bad_date";
  }
  if (out.value === null && out.measure !== "qualitative") return "bad_number";
  if (!out.indicator) return "bad_indicator";
  if (out.decimals === null && out.value !== null) {
    const printed = doc.text.slice(...place).normalize("NFKC").match(/\d+(?:\.(\d+))?/);
    out.decimals = (printed?.[1] ?? "").length;
  }
  out.period ??= "";
  return out;
}

function closeForm() {
  form = null;
  drawDetail();
  scroller.focus({ preventScroll: true });
}
