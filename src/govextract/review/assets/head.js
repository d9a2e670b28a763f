// The head of the page: what became of the numbers, the issues, the progress, the choices, in both languages.

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
