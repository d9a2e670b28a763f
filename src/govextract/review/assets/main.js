// The page as a whole: what is chosen, what is decided, keys, files, languages, printing.

const DOWN = ["j", "ArrowDown"], UP = ["k", "ArrowUp"];

function choose(item, { row = true, text = true } = {}) {
  chosen = item;
  form = null;
  drawDetail();
  if (row) showRow(item);
  redrawRows();
  markChosen(text);
}

function step(by) {
  const at = view.indexOf(chosen);
  const next = view[at < 0 ? (by > 0 ? 0 : view.length - 1) : Math.min(Math.max(at + by, 0), view.length - 1)];
  if (next) choose(next);
}

/** The next doubtful item behind the chosen one, round the end; among those shown, else among all. */
function stepDoubtful() {
  for (const among of [view, doc.items]) {
    const at = among.indexOf(chosen);
    const round = [...among.slice(at + 1), ...among.slice(0, at + 1)];
    const next = round.find((item) => item !== chosen && doubtful(item)) ?? (chosen && doubtful(chosen) ? chosen : null);
    if (next) return choose(next);
  }
}

// --- decisions

function judge(decision, after = null, note = "") {
  if (!chosen) return;
  const item = chosen;
  if (item.kind === "number" && decision === "accept") return edit(item);
  if (item.kind === "added") {
    if (decision === "accept") return;
    if (decision === "reject") return takeAway(item);
  }
  history.push({ doc, item, decision: item.decision });
  decide(item, decision, after, note);
  changed(item);
}

function keepAdded(item, place, after, note) {
  if (item?.kind === "added") {
    history.push({ doc, item, decision: item.decision });
    decide(item, "add", after, note);
    item.fields = after;
    return changed(item);
  }
  const made = added(place, { after });
  decide(made, "add", after, note);
  history.push({ doc, item: made, decision: null, made: true });
  doc.items.push(made);
  ordered(doc);
  chosen = made;
  drawReport();
  changed(made);
}

function takeAway(item) {
  history.push({ doc, item, decision: item.decision, gone: true });
  doc.items.splice(doc.items.indexOf(item), 1);
  ordered(doc);
  chosen = doc.items[Math.min(item.n, doc.items.length - 1)] ?? null;
  drawReport();
  changed(chosen);
}

function undo() {
  const last = history.pop() ?? (chosen?.decision && { doc, item: chosen, decision: null, made: chosen.kind === "added" });
  if (!last) return;
  if (last.doc !== doc) open(docs.indexOf(last.doc));
  if (last.made) doc.items.splice(doc.items.indexOf(last.item), 1);
  if (last.gone) doc.items.push(last.item);
  last.item.decision = last.decision;
  if (last.item.kind === "added" && last.decision) last.item.fields = last.decision.after;
  if (last.made || last.gone) { ordered(doc); drawReport(); }
  chosen = last.made ? doc.items.find((item) => overlap(item.at, last.item.at)) ?? null : last.item;
  changed(chosen);
}

/** Keep and show what was decided. */
function changed(item) {
  for (const other of doc.items) {
    if (item && other !== item && !overlap(other.at, item.at)) continue;
    delete other.words;
    drawState(other);
  }
  keep();
  refilter();
  if (chosen) showRow(chosen);
  redrawRows();
  drawDetail();
  markChosen(false);
  drawProgress();
}

// --- the head of the page

function drawAudit() {
  const { numbers, values, comparisons, ignored, unexplained } = doc.audit;
  const parts = { values, comparisons, ignored, unexplained: unexplained.length };
  byId("audit").querySelector(".strip").replaceChildren(...Object.entries(parts).map(([name, size]) => {
    const part = make("span", { className: "p-" + name });
    part.style.flexGrow = size;
    part.hidden = !size;
    return part;
  }));
  byId("audit").querySelector(".legend").replaceChildren(
    make("li", {}, make("b", { text: numbers }), " ", say("numbers")),
    ...Object.entries(parts).map(([name, size]) => make("li", { className: "p-" + name }, make("b", { text: size }), " ", say(name))));
}

function drawIssues() {
  const told = doc.issues.filter((issue) => issue.code !== "UNEXPLAINED_NUMBER");
  const all = byId("issues");
  all.querySelector("summary").textContent = told.length ? say("issues", { count: told.length }) : say("no_issues");
  all.querySelector("ol").replaceChildren(...told.map((issue) => {
    const line = issueLine(issue), spans = issue.spans[0];
    const items = issue.records.map((at) => doc.records[at].id);
    const item = doc.items.find((one) => items.includes(one.id)) ?? (spans && doc.items.find((one) => overlap(one.at, spans)));
    if (item) {
      const go = make("button", { type: "button", className: "go", text: figureOf(item) });
      go.addEventListener("click", () => choose(item));
      line.append(" ", go);
    }
    return line;
  }));
}

