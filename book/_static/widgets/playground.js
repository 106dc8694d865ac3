/* A Python program to change and run: MicroPython in a worker, loaded at the first Run. */
"use strict";
(() => {
  const {make, define} = courseWidgets;
  const MARK = "# the page's cells";              // becomes the cells that have the tag playground
  const REFUSED = "Your browser does not start Python here. Serve the site (make serve) and open it from there.";
  const SECONDS = 10, CHARACTERS = 20_000;
  const MICROPYTHON = new URL("../vendor/micropython/micropython.js", document.currentScript.src);

  /* Runs in the worker. Output goes out line by line; after too much of it the page stops the worker. */
  const WORKER = `
    onmessage = async ({data}) => {
      let left = ${CHARACTERS}, python;
      try {
        python = await loadMicroPython({url: data.wasm, heapsize: 8 << 20, stdout: line => {
          left -= line.length + 1;
          postMessage(left < 0 ? {flood: true} : {line});
        }});
      } catch {
        return postMessage({broken: true});
      }
      postMessage({ready: true});
      try {
        python.runPython(data.program);
        postMessage({done: true});
      } catch (error) {
        postMessage({error: String(error.message)});
      }
    };`;

  let files;                                      // a promise of the worker's address and of the WebAssembly's
  function load() {
    return files ??= new Promise((resolve, reject) => document.head.append(make("script", {
      src: MICROPYTHON,
      onerror: () => {
        files = null;
        reject(new Error("Python could not be loaded; is the site complete?"));
      },
      onload: () => {
        const {source, wasm} = window.micropythonFiles;
        delete window.micropythonFiles;
        // From a Blob, since a page opened from a folder may not start a worker from a file.
        resolve({worker: URL.createObjectURL(new Blob([source, WORKER], {type: "text/javascript"})),
                 wasm: `data:application/wasm;base64,${wasm}`});
      }})));
  }

  /* The text that a playground starts with. */
  function start(place) {
    const cells = [...document.querySelectorAll(".cell.tag_playground .cell_input pre")].map(pre => pre.textContent.trim());
    return place.querySelector("pre").textContent.trim().replace(MARK, () => cells.join("\n\n")) + "\n";
  }

  /* What an error says to somebody who learns; the traceback stands in the output. */
  function kindly(traceback, program) {
    const problem = traceback.trim().split("\n").at(-1);
    const line = [...traceback.matchAll(/File "<stdin>", line (\d+)/g)].at(-1)?.[1];
    const code = line && program.split("\n")[line - 1]?.trim();
    const where = line ? ` in line ${line}${code ? `, “${code}”` : ""}` : "";
    const hint = /no module named/i.test(problem) ? " This is a small Python: math is there, NumPy and JAX are not." : "";
    return `The program ended with an error${where}: ${problem}.${hint}`;
  }

  define("playground", "Try it: change the program", live => {
    const first = start(live.parentElement), id = `playground-${document.querySelectorAll(".playground-code").length}`;
    let worker, timer;

    const code = make("textarea", {class: "playground-code", id, spellcheck: "false", wrap: "off", autocapitalize: "off",
                                   autocomplete: "off", autocorrect: "off", "aria-describedby": `${id}-hint`, onkeydown: key});
    code.value = first;
    const button = (text, onclick) => make("button", {type: "button", onclick}, text);
    const run = button("Run", execute), stop = button("Stop", () => worker && end("Stopped."));
    const reset = button("Reset", () => {
      end("The program is the first one again.");
      code.value = first;
      output.textContent = "";
    });
    const says = make("p", {class: "widget-says", role: "status"});
    const output = make("pre", {class: "playground-output", role: "log", "aria-label": "Output", tabindex: "0"});
    live.append(make("label", {for: id}, "Python program"), code,
      make("p", {class: "playground-hint", id: `${id}-hint`},
           "Ctrl+Enter runs it. Tab indents; to leave the field with Tab, press Escape first, or use Shift+Tab. "
           + "It runs in your browser, with Python's own language and math, but without NumPy and JAX."),
      make("div", {class: "widget-controls"}, run, stop, reset), says, output);
    show(false);

    function show(running) {
      run.setAttribute("aria-disabled", String(running));
      stop.setAttribute("aria-disabled", String(!running));
    }

    /* Stop what runs, and say why. */
    function end(why) {
      clearTimeout(timer);
      worker?.terminate();
      worker = null;
      says.textContent = why;
      show(false);
    }

    async function execute() {
      if (run.getAttribute("aria-disabled") === "true") return;
      output.textContent = "";
      says.textContent = "Loading Python …";
      show(true);
      const mine = worker = {terminate() {}};      // stands for the worker while it loads, so that Stop works
      try {
        const {worker: address, wasm} = await load();
        if (worker !== mine) return;
        const program = code.value;
        worker = new Worker(address);
        worker.onerror = () => end(REFUSED);
        worker.onmessage = ({data}) => {
          if (data.line !== undefined) output.append(`${data.line}\n`);
          if (data.ready) {
            says.textContent = "Running …";
            const late = `Stopped after ${SECONDS} seconds. Is there a loop that never ends?`;
            timer = setTimeout(() => end(late), 1000 * SECONDS);
          }
          if (data.broken) end(REFUSED);
          if (data.flood) end(`Stopped after ${CHARACTERS} characters of output.`);
          if (data.done) end(output.textContent ? "Done." : "Done. Nothing was printed.");
          if (data.error !== undefined) {
            output.append(data.error.replaceAll("<stdin>", "your program"));
            end(kindly(data.error, program));
          }
        };
        worker.postMessage({program, wasm});
      } catch (problem) {
        end(problem.message);
      }
    }

    /* Tab indents, unless Escape came just before; Enter keeps the indentation. */
    let leaving = false;
    function key(event) {
      const insert = text => {
        event.preventDefault();
        // Deprecated, but the only way to insert that can be undone.
        if (document.execCommand("insertText", false, text)) return;
        code.setRangeText(text, code.selectionStart, code.selectionEnd, "end");
      };
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        execute();
      } else if (event.key === "Tab" && !leaving && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey) {
        insert("    ");
      } else if (event.key === "Enter" && !event.isComposing) {
        const line = code.value.slice(0, code.selectionStart).split("\n").at(-1);
        insert(`\n${line.match(/^ */)[0]}${/:\s*$/.test(line) ? "    " : ""}`);
      }
      leaving = event.key === "Escape";
    }
  });
})();
