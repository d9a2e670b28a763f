// The data of the page, what was decided about it, and where that is kept.

const byId = (id) => document.getElementById(id);
const DATA = JSON.parse(byId("data").textContent);
const TEXTS = JSON.parse(byId("texts").textContent);
const PLAIN = {
  indicator: "", action: null, value: null, value_max: null, unit: null, decimals: null, measure: "level", basis: null,
  bound: "exact", status: "actual", period: "", period_start: null, period_end: null, region: null,
};
const MEASURES = ["level", "growth", "change", "share", "contribution", "rank", "gap", "qualitative"];
const BOUNDS = { exact: "", about: "≈", at_least: "≥", more_than: ">", at_most: "≤", less_than: "<" };
const STATES = { accept: "✓", edit: "✎", reject: "✗", add: "＋" };
const HUMAN = ["REVIEWED", "EDITED", "ADDED"];
const UNSURE = 0.8; // a record less sure than this is doubtful
const ENDS = /[。！？\n]/;

let lang = DATA.lang === "zh" ? "zh" : "en";
const say = (key, values = {}) => (TEXTS[lang][key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

const docs = DATA.documents.map(prepared);
let doc = docs[0];
let chosen = null; // the item that is shown in full
const history = []; // what `undo` takes back, newest last

/** A document with its offsets turned from code points into those of JavaScript, and its items in order. */
function prepared(source) {
  const d = { ...source, unplaced: [], saved: true };
  const points = Array.from(d.text);
  const wide = points.length !== d.text.length;
  const starts = wide ? new Uint32Array(points.length + 1) : null;
  if (wide) points.forEach((point, i) => (starts[i + 1] = starts[i] + point.length));
  const own = ([start, end]) => (wide ? [starts[start], starts[end]] : [start, end]);
  d.toPoints = (at) => (wide ? starts.indexOf(at) : at);
  d.headings = d.headings.map(([start, end, level]) => [...own([start, end]), level]);
  const issues = d.issues.map((issue) => ({ ...issue, spans: issue.spans.map(own) }));
  d.issues = issues;
  d.audit.ignored_numbers = d.audit.ignored_numbers.map(([s, e, why]) => [...own([s, e]), why]);
  d.items = d.records.map((record) => ({
    ...record, kind: "record", at: own(record.at), fields: { ...PLAIN, ...record.fields }, issues: [], decision: null,
    subject: record.subject && own(record.subject), time: record.time && own(record.time),
    comparisons: record.comparisons.map(([words, s, e, other]) => [words, ...own([s, e]), other]),
  }));
  for (const issue of issues) for (const at of issue.records) d.items[at].issues.push(issue);
  for (const [s, e, text] of d.audit.unexplained) {
    const at = own([s, e]);
    d.items.push(number(at, text, issues.filter((issue) => issue.spans.some((span) => span[0] === at[0]))));
  }
  d.units = [...new Set(d.items.map((item) => item.fields.unit).filter(Boolean))].sort((a, b) => b.length - a.length);
  return ordered(d);
}

/** A number of the text that is in no record. */
function number(at, text, issues) {
  return { kind: "number", id: null, at, fields: { ...PLAIN, measure: "unexplained" }, figure: text, text, issues,
    comparisons: [], flags: [], rule: "", confidence: null, subject: null, time: null, decision: null };
}

/** A record that a person added. */
function added(at, decision) {
  return { ...number(at, "", []), kind: "added", fields: { ...PLAIN, ...decision.after }, confidence: 1, decision };
}

function ordered(d) {
  d.items.sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1]);
  d.items.forEach((item, i) => (item.n = i));
  return d;
}

// --- items

const fieldsOf = (item) => rightOf(item.decision) ?? item.fields;
const rightOf = (line) => (line?.decision === "accept" ? line.before : line?.after);
const settled = (item) => item.decision !== null || item.flags.some((flag) => HUMAN.includes(flag)) ||
  (item.kind === "number" && doc.items.some((other) => other.kind === "added" && overlap(other.at, item.at)));
const suspect = (item) => item.kind === "number" || item.issues.length > 0 ||
  item.flags.some((flag) => !HUMAN.includes(flag)) || (item.confidence !== null && item.confidence < UNSURE);
const doubtful = (item) => suspect(item) && !settled(item);
const overlap = (a, b) => a[0] < b[1] && b[0] < a[1];

function stateOf(item) {
  if (item.decision) return item.decision.decision;
  if (item.flags.includes("EDITED")) return "edit";
  if (item.flags.includes("ADDED")) return "add";
  if (item.flags.includes("REVIEWED")) return "accept";
  return "";
}

function figureOf(item) {
  const f = fieldsOf(item);
  if (item.kind === "number" && !item.decision?.after) return item.figure;
  if (f.value === null) return item.comparisons.map(([words]) => words).join("；");
  const high = f.value_max === null ? "" : "—" + f.value_max;
  return BOUNDS[f.bound] + f.value + high + (f.unit ?? "");
}

/** A period as short as its dates allow: 2023, 2024-01–06, 2024-06-30. */
function periodOf(f) {
  const [from, to] = [f.period_start, f.period_end];
  if (!from || !to) return f.period;
  if (from === to) return from;
  const [y1, m1, d1] = from.split("-"), [y2, m2, d2] = to.split("-");
  const whole = d1 === "01" && Number(d2) === new Date(Date.UTC(Number(y2), Number(m2), 0)).getUTCDate();
  if (!whole) return `${from} – ${to}`;
  if (m1 === "01" && m2 === "12") return y1 === y2 ? y1 : `${y1}–${y2}`;
  if (y1 !== y2) return `${y1}-${m1} – ${y2}-${m2}`;
  return m1 === m2 ? `${y1}-${m1}` : `${y1}-${m1}–${m2}`;
}

