/* What a reader answered, and when to ask again. It stays in this browser.

   The answers are one item of localStorage: {"<page>/<key of the question>": record}. The key is made of the
   question's text, so an edited question is asked anew. A record is
     answer   what was given last: a list of numbers of choices, or a text; null after "Start over"
     first    was the first try right?
     shown    was it solved, or the answer shown?
     day      of the first try, "2026-11-28", in the reader's time zone
     step     how often in a row it was right when asked again
   A question comes back WAITS[step] days after its day; with step 3 it is settled. */
"use strict";

const quizStore = (() => {
  const ITEM = "jax-autodiff-course.quiz.1";
  const WAITS = [1, 3, 7];
  let memory = null;                       // used where the browser keeps nothing

  function isRecord(r) {
    return r !== null && typeof r === "object" && /^\d{4}-\d\d-\d\d$/.test(r.day) && [0, 1, 2, 3].includes(r.step)
      && typeof r.first === "boolean" && typeof r.shown === "boolean"
      && (r.answer === null || typeof r.answer === "string" || Array.isArray(r.answer));
  }

  /** Return the records in a text that save() or an export wrote; what is no record is left out. */
  function parse(text) {
    const found = JSON.parse(text);
    if (found === null || typeof found !== "object" || Array.isArray(found)) throw new Error("no answers in it");
    return Object.fromEntries(Object.entries(found).filter(([, r]) => isRecord(r)));
  }

  function load() {
    if (memory !== null) return memory;
    try {
      return parse(localStorage.getItem(ITEM) || "{}");
    } catch {
      return {};
    }
  }

  function save(all) {
    try {
      if (Object.keys(all).length) localStorage.setItem(ITEM, JSON.stringify(all));
      else localStorage.removeItem(ITEM);
    } catch {
      memory = all;
    }
  }

  /** Does the browser keep what is saved? */
  function lasting() {
    try {
      localStorage.setItem(ITEM + ".test", "1");
      localStorage.removeItem(ITEM + ".test");
      return memory === null;
    } catch {
      return false;
    }
  }

  function dayOf(date) {
    return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(n => String(n).padStart(2, "0")).join("-");
  }

  function today() {
    return dayOf(new Date());
  }

  /** Return the day on which a question is to be asked again, or null if it is settled. */
  function dueDay(record) {
    if (record.step >= WAITS.length) return null;
    const [year, month, day] = record.day.split("-").map(Number);
    return dayOf(new Date(year, month - 1, day + WAITS[record.step]));
  }

  function isDue(record) {
    const day = dueDay(record);
    return day !== null && day <= today();
  }

  function get(id) {
    return load()[id];
  }

  /** Note an answer. The first try counts; the days grow only when a question that was due is answered right. */
  function note(id, answer, right, shown) {
    const all = load(), old = all[id];
    const record = {answer, first: right, shown, day: today(), step: 0};
    if (old && !isDue(old)) {
      if (old.answer !== null) record.first = old.first;            // a further try
      if (right || old.answer !== null) Object.assign(record, {day: old.day, step: old.step});
    } else if (old && right) {
      record.step = old.step + 1;
    }
    all[id] = record;
    save(all);
    return record;
  }

  /** Forget what was given to these questions, and keep when they come back. */
  function clear(ids) {
    const all = load();
    for (const id of ids) if (all[id]) Object.assign(all[id], {answer: null, shown: false});
    save(all);
  }

  /** Erase the answers whose name begins so; all of them without a beginning. */
  function erase(beginning = "") {
    save(Object.fromEntries(Object.entries(load()).filter(([id]) => !id.startsWith(beginning))));
  }

  /** Take over exported answers; of two answers to a question the later one stays. Returns how many came. */
  function merge(text) {
    const all = load(), found = parse(text);
    for (const [id, record] of Object.entries(found)) if (!all[id] || all[id].day <= record.day) all[id] = record;
    save(all);
    return Object.keys(found).length;
  }

  return {get, note, clear, erase, merge, load, lasting, dueDay, isDue, today};
})();
