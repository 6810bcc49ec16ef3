"""The program as a process: what it loads, how it ends, and what a terminal gets."""
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

import factcheck

HEAVY = ("spacy", "numpy", "onnxruntime", "trafilatura", "tabulate", "wcwidth", "rapidfuzz", "yaml", "torch")
# A run on the sample report, as a program of its own.
SAMPLE = ("from factcheck import pipeline; from factcheck.cli import main; from tests.reporting.sample import REPORT; "
          "pipeline.check = lambda paths, **options: (REPORT, []); main(['check', 'cimes', '--relation', 'all'{}])")
ROOT = Path(__file__).parents[2]


def python(code: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False,
                          **options)


def test_help_loads_nothing_heavy():
    result = python("import sys\nfrom factcheck.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit: pass\n"
                    f"print('loaded:', *[m for m in {HEAVY} if m in sys.modules])")
    assert result.stdout.endswith("loaded:\n") and "explain" in result.stdout


@pytest.mark.parametrize("command", ["check", "explain", "extract", "values"])
def test_every_command_has_help_of_its_own(run, command):
    result = run(command, "--help")
    assert result.exit_code == 0 and result.stdout.startswith(f"Usage: factcheck {command} [OPTIONS]")


def test_the_version_is_told(run):
    assert run("--version").stdout == f"factcheck {factcheck.__version__}\n"


def test_a_closed_pipe_is_no_error():
    shown = subprocess.run(["bash", "-c", f'"{sys.executable}" -c "{SAMPLE.format("")}" | head -1'], cwd=ROOT,
                           capture_output=True, text=True, check=False)
    assert shown.stderr == "" and len(shown.stdout.splitlines()) == 1


def test_a_terminal_that_knows_only_ascii_gets_question_marks_for_letters():
    result = python(SAMPLE.format(""), env=os.environ | {"PYTHONIOENCODING": "ascii", "COLUMNS": "100"})
    assert result.returncode == 1 and result.stderr == "" and '! contradiction' in result.stdout


def on_terminal(code: str, **variables: str) -> str:
    """What a program writes to a terminal."""
    main_end, end = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")} | {"TERM": "xterm"}
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdin=end, stdout=end, stderr=end,
                          env=environment | {"COLUMNS": "90"} | variables):
        os.close(end)
        shown = b""
        while True:
            try:
                part = os.read(main_end, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
    os.close(main_end)
    return shown.decode()


def test_a_terminal_gets_colour_unless_it_is_unwanted():
    assert "\x1b[1;31m≠ contradiction\x1b[0m" in on_terminal(SAMPLE.format(""))
    assert "\x1b" not in on_terminal(SAMPLE.format(""), NO_COLOR="1")


def test_a_terminal_gets_no_colour_in_json():
    assert "\x1b" not in on_terminal(SAMPLE.format(", '--format', 'json'"))
