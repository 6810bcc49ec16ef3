"""A headless Chromium for the tests that need one."""
from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

FLAGS = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update"]


def chromium() -> str | None:
    """The Chromium there is: named by `FACTCHECK_CHROMIUM`, or found on the path."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("FACTCHECK_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The browser, started once."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright (extra test) is not installed")
    path = chromium()
    if path is None:
        pytest.skip("there is no Chromium: install it (Debian: apt-get install chromium) or set FACTCHECK_CHROMIUM")
    with playwright.sync_playwright() as run:
        found = run.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page in a window of its own; a script error in it fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    context.set_default_timeout(8000)
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context.new_page()
    context.close()
    assert errors == []
