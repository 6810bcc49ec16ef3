"""A small repository of articles, set up as docs/ci.md says: red at first, green after a decision, red again when
something new is wrong, by every way in which a build can run the check."""
from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from sarif import loader as sarif_tools

from factcheck.cli import main

ROOT = Path(__file__).parents[1]
GAZETTE = """---
title: The bridge is back
outlet: Harbour Gazette
date: 2032-03-20
---

The Tolle bridge reopened to traffic on 14 March 2032. The repairs of the bridge cost 3.2 million euros.
"""
RADIO = """The Tolle bridge is open again

The Tolle bridge reopened to traffic on 12 March 2032. Buses use it again, and so do lorries.
"""
NEWSLETTER = """# News from the harbour

The repairs of the Tolle bridge cost 4.5 million euros, more than the town had set aside.
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The repository of a team that keeps two articles which disagree."""
    folder = tmp_path / "team"
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "harbour-gazette.md").write_text(GAZETTE, encoding="utf-8")
    (folder / "articles" / "coast-radio.txt").write_text(RADIO, encoding="utf-8")
    (folder / "factcheck.toml").write_text('fail-on = ["contradiction"]\n', encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    return folder


def factcheck(*args: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(args), prog_name="factcheck", catch_exceptions=False)
    return result.exit_code, result.output


def findings() -> list[dict[str, str]]:
    return [f for f in json.loads(factcheck("check", "articles", "-f", "json", "--quiet")[1])["findings"]
            if f["relation"] == "contradiction"]


# The ways to run it: each gives whether the build is green, and what it told.

def by_command(folder: Path) -> tuple[bool, str]:
    status, told = factcheck("check", "articles")
    assert status in (0, 1), told
    return status == 0, told


def by_sarif(folder: Path) -> tuple[bool, str]:
    factcheck("check", "articles", "--output", "report.sarif")
    read = sarif_tools.load_sarif_file(str(folder / "report.sarif"))
    errors = [r for r in read.get_records() if r["Severity"] == "error"]
    assert all(r["Location"].startswith("articles/") and r["Line"] for r in errors)
    return not errors, "\n".join(f"{r['Code']} {r['Description']}" for r in errors)


def by_pytest(folder: Path) -> tuple[bool, str]:
    told = _run([sys.executable, "-m", "pytest", "--factcheck", "articles", "-q", "-p", "no:cacheprovider",
                 "-p", "no:hypothesispytest"])
    assert told.returncode in (0, 1), told.stdout
    return told.returncode == 0, told.stdout


def by_pre_commit(folder: Path) -> tuple[bool, str]:
    if not (folder / ".git").exists():
        _hook_repository(folder.parent / "factcheck-repository")
        _git("init", "-q")
        # The hook as published would install factcheck from its repository; here it runs the one under test.
        hooks = [{"id": "factcheck", "args": ["articles"], "language": "system"}]
        config = {"repos": [{"repo": str(folder.parent / "factcheck-repository"), "rev": "v0", "hooks": hooks}]}
        (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    _git("add", "-A")
    told = _run([sys.executable, "-m", "pre_commit", "run", "--all-files"],
                PRE_COMMIT_HOME=str(folder.parent / "hooks"))
    assert told.returncode in (0, 1), told.stdout
    return told.returncode == 0, told.stdout


def by_action(folder: Path) -> tuple[bool, str]:
    """The Action's last step as the shell command it is, with the environment its `env` asks for."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = action["runs"]["steps"][-1]
    inputs = {name: given.get("default", "") for name, given in action["inputs"].items()}
    inputs |= {"paths": "articles"}
    own = {key: _evaluated(text, inputs, folder) for key, text in step["env"].items()}
    own["FACTCHECK_CACHE_DIR"] = os.environ["FACTCHECK_CACHE_DIR"]
    summary = folder.parent / "summary.md"
    told = _run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], RUNNER_TEMP=str(folder.parent),
                GITHUB_STEP_SUMMARY=str(summary), **own)
    assert told.returncode in (0, 1), told.stdout
    assert summary.exists() and (folder / "factcheck.sarif").exists()
    return told.returncode == 0, told.stdout


def _evaluated(text: str, inputs: dict[str, str], folder: Path) -> str:
    """A value of the Action with its expressions filled in, as the runner does."""
    for name, value in inputs.items():
        text = text.replace(f"${{{{ inputs.{name} }}}}", value)
    text = text.replace("${{ runner.temp }}", str(folder.parent))
    assert "${{" not in text
    return text


def _run(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                          timeout=300, env={**os.environ, **environment})


def _git(*args: str, cwd: Path | None = None) -> None:
    who = {"GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org", "GIT_COMMITTER_NAME": "Ada",
           "GIT_COMMITTER_EMAIL": "ada@example.org"}
    subprocess.run(["git", *args], cwd=cwd, check=True, capture_output=True, env={**os.environ, **who})


def _hook_repository(place: Path) -> None:
    place.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", place)
    _git("init", "-q", cwd=place)
    _git("add", "-A", cwd=place)
    _git("commit", "-q", "-m", "Hooks", cwd=place)
    _git("tag", "v0", cwd=place)


WAYS: list[Callable[[Path], tuple[bool, str]]] = [by_command, by_sarif, by_pytest, by_pre_commit, by_action]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_red_then_green_after_a_decision_then_red_again(repository: Path,
                                                        way: Callable[[Path], tuple[bool, str]]) -> None:
    green, told = way(repository)
    assert not green
    assert "14 March 2032" in told and "12 March 2032" in told

    for finding in findings():
        status, _ = factcheck("decide", finding["id"], "articles", "--dismiss", "--reason", "two openings, in fact")
        assert status == 0
    green, told = way(repository)
    assert green, told
    assert "14 March 2032" not in told

    (repository / "articles" / "newsletter.md").write_text(NEWSLETTER, encoding="utf-8")
    green, told = way(repository)
    assert not green
    assert "3.2 million" in told and "4.5 million" in told
    assert "14 March 2032" not in told


def test_the_action_installs_what_stands_in_its_folder(tmp_path: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    (step,) = [s for s in action["runs"]["steps"] if s["name"].startswith("Install")]
    own = {key: text.replace("${{ github.action_path }}", str(ROOT)) for key, text in step["env"].items()}
    # What factcheck needs is here already: that part alone is left out.
    install = f"{step['run']} --no-deps --target '{tmp_path / 'site'}'"
    own["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # `python` is not on every machine's
    told = _run(["bash", "-eo", "pipefail", "-c", install], **own)
    assert told.returncode == 0, told.stdout
    package = ROOT / "factcheck"
    kept = (".toml", ".onnx", ".json", ".html", ".js", ".css")
    data = [p.relative_to(package) for p in package.rglob("*") if p.suffix in kept]
    assert data and [d for d in data if not (tmp_path / "site" / "factcheck" / d).is_file()] == []


def test_a_baseline_then_an_edit_elsewhere_then_another_value(repository: Path) -> None:
    assert factcheck("baseline", "articles")[0] == 0
    assert by_command(repository)[0]
    page = repository / "articles" / "coast-radio.txt"
    page.write_text(RADIO.replace("\n\n", "\n\nIt was a long winter for the ferry.\n\n", 1)
                    .replace("to traffic on", "to\ntraffic on"), encoding="utf-8")
    assert by_command(repository)[0]
    page.write_text(RADIO.replace("12 March", "11 March"), encoding="utf-8")
    green, told = by_command(repository)
    assert not green and "11 March 2032" in told


def test_a_waiver_in_the_text_turns_it_green(repository: Path) -> None:
    page = repository / "articles" / "harbour-gazette.md"
    page.write_text(GAZETTE.replace("\nThe Tolle", "\n<!-- factcheck: ignore date -->\nThe Tolle"), encoding="utf-8")
    assert by_command(repository)[0]


def test_what_must_hold_is_held_against_every_article(repository: Path) -> None:
    (repository / "articles" / "coast-radio.txt").unlink()
    assert by_command(repository)[0]
    Path("facts.toml").write_text('[[fact]]\nsays = "The Tolle bridge reopened to traffic on [13 March 2032]."\n')
    Path("factcheck.toml").write_text('facts = "facts.toml"\n')
    green, told = by_command(repository)
    assert not green and "facts.toml:2" in told
    Path("facts.toml").write_text('[[fact]]\nsays = "The Tolle bridge reopened to traffic in [March 2032]."\n')
    assert by_command(repository)[0]
    Path("facts.toml").write_text('[[fact]]\nsays = "The Tolle bridge reopened to traffic on [13 March 2032]."\n'
                                  'paths = ["elsewhere/*"]\n')
    assert by_command(repository)[0]


def test_every_article_that_says_otherwise_is_marked(repository: Path) -> None:
    page = repository / "articles" / "coast-radio.txt"
    page.write_text(RADIO.replace("12 March", "14 March"), encoding="utf-8")
    Path("facts.toml").write_text('[[fact]]\nsays = "The Tolle bridge reopened to traffic on [10 March 2032]."\n')
    status, told = factcheck("check", "articles", "--facts", "facts.toml", "--kind", "date", "-f", "github")
    assert status == 1
    assert "file=articles/coast-radio.txt,line=3" in told and "file=articles/harbour-gazette.md,line=7" in told
    assert "expected “10 March 2032” (facts.toml:2)" in told and "stands alone" not in told


def test_where_a_fact_stands_in_its_file_counts_for_nothing(repository: Path) -> None:
    (repository / "articles" / "coast-radio.txt").unlink()
    fact = '[[fact]]\nsays = "The Tolle bridge reopened to traffic on [10 March 2032]."\n'
    others = "".join(f'[[fact]]\nsays = "The library lends [{n} books]."\n' for n in range(1, 6))

    def found(text: str) -> dict[str, object]:
        Path("facts.toml").write_text(text)
        told = json.loads(factcheck("check", "articles", "--facts", "facts.toml", "--kind", "date", "--min-confidence",
                                    "0", "-f", "json", "--quiet")[1])
        (one,) = [f for f in told["findings"] if f["relation"] == "contradiction"]
        return one

    first, last = found(fact + others), found(others + fact)
    assert first["id"] == last["id"] and first["confidence"] == pytest.approx(last["confidence"], abs=0.02)


def test_a_name_is_one_whatever_kind_it_is_taken_for(repository: Path) -> None:
    for kind in ("person", "organization", "place"):
        Path("facts.toml").write_text(f'[[fact]]\nsays = "[Helena Maurel] runs the ferry company."\nkind = "{kind}"\n')
        assert factcheck("check", "articles", "--facts", "facts.toml", "--fail-on", "none")[0] == 0


@pytest.mark.parametrize(("text", "complaint"), [
    ('[[fact]]\nsays = "The bridge opened."\n', "facts.toml:2: one value must stand in brackets"),
    ('[[fact]]\n\nsays = "The bridge opened [quietly]."\nkind = "money"\n', "facts.toml:3: no money can be read"),
    ('[[fact]]\nsays = "The bridge opened in [May 2031]."\npath = "x"\n', "unknown key path"),
    ('[[fact]]\nsays = "The bridge opened in [May 2031]."\nkind = "colour"\n', "there is no kind 'colour'"),
    ("fact = 1", "no fact in it"), ("[[fact]\n", "not valid TOML")])
def test_a_mistake_in_the_facts_is_told_with_its_line(repository: Path, text: str, complaint: str) -> None:
    Path("facts.toml").write_text(text)
    status, told = factcheck("check", "articles", "--facts", "facts.toml")
    assert status == 2 and complaint in told and len(told.splitlines()) == 1


def test_a_name_that_must_be_spelt_so(repository: Path) -> None:
    Path("facts.toml").write_text('[[fact]]\nsays = "[Henrietta Maurel] runs the ferry company."\nkind = "person"\n')
    page = repository / "articles" / "harbour-gazette.md"
    page.write_text(GAZETTE + "\nHenrietta Morel runs the ferry company of Tolle, said the mayor.\n", encoding="utf-8")
    (repository / "articles" / "coast-radio.txt").unlink()
    status, told = factcheck("check", "articles", "--facts", "facts.toml", "--fail-on", "variant")
    assert status == 1 and "Henrietta Morel" in told
