"""Read annotated events and check that their gold files hold together.

    python events.py DIR [DIR ...]     check every event below each DIR
"""
import json
import sys
from pathlib import Path

KINDS = {"date", "time", "duration", "count", "money", "percent", "measure", "person", "role",
         "organization", "place", "outcome", "cause", "quotation"}
RELATIONS = {"contradiction", "variant", "update", "dispute", "agreement", "decoy", "debatable"}


def events(root):
    """Yield the folder of every event at or below root, in order of name."""
    for gold in sorted(Path(root).rglob("gold.json")):
        yield gold.parent


def load(event):
    """Read one event's gold file; every mention gets the span of its text and of its quote in the raw file."""
    gold = json.loads((event / "gold.json").read_text(encoding="utf-8"))
    for fact in gold["facts"]:
        for side in fact["sides"]:
            for mention in side["mentions"]:
                raw = (event / mention["article"]).read_text(encoding="utf-8")
                quote_at = raw.index(mention["quote"])
                text_at = quote_at + mention["quote"].index(mention["text"])
                mention["quote_span"] = (quote_at, quote_at + len(mention["quote"]))
                mention["span"] = (text_at, text_at + len(mention["text"]))
    return gold


def problems(event):
    """List what is wrong with one event's gold file, in words; empty where nothing is."""
    found = []
    gold = json.loads((event / "gold.json").read_text(encoding="utf-8"))
    texts = {p.name: p.read_text(encoding="utf-8") for p in event.iterdir() if p.name != "gold.json"}
    if len(texts) < 3:
        found.append("fewer than three articles")
    seen = set()
    for fact in gold["facts"]:
        name = fact.get("id", "?")
        if name in seen:
            found.append(f"{name}: the id stands twice")
        seen.add(name)
        if fact["kind"] not in KINDS:
            found.append(f"{name}: no such kind: {fact['kind']}")
        if fact["relation"] not in RELATIONS:
            found.append(f"{name}: no such relation: {fact['relation']}")
        sides = fact["sides"]
        if fact["relation"] == "agreement":
            articles = {m["article"] for s in sides for m in s["mentions"]}
            if len(sides) != 1 or len(articles) < 2:
                found.append(f"{name}: an agreement has one side, with mentions from two articles or more")
        elif len(sides) < 2:
            found.append(f"{name}: fewer than two sides")
        for side in sides:
            if not side["mentions"]:
                found.append(f"{name}: a side without mentions")
            for m in side["mentions"]:
                raw = texts.get(m["article"])
                if raw is None:
                    found.append(f"{name}: no article {m['article']}")
                elif raw.count(m["quote"]) != 1:
                    found.append(f"{name}: in {m['article']} the quote stands {raw.count(m['quote'])} times: "
                                 f"{m['quote'][:60]!r}")
                elif m["quote"].count(m["text"]) != 1:
                    found.append(f"{name}: the text stands {m['quote'].count(m['text'])} times in its quote: "
                                 f"{m['text']!r}")
    return found


if __name__ == "__main__":
    bad = 0
    for root in sys.argv[1:]:
        for event in events(root):
            found = problems(event)
            bad += bool(found)
            counts = {}
            for fact in json.loads((event / "gold.json").read_text(encoding="utf-8"))["facts"]:
                counts[fact["relation"]] = counts.get(fact["relation"], 0) + 1
            print(f"{event.name}: {counts}" + "".join(f"\n  {p}" for p in found))
    sys.exit(bool(bad))
