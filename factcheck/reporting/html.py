"""The report as one HTML file that needs nothing else: no server, no network, no script."""
from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from factcheck.model import FLAGGED, RELATIONS, Report
from factcheck.reporting.interface import Interface, interface, language_of
from factcheck.reporting.overview import STANDS, overview
from factcheck.reporting.reading_view import view

_PACKAGE = "factcheck.reporting"
_MARKS = {"with": "●", "split": "◐", "minority": "○", "alone": "◎", "both": "↕", "silent": ""}


def environment(package: str = _PACKAGE) -> Environment:
    """Templates of a package, and behind them those of the reading view; every text is escaped."""
    from jinja2 import ChoiceLoader

    return Environment(loader=ChoiceLoader([PackageLoader(package), PackageLoader(_PACKAGE)]), autoescape=True,
                       undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@cache
def reading_css() -> str:
    """The style sheet of the reading view."""
    return _resource("reading.css")


def _resource(name: str) -> str:
    return resources.files(_PACKAGE).joinpath("templates", name).read_text(encoding="utf-8")


def render(report: Report, shown: Report, language: str | None = None) -> str:
    """The report as HTML: the summary counts every finding of the report, the rest has the shown ones.

    `language` is the reader's; by default it is the one most articles are in.
    """
    words = interface(language or language_of(report.articles))
    css = reading_css() + _resource("report.css")
    findings = [view(f, shown, words) for f in shown.findings]
    return environment().get_template("report.html").render(
        t=words, lang=words.language, css=Markup(css), policy=_policy(css), of=overview(report, words),
        at=overview(shown, words), findings=findings, flagged=FLAGGED, marks=_MARKS, stands=STANDS[:-1],
        title=_title(report, words), relations=[r for r in RELATIONS if r in {f.relation for f in findings}])


def _title(report: Report, words: Interface) -> str:
    return f"{words('report.title')} – {words('report.of', count=len(report.articles))}"


def _policy(css: str) -> str:
    """A content security policy that allows this style sheet and nothing else."""
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
