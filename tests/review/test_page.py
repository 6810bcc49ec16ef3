"""The review page as a reviewer meets it, in a real browser."""
from __future__ import annotations

import itertools
import json
import re
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from factcheck.review import decisions
from factcheck.review.decisions import Decision
from tests.reporting.sample import REPORT
from tests.review.pages import FLAGGED, SCRIPTS, big, hostile, served

pytestmark = pytest.mark.browser


def opened(page, url):
    """The page, once its first finding stands there."""
    page.goto(url)
    page.wait_for_selector("#panel article, #done:not([hidden])")
    return page


def shown(page):
    """The id of the finding on the page."""
    return page.get_attribute("#panel article", "data-id")


def press(page, key, then=None):
    """Press a key, and wait until the finding `then` is shown."""
    page.keyboard.press(key)
    if then:
        page.wait_for_selector(f'#panel article[data-id="{then}"]')


def says(page, selector, words):
    """Wait until an element's text contains the words (the page's policy forbids waiting by script)."""
    page.locator(selector).filter(has_text=words).wait_for(state="attached")


def lines(path: Path):
    return [(d.finding, d.decision, d.value, d.reason) for d in decisions.load(path).lines]


def wait_for_lines(page, path: Path, count: int):
    for _ in range(100):
        if len(decisions.load(path).lines) >= count:
            return lines(path)
        page.wait_for_timeout(50)
    raise AssertionError(f"{count} decisions were to be written, there are {lines(path)}")


def test_a_whole_review_by_keyboard(page, tmp_path):
    path = tmp_path / "claims" / "decisions.jsonl"
    ids = [f.id for f in FLAGGED]
    with served(REPORT, path) as site:
        opened(page, site.url)
        assert page.inner_text("#left") == "5 left"
        assert shown(page) == ids[0], "the most certain first"
        assert "10 January 2032 is a Saturday" in page.inner_text("#panel")
        press(page, "a", ids[1])
        press(page, "n")
        page.keyboard.type("same person, a slip")
        press(page, "Escape")
        press(page, "2", ids[2])
        press(page, "s", ids[3])
        assert page.inner_text("#left") == "3 left", "a skipped finding stays open"
        press(page, "d", ids[4])
        press(page, "d", ids[2])
        page.keyboard.press("a")
        page.wait_for_selector("#done:not([hidden])")
        assert page.inner_text("#left") == "0 left"
        found = wait_for_lines(page, path, 5)
    assert found == [(ids[0], "accepted", None, ""), (ids[1], "resolved", "Hélène Morel", "same person, a slip"),
                     (ids[3], "dismissed", None, ""), (ids[4], "dismissed", None, ""), (ids[2], "accepted", None, "")]
    last = decisions.load(path).lines[-1]
    assert last.reviewer == "Alix" and last.time and "la préfète" in last.question


def test_the_mouse_does_as_well(page, tmp_path):
    path = tmp_path / "d.jsonl"
    with served(REPORT, path) as site:
        opened(page, site.url)
        page.click(f'#rows li[data-id="{FLAGGED[3].id}"] a')
        page.wait_for_selector(f'#panel article[data-id="{FLAGGED[3].id}"]')
        page.fill("#note", "asked the agency")
        page.locator(".resolve").nth(0).click()
        page.wait_for_selector(f'#panel article[data-id="{FLAGGED[4].id}"]')
        page.get_by_role("button", name="Dismiss").click()
        assert wait_for_lines(page, path, 2)[0] == (FLAGGED[3].id, "resolved", "2400000 EUR", "asked the agency")


def test_undo_puts_back_what_held_before(page, tmp_path):
    path = tmp_path / "d.jsonl"
    first, second = FLAGGED[0].id, FLAGGED[1].id
    decisions.append(path, Decision(second, "dismissed", reason="known", reviewer="Bo"))
    with served(REPORT, path) as site:
        opened(page, site.url)
        page.select_option("select[name=state]", "")
        press(page, "a", second)
        assert "Dismissed by Bo" in page.inner_text("#decision")
        page.keyboard.press("a")
        wait_for_lines(page, path, 3)
        press(page, "u", second)
        wait_for_lines(page, path, 4)
        press(page, "u", first)
        wait_for_lines(page, path, 5)
        page.keyboard.press("u")
        says(page, "#announce", "Nothing to undo")
    assert lines(path)[3:] == [(second, "dismissed", None, "known"), (first, "reopened", None, "")]
    assert decisions.load(path).state(first) == "open"