function drawProgress() {
  const decided = doc.items.filter(settled).length, left = doc.items.filter(doubtful).length;
  byId("progress").textContent = say("progress", { decided, all: doc.items.length, doubtful: left });
  byId("progress").style.setProperty("--done", doc.items.length ? decided / doc.items.length : 0);
  byId("save").textContent = say("save") + (doc.saved ? "" : ` · ${say("unsaved")}`);
  for (const option of byId("document").options) option.textContent = (docs[option.value].saved ? "" : "• ") + docs[option.value].name;
  warn();
}

let notice = "";
function warn() {
  const lost = doc.unplaced.filter((line) => !fulfilled(doc, line)).length;
  const told = [notice, kept ? "" : say("no_storage"), lost ? say("unplaced", { count: lost }) : ""].filter(Boolean);
  byId("warning").textContent = told.join(" ");
  byId("warning").hidden = !told.length;
}

function options(select, values) {
  const before = select.value;
  select.replaceChildren(...values.map(([value, text]) => make("option", { value, text })));
  select.value = values.some(([value]) => value === before) ? before : "";
}

function drawTexts() {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  for (const out of document.querySelectorAll("[data-text]")) out.textContent = say(out.dataset.text);
  for (const out of document.querySelectorAll("[data-label]")) out.setAttribute("aria-label", say(out.dataset.label));
  const own = (names) => names.map((name) => [name, say(name)]);
  const present = new Set(doc.items.map((item) => fieldsOf(item).measure));
  options(byId("by_measure"), [["", say("any")], ...own([...MEASURES, "unexplained"].filter((name) => present.has(name)))]);
  options(byId("by_status"), [["", say("any")], ...own(["actual", "target", "policy"])]);
  const codes = [...new Set(doc.items.flatMap(flagsOf))].sort();
  options(byId("by_flag"), [["", say("any")], ["*", say("flagged")], ["-", say("unflagged")], ...codes.map((code) => [code, code])]);
  options(byId("by_state"), [["", say("any")], ...own(["undecided", "doubtful", "decided", ...Object.keys(STATES)])]);
  const counted = (name) => doc.items.filter((item) => fieldsOf(item).measure === name).length;
  byId("measures").replaceChildren(...[...MEASURES, "unexplained"].filter((name) => present.has(name)).map((name) => {
    return make("li", {}, make("span", { className: "figure first", "data-measure": name, text: say(name) }), ` ${counted(name)}`);
  }));
  const keys = { "j ↓ / k ↑": "next", n: "doubtful", a: "accept", e: "edit", r: "reject", u: "undo", "+": "add", "/": "filter", "?": "help", Esc: "leave" };
  byId("keys").querySelector("dl").replaceChildren(...Object.entries(keys).flatMap(([key, does]) => [
    make("dt", {}, make("kbd", { text: key })), make("dd", { text: say("key_" + does) })]));
}

/** Show the document at a place of the list. */
function open(at) {
  doc = docs[at];
  chosen = null;
  byId("document").value = at;
  byId("title").textContent = doc.title || doc.name;
  byId("facts").textContent = [doc.name, doc.region, doc.date].filter(Boolean).join(" · ");
  drawReport();
  redraw();
  report.scrollTop = scroller.scrollTop = 0;
}

function redraw() {
  drawTexts();
  drawAudit();
  drawIssues();
  drawHeads();
  refilter();
  drawDetail();
  drawProgress();
}

// --- files

