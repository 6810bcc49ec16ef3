// The review page: one finding at a time, one key a decision. Every text comes escaped from the server as HTML, or is
// set as text; `put` is the only place where HTML enters the page.
"use strict";

const POLL = 2000;
const $ = (id) => document.getElementById(id);
const strings = JSON.parse(document.body.dataset.strings);
const rows = [...document.querySelectorAll("#rows > li")];
const rowOf = new Map(rows.map((row) => [row.dataset.id, row]));
const policy = window.trustedTypes
  ? trustedTypes.createPolicy("factcheck", { createHTML: (html) => html }) : { createHTML: (html) => html };
const page = document.documentElement.lang;
const locale = navigator.language.startsWith(page) ? navigator.language : page;
const panels = new Map(); // finding id → promise of its HTML

const kept = (name, fallback) => JSON.parse(sessionStorage.getItem(name) ?? "null") ?? fallback;
const keep = (name, value) => sessionStorage.setItem(name, JSON.stringify(value));

let decisions = {};                  // finding id → the decision that holds, as the server told
let stamp = "";                      // the state of the decisions file it told
let pending = kept("pending", []);   // decisions on their way to the server
let done = kept("done", []);         // own decisions, the last one undone first
let notes = kept("notes", {});       // notes not yet part of a decision
let current = null;
let article = { number: null, place: -1, turn: 0 }; // `turn` counts what was asked of it
let sending = false;
let single = localStorage.getItem("single-keys") !== "off";