// --- where something stands, told by the text: as review/anchor.py tells it

function sentenceAt(text, [from, to]) {
  let start = from, end = Math.max(to - 1, from);
  while (start > 0 && !ENDS.test(text[start - 1])) start--;
  while (end < text.length && !ENDS.test(text[end])) end++;
  end = Math.min(end + 1, text.length);
  while (start < from && /\s/.test(text[start])) start++;
  while (end > to && /\s/.test(text[end - 1])) end--;
  return [start, end];
}

function count(text, part, before) {
  let times = 0;
  for (let at = part ? text.indexOf(part) : -1; at >= 0 && at < before; at = text.indexOf(part, at + 1)) times++;
  return times;
}

function nth(text, part, times) {
  let at = part ? text.indexOf(part) : -1;
  while (at >= 0 && times-- > 0) at = text.indexOf(part, at + 1);
  return at;
}

function anchored(d, at) {
  const [start, end] = sentenceAt(d.text, at);
  const sentence = d.text.slice(start, end), mention = d.text.slice(...at);
  const occurrence = { mention: count(sentence, mention, at[0] - start), sentence: count(d.text, sentence, start) };
  return { mention, sentence, occurrence, span: { start: d.toPoints(at[0]), end: d.toPoints(at[1]) } };
}

function placeOf(d, line) {
  const at = nth(d.text, line.sentence, line.occurrence.sentence);
  const inside = nth(line.sentence, line.mention, line.occurrence.mention);
  return at < 0 || inside < 0 ? null : [at + inside, at + inside + line.mention.length];
}

// --- decisions

function decide(item, decision, after = null, note = "") {
  const before = item.kind === "record" ? item.fields : null;
  item.decision = {
    schema_version: DATA.schema_version, document: doc.name, sha256: doc.sha256, decision, record: item.id,
    ...anchored(doc, item.at), before, after, note, reviewer: byId("reviewer").value.trim(), at: new Date().toISOString(),
  };
}

/** Put the lines of a file, or of the browser's store, onto what they speak of; what has no place is kept apart. */
function place(d, lines) {
  const exact = (line) => line.before && d.items.some((item) => same(item.fields, line.before));
  for (const line of [...lines.filter(exact), ...lines.filter((line) => !exact(line))]) {
    const item = target(d, line);
    const other = item?.decision;
    // of two words on one record the later one counts; what was said of another record is not for this one
    if (item && (!other || line.decision === "add" || !line.before || same(line.before, other.before))) {
      if (!other || other.at <= line.at) item.decision = line;
    } else if (!d.unplaced.some((known) => JSON.stringify(known) === JSON.stringify(line))) d.unplaced.push(line);
  }
  ordered(d);
}

/** Take what another window of the browser has kept for a document. */
function replace(d, lines) {
  for (const item of d.items) { item.decision = null; delete item.words; }
  d.items = d.items.filter((item) => item.kind !== "added");
  d.unplaced = [];
  place(d, lines);
}

const same = (a, b) => b && a.indicator === b.indicator && a.measure === b.measure && a.value === b.value;

function target(d, line) {
  const at = placeOf(d, line);
  if (!at) return null;
  const near = d.items.filter((item) => overlap(item.at, at));
  if (line.decision === "add") {
    const known = near.find((item) => item.kind !== "number" && same(fieldsOf(item), line.after));
    if (known) return known;
    d.items.push(added(at, line));
    return d.items[d.items.length - 1];
  }
  if (!line.before) return near.find((item) => item.kind === "number");
  const records = near.filter((item) => item.kind === "record");
  const found = records.find((item) => same(item.fields, line.before));
  if (found || line.decision === "reject") return found;
  // as review/apply.py does: newer rules may read it in another way
  const alike = records.filter(({ fields }) => fields.measure === line.before.measure && fields.value === line.before.value);
  return records.find((item) => same(item.fields, line.after)) ?? (alike.length === 1 ? alike[0] : records.length === 1 ? records[0] : null);
}

/** Whether what a line asks for has been done already: its number is ignored, because a person took it out. */
function fulfilled(d, line) {
  const at = line.decision === "reject" && placeOf(d, line);
  return at && d.audit.ignored_numbers.some(([s, e, why]) => why === "rejected" && overlap([s, e], at));
}

const linesOf = (d) => [...d.items.map((item) => item.decision).filter(Boolean), ...d.unplaced];

// --- the browser's store

const KEY = "govextract:decisions:";
let kept = true;

function recall(key) {
  try { return localStorage.getItem(key); } catch { kept = false; return null; }
}

function remember(key, value) {
  try { localStorage.setItem(key, value); } catch { kept = false; }
}

function keep() {
  doc.saved = false;
  remember(KEY + doc.sha256, JSON.stringify({ saved: false, given: doc.given, lines: linesOf(doc) }));
}

/** A line with every field of a record, as the page's own records have them. */
function filled(line) {
  const out = { ...line };
  for (const name of ["before", "after"]) if (line[name]) out[name] = { ...PLAIN, ...line[name] };
  return out;
}

function recallAll() {
  remember("govextract:probe", "1");
  for (const d of docs) {
    try {
      const { saved, given, lines } = JSON.parse(recall(KEY + d.sha256) ?? "null") ?? { saved: true, lines: [] };
      if (given !== d.given) place(d, d.decisions.map(filled)); // what was undone since stays undone
      place(d, lines);
      d.saved = saved;
    } catch { /* what another program put there is not ours to read */ }
  }
}