function save() {
  const lines = linesOf(doc).sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const content = lines.map((line) => JSON.stringify(line) + "\n").join("");
  const link = make("a", { href: URL.createObjectURL(new Blob([content], { type: "application/jsonl" })), download: doc.name + ".decisions.jsonl" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  doc.saved = true;
  remember(KEY + doc.sha256, JSON.stringify({ saved: true, lines }));
  drawProgress();
}

async function load(file) {
  const rows = (await file.text()).replace(/^\ufeff/, "").split("\n");
  const lines = [];
  for (const [i, row] of rows.entries()) {
    if (!row.trim()) continue;
    try {
      const line = JSON.parse(row);
      const right = line.decision === "accept" ? line.before : line.after;
      const shaped = STATES[line.decision] && typeof line.sentence === "string" && typeof line.mention === "string" && line.span &&
        Number.isInteger(line.occurrence?.sentence) && Number.isInteger(line.occurrence?.mention) && typeof line.at === "string";
      if (!shaped || (line.decision !== "reject" && typeof right?.indicator !== "string")) throw new Error();
      for (const name of ["before", "after"]) if (line[name]) line[name] = { ...PLAIN, ...line[name] };
      lines.push(line);
    } catch { notice = say("bad_file", { name: file.name, line: i + 1 }); return warn(); }
  }
  const owners = new Map();
  const foreign = [];
  for (const line of lines) {
    const owner = docs.find((d) => d.sha256 === line.sha256) ?? docs.find((d) => d.name === line.document);
    if (owner) owners.set(owner, [...(owners.get(owner) ?? []), line]);
    else foreign.push(line);
  }
  const before = doc;
  for (const [owner, own] of owners) { doc = owner; place(owner, own); for (const item of owner.items) delete item.words; keep(); }
  doc = before;
  notice = say("loaded", { count: lines.length - foreign.length });
  if (foreign.length) notice = say("other_report", { count: foreign.length, name: foreign[0].document });
  drawReport();
  redraw();
}

// --- keys

const acts = { n: stepDoubtful, a: () => judge("accept"), r: () => judge("reject"), u: undo, "?": help, "/": () => byId("query").focus() };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || byId("keys").open) return;
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "Escape") {
    if (form) closeForm();
    else if (typing) { event.target.blur(); scroller.focus({ preventScroll: true }); }
    return;
  }
  if (typing || form) return;
  const act = DOWN.includes(event.key) ? () => step(1) : UP.includes(event.key) ? () => step(-1)
    : event.key === "e" ? () => chosen && edit(chosen) : event.key === "+" ? addSelected : acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

function help() { byId("keys").showModal(); }

function addSelected() {
  const at = selected();
  if (at) add(at);
}

document.addEventListener("selectionchange", () => {
  const at = form ? null : selected();
  const told = at ? doc.text.slice(...at) : "";
  byId("add").hidden = !at;
  byId("add").textContent = say("add_selection", { text: told.length > 24 ? told.slice(0, 24) + "…" : told });
});

// --- printing: the whole table, and what was decided

addEventListener("beforeprint", () => {
  const names = columns().filter((name) => name !== "confidence");
  const head = make("tr", {}, ...names.map((name) => make("th", { scope: "col", text: say(name === "n" ? "head_n" : name) })), make("th", { scope: "col", text: say("note") }));
  const rows = doc.items.map((item) => make("tr", { "data-state": stateOf(item) },
    ...names.map((name) => make("td", { className: "c-" + name, text: name === "state" ? (stateOf(item) ? say(stateOf(item)) : "") : COLUMNS[name].show(item) })),
    make("td", { text: [item.decision?.note, item.decision?.decision === "edit" ? `${say("before")} ${changes(item.fields, fieldsOf(item))}` : "", item.decision?.reviewer].filter(Boolean).join(" · ") })));
  byId("printed").replaceChildren(make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)));
});
addEventListener("afterprint", () => byId("printed").replaceChildren());

// --- begin

const dark = matchMedia("(prefers-color-scheme: dark)");
document.documentElement.dataset.theme = recall("govextract:theme") ?? "";
byId("theme").addEventListener("click", () => {
  const now = document.documentElement.dataset.theme || (dark.matches ? "dark" : "light");
  document.documentElement.dataset.theme = now === "dark" ? "light" : "dark";
  remember("govextract:theme", document.documentElement.dataset.theme);
});
byId("lang").addEventListener("click", () => { lang = lang === "zh" ? "en" : "zh"; notice = ""; remember("govextract:lang", lang); redraw(); });
byId("help").addEventListener("click", help);
byId("add").addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
byId("add").addEventListener("click", addSelected);
byId("save").addEventListener("click", save);
byId("load").addEventListener("click", () => byId("file").click());
byId("file").addEventListener("change", async () => {
  if (byId("file").files[0]) await load(byId("file").files[0]);
  byId("file").value = "";
});
byId("reviewer").value = recall("govextract:reviewer") ?? "";
byId("reviewer").addEventListener("change", () => remember("govextract:reviewer", byId("reviewer").value.trim()));
byId("document").append(...docs.map((d, at) => make("option", { value: at, text: d.name })));
byId("document").addEventListener("change", () => open(Number(byId("document").value)));
byId("switcher").hidden = docs.length < 2;
addEventListener("beforeunload", (event) => { if (!kept && docs.some((d) => !d.saved)) event.preventDefault(); });
recallAll();
open(0);
