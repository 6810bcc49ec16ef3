"""The findings as JUnit XML, for build servers: a test case a finding, failed where it fails the build."""
from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree as Tree

from factcheck.model import Report
from factcheck.policy import Standing
from factcheck.reporting.text import clean
from factcheck.reporting.words import side_by_side, summary

# What XML 1.0 can't hold, not even escaped (section 2.2).
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(shown: Report, standings: Mapping[str, Standing]) -> str:
    """The findings as one test suite; what is dismissed is skipped, with the reason."""
    articles = {a.id: a for a in shown.articles}
    suite = Tree.Element("testsuite", name="factcheck")
    failed = skipped = 0
    for finding in shown.findings:
        standing = standings.get(finding.id, Standing())
        case = Tree.SubElement(suite, "testcase", classname=f"factcheck.{finding.kind}",
                               name=_xml(f"{finding.relation}: {clean(finding.question)} [{finding.id}]"))
        if standing.fails:
            failed += 1
            failure = Tree.SubElement(case, "failure", type=finding.relation, message=_xml(summary(finding, standing)))
            failure.text = _xml(side_by_side(finding, articles))
        elif standing.hidden or standing.state == "baseline":
            skipped += 1
            Tree.SubElement(case, "skipped", message=_xml(clean(standing.note)))
    for element in (suite, suites := Tree.Element("testsuites", name="factcheck")):
        for name, count in (("tests", len(shown.findings)), ("failures", failed), ("errors", 0), ("skipped", skipped)):
            element.set(name, str(count))
    suites.append(suite)
    Tree.indent(suites)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{Tree.tostring(suites, encoding="unicode")}\n'


def _xml(text: str) -> str:
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
