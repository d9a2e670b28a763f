// The report on the left: its lines, with every figure, comparison and inherited word as an element of its own.

const report = byId("report");
let offsets = new Map(); // text node → where it begins
let joined = []; // elements that are lit up with the pointed-at record

function drawReport() {
  const cuts = new Set([0, doc.text.length]);
  const marks = [];
  const mark = (at, kind, item = null) => {
    if (at && at[1] > at[0]) { marks.push({ at, kind, item }); cuts.add(at[0]).add(at[1]); }
  };
  for (const [s, e, level] of doc.headings) mark([s, e], "head", { level });
  for (const [s, e, why] of doc.audit.ignored_numbers) mark([s, e], "ignored", { why });
  for (const item of doc.items) {
    item.pieces = []; item.near = [];
    mark(item.at, item.kind === "number" ? "unexplained" : "figure", item);
    mark(item.subject, "subject", item);
    mark(item.time, "time", item);
    for (const [, s, e] of item.comparisons) mark([s, e], "comparison", item);
  }
  for (let at = doc.text.indexOf("\n"); at >= 0; at = doc.text.indexOf("\n", at + 1)) cuts.add(at).add(at + 1);
  const ends = [...cuts].sort((a, b) => a - b);
  const order = new Map(ends.map((at, i) => [at, i]));
  const over = ends.map(() => []);
  for (const m of marks) for (let i = order.get(m.at[0]); i < order.get(m.at[1]); i++) over[i].push(m);

  offsets = new Map();
  const lines = document.createDocumentFragment();
  let row = [], deepest = 1;
  const close = () => {
    if (!row.some(([text]) => text.trim())) { row = []; return; }
    const head = row.find(([, found]) => found.some((m) => m.kind === "head"))?.[1].find((m) => m.kind === "head");
    const alone = head && row.every(([text, found]) => !text.trim() || found.includes(head));
    const level = alone ? Math.min(head.item.level + 2, deepest + 1, 6) : 0;
    if (alone) deepest = level;
    const line = document.createElement(alone ? "h" + level : "p");
    for (const [text, found, at] of row) line.append(piece(text, found, at));
    lines.append(line);
    row = [];
  };
  for (let i = 0; i + 1 < ends.length; i++) {
    const text = doc.text.slice(ends[i], ends[i + 1]);
    if (text === "\n") close();
    else row.push([text, over[i], ends[i]]);
  }
  close();
  report.replaceChildren(lines);
  for (const item of doc.items) drawState(item);
}

function piece(text, found, at) {
  const node = document.createTextNode(text);
  offsets.set(node, at);
  if (!found.length) return node;
  const out = document.createElement("span");
  out.append(node);
  for (const { kind, item, at: [start] } of found) {
    if (kind === "figure" || kind === "unexplained") {
      out.classList.add("figure");
      if (start === at) out.classList.add("first");
      out.dataset.n ??= item.n;
      item.pieces.push(out);
    } else if (kind === "ignored") out.title = `${say("ignored")}: ${item.why}`;
    else if (kind === "head") out.classList.add("head");
    else {
      if (kind === "comparison") { out.classList.add("comparison"); out.dataset.of ??= item.n; }
      item.near.push([out, kind]);
    }
  }
  return out;
}

/** What a figure looks like in the text: its measure, and what was decided. */
function drawState(item) {
  for (const out of item.pieces) {
    const shown = doc.items[out.dataset.n];
    out.dataset.measure = shown.decision?.decision === "reject" && shown.kind === "number" ? "none" : fieldsOf(shown).measure;
    out.dataset.state = stateOf(shown);
    out.toggleAttribute("data-down", fieldsOf(shown).value < 0);
    out.classList.toggle("doubt", doubtful(shown));
  }
}

function light(item) {
  for (const out of joined) out.classList.remove("joined", "joined-subject", "joined-time", "joined-comparison", "joined-figure");
  joined = [];
  if (!item) return;
  for (const [out, kind] of [...item.near, ...item.pieces.map((out) => [out, "figure"])]) {
    out.classList.add("joined", "joined-" + kind);
    joined.push(out);
  }
}

function markChosen(scroll) {
  for (const out of report.querySelectorAll(".chosen")) out.classList.remove("chosen");
  for (const out of chosen?.pieces ?? []) out.classList.add("chosen");
  light(chosen);
  const first = chosen?.pieces[0];
  if (scroll && first) {
    const box = report.getBoundingClientRect(), at = first.getBoundingClientRect();
    if (at.top < box.top + 40 || at.bottom > box.bottom - 40) report.scrollTop += at.top - box.top - box.height / 3;
    const page = report.getBoundingClientRect();
    if (page.bottom < 0 || page.top > innerHeight) report.scrollIntoView({ block: "nearest" });
  }
}

/** The stretch of the report that is selected, without blanks at its ends; null where nothing is. */
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!report.contains(range.commonAncestorContainer)) return null;
  let start = -1, end = -1;
  for (const [node, at] of offsets) {
    if (!range.intersectsNode(node)) continue;
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.length;
    if (from >= to) continue;
    if (start < 0) start = at + from;
    end = at + to;
  }
  while (start < end && /\s/.test(doc.text[start])) start++;
  while (end > start && /\s/.test(doc.text[end - 1])) end--;
  return start >= 0 && start < end ? [start, end] : null;
}

function itemOf(element) {
  const out = element.closest?.(".figure, .comparison");
  if (!out || !report.contains(out)) return null;
  const here = out.dataset.n !== undefined ? out.dataset.n : out.dataset.of;
  // several records on one figure: a click goes on to the next of them
  const all = doc.items.filter((item) => item.pieces.includes(out));
  return all.length > 1 ? all[(all.indexOf(chosen) + 1) % all.length] : doc.items[here];
}

report.addEventListener("click", (event) => {
  const item = getSelection().isCollapsed ? itemOf(event.target) : null;
  if (item) choose(item, { row: true, text: false });
});
report.addEventListener("mouseover", (event) => {
  const out = event.target.closest?.(".figure, .comparison");
  light(out ? doc.items[out.dataset.n ?? out.dataset.of] : chosen);
});
report.addEventListener("mouseleave", () => light(chosen));
