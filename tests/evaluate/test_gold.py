"""The annotated events hold together: a slip in a gold file would measure the checker wrongly."""
import json
from pathlib import Path

import pytest
from events import events, problems

ROOT = Path(__file__).parents[2]
EVENTS = [*events(ROOT / "tests" / "events"), *events(ROOT / "seeds")]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name)
def test_every_quote_stands_in_its_article(event):
    assert problems(event) == []


@pytest.mark.parametrize("event", list(events(ROOT / "tests" / "events" / "negative")), ids=lambda event: event.name)
def test_a_negative_event_has_nothing_to_flag(event):
    facts = json.loads((event / "gold.json").read_text(encoding="utf-8"))["facts"]
    assert {fact["relation"] for fact in facts} == {"agreement", "decoy"}
