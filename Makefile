# `make` builds and grades everything, `make help` lists the rest.
# Works with GNU Make 3.81 and later. A file under _build/.stamps says that a step was finished.

IS_PYTHON_3 := import sys; sys.exit(sys.version_info[0] != 3)
# A Python to make .venv with; name another one with make PYTHON=/path/to/python3.12
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
            if $$p -c '$(IS_PYTHON_3)' >/dev/null 2>&1; then echo $$p; break; fi; done)
# When the user named it, no other Python will do.
EXACT = $(if $(filter file default undefined,$(origin PYTHON)),,--exact)

PY := .venv/bin/python
PORT ?= 8000
# `make lock LOCK_FLAGS=` keeps the pins that still fit.
LOCK_FLAGS ?= --upgrade

STAMPS := _build/.stamps
# A stamp is as old as the start of its step, so that a file edited meanwhile is newer.
BEGIN = @mkdir -p $(STAMPS) && touch $@.began
END = @mv $@.began $@

files = $(shell find $(1) -type f -not -path '*/__pycache__/*' -not -path '*/.*' \
          -not -path 'book/_ext/ipython/*' 2>/dev/null)
BOOK := $(call files,book)
SLIDES := $(call files,slides)
GRADER := $(call files,autograder)
ASSIGNMENTS := $(call files,assignments)
# What a step made may have been deleted by hand: then its stamp does not count.
unless = $(if $(wildcard $(1)),,FORCE)
# The PDF needs a browser, which only it needs: without one the rest is made all the same.
PDF_IF_POSSIBLE = @if $(PY) tools/browser.py; then $(MAKE) --no-print-directory pdf; else echo "So there is no PDF." >&2; fi

.PHONY: all setup site slides pdf handouts grade test mutants redteam benchmark generations gpu lock publish serve clean distclean help FORCE

all: site slides handouts grade  ## build the site, slides, PDF and handouts, grade the sample class, sum up
	$(PDF_IF_POSSIBLE)
	@$(PY) tools/summary.py

setup:  ## make .venv and install requirements.txt into it
	@$(call bootstrap,)

site: $(STAMPS)/site  ## build the book, every chapter executed, into _build/html

slides: $(STAMPS)/slides  ## build the decks into the site, _build/html/slides

pdf: $(STAMPS)/pdf  ## print the whole book as _build/html/jax-autodiff.pdf (needs Chromium)

handouts: $(STAMPS)/handouts  ## make what students get, from assignments/

grade: $(STAMPS)/grade  ## collect the sample class and grade it, in course/

test: $(STAMPS)/site $(STAMPS)/slides  ## run every test (make test ARGS="-k site" runs some)
	$(PDF_IF_POSSIBLE)
	@$(PY) -m pytest $(ARGS)

mutants: .venv/ready  ## change the reference solutions in small ways; does a question notice? (minutes; ARGS=SLUG runs one)
	@$(PY) tools/mutants.py $(ARGS)

redteam: .venv/ready  ## run every hostile and clumsy notebook on every assignment (an hour)
	@RED_TEAM_EVERYWHERE=1 $(PY) -m pytest tests/test_red_team.py tests/test_red_team_landlock.py tests/test_red_team_everywhere.py $(ARGS)

benchmark: .venv/ready  ## grade a class as nbgrader does and as we do, and compare (half an hour; ARGS="--soak 0" is shorter)
	@$(PY) benchmarks/grading.py $(ARGS)

generations: $(STAMPS)/site  ## run the notebooks on the oldest JAX, with Colab's versions, and on the newest
	@$(PY) tools/generations.py $(ARGS)

gpu: $(STAMPS)/site  ## run every notebook on this machine's accelerator and record it (ARGS=--cpu tries it without)
	@$(PY) tools/accelerator.py $(ARGS)

lock:  ## resolve the ranges of pyproject.toml into the pins of requirements.txt
	@$(call bootstrap,--venv-only)
	@$(PY) -m pip install --quiet --disable-pip-version-check uv
	@$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	  --extra book --extra test --custom-compile-command "make lock" $(LOCK_FLAGS) \
	  pyproject.toml -o requirements.txt
	@printf '%s\n' '# The package of this repository itself.' '-e .' >> requirements.txt

publish: $(STAMPS)/site $(STAMPS)/slides $(STAMPS)/handouts  ## push the built site to the branch gh-pages of REMOTE (make publish REMOTE=origin)
	$(PDF_IF_POSSIBLE)
	@$(PY) tools/publish.py $(REMOTE)

serve: $(STAMPS)/site  ## show the built site at http://127.0.0.1:8000 (make serve PORT=...)
	@$(PY) -m http.server --bind 127.0.0.1 --directory _build/html $(PORT)

clean:  ## remove what was built: _build/ and course/
	rm -rf _build course

distclean: clean  ## remove the environment too
	rm -rf .venv .venv-jax

help:  ## list the targets
	@awk -F ':.*  ## ' '/^[a-z]+:.*  ## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The sentence for a machine without any Python; bootstrap.py has those for all other cases.
define bootstrap
if [ -z "$(PYTHON)" ] || ! $(PYTHON) -c '$(IS_PYTHON_3)' >/dev/null 2>&1; then \
  echo "Setting up stopped. No Python 3 runs under the name '$(or $(PYTHON),python3)': install Python 3.11 or newer (for example: apt install python3 python3-venv) and run make again." >&2; \
  exit 1; \
fi; $(PYTHON) tools/bootstrap.py $(EXACT) $(1)
endef

# With a named Python it is asked each time whether .venv has that one; the answer yes changes no date.
.venv/ready: requirements.txt pyproject.toml tools/bootstrap.py $(if $(EXACT),FORCE)
	@$(call bootstrap,)

# Where the site will be published, if that is known: pages name these addresses.
ADDRESS = $(COURSE_BASEURL) $(COURSE_REPOSITORY)
$(STAMPS)/address: $(shell echo "$(ADDRESS)" | cmp -s - $(STAMPS)/address || echo FORCE)
	@mkdir -p $(STAMPS); echo "$(ADDRESS)" > $@

$(STAMPS)/site: .venv/ready $(STAMPS)/address $(BOOK) $(wildcard benchmarks/*.md) _config.yml _toc.yml requirements.txt tools/build_site.py \
    tools/downloads.py setup.py $(ASSIGNMENTS) $(GRADER) $(call unless,_build/html/index.html) $(call unless,_build/html/handouts)
	$(BEGIN)
	@$(PY) tools/build_site.py
	$(END)

$(STAMPS)/slides: $(STAMPS)/site $(SLIDES) tools/build_slides.py $(call unless,_build/html/slides)
	$(BEGIN)
	@$(PY) tools/build_slides.py
	$(END)

$(STAMPS)/pdf: $(STAMPS)/site tools/build_pdf.py tools/print.css $(call unless,_build/html/jax-autodiff.pdf)
	$(BEGIN)
	@$(PY) tools/build_pdf.py
	$(END)

$(STAMPS)/handouts: .venv/ready $(STAMPS)/address _config.yml $(ASSIGNMENTS) $(GRADER) $(call unless,course)
	$(BEGIN)
	@$(PY) -m autograder handout
	$(END)

$(STAMPS)/grade: $(STAMPS)/handouts tools/sample_class.py $(call unless,course)
	$(BEGIN)
	@$(PY) tools/sample_class.py
	$(END)
