// The page as a whole: what is chosen, what is decided, and the keys.

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
  drawDetail();
  if (chosen) showRow(chosen);
  redrawRows();
  markChosen(false);
  drawProgress();
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
byId("issues").addEventListener("toggle", () => { if (chosen) showRow(chosen); redrawRows(); });
byId("add").addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
byId("add").addEventListener("click", addSelected);
byId("save").addEventListener("click", save);
byId("load").addEventListener("click", () => byId("file").click());
byId("file").addEventListener("change", async () => {
  if (byId("file").files[0]) await load(byId("file").files[0]);
  byId("file").value = "";
});
addEventListener("storage", (event) => {
  const d = docs.find((one) => event.key === KEY + one.sha256);
  if (!d || !event.newValue) return;
  const { saved, lines } = JSON.parse(event.newValue);
  history.length = 0;
  replace(d, lines);
  d.saved = saved;
  if (d === doc && !form) { if (!doc.items.includes(chosen)) chosen = null; drawReport(); redraw(); markChosen(false); }
});
byId("reviewer").value = recall("govextract:reviewer") ?? "";
byId("reviewer").addEventListener("change", () => remember("govextract:reviewer", byId("reviewer").value.trim()));
byId("document").append(...docs.map((d, at) => make("option", { value: at, text: d.name })));
byId("document").addEventListener("change", () => open(Number(byId("document").value)));
byId("switcher").hidden = docs.length < 2;
addEventListener("beforeunload", (event) => { if (!kept && docs.some((d) => !d.saved)) event.preventDefault(); });
recallAll();
open(0);
