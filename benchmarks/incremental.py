"""How much a run costs in which one article of many changed, against a run that knows nothing.

    python -m benchmarks.incremental [--events 40] [--fast]

The articles are those of the annotated events, copied under other names until there are as many events as asked for,
five articles each, every event in a folder of its own (`factcheck check --by-folder`). Every run is a process of its
own, as a build's would be.
"""
from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

EVENTS = Path(__file__).parents[1] / "tests" / "events" / "annotated"
ARTICLES = 5
SUFFIXES = (".txt", ".md", ".html")


def main() -> None:
    """Build the articles, run cold, unchanged and with one article changed, and print the times."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--events", type=int, default=40, help="how many events, of five articles each")
    options.add_argument("--fast", action="store_true", help="without the pair model")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = build(folder / "articles", given.events)
        print(f"{count} articles on {given.events} events{', --fast' if given.fast else ''}")
        cold = timed(folder, given.fast)
        print(f"cold: {cold:.1f} s")
        print(f"nothing changed: {timed(folder, given.fast):.1f} s")
        changed = sorted((folder / "articles").glob("*/*.txt"))[0]
        changed.write_text(changed.read_text(encoding="utf-8") + "\nOn Friday 900 people came.\n", encoding="utf-8")
        warm = timed(folder, given.fast)
        print(f"one article changed: {warm:.1f} s, {warm / cold:.1%} of the cold time")


def build(folder: Path, events: int) -> int:
    """Write the events, and say how many articles there are."""
    sources = [e for e in sorted(EVENTS.iterdir()) if len(articles(e)) >= ARTICLES]
    count = 0
    for number, source in enumerate(islice(cycle(sources), events)):
        place = folder / f"event-{number:03}"
        place.mkdir(parents=True)
        for path in articles(source)[:ARTICLES]:
            text = path.read_text(encoding="utf-8")
            (place / path.name).write_text(renamed(text, number // len(sources)), encoding="utf-8")
            count += 1
    return count


def articles(event: Path) -> list[Path]:
    """The articles of an event."""
    return sorted(p for p in event.iterdir() if p.suffix in SUFFIXES)


def renamed(text: str, copy: int) -> str:
    """The text with other names, so that no copy's sentences are known from another; of copy 0, as it is."""
    vowels = str.maketrans("aeiou", "aeiou"[copy % 5:] + "aeiou"[:copy % 5])
    return re.sub(r"\b[A-Z][a-z]{5,}\b", lambda m: m[0][0] + m[0][1:].translate(vowels), text) if copy else text


def timed(folder: Path, fast: bool) -> float:
    """The seconds a run takes, cache and all."""
    command = [sys.executable, "-m", "factcheck", "check", str(folder / "articles"), "--by-folder", "--format", "json",
               "--cache-dir", str(folder / "cache"), "--output", str(folder / "report.json"), *["--fast"] * fast]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not (folder / "report.json").exists() or done.returncode > 1:
        sys.exit(done.stderr)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
