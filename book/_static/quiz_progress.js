/* Makes a table of the list of quizzes: what was answered, and what to ask again when. */
"use strict";

(() => {
  const place = document.querySelector(".quiz-progress");
  const chapters = [...place.querySelectorAll("[data-quiz]")].map(entry => ({
    name: entry.dataset.quiz,
    ids: entry.dataset.keys.split(" ").map(key => `${entry.dataset.quiz}/${key}`),
    title: entry.textContent,
    link: entry.querySelector("a"),
  }));
  const said = make("p", {role: "status", class: "quiz-said"});
  const due = make("div", {class: "quiz-due"});
  const body = make("tbody", {role: "rowgroup"});

  function make(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function button(text, action, label = text) {
    const made = make("button", {type: "button", class: "quiz-button", "aria-label": label}, text);
    made.addEventListener("click", action);
    return made;
  }

  /** Return a day as a person writes it: "29 Nov 2026". */
  function written(day) {
    const [year, month, number] = day.split("-").map(Number);
    return new Date(year, month - 1, number).toLocaleDateString("en-GB", {day: "numeric", month: "short", year: "numeric"});
  }

  function questions(count) {
    return count === 1 ? "1 question" : `${count} questions`;
  }

  /** Return what is known of a chapter: its records, those that are due, the last day, the next day. */
  function state(chapter) {
    const records = chapter.ids.map(id => quizStore.get(id)).filter(Boolean);
    const days = records.map(quizStore.dueDay).filter(Boolean).sort();
    return {
      records,
      right: records.filter(record => record.first).length,
      due: records.filter(quizStore.isDue).length,
      last: records.map(record => record.day).sort().at(-1),
      next: days[0],
    };
  }

  function when({records, due, next}) {
    if (!records.length) return "not begun";
    if (due) return `today: ${questions(due)}`;
    return next ? written(next) : "settled";
  }

  function row(chapter) {
    const now = state(chapter), {records, right, last} = now;
    const cells = [
      ["Answered", `${records.length} of ${chapter.ids.length}`],
      ["Right at the first try", records.length ? String(right) : "–"],
      ["Last answered", last ? written(last) : "–"],
      ["Revisit", when(now)],
    ].map(([label, text]) => make("td", {role: "cell", "data-label": label}, text));
    const erase = make("td", {role: "cell"});
    if (records.length) erase.append(button("Erase", () => {
      quizStore.erase(`${chapter.name}/`);
      draw(`The answers to “${chapter.title}” are erased.`);
      body.rows[chapters.indexOf(chapter)].querySelector("a").focus();      // the button is gone
    }, `Erase the answers to ${chapter.title}`));
    return make("tr", {role: "row", class: now.due ? "quiz-row-due" : ""},
      make("th", {role: "rowheader", scope: "row"}, chapter.link.cloneNode(true)), ...cells, erase);
  }

  function draw(text = "") {
    const revisit = chapters.filter(chapter => state(chapter).due);
    due.replaceChildren(make("p", {}, revisit.length ? "To revisit today:"
      : chapters.some(chapter => state(chapter).records.length) ? "Nothing is due today."
        : "You have not answered any question yet. Each chapter ends with a quiz."));
    if (revisit.length) due.append(make("ul", {}, ...revisit.map(chapter =>
      make("li", {}, chapter.link.cloneNode(true), `: ${questions(state(chapter).due)}`))));
    body.replaceChildren(...chapters.map(row));
    said.textContent = text + (quizStore.lasting() ? "" : " This browser keeps no answers.");
  }

  function save() {
    const file = new Blob([JSON.stringify(quizStore.load(), null, 1)], {type: "application/json"});
    const link = make("a", {href: URL.createObjectURL(file), download: "quiz-answers.json"});
    link.click();
    URL.revokeObjectURL(link.href);
  }

  const chosen = make("input", {type: "file", accept: ".json,application/json", hidden: ""});
  chosen.addEventListener("change", async () => {
    try {
      const count = quizStore.merge(await chosen.files[0].text());
      draw(`Read the answers to ${questions(count)}.`);
    } catch {
      draw("This file holds no answers. Choose a file that this page has saved.");
    }
    chosen.value = "";
  });

  const heads = ["Chapter", "Answered", "Right at the first try", "Last answered", "Revisit", "Erase"];
  // The roles are there for phones, where the style makes blocks of rows and cells.
  place.replaceChildren(due,
    make("table", {role: "table", class: "quiz-table"}, make("caption", {}, "Your answers by chapter"),
      make("thead", {role: "rowgroup"}, make("tr", {role: "row"},
        ...heads.map(head => make("th", {role: "columnheader", scope: "col"}, head)))), body),
    make("div", {class: "quiz-buttons"},
      button("Save to a file", save),
      button("Read from a file", () => chosen.click()),
      button("Erase all answers", () => {
        if (window.confirm("Erase all your answers to the quizzes? This cannot be undone.")) {
          quizStore.erase();
          draw("All answers are erased.");
        }
      }), chosen), said);
  draw();
})();
