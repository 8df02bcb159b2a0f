"use strict";
// What a page needs beside htmx: tables of rows, rows pasted from Excel, and words that must not be lost.
(() => {
  const token = () => (document.querySelector("[name=csrfmiddlewaretoken]") || {}).value || document.body.dataset.csrf || "";
  const say = (words, bad) => {
    const line = document.getElementById("saved");
    if (line) { line.textContent = words; line.classList.toggle("bad", Boolean(bad)); }
  };
  const kept = "planforge:" + location.pathname.split("/step/")[0];
  const keep = (path, words) => {
    const all = JSON.parse(localStorage.getItem(kept) || "{}");
    if (words === null) delete all[path]; else all[path] = words;
    if (Object.keys(all).length) localStorage.setItem(kept, JSON.stringify(all)); else localStorage.removeItem(kept);
  };

  const holds = (field) => [...field.querySelectorAll("textarea, select")].map((cell) => cell.value).join("\u0000");

  document.addEventListener("htmx:configRequest", (event) => { event.detail.headers["X-CSRFToken"] = token(); });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const field = event.target.closest(".field");
    if (field) { field.dataset.sent = holds(field); keep(field.dataset.path, event.target.value); say("正在保存……"); document.getElementById("pages")?.classList.add("stale"); }
  });
  // Whoever typed on while the last words were being saved keeps what is typed: it is saved in its turn.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const field = event.detail.target?.closest?.(".field");
    if (!field || field.dataset.sent === undefined || field.dataset.sent === holds(field)) return;
    event.detail.shouldSwap = false;
    let number = 0;
    field.querySelectorAll("table.rows tbody tr").forEach((row) => { row.dataset.row = String(number++); });
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const field = event.detail.requestConfig.parameters?.path || event.detail.requestConfig.formData?.get?.("path");
    if (field && event.detail.successful) {
      const now = document.getElementById("field-" + field);
      if (!now || now.dataset.sent === undefined || now.dataset.sent === holds(now)) keep(field, null);
      say("已保存");
    }
  });
  document.addEventListener("htmx:responseError", (event) => say(event.detail.xhr.status === 422 ? event.detail.xhr.responseText : "没有保存，内容还在这一页上，请再改一次", true));
  document.addEventListener("htmx:sendError", () => say("没有连上，内容先留在浏览器里，连上以后请再改一次", true));
  document.addEventListener("htmx:afterSwap", (event) => { if (event.target.id === "pages") event.target.classList.remove("stale"); });

  const read = (table) => {
    const names = [...table.querySelectorAll("thead th[data-key]")].map((cell) => cell.dataset.key);
    return [...table.tBodies[0].rows].map((row) => {
      const made = row.dataset.row ? { "": row.dataset.row } : {};
      row.querySelectorAll("textarea").forEach((cell, at) => { made[names[at]] = cell.value; });
      return made;
    });
  };
  const send = (table) => {
    const rows = JSON.stringify(read(table));
    keep(table.dataset.path, rows);
    say("正在保存……");
    htmx.ajax("POST", table.dataset.rows, { source: table, target: table.closest(".field"), swap: "outerHTML", values: { path: table.dataset.path, rows } });
  };
  const added = (table) => {
    const row = table.tBodies[0].insertRow();
    table.querySelectorAll("thead th[data-key]").forEach((head) => {
      const cell = document.createElement("textarea");
      cell.rows = 1;
      cell.setAttribute("aria-label", head.textContent);
      row.insertCell().append(cell);
    });
    row.insertCell().className = "move";
    return row;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const table = button && (button.closest("table.rows") || button.closest(".field")?.querySelector("table.rows"));
    if (!table) return;
    if (button.classList.contains("add")) added(table).querySelector("textarea").focus();
    if (button.classList.contains("gone")) { button.closest("tr").remove(); send(table); }
    if (button.classList.contains("up")) {
      const row = button.closest("tr");
      if (row.previousElementSibling) { row.previousElementSibling.before(row); send(table); }
    }
  });
  document.addEventListener("change", (event) => {
    const table = event.target.closest("table.rows");
    if (table) send(table);
  });
  document.addEventListener("paste", (event) => {
    const cell = event.target.closest("table.rows textarea");
    const words = event.clipboardData?.getData("text/plain") || "";
    if (!cell || !/[\t\n]/.test(words.trim())) return;
    event.preventDefault();
    const table = cell.closest("table.rows");
    let row = cell.closest("tr");
    const first = [...row.querySelectorAll("textarea")].indexOf(cell);
    for (const line of words.replace(/\r/g, "").replace(/\n+$/, "").split("\n")) {
      if (!row) row = added(table);
      const cells = row.querySelectorAll("textarea");
      line.split("\t").forEach((value, at) => { if (cells[first + at]) cells[first + at].value = value.trim(); });
      row = row.nextElementSibling;
    }
    send(table);
  });

  window.addEventListener("DOMContentLoaded", () => {
    const left = JSON.parse(localStorage.getItem(kept) || "{}");
    for (const [path, words] of Object.entries(left)) {
      const cell = document.getElementById("in-" + path);
      if (cell && cell.value !== words) { cell.value = words; say("上次没有保存的内容已经放回，请看一看", true); htmx.trigger(cell, "change"); }
    }
    const target = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    target?.closest("details")?.setAttribute("open", "");
  });
})();
