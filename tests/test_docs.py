"""Runs the examples of the README and of every page in `docs/`, and compares what they print.

An example is a block fenced as `console`. In it a line that starts with `$ ` is a command (one that ends with `\\`
goes on in the next line), and what follows is all it prints, errors included. A line `...` stands for any number of
lines, and `...` within a line for anything; one confidence stands for any. The commands of a block run one after the
other in a copy of `docs/examples` (those of the README beside a copy of `seeds`), on a terminal 80 columns wide as far
as they can tell; `$?` is the status of the command before. A block fenced as `console not-run` is not run.

After a change in what the program prints, `FACTCHECK_UPDATE_DOCS=1 pytest tests/test_docs.py` writes the new output
into the pages; look at what it changed before you commit it.
"""
from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from factcheck.cli import main

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
UPDATE = bool(os.environ.get("FACTCHECK_UPDATE_DOCS"))
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANYTHING = "..."
# How sure a finding is follows from fitted weights: in an example one confidence stands for any.
CONFIDENCE = re.compile(r"\d+%(?=\\ (?:·|certain|likely))|(?<=\"confidence\":\\ )\d\\.\d+")


@dataclass(frozen=True)
class Example:
    """A command as it is to be run, its lines as they stand in the page, and the lines it is to print."""

    command: str
    shown: list[str]
    output: list[str]


def examples(block: str) -> list[Example]:
    """The commands of a block, in order."""
    found: list[Example] = []
    more = False
    for line in block.splitlines():
        if more:
            last = found.pop()
            found.append(Example(last.command[:-1] + line.strip(), [*last.shown, line], []))
        elif line.startswith("$ "):
            found.append(Example(line[2:], [line], []))
        else:
            assert found, f"a block starts with its first command, not with {line!r}"
            found[-1].output.append(line)
        more = (more or line.startswith("$ ")) and line.endswith("\\")
    return found


def run(command: str, status: int) -> tuple[list[str], int]:
    """What a command prints, and its status; factcheck runs in this process, where its models are loaded once."""
    words = shlex.split(command)
    if command.strip() == "echo $?":
        return [str(status)], 0
    if words[0] == "factcheck" and "|" not in words:
        result = CliRunner().invoke(main, words[1:], prog_name="factcheck", catch_exceptions=False)
        return result.output.splitlines(), result.exit_code
    done = subprocess.run(["bash", "-c", command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False, timeout=120)
    return done.stdout.splitlines(), done.returncode


def matches(expected: list[str], printed: list[str]) -> bool:
    """Whether the printed lines are the expected ones; blank lines at the end don't count."""
    expected, printed = ([line.rstrip() for line in lines] for lines in (expected, printed))
    while expected and not expected[-1]:
        expected.pop()
    while printed and not printed[-1]:
        printed.pop()
    pattern = "".join(r"(?:.*\n)*" if line == ANYTHING else ".*".join(map(re.escape, line.split(ANYTHING))) + r"\n"
                      for line in expected)
    pattern = CONFIDENCE.sub(lambda found: re.sub(r"\d+", r"\\d+", found[0]), pattern)
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


@pytest.fixture
def workplace(page, tmp_path, monkeypatch):
    """A copy of the articles to run in, and a terminal's width."""
    shutil.copytree(ROOT / "docs" / "examples", tmp_path / "examples")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path if page.stem == "README" else tmp_path / "examples")
    monkeypatch.setenv("COLUMNS", "80")


def pages_with_examples() -> list[Path]:
    return [page for page in PAGES if page.is_file() and BLOCK.search(page.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("page", pages_with_examples(), ids=lambda page: page.stem)
def test_examples_print_what_the_page_says(page, workplace):
    text = page.read_text(encoding="utf-8")
    wrong = []

    def checked(block: re.Match[str]) -> str:
        lines, status = [], 0
        for example in examples(block[1]):
            printed, status = run(example.command, status)
            if not matches(example.output, printed):
                wrong.append("\n".join([*example.shown, *printed]))
            kept = matches(example.output, printed) or ANYTHING in "\n".join(example.output)
            lines += [*example.shown, *(example.output if kept else printed)]
        return "```console\n" + "\n".join(lines) + "\n```"

    renewed = BLOCK.sub(checked, text)
    if UPDATE and renewed != text:
        page.write_text(renewed, encoding="utf-8")
    assert UPDATE or not wrong, "these print something else now:\n\n" + "\n\n".join(wrong)


def test_every_link_between_pages_leads_somewhere():
    for page in filter(Path.is_file, PAGES):
        for target in re.findall(r"\]\((?!\w+:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_output_may_leave_lines_out():
    assert matches(["a", "...", "d", ""], ["a", "b", "c", "d"])
    assert not matches(["a", "...", "d"], ["a", "b", "c"])
    assert matches(["a ... d"], ["a b c d"]) and not matches(["a ... d"], ["a b", "d"])
    assert not matches(["a.c"], ["abc"])


def test_confidences_may_differ_and_nothing_else():
    assert matches(["83% · 11926d x"], ["79% · 11926d x"]) and not matches(["83% · 11926d x"], ["83% · 11926e x"])
    assert matches(['"confidence": 0.95, "a": 1'], ['"confidence": 0.8, "a": 1'])
    assert not matches(["grew by 83%"], ["grew by 79%"])


def test_a_long_command_goes_on_in_the_next_line():
    assert [(e.command, e.output) for e in examples("$ one \\\n  two\nout\n$ three\n")] == [
        ("one two", ["out"]), ("three", [])]
