"""The HTML report as a reader opens it, in a real browser."""
from __future__ import annotations

import pytest

from factcheck.model import Report
from factcheck.reporting import html
from tests.reporting.sample import FINDINGS, REPORT
from tests.review.pages import big, hostile
from tests.review.test_page import violations

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(page, tmp_path):
    """A report's page opened as a file."""
    def show(report: Report, width: int = 1200):
        path = tmp_path / "report.html"
        path.write_text(html.render(report, report, "en"), encoding="utf-8")
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(path.as_uri())
        return page

    return show


def test_agreements_wait_to_be_asked_for(opened):
    page = opened(REPORT)
    assert page.locator(".finding:visible").count() == len(FINDINGS) - 1
    page.check("#show-agreement")
    page.uncheck("#show-variant")
    assert page.locator(".finding:visible").count() == len(FINDINGS) - 2


def test_the_heat_map_leads_to_the_finding(opened):
    page = opened(REPORT)
    page.click(".heat a >> nth=2")
    assert page.locator(".finding:target").is_visible()


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("report", [REPORT, hostile(), big(60)], ids=["sample", "hostile", "big"])
def test_nothing_is_wider_than_the_window(opened, report, width):
    page = opened(report, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_hostile_texts_do_nothing(page, opened):
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    opened(hostile())
    page.hover(".place >> nth=0")
    page.wait_for_timeout(200)
    assert page.evaluate("window.pwned") is None
    assert all(url.startswith("file:") for url in requests)


def test_it_prints_whole(opened):
    page = opened(REPORT)
    page.emulate_media(media="print")
    assert page.locator(".finding:visible").count() == len(FINDINGS) - 1
    assert not page.locator(".show").is_visible()
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility(browser, tmp_path, scheme):
    path = tmp_path / "report.html"
    path.write_text(html.render(REPORT, REPORT, "en"), encoding="utf-8")
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.check("#show-agreement")
    assert violations(page) == []
    context.close()
