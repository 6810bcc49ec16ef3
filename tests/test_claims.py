"""The claims kept in `claims/` are those extracted from `seeds/`."""
from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from factcheck.cli import main

ROOT = Path(__file__).parents[1]
ARTICLES = sorted((ROOT / "seeds").glob("*.txt"))


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.stem)
def test_they_are_what_extract_prints(article: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    printed = CliRunner().invoke(main, ["extract", f"seeds/{article.name}"], catch_exceptions=False).stdout
    kept = (ROOT / "claims" / f"{article.stem}.jsonl").read_text(encoding="utf-8")
    changed = [line for line in printed.splitlines() if line not in set(kept.splitlines())]
    assert printed == kept, "write them anew as claims/README.md says; new or changed:\n" + "\n".join(changed)


def test_no_article_is_gone() -> None:
    kept = {path.stem for path in (ROOT / "claims").glob("*.jsonl")} - {"decisions"}
    assert kept == {article.stem for article in ARTICLES}
