"""Takes the pictures in `docs/images`: `python -m benchmarks.screenshots [PATH...]`, the seeds by default.

Needs Playwright (the extra `test`) and a Chromium: `chromium` on the path, or named by `FACTCHECK_CHROMIUM`.
"""
from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from factcheck.model import LEAST, Report
from factcheck.pipeline import check
from factcheck.policy import Policy, certain
from factcheck.reporting import html
from factcheck.review.serve import prepare
from factcheck.review.session import Session

IMAGES = Path(__file__).parents[1] / "docs" / "images"
FLAGS = ["--no-sandbox", "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def main(paths: list[str]) -> None:
    """Check the articles and take every picture."""
    IMAGES.mkdir(exist_ok=True)
    found, _ = check(paths or [str(IMAGES.parents[1] / "seeds")])
    report = certain(found, Policy(min_confidence=LEAST))  # as the commands show it by default
    path = os.environ.get("FACTCHECK_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as run, tempfile.TemporaryDirectory() as folder:
        browser = run.chromium.launch(executable_path=path, args=FLAGS)
        review(browser, report, Path(folder))
        saved(browser, report, Path(folder))
        browser.close()


def review(browser: Browser, report: Report, folder: Path) -> None:
    """The review page, with an article open at the claim."""
    served = prepare(Session(report, folder / "decisions.jsonl", "Alix"))
    thread = threading.Thread(target=served.run)
    thread.start()
    try:
        _shot(browser, served.url, "review", (1280, 720), article=True)
    finally:
        served.server.should_exit = True
        thread.join()


def saved(browser: Browser, report: Report, folder: Path) -> None:
    """The top of the HTML report."""
    page = folder / "report.html"
    page.write_text(html.render(report, report, "en"), encoding="utf-8")
    _shot(browser, page.as_uri(), "report", (1000, 1250))


def _shot(browser: Browser, address: str, name: str, size: tuple[int, int], article: bool = False) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-GB")
    page = context.new_page()
    page.goto(address)
    if not address.startswith("file:"):
        page.wait_for_selector("#panel article")
    if article:
        page.keyboard.press("o")
        page.wait_for_selector("#article .claim.current")
    page.screenshot(path=IMAGES / f"{name}.png")
    context.close()


if __name__ == "__main__":
    main(sys.argv[1:])