def test_undo_goes_back_through_several_decisions_on_one_finding(page, tmp_path, monkeypatch):
    ticks = itertools.count()
    monkeypatch.setattr(decisions, "now", lambda: f"2032-01-10T00:00:{next(ticks):02}Z")
    path, first = tmp_path / "d.jsonl", FLAGGED[0].id
    with served(REPORT, path) as site:
        opened(page, site.url)
        page.select_option("select[name=state]", "")
        for count, key in enumerate("ad", 1):
            page.goto(f"{site.address}/#{first}")
            page.wait_for_selector(f'#panel article[data-id="{first}"]')
            page.keyboard.press(key)
            wait_for_lines(page, path, count)
            page.wait_for_selector(f'#panel article[data-id="{FLAGGED[1].id}"]')
        for count in (3, 4):
            press(page, "u", first)
            wait_for_lines(page, path, count)
    assert [what for _, what, _, _ in lines(path)] == ["accepted", "dismissed", "accepted", "reopened"]


def test_undo_gives_the_note_back(page, tmp_path):
    path, first = tmp_path / "d.jsonl", FLAGGED[0].id
    with served(REPORT, path) as site:
        opened(page, site.url)
        page.fill("#note", "a slip of the pen")
        page.keyboard.press("Escape")
        press(page, "d", FLAGGED[1].id)
        wait_for_lines(page, path, 1)
        press(page, "u", first)
        assert page.input_value("#note") == "a slip of the pen"


def test_marks_of_a_crowded_line_can_all_be_followed(page, tmp_path):
    date = FLAGGED[0]
    crowd = tuple(replace(date, id=f"{n:012x}", relation=relation) for n, relation in
                  enumerate(("contradiction", "variant", "contradiction", "variant")))
    with served(replace(REPORT, findings=crowd), tmp_path / "d.jsonl") as site:
        opened(page, site.url)
        press(page, "o")
        page.wait_for_selector("#article .claim.current")
        boxes = [pin.bounding_box() for pin in page.locator("#article .pin:visible").all()]
    assert len(boxes) == 4
    assert all(apart(one, other) for one, other in itertools.combinations(boxes, 2))


def apart(one, other):
    """Whether two boxes have nothing in common, by more than a pixel."""
    return (one["x"] + one["width"] <= other["x"] + 1 or other["x"] + other["width"] <= one["x"] + 1
            or one["y"] + one["height"] <= other["y"] + 1 or other["y"] + other["height"] <= one["y"] + 1)


def test_what_others_decided_can_be_reopened(page, tmp_path):
    path = tmp_path / "d.jsonl"
    decisions.append(path, Decision(FLAGGED[1].id, "dismissed", reason="known", reviewer="Bo"))
    with served(REPORT, path) as site:
        opened(page, site.url)
        page.select_option("select[name=state]", "dismissed")
        page.wait_for_selector(f'#panel article[data-id="{FLAGGED[1].id}"]')
        assert "Dismissed by Bo" in page.inner_text("#decision") and "known" in page.inner_text("#decision")
        page.get_by_role("button", name="Reopen").click()
        wait_for_lines(page, path, 2)
        says(page, "#left", "5 left")
    assert decisions.load(path).state(FLAGGED[1].id) == "open"


def test_nobody_decides_on_a_finding_that_is_not_there_yet(page, tmp_path):
    path = tmp_path / "d.jsonl"
    with served(REPORT, path) as site:
        page.route(f"**/findings/{FLAGGED[1].id}", lambda route: None)  # an answer that never comes
        opened(page, site.url)
        for key in "aaa":
            page.keyboard.press(key)
        page.wait_for_timeout(200)
        assert [finding for finding, *_ in wait_for_lines(page, path, 1)] == [FLAGGED[0].id]


