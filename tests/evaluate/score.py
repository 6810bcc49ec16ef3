"""Score a checker's reports against annotated events.

    python score.py [--command "factcheck check {event} --format json"] [--show] [--json FILE] DIR [DIR ...]

For every event below DIR the command is run with {event} put in; it prints a report as JSON (its exit status is
not looked at). Of each report this reads only `findings[]`: `relation`, and `values[]` with `article` (file name),
`text` (the value as written) and `quote` (the sentence it stands in).

A finding matches an annotated fact when its values lie on two sides of it. Precision counts the findings that say
`contradiction` or `variant`: each must match an annotated contradiction or variant that no earlier finding has
matched. Recall counts the annotated contradictions and variants that such a finding matches.
"""
import argparse
import json
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from events import events, load

FLAGGED = ("contradiction", "variant")
SMALL_WORDS = {"le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "au", "aux", "en", "à", "et", "ou", "m",
               "mme", "me", "the", "a", "an", "of", "on", "in", "at", "to", "and", "or", "mr", "mrs", "ms"}


def plain(text):
    """Fold case, width, quotation marks and white space, so that two copies of one text compare equal."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", " ", text).strip()


def overlaps(a, b):
    """Whether one folded text holds the other, or they share most of the shorter one's words."""
    if not a or not b:
        return False
    if a in b or b in a:
        return True
    first, second = set(a.split()), set(b.split())
    return len(first & second) >= 0.6 * min(len(first), len(second))


def same_place(value, mention, kind):
    """Whether a reported value and an annotated mention are the same words of the same article."""
    if Path(value["article"]).name != mention["article"]:
        return False
    quote, gold_quote = plain(value["quote"]), plain(mention["quote"])
    if not (quote in gold_quote or gold_quote in quote or
            (overlaps(quote, gold_quote) and plain(mention["text"]) in quote)):
        return False
    if kind in ("outcome", "cause", "quotation", "role"):  # the span is a matter of taste, the sentence is not
        return True
    text, gold_text = plain(value["text"]), plain(mention["text"])
    return bool((set(text.split()) & set(gold_text.split())) - SMALL_WORDS) or text in gold_text or gold_text in text


def sides_hit(finding, fact):
    """The indexes of the fact's sides on which the finding has a value."""
    return {i for i, side in enumerate(fact["sides"]) for m in side["mentions"]
            for v in finding["values"] if same_place(v, m, fact["kind"])}


def mentions_hit(finding, fact):
    """The articles of the fact's mentions, on any side, that the finding has a value for."""
    return {m["article"] for side in fact["sides"] for m in side["mentions"]
            for v in finding["values"] if same_place(v, m, fact["kind"])}


