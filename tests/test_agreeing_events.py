"""Events on which all sources agree, in different words: nothing may be flagged."""

from __future__ import annotations

from pathlib import Path

import pytest

import factcheck
from factcheck.model import FLAGGED

EVENTS = sorted(p for p in (Path(__file__).parent / "events" / "negative").iterdir() if p.is_dir())


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name)
def test_nothing_is_flagged_where_the_sources_agree(event: Path) -> None:
    articles = [p for p in sorted(event.iterdir()) if p.name != "gold.json"]
    report = factcheck.check(articles)
    flagged = [(f.reason, [(v.article, v.text) for v in f.values]) for f in report.findings if f.relation in FLAGGED]
    assert not flagged