def test_two_tabs_at_once(browser, page, tmp_path):
    path = tmp_path / "d.jsonl"
    with served(REPORT, path) as site:
        opened(page, site.url)
        other = opened(page.context.new_page(), site.url)
        press(page, "a", FLAGGED[1].id)
        says(other, "#left", "4 left")
        assert "by Alix" in other.inner_text("#decision")
        press(other, "d", FLAGGED[1].id)  # overrules the first tab
        wait_for_lines(page, path, 2)
        says(page, "#announce", "dismissed")
        press(page, "u", FLAGGED[0].id)
        says(page, "#announce", "Not undone")
        assert [d for _, d, _, _ in lines(path)] == ["accepted", "dismissed"], "the later decision stands"


def test_what_others_decide_elsewhere_is_shown(page, tmp_path):
    path = tmp_path / "d.jsonl"
    with served(REPORT, path) as site:
        opened(page, site.url)
        decisions.append(path, Decision(FLAGGED[2].id, "dismissed", reviewer="Bo"))
        says(page, "#left", "4 left")
        assert page.inner_text("#announce") == "Bo: dismissed"


def test_a_restart_in_between_loses_nothing(page, tmp_path):
    path = tmp_path / "d.jsonl"
    program = ("import sys; from pathlib import Path; from tests.reporting.sample import REPORT; "
               "from factcheck.review.serve import serve; from factcheck.review.session import Session; "
               "serve(Session(REPORT, Path(sys.argv[1])), browser=False, tell=lambda url: print(url, flush=True))")

    def start():
        process = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, text=True,
                                   cwd=Path(__file__).parents[2])
        return process, process.stdout.readline().strip()

    process, url = start()
    try:
        opened(page, url)
        press(page, "a", FLAGGED[1].id)
        press(page, "d", FLAGGED[2].id)
        wait_for_lines(page, path, 2)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        page.wait_for_selector("#banner:not([hidden])")
        assert "does not answer" in page.inner_text("#banner")
        process.stdout.close()
        process, url = start()
        opened(page, url)
        assert page.inner_text("#left") == "3 left"
        assert shown(page) == FLAGGED[2].id
    finally:
        process.kill()
        process.wait(10)
        process.stdout.close()


def test_a_decision_made_while_the_server_is_gone_is_sent_later(page, tmp_path):
    path = tmp_path / "d.jsonl"
    with served(REPORT, path) as site:
        opened(page, site.url)
        page.route("**/decisions", lambda route: route.abort())
        press(page, "d", FLAGGED[1].id)
        page.wait_for_selector("#banner:not([hidden])")
        assert "1 decision not saved yet" in page.inner_text("#banner")
        assert not path.exists()
        page.unroute("**/decisions")
        assert wait_for_lines(page, path, 1) == [(FLAGGED[0].id, "dismissed", None, "")]
        page.wait_for_selector("#banner", state="hidden")


def test_a_hostile_article_stays_text(page, tmp_path):
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("dialog", lambda dialog: pytest.fail("a dialog opened"))
    with served(hostile(), tmp_path / "d.jsonl") as site:
        opened(page, site.url)
        press(page, "o")
        page.wait_for_selector("#article:not([hidden]) .claim.current")
        for place in ("#panel", "#article", "#rows"):
            text = page.inner_text(place)
            assert all(re.sub(r"\s+", " ", attack) in re.sub(r"\s+", " ", text) for attack in SCRIPTS), place
            assert page.locator(f"{place} :is(script, img, b b, svg[onload], [onmouseover])").count() == 0
        page.hover("#panel .place")
        press(page, "a")
        page.wait_for_timeout(300)
        assert page.evaluate("window.pwned") is None
        assert {re.match(r"https?://[^/]+", url)[0] for url in requests} == {site.address}


