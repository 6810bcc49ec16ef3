# Two commands do all set-up on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
EVENTS = tests/events/annotated --also tests/events/negative seeds training/fitting training/events

.PHONY: demo test lint evaluate accuracy fit train screenshots lock clean

demo: $(VENV)/.core  ## check the five seed articles and print the table
	-$(BIN)/factcheck check seeds/

test: $(VENV)/.test  ## run the test suite
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/mypy

ifdef PAIRS
evaluate: $(VENV)/$(if $(NLI),.train,.dev)  ## accuracy on sentence pairs of your own (docs/models.md); NLI=MODEL beside
	$(BIN)/python -m training.sentence_pairs "$(PAIRS)" $(if $(NLI),--nli "$(NLI)")
else
evaluate: $(VENV)/.dev  ## cross-validated accuracy on the annotated events
	$(BIN)/python -m training.accuracy $(EVENTS) --show
endif

accuracy: $(VENV)/.dev  ## measure, and write the figures and the curve of docs/accuracy.md anew
	$(BIN)/python -m training.page $(EVENTS)

fit: $(VENV)/.dev  ## fit all weights on the annotated events: what names name, the evidence, the confidence
	$(BIN)/python -m training.names training/events training/fitting --write
	$(BIN)/python -m training.accuracy $(EVENTS) --fast --write
	$(BIN)/python -m training.accuracy $(EVENTS) --write

screenshots: $(VENV)/.test  ## take the pictures in docs/images anew
	$(BIN)/python -m benchmarks.screenshots

train: $(VENV)/.train  ## train the pair model on, for two hours at most, and pack it (docs/pair-model.md)
	$(BIN)/python -m training.extracted training/runs/extracted.jsonl
	$(BIN)/python -m training.train --start factcheck/linking/pair_weights --checkpoints training/runs/pair \
	  --extracted training/runs/extracted.jsonl --minutes 110
	$(BIN)/python -m training.to_onnx training/runs/pair/last.pt factcheck/linking/pair_weights

lock: $(VENV)/.dev  ## pin the default install, with hashes
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-index-url --no-emit-trusted-host \
	  --no-emit-options --output-file requirements.lock pyproject.toml

# The locked default install first, then the project itself.
$(VENV)/.core: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps -e .
	touch $@

$(VENV)/.test: $(VENV)/.core
	$(BIN)/python -m pip install --quiet -e '.[test]'
	touch $@

$(VENV)/.dev: $(VENV)/.test
	$(BIN)/python -m pip install --quiet -e '.[dev]'
	touch $@

$(VENV)/.train: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet -e '.[models]' onnx
	touch $@

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache
