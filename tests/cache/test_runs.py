"""What a second run works out: only what changed, and what it is compared with."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from factcheck import pipeline
from factcheck.cache import Cache
from factcheck.model import Article, Claim, Finding
from factcheck.pipeline import Options, check_articles
from tests.conftest import make_article
from tests.reporting.sample import FINDINGS

ARTICLES = [replace(make_article(f"Text of {name}.", "en", name=Path(name).name), path=name)
            for name in ("one/a.txt", "one/b.txt", "two/c.txt", "two/d.txt")]


class Work:
    """Stands in for the work itself, and keeps what was asked of it."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.compared: list[list[str]] = []

    def extracted(self, article: Article) -> tuple[Claim, ...]:
        self.read.append(article.id)
        return ()

    def compare(self, articles: Sequence[Article], *_: Any) -> list[Finding]:
        self.compared.append([a.id for a in articles])
        return [replace(FINDINGS[0], confidence=0.9)]


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    made = Work()
    monkeypatch.setattr(pipeline, "_extracted", made.extracted)
    monkeypatch.setattr(pipeline, "_compared", made.compare)
    return made


def test_each_folder_can_be_an_event(work: Work) -> None:
    report = check_articles(ARTICLES, Options(by_folder=True))
    assert work.compared == [["a.txt", "b.txt"], ["c.txt", "d.txt"]]
    assert len({f.id for f in report.findings}) == 2
    check_articles(ARTICLES)
    assert work.compared[-1] == ["a.txt", "b.txt", "c.txt", "d.txt"]


def test_nothing_is_worked_out_twice(work: Work, tmp_path: Path) -> None:
    first = check_articles(ARTICLES, Options(by_folder=True), cache=Cache(tmp_path))
    assert (len(work.read), len(work.compared)) == (4, 2)
    assert check_articles(ARTICLES, Options(by_folder=True), cache=Cache(tmp_path)) == first
    assert (len(work.read), len(work.compared)) == (4, 2)


def test_a_changed_article_is_read_and_its_folder_compared_again(work: Work, tmp_path: Path) -> None:
    check_articles(ARTICLES, Options(by_folder=True), cache=Cache(tmp_path))
    changed = [*ARTICLES[:3], replace(ARTICLES[3], text="Another text.")]
    check_articles(changed, Options(by_folder=True), cache=Cache(tmp_path))
    assert work.read[4:] == ["d.txt"]
    assert work.compared[2:] == [["c.txt", "d.txt"]]


def test_claims_of_known_findings_are_read_when_somebody_looks_at_them(work: Work, tmp_path: Path,
                                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    first = check_articles(ARTICLES, Options(by_folder=True), cache=Cache(tmp_path))
    monkeypatch.setattr(Cache, "claims", lambda *_: pytest.fail("read"))
    again = check_articles(ARTICLES, Options(by_folder=True), cache=Cache(tmp_path))
    assert again.findings == first.findings
    monkeypatch.undo()
    claims = check_articles([make_article("Ann Ash came on 3 May 2031.", "en")]).claims
    assert claims[0] in claims and list(claims[:1]) == [claims[0]] and len(claims) >= 1


def test_how_sure_findings_must_be_is_no_part_of_what_is_kept(work: Work, tmp_path: Path) -> None:
    assert not check_articles(ARTICLES, Options(min_confidence=0.95), cache=Cache(tmp_path)).findings
    assert check_articles(ARTICLES, Options(min_confidence=0.5), cache=Cache(tmp_path)).findings
    assert len(work.compared) == 1


@pytest.mark.parametrize("named", [Options(encoder="some/model"), Options(nli="some/model")])
def test_findings_of_a_named_model_are_not_kept(work: Work, tmp_path: Path, named: Options) -> None:
    for _ in range(2):
        check_articles(ARTICLES, named, cache=Cache(tmp_path))
    assert (len(work.read), len(work.compared)) == (4, 2)