def test_script_in_the_page_would_not_run(page, tmp_path):
    """Even if a text came to stand in the page as markup, the policy would stop it."""
    with served(REPORT, tmp_path / "d.jsonl") as site:
        opened(page, site.url)
        refused = page.evaluate("""() => ['innerHTML', 'outerHTML'].filter((property) => {
            try { document.querySelector('#done p')[property] = '<img src=x onerror="window.pwned=1">'; return false; }
            catch { return true; } })""")
        script = """() => { const s = document.createElement('script'); s.src = 'data:text/javascript,window.pwned=2';
            document.body.append(s); }"""
        with pytest.raises(Exception, match="TrustedScriptURL"):
            page.evaluate(script)
        assert refused == ["innerHTML", "outerHTML"]
        assert page.evaluate("window.pwned") is None


def test_the_article_opens_at_the_claim_with_every_claim_marked(page, tmp_path):
    with served(REPORT, tmp_path / "d.jsonl") as site:
        opened(page, site.url)
        press(page, "o")
        page.wait_for_selector("#article:not([hidden]) .claim.current")
        assert page.inner_text("#article .claim.current") == "samedi 10 janvier"
        assert page.locator("#article .claim.current").is_visible()
        assert page.locator("#article .pin").count() == 5, "five values of findings stand in that article"
        press(page, "o")
        says(page, "#article h2", "Courrier")
        page.locator("#article .pin").nth(2).click()
        page.wait_for_selector(f'#panel article[data-id="{FLAGGED[1].id}"]')
        assert page.inner_text("#article .claim.current") == "Hélène Maurel"
        press(page, "Escape")
        assert page.locator("#article").is_hidden()


def test_an_article_without_a_title_is_named_once(page, tmp_path):
    with served(REPORT, tmp_path / "d.jsonl") as site:
        opened(page, site.url)
        press(page, "o")
        page.wait_for_selector("#article .claim.current")
        assert page.inner_text(".article-head").count(page.inner_text(".article-head h2")) == 1


def test_filters(page, tmp_path):
    with served(REPORT, tmp_path / "d.jsonl") as site:
        opened(page, site.url)
        assert page.locator("#rows li:visible").count() == 5, "contradictions and variants, to begin with"
        page.locator(".pill", has_text="agreements").click()
        assert page.locator("#rows li:visible").count() == 6
        page.select_option("select[name=kind]", "person")
        assert page.inner_text("#left") == "1 left"
        page.select_option("select[name=kind]", "")
        page.select_option("select[name=source]", label="radio-sommets.txt")
        assert page.locator("#rows li:visible").count() == 3
        page.select_option("select[name=state]", "dismissed")
        page.wait_for_selector("#done:not([hidden])")
        page.reload()
        page.wait_for_selector("#done:not([hidden])")
        assert page.locator("select[name=state]").input_value() == "dismissed", "a reload keeps the filters"


def test_a_note_is_kept_until_it_is_used(page, tmp_path):
    with served(REPORT, tmp_path / "d.jsonl") as site:
        opened(page, site.url)
        page.fill("#note", "ask the régie")
        page.locator("#panel").focus()
        press(page, "j", FLAGGED[1].id)
        assert page.input_value("#note") == ""
        page.reload()
        page.wait_for_selector("#panel article")
        press(page, "k", FLAGGED[0].id)
        assert page.input_value("#note") == "ask the régie"


def test_single_keys_can_be_turned_off(page, tmp_path):
    path = tmp_path / "d.jsonl"
    with served(REPORT, path) as site:
        opened(page, site.url)
        press(page, "?")
        page.wait_for_selector("#help[open]")
        page.uncheck("#single-keys")
        press(page, "Escape")
        press(page, "a")
        page.wait_for_timeout(150)
        assert shown(page) == FLAGGED[0].id and not path.exists()
        page.get_by_role("button", name="Real discrepancy").focus()
        press(page, "Enter", FLAGGED[1].id)
        assert wait_for_lines(page, path, 1)[0][1] == "accepted"


def test_five_hundred_findings(page, tmp_path):
    with served(big(), tmp_path / "d.jsonl") as site:
        opened(page, site.url)
        assert page.inner_text("#left") == "200 left"
        ids = page.eval_on_selector_all("#rows li:not([hidden])", "rows => rows.map(row => row.dataset.id)")
        for number in range(30):
            press(page, "d", ids[number + 1])
        assert page.inner_text("#left") == "170 left"
        wait_for_lines(page, tmp_path / "d.jsonl", 30)