def report_of(event, command):
    """Run the checker on a copy of the event without its gold file; return its report and the seconds taken."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / event.name
        shutil.copytree(event, place, ignore=shutil.ignore_patterns("gold.json"))
        start = time.perf_counter()
        run = subprocess.run(shlex.split(command.replace("{event}", shlex.quote(str(place)))),
                             capture_output=True, text=True)
        took = time.perf_counter() - start
        try:
            return json.loads(run.stdout), took
        except ValueError:
            print(f"{event.name}: no report: {run.stderr.strip()[-300:]}", file=sys.stderr)
            return {"findings": []}, took


def score(event, report, show=False):
    """Count one event's hits and misses, as {name: Counter}."""
    facts = load(event)["facts"]
    counts = defaultdict(Counter)
    matched = set()
    labelled = {}
    for finding in report["findings"]:
        relation = finding["relation"]
        best = next((f for f in facts if f["relation"] != "agreement" and f["id"] not in matched
                     and len(sides_hit(finding, f)) >= 2 and f["relation"] in FLAGGED), None)
        best = best or next((f for f in facts if f["relation"] not in ("agreement",)
                             and len(sides_hit(finding, f)) >= 2), None)
        if best:
            labelled.setdefault(best["id"], relation)
        if relation in FLAGGED and not (best and best["relation"] == "debatable"):
            right = best is not None and best["relation"] in FLAGGED and best["id"] not in matched
            counts["flagged"]["right" if right else "wrong"] += 1
            if right:
                matched.add(best["id"])
            else:
                why = ("again " + best["id"] if best and best["id"] in matched else
                       f"{best['relation']} {best['id']}" if best else
                       next((f"agreement {f['id']}" for f in facts if f["relation"] == "agreement"
                             and len(mentions_hit(finding, f)) >= 2), "nothing annotated"))
                counts["wrong"][why.split()[0]] += 1
                if show:
                    print(f"  - wrong ({why}): " + " | ".join(
                        f"{v['article']}: {v['text']} « {v['quote'][:90]} »" for v in finding["values"][:4]))
    for fact in facts:  # a debatable fact or a decoy has nothing to be found
        if fact["relation"] in FLAGGED:
            hit = fact["id"] in matched
            counts["annotated"]["found" if hit else "missed"] += 1
            counts["kind " + fact["kind"]]["found" if hit else "missed"] += 1
            if hit:
                counts["label"]["right" if labelled[fact["id"]] == fact["relation"] else "wrong"] += 1
            elif show:
                print(f"  - missed {fact['kind']} {fact['id']}: " +
                      " | ".join(s["mentions"][0]["text"] for s in fact["sides"]))
        elif fact["relation"] in ("update", "dispute"):
            counts[fact["relation"]]["found" if labelled.get(fact["id"]) == fact["relation"] else "missed"] += 1
        elif fact["relation"] == "agreement":
            hit = any(f["relation"] == "agreement" and len(mentions_hit(f, fact)) >= 2 for f in report["findings"])
            counts["agreement"]["found" if hit else "missed"] += 1
    return counts


def share(counter, good, bad):
    """good / (good + bad), or None where both are nought."""
    total = counter[good] + counter[bad]
    return counter[good] / total if total else None


def summary(counts):
    """Precision, recall and the rest, from summed counts."""
    p, r = share(counts["flagged"], "right", "wrong"), share(counts["annotated"], "found", "missed")
    return {"precision": p, "recall": r, "f1": 2 * p * r / (p + r) if p and r else 0.0,
            "label": share(counts["label"], "right", "wrong"),
            "update": share(counts["update"], "found", "missed"),
            "dispute": share(counts["dispute"], "found", "missed"),
            "agreement": share(counts["agreement"], "found", "missed")}


def main():
    """Score every event and print a row each, the sums, and the recall by kind."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--command", default="factcheck check {event} --format json")
    parser.add_argument("--show", action="store_true", help="print every wrong finding and every miss")
    parser.add_argument("--json", help="write the sums to this file")
    parser.add_argument("roots", nargs="+")
    args = parser.parse_args()
    total, seconds, languages = defaultdict(Counter), 0.0, defaultdict(lambda: defaultdict(Counter))
    for root in args.roots:
        for event in events(root):
            report, took = report_of(event, args.command)
            seconds += took
            if args.show:
                print(event.name)
            counts = score(event, report, args.show)
            language = "+".join(sorted(json.loads((event / "gold.json").read_text(encoding="utf-8"))["languages"]))
            for name, counter in counts.items():
                total[name].update(counter)
                languages[language][name].update(counter)
            print(f"{event.name:22} {language:6} {took:5.1f} s  " + row(summary(counts)))
    for language, counts in sorted(languages.items()):
        print(f"{'all in ' + language:37}" + row(summary(counts)))
    print(f"{'all':30} {seconds:5.1f} s " + row(summary(total)))
    print("wrong:", dict(total["wrong"]))
    for name in sorted(n for n in total if n.startswith("kind ")):
        print(f"{name[5:]:14} {total[name]['found']} of {sum(total[name].values())}")
    if args.json:
        Path(args.json).write_text(json.dumps(summary(total) | {"seconds": seconds}, indent=1), encoding="utf-8")


def row(s):
    """One summary as a line."""
    return "  ".join(f"{name} {'  - ' if value is None else f'{value:.2f}'}" for name, value in s.items())


if __name__ == "__main__":
    main()
