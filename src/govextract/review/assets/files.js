// Decisions out to a file and back, and the table on paper.

function save() {
  const lines = linesOf(doc).sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const content = lines.map((line) => JSON.stringify(line) + "\n").join("");
  const link = make("a", { href: URL.createObjectURL(new Blob([content], { type: "application/jsonl" })), download: doc.name + ".decisions.jsonl" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  doc.saved = true;
  remember(KEY + doc.sha256, JSON.stringify({ saved: true, given: doc.given, lines }));
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
      lines.push(filled(line));
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

// --- printing: the whole table, and what was decided

addEventListener("beforeprint", () => {
  const names = columns().filter((name) => name !== "confidence");
  const head = make("tr", {}, ...names.map((name) => make("th", { scope: "col", text: say(name === "n" ? "head_n" : name) })), make("th", { scope: "col", text: say("note") }));
  const rows = doc.items.map((item) => make("tr", { "data-state": stateOf(item) },
    ...names.map((name) => make("td", { className: "c-" + name, text: name === "state" ? (stateOf(item) ? say(stateOf(item)) : "") : COLUMNS[name].show(item) })),
    make("td", { text: [item.decision?.note, item.kind === "record" && changes(item.fields, fieldsOf(item)) ? `${say("before")} ${changes(item.fields, fieldsOf(item))}` : "", item.decision?.reviewer].filter(Boolean).join(" · ") })));
  byId("printed").replaceChildren(make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)));
});
addEventListener("afterprint", () => byId("printed").replaceChildren());