@pytest.mark.parametrize(("locale", "left"), [("fr-FR", "5 à trancher"), ("en-US", "5 left"), ("de-DE", "5 left")])
def test_the_interface_follows_the_browser_s_language(browser, tmp_path, locale, left):
    context = browser.new_context(locale=locale)
    with served(REPORT, tmp_path / "d.jsonl") as site:
        page = opened(context.new_page(), site.url)
        assert page.inner_text("#left") == left
        assert page.get_attribute("html", "lang") == locale[:2].replace("de", "en")
        assert ("Vrai désaccord" in page.inner_text("#decide")) == (locale == "fr-FR")
    context.close()


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("report", ["sample", "hostile"])
def test_nothing_is_wider_than_the_window(browser, tmp_path, width, report):
    context = browser.new_context(viewport={"width": width, "height": 800})
    with served(REPORT if report == "sample" else hostile(), tmp_path / "d.jsonl") as site:
        page = opened(context.new_page(), site.url)
        for key in ("", "o"):
            if key:
                press(page, key)
                page.wait_for_selector("#article:not([hidden])")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.eval_on_selector("main", "main => main.scrollWidth - main.clientWidth") <= 0
        box = page.locator("[data-act=accepted]").bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
    context.close()


def violations(page):
    """What axe-core finds, of whatever weight."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    # axe is added by the tool that drives the browser, past the page's own policy.
    found = axe.run(page).response["violations"]
    return [(v["id"], [node["html"][:120] for node in v["nodes"]][:3]) for v in found]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (390, "light")])
def test_accessibility(browser, tmp_path, scheme, width):
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True)
    path = tmp_path / "d.jsonl"
    decisions.append(path, Decision(FLAGGED[1].id, "resolved", "Hélène Maurel", reviewer="Bo"))
    with served(REPORT, path) as site:
        page = opened(context.new_page(), site.url)
        page.select_option("select[name=state]", "", force=True) if width > 800 else None
        assert violations(page) == []
        press(page, "j")
        press(page, "o")
        page.wait_for_selector("#article:not([hidden])")
        assert violations(page) == []
        press(page, "Escape")
        press(page, "f")
        assert violations(page) == []
        page.evaluate("document.querySelector('#help').showModal()")
        assert violations(page) == []
    context.close()


def test_every_control_is_reached_by_tab_and_shows_it(page, tmp_path):
    with served(REPORT, tmp_path / "d.jsonl") as site:
        opened(page, site.url)
        page.evaluate("document.activeElement.blur()")
        seen = set()
        for _ in range(60):
            page.keyboard.press("Tab")
            name, outline = page.evaluate("""() => { const e = document.activeElement;
                const shown = e.matches('.pill input') ? e.nextElementSibling : e;
                return [e.dataset.act || e.id || e.name || e.tagName, getComputedStyle(shown).outlineStyle]; }""")
            seen.add(name)
            assert outline != "none" or name in ("BODY", "panel"), f"{name} does not show that it has the focus"
        assert {"accepted", "dismissed", "skip", "undo", "resolved", "note"} <= seen
        assert {"relation", "kind", "source", "state"} <= seen


def test_the_browser_opened_by_the_program_gets_in_once(browser, tmp_path):
    with served(REPORT, tmp_path / "d.jsonl") as site:
        launch = f"{site.address}/?token={site.guard.launch}"
        for expected in ("#panel article", "text=needs the address"):
            context = browser.new_context(locale="en")
            page = context.new_page()
            page.goto(launch)
            page.wait_for_selector(expected)
            assert expected != "#panel article" or "token" not in page.url
            context.close()


def test_lines_of_the_file_are_whole(tmp_path, page):
    path = tmp_path / "d.jsonl"
    path.write_text('{"finding": "torn', encoding="utf-8")
    with served(REPORT, path) as site:
        opened(page, site.url)
        says(page, "#announce", "can’t be read")
        press(page, "a", FLAGGED[1].id)
        wait_for_lines(page, path, 1)
    assert json.loads(path.read_text(encoding="utf-8").splitlines()[-1])["decision"] == "accepted"
