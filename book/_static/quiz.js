/* Scores the quiz of a page. The questions are forms that the page brings along, their explanations stand in
   lists at its end; this script adds the buttons, compares, and shows copies of the explanations. */
"use strict";

(() => {
  /** Return the numbers and words of an output, which is all that must agree (quiz/answers.py does the same). */
  function words(text) {
    const found = text.toLowerCase().match(/[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[a-z_]\w*/g) || [];
    return found.map(word => /^[a-z_]/.test(word) ? word : String(Number(word)));
  }

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function button(text, action) {
    const made = element("button", {type: action ? "button" : "submit", class: "quiz-button"}, text);
    if (action) made.addEventListener("click", action);
    return made;
  }

  function setUp(form, quiz) {
    const {kind, key} = form.dataset;
    const id = `${quiz.dataset.quiz}/${key}`;
    const right = form.dataset.right.split(" ").map(Number);
    const inputs = [...form.querySelectorAll("input")];
    const chosen = kind === "one" || kind === "several";
    const typed = chosen ? [] : JSON.parse(form.dataset.typed);
    const tolerances = chosen ? [] : JSON.parse(form.dataset.tolerances);
    const result = element("div", {class: "quiz-result", role: "status"});
    const count = chosen ? inputs.length : typed.length;

    function read() {
      if (!chosen) return inputs[0].value.trim();
      return inputs.filter(input => input.checked).map(input => Number(input.value));
    }

    function write(answer) {
      if (chosen) for (const input of inputs) input.checked = (answer || []).includes(Number(input.value));
      else inputs[0].value = answer || "";
    }

    /** Return the numbers of the listed answers that this one is: the choices, or the one that was written. */
    function matches(answer) {
      if (chosen) return answer;
      const same = n => kind === "number"
        ? Math.abs(Number(answer) - Number(typed[n])) <= tolerances[n] + 1e-9 * Math.abs(typed[n])
        : words(answer).join(" ") === words(typed[n]).join(" ");
      const order = [...right, ...typed.keys()];
      const found = answer === "" ? undefined : order.find(same);
      return found === undefined ? [] : [found];
    }

    function isRight(answer) {
      return matches(answer).join() === right.join();
    }

    /** Return a copy of an explanation, with nothing in it that may be on a page only once. */
    function explanation(number) {
      const copy = element("li");
      copy.append(...document.getElementById(`${form.id}-why-${number}`).cloneNode(true).childNodes);
      for (const found of copy.querySelectorAll("button, .headerlink")) found.remove();
      for (const found of copy.querySelectorAll("[id]")) found.removeAttribute("id");
      copy.className = right.includes(number) ? "quiz-is-right" : "quiz-is-wrong";
      return copy;
    }

    function mark(numbers) {
      if (chosen) for (const input of inputs) {
        const number = Number(input.value), li = input.closest("li");
        li.classList.toggle("quiz-is-right", numbers.includes(number) && right.includes(number));
        li.classList.toggle("quiz-is-wrong", numbers.includes(number) && !right.includes(number));
      }
    }

    function verdict(answer, shown) {
      if (isRight(answer)) return "Right.";
      if (shown) return `The answer is ${right.map(n => chosen ? "abcdefghij"[n] : typed[n]).join(", ")}.`;
      if (kind !== "several") return "Not right. Try again, or have the answer shown.";
      const good = inputs.filter(input => input.checked === right.includes(Number(input.value))).length;
      return `Not right yet: ${good} of ${inputs.length} boxes are as they should be. Try again, or have the answer shown.`;
    }

    function show(answer, shown) {
      const all = [...Array(count).keys()];
      const numbers = shown ? all : matches(answer);
      mark(numbers);
      const list = element("ul", {}, ...numbers.map(explanation));
      result.replaceChildren(element("p", {class: isRight(answer) ? "quiz-is-right" : "quiz-is-wrong"}, verdict(answer, shown)));
      if (numbers.length) result.append(list);
      if (result.querySelector(".math:not(:has(mjx-container))")) window.MathJax?.typesetPromise?.([result]);
    }

    function say(text) {
      mark([]);
      result.replaceChildren(...text ? [element("p", {}, text)] : []);
    }

    form.addEventListener("submit", event => {
      event.preventDefault();
      const answer = read();
      if (!answer.length) {
        say(kind === "number" ? "Type a number first, such as 0.5 or 2e-3." : chosen ? "Choose an answer first." : "Type an answer first.");
        return;
      }
      const correct = isRight(answer);
      quizStore.note(id, answer, correct, correct);
      show(answer, correct);
      quiz.dispatchEvent(new Event("answered"));
    });
    form.addEventListener("input", () => say(""));

    form.firstElementChild.append(
      element("div", {class: "quiz-buttons"}, button("Check"), button("Show the answer", () => {
        const answer = read();
        quizStore.note(id, answer, false, true);
        show(answer, true);
        quiz.dispatchEvent(new Event("answered"));
      })), result);

    /** Show what the reader has answered before; a question that is due is asked anew. */
    function restore() {
      const record = quizStore.get(id);
      form.reset();
      say("");
      if (!record || record.answer === null || Array.isArray(record.answer) !== chosen) return;
      if (quizStore.isDue(record)) return say("You answered this before. It is time to ask it again.");
      write(record.answer);
      show(record.answer, record.shown);
    }

    restore();
    return {id, restore};
  }

  for (const quiz of document.querySelectorAll(".quiz")) {
    for (const answers of document.querySelectorAll(".quiz-answers")) answers.classList.add("quiz-scored");
    quiz.classList.add("quiz-scored");
    const questions = [...quiz.querySelectorAll(".quiz-question")].map(form => setUp(form, quiz));
    const score = element("p", {class: "quiz-score", role: "status"});

    function count() {
      const records = questions.map(({id}) => quizStore.get(id))
        .filter(record => record && record.answer !== null && !quizStore.isDue(record));
      const right = records.filter(record => record.first).length;
      score.textContent = `${records.length} of ${questions.length} answered, ${right} right at the first try.`
        + (quizStore.lasting() ? "" : " This browser keeps no answers: they are gone when you leave the page.");
    }

    quiz.addEventListener("answered", count);
    quiz.querySelector(".quiz-note").after(element("div", {class: "quiz-foot"}, score, button("Start over", () => {
      quizStore.clear(questions.map(({id}) => id));
      for (const question of questions) question.restore();
      count();
      quiz.querySelector("input").focus();
    })));
    count();
  }
})();
