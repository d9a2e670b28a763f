// Joins the review page to the server: the decisions that it saves as a file go there, and #ID leads to a record.
"use strict";
(() => {
  const { address } = document.currentScript.dataset;
  let { tag } = document.currentScript.dataset; // of the decisions that the page begins with

  const blobs = new Map();
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => { const made = make(blob); blobs.set(made, blob); return made; };
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () {
    const blob = blobs.get(this.href);
    if (!blob || !this.download.endsWith(".decisions.jsonl")) return click.call(this);
    send(blob).catch((error) => { alert(error.message); click.call(this); }); // nothing is lost: it becomes a file
  };
  async function send(blob) {
    const answer = await fetch(address, { method: "PUT", body: blob, headers: { "Content-Type": "application/jsonl", "If-Match": tag } });
    if (!answer.ok) throw new Error((await answer.json()).error);
    tag = answer.headers.get("ETag");
    document.documentElement.dataset.kept = tag;
  }

  // #ID leads to a record's figure in the text
  function lead() {
    const wanted = decodeURIComponent(location.hash.slice(1));
    const [report] = JSON.parse(document.getElementById("data").textContent).documents;
    const record = wanted && report.records.find((one) => one.id === wanted);
    if (!record) return;
    const lines = Array.from(report.text).slice(0, record.at[0]).join("").split("\n"); // spans count code points
    let left = lines.pop().length;
    const row = lines.filter((line) => line.trim()).length;
    const nodes = document.createTreeWalker(document.getElementById("report").children[row], NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      if (left < node.length) return node.parentElement.closest(".figure")?.click();
      left -= node.length;
    }
  }
  addEventListener("DOMContentLoaded", lead);
  addEventListener("hashchange", lead);
})();