function text(name, values = {}) {
  let found = name.split(".").reduce((table, key) => table[key], strings);
  if (typeof found === "object") found = strings.singular.includes(values.count) ? found.one : found.other;
  return found.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

function put(element, html) {
  element.innerHTML = policy.createHTML(html);
}

// -- what is decided ------------------------------------------------------------------------------------------------

function holding(id) {
  const own = pending.findLast((entry) => entry.finding === id);
  return own ?? decisions[id] ?? null;
}

function stateOf(id) {
  const found = holding(id);
  return !found || found.decision === "reopened" ? "open" : found.decision;
}

function submit(entry) {
  pending.push(entry);
  keep("pending", pending);
  paint();
  flush();
}

async function flush() {
  if (sending || !pending.length) return;
  sending = true;
  try {
    while (pending.length) {
      const entry = pending[0];
      const answer = await fetch("/decisions", {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(entry) });
      if (answer.status === 403) return banner(text("review.ended"));
      if (answer.status >= 500) throw new Error(answer.statusText);
      // The entry stays pending until the decision is known otherwise: the finding is at no moment open again.
      const said = answer.ok ? await answer.json() : await answer.text();
      pending.shift();
      keep("pending", pending);
      if (answer.ok) settle(entry, said);
      else refuse(entry, said);
    }
    banner("");
  } catch {
    banner(pending.length ? text("review.unsaved", { count: pending.length }) : text("review.lost"));
  } finally {
    sending = false;
    paint();
  }
}

function settle(entry, told) {
  const own = done.find((d) => d.entry === entry.number);
  const now = signature(told.decisions[entry.finding]);
  if (own) own.mine = now;
  // What an undo puts back is a new line in the file: whoever took that decision can still undo it.
  const same = (d) => entry.restores && d.finding === entry.finding && [d.entry, d.mine].includes(entry.restores);
  done.filter(same).forEach((d) => { d.mine = now; });
  keep("done", done);
  learn(told, entry.finding);
}

function refuse(entry, message) {
  done = done.filter((own) => own.entry !== entry.number);
  keep("done", done);
  announce(text("review.refused", { message }));
}

const signature = (decision) => decision ? [decision.time, decision.reviewer, decision.decision, decision.value].join("\n") : "";

// Take in what the server tells; say what others decided since.
function learn(told, ownFinding = null) {
  const before = decisions;
  const first = !stamp;
  ({ decisions, stamp } = told);
  if (told.damaged && first) announce(text("review.damaged", { count: told.damaged }));
  if (!first) {
    const others = Object.keys(decisions).filter((id) => id !== ownFinding && !pending.some((p) => p.finding === id)
      && !done.some((d) => d.mine === signature(decisions[id])) && signature(decisions[id]) !== signature(before[id]));
    if (others.length) {
      const { reviewer, decision } = decisions[others.at(-1)];
      announce(text("review.other_decided", { reviewer, state: text(`states.${decision}`) }));
      others.forEach((id) => rowOf.get(id)?.classList.add("changed"));
    }
  }
  paint();
}

async function poll() {
  try {
    if (pending.length) await flush();
    const answer = await fetch(`/state?stamp=${encodeURIComponent(stamp)}`);
    if (answer.status === 403) return banner(text("review.ended"));
    if (answer.status === 200) learn(await answer.json());
    if (!pending.length) banner("");
    if (current && shownId() !== current) show(current, false);
  } catch {
    banner(pending.length ? text("review.unsaved", { count: pending.length }) : text("review.lost"));
  }
}

// -- deciding ---------------------------------------------------------------------------------------------------------

const shownId = () => $("panel").querySelector("article")?.dataset.id ?? null;

function decide(decision, value = null) {
  if (!current || shownId() !== current) return; // nobody decides on what isn't there to be read yet
  const entry = { finding: current, decision, value, reason: $("note").value.trim(), number: `${Date.now()}-${done.length}` };
  done.push({ entry: entry.number, finding: current, before: holding(current), mine: null, note: entry.reason });
  keep("done", done);
  delete notes[current];
  keep("notes", notes);
  submit(entry);
  const said = text(`states.${decision}`);
  if (!step(1)) finish();
  announce(text("review.now_at", { state: capital(said), left: text("review.left", { count: left() }) }));
}

function undo() {
  const last = done.at(-1);
  if (!last) return announce(text("review.nothing_to_undo"));
  done.pop();
  keep("done", done);
  const now = decisions[last.finding];
  const waiting = pending.some((entry) => entry.finding === last.finding); // an own word, of later than the server told
  if (last.mine && !waiting && signature(now) !== last.mine) {
    show(last.finding);
    return announce(text("review.changed_since", { reviewer: now?.reviewer ?? "" }));
  }
  if (last.note) keep("notes", notes = { [last.finding]: last.note, ...notes });
  const back = last.before && last.before.decision !== "reopened" ? last.before : { decision: "reopened", value: null, reason: "" };
  const restores = last.before && (last.before.number ?? signature(last.before));
  const { decision, value, reason } = back;
  submit({ finding: last.finding, decision, value, reason, number: `undo-${Date.now()}`, restores });
  show(last.finding);
  announce(text("review.undone"));
}

// The next finding (or the previous one) among the rows shown; forward, an open one if the filters ask for those.
function step(direction) {
  const shown = rows.filter(fits);
  if (!shown.length) return false;
  const at = rows.indexOf(rowOf.get(current));
  const next = direction > 0 ? shown.find((row) => rows.indexOf(row) > at) ?? shown[0]
    : shown.findLast((row) => rows.indexOf(row) < at) ?? shown.at(-1);
  if (next.dataset.id === current && shown.length > 1) return false;
  show(next.dataset.id);
  return true;
}

function finish() {
  current = null;
  history.replaceState(null, "", location.pathname);
  $("panel").replaceChildren();
  closeArticle();
  $("done").hidden = false;
  $("decide").hidden = true;
  paint();
  $("done").focus();
}

// -- the queue --------------------------------------------------------------------------------------------------------

function wanted() {
  const data = new FormData($("filters"));
  return { relations: data.getAll("relation"), kind: data.get("kind"), source: data.get("source"), state: data.get("state") };
}

let wish = wanted();

function matches({ dataset }) {
  return wish.relations.includes(dataset.relation) && (!wish.kind || dataset.kind === wish.kind)
    && (!wish.source || dataset.sources.split(" ").includes(wish.source));
}

const fits = (row) => matches(row) && (!wish.state || stateOf(row.dataset.id) === wish.state);
const left = () => rows.filter((row) => matches(row) && stateOf(row.dataset.id) === "open").length;

function paint() {
  let total = 0;
  for (const row of rows) {
    const id = row.dataset.id;
    const state = stateOf(id);
    row.hidden = !(fits(row) || (id === current && matches(row)));
    row.classList.toggle("decided", state !== "open");
    const label = row.querySelector(".row-state");
    const said = state === "open" ? "" : text(`states.${state}`);
    if (label.textContent !== said) label.textContent = said;
    total += matches(row);
    const link = row.firstElementChild;
    if (id === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const open = left();
  $("left").textContent = text("review.left", { count: open });
  $("of").textContent = text("review.of_total", { count: total });
  $("meter").value = total ? (total - open) / total : 1;
  document.title = `${text("review.left", { count: open })} – factcheck`;
  paintDecision();
}

function paintDecision() {
  const found = current && holding(current);
  const line = $("decision");
  const buttons = document.querySelectorAll("[data-act]");
  const state = current ? stateOf(current) : "open";
  for (const button of buttons) {
    const chosen = button.dataset.act === state && (state !== "resolved" || button.dataset.value === found.value);
    if (["accepted", "dismissed", "resolved"].includes(button.dataset.act)) button.setAttribute("aria-pressed", String(chosen));
  }
  line.hidden = state === "open";
  if (state === "open") return;
  const time = found.time ? new Date(found.time).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" }) : "…";
  const answer = [...buttons].find((button) => button.dataset.value === found.value)?.querySelector(".which, .hidden");
  const value = answer?.textContent.replace(/^: /, "") ?? found.value ?? "";
  const values = { state: capital(text(`states.${state}`)), value, reviewer: found.reviewer ?? "…", time };
  const said = text(found.value ? "review.decided_value" : "review.decided", values);
  $("decided").textContent = said + (found.reason ? ` — ${found.reason}` : "");
}

const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

// -- the finding ------------------------------------------------------------------------------------------------------

function load(id) {
  if (!panels.has(id)) {
    panels.set(id, fetch(`/findings/${encodeURIComponent(id)}`).then((answer) => {
      if (!answer.ok) throw new Error(answer.statusText);
      return answer.text();
    }));
    panels.get(id).catch(() => panels.delete(id));
  }
  return panels.get(id);
}

async function show(id, focus = true) {
  if (!rowOf.has(id)) return;
  current = id;
  rowOf.get(id).classList.remove("changed");
  if (location.hash.slice(1) !== id) history.replaceState(null, "", `#${id}`);
  $("done").hidden = true;
  $("decide").hidden = false;
  $("note").value = notes[id] ?? "";
  paint();
  document.body.classList.remove("queue-open");
  $("toggle-queue").setAttribute("aria-expanded", "false");
  rowOf.get(id).scrollIntoView({ block: "nearest" });
  let html;
  try {
    html = await load(id);
  } catch {
    if (current === id) $("panel").replaceChildren();
    return banner(text("review.lost"));
  }
  if (current !== id) return;
  put($("panel"), html);
  $("main").scrollTop = 0;
  if (matchMedia("(max-width: 47.99rem)").matches) window.scrollTo(0, 0);
  paintDecision();
  if (focus) $("panel").focus({ preventScroll: true });
  article.place = -1;
  if (!$("article").hidden) wide() ? followArticle() : closeArticle();
  const after = rows.filter(fits).find((row) => rows.indexOf(row) > rows.indexOf(rowOf.get(id)));
  if (after) load(after.dataset.id).catch(() => {});
}

// -- the article ------------------------------------------------------------------------------------------------------

const wide = () => matchMedia("(min-width: 80rem)").matches;

function nextPlace(focus = true) {
  const places = [...$("panel").querySelectorAll(".open-article")];
  if (!places.length) return;
  article.place = (article.place + 1) % places.length;
  openArticle(places[article.place], focus);
}

// The open article at the finding's claim in it; another article where it has none there.
function followArticle() {
  const places = [...$("panel").querySelectorAll(".open-article")];
  const button = places.find((place) => place.dataset.article === article.number) ?? places[0];
  if (button) openArticle(button, false);
}

async function openArticle(button, focus = true) {
  const turn = ++article.turn;
  const { article: number, start } = button.dataset;
  article.place = [...$("panel").querySelectorAll(".open-article")].indexOf(button);
  const pane = $("article");
  if (article.number !== number) {
    let answer;
    try {
      answer = await fetch(`/articles/${encodeURIComponent(number)}`);
    } catch {
      return banner(text("review.lost"));
    }
    const html = await answer.text();
    if (!answer.ok || turn !== article.turn) return;
    put(pane, html);
    article.number = number;
  }
  pane.hidden = false;
  document.body.classList.add("with-article");
  spreadPins(pane);
  let target = null;
  for (const claim of pane.querySelectorAll(".claim")) {
    const own = claim.dataset.findings.split(" ").includes(current);
    claim.classList.toggle("current", own);
    if (own && (!target || claim.dataset.start === start)) target = claim;
  }
  target?.scrollIntoView({ block: "center" });
  if (focus) pane.focus({ preventScroll: true });
}

function closeArticle() {
  const pane = $("article");
  article.turn += 1;
  if (pane.hidden) return false;
  const inside = pane.contains(document.activeElement);
  pane.hidden = true;
  document.body.classList.remove("with-article");
  if (inside) ($("panel").querySelectorAll(".open-article")[article.place] ?? $("panel")).focus();
  return true;
}

// Marks of the same line stand side by side, the finding shown before others, agreements last; where there are more than
// two, small and in two rows, and beyond four they wait until their finding is shown.
const WEIGHT = ["agreement", "dispute", "update", "variant", "contradiction"];

function spreadPins(pane) {
  const linesOf = Map.groupBy(pane.querySelectorAll(".pin"), (pin) =>
    Math.round(pin.offsetTop / 8) + 1e5 * Math.round(pin.offsetParent?.offsetTop ?? 0));
  const rank = (pin) => pin.dataset.finding === current ? WEIGHT.length : WEIGHT.findIndex((name) => pin.classList.contains(name));
  for (const pins of linesOf.values()) {
    pins.sort((a, b) => rank(b) - rank(a)).forEach((pin, place) => {
      pin.classList.toggle("below", place === 2 || place === 3);
      pin.classList.toggle("second", place % 2 === 1);
      pin.classList.toggle("crowded", pins.length > 2);
      pin.classList.toggle("hidden-pin", place > 3);
    });
  }
}

// -- messages, keys, events ---------------------------------------------------------------------------------------------

let quiet;
function announce(message) {
  const toast = $("announce");
  toast.textContent = message;
  toast.classList.add("shown");
  clearTimeout(quiet);
  quiet = setTimeout(() => toast.classList.remove("shown"), 4000);
}

function banner(message) {
  const element = $("banner");
  if (element.textContent !== message) element.textContent = message;
  element.hidden = !message;
}

function act(button) {
  const what = button.dataset.act;
  if (what === "skip") skip();
  else if (what === "undo") undo();
  else decide(what, button.dataset.value ?? null);
}

const skip = () => { if (step(1)) announce(text("review.skipped")); };

const KEYS = {
  a: () => decide("accepted"), d: () => decide("dismissed"), s: skip, u: undo, j: () => step(1), k: () => step(-1),
  n: () => $("note").focus(), o: () => nextPlace(), f: () => focusFilters(), "?": () => $("help").showModal(),
};

function focusFilters() {
  document.body.classList.add("queue-open");
  $("filters").querySelector("input").focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || $("help").open) return;
  const typing = event.target.matches("textarea, select, input:not([type=checkbox])");
  if (event.key === "Escape") {
    if (typing) $("panel").focus({ preventScroll: true });
    else if (closeArticle()) event.preventDefault();
    else document.body.classList.remove("queue-open");
    return;
  }
  if (typing || !single || event.repeat) return;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  const button = digit && !event.shiftKey && $("panel").querySelector(`[data-number="${digit[1]}"]`);
  if (button) act(button);
  else if (Object.hasOwn(KEYS, event.key.toLowerCase())) KEYS[event.key.toLowerCase()]();
  else return;
  event.preventDefault();
});

$("queue").addEventListener("keydown", (event) => {
  const direction = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const row = direction && event.target.closest("#rows li");
  if (!row) return;
  event.preventDefault();
  let next = row;
  do next = direction > 0 ? next.nextElementSibling : next.previousElementSibling; while (next?.hidden);
  next?.firstElementChild.focus();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  const opener = event.target.closest(".open-article");
  if (button) act(button);
  else if (opener) openArticle(opener);
  else if (event.target.closest("#close-article")) closeArticle();
});

$("note").addEventListener("input", () => {
  if (!current) return;
  notes[current] = $("note").value;
  keep("notes", notes);
});

$("filters").addEventListener("change", () => {
  wish = wanted();
  keep("filters", wish);
  paint();
  const row = rowOf.get(current);
  if (!row || !fits(row)) rows.some(fits) ? show(rows.find(fits).dataset.id, false) : finish();
});

$("skip-link").addEventListener("click", (event) => {
  event.preventDefault();
  $("panel").focus();
});
$("toggle-queue").addEventListener("click", () => {
  const open = document.body.classList.toggle("queue-open");
  $("toggle-queue").setAttribute("aria-expanded", String(open));
});
$("open-help").addEventListener("click", () => $("help").showModal());
$("close-help").addEventListener("click", () => $("help").close());
$("single-keys").checked = single;
$("single-keys").addEventListener("change", () => {
  single = $("single-keys").checked;
  localStorage.setItem("single-keys", single ? "on" : "off");
});
window.addEventListener("hashchange", () => show(location.hash.slice(1)));
window.addEventListener("focus", poll);
window.addEventListener("beforeunload", (event) => { if (pending.length) event.preventDefault(); });

function restoreFilters() {
  const saved = kept("filters", null);
  if (!saved) return;
  const form = $("filters");
  form.querySelectorAll("[name=relation]").forEach((box) => { box.checked = saved.relations.includes(box.value); });
  for (const name of ["kind", "source", "state"]) if (saved[name] !== null) form.elements[name].value = saved[name];
  wish = wanted();
}

async function start() {
  restoreFilters();
  await poll();
  const asked = location.hash.slice(1);
  const first = rowOf.has(asked) ? asked : rows.find(fits)?.dataset.id;
  if (first) await show(first);
  else finish();
  setInterval(() => { if (!document.hidden) poll(); }, POLL);
}

start();
