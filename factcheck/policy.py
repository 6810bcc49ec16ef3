"""What fails a build: relations, confidence, settings by kind and by path, waivers in the text, and decisions."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from factcheck.config import POLICY
from factcheck.errors import ConfigError
from factcheck.model import FLAGGED, KINDS, RELATIONS, Article, Finding, Report
from factcheck.paths import fits
from factcheck.review.decisions import OPEN, Decision, Decisions
from factcheck.review.places import holding_each
from factcheck.review.waivers import is_waived, read_waivers, settles

NEVER = "none"
CAN_FAIL = tuple(r for r in RELATIONS if r != "agreement")
_HIDDEN = ("dismissed", "waived")
_PASSING = (*_HIDDEN, "baseline")


@dataclass(frozen=True)
class Rule:
    """What the settings say for a kind or for paths; None leaves it to what is said more generally."""

    fail_on: frozenset[str] | None = None
    min_confidence: float | None = None


@dataclass(frozen=True)
class Policy:
    """When a finding fails the build. `paths` are patterns relative to `root`, the last that fits holds.
    Without `waivers`, what articles say in comments is not heeded."""

    fail_on: frozenset[str] = frozenset(FLAGGED)
    min_confidence: float = 0.0
    kinds: Mapping[str, Rule] = field(default_factory=dict)
    paths: tuple[tuple[str, Rule], ...] = ()
    root: Path = Path()
    waivers: bool = True


@dataclass(frozen=True)
class Standing:
    """How a finding stands: `state` is a decision's, `open`, or `waived` by a comment in an article; whether it fails
    the build; and the decision that holds, if any."""

    state: str = OPEN
    fails: bool = False
    decision: Decision | None = None

    @property
    def hidden(self) -> bool:
        """Whether it is left out of reports unless asked for."""
        return self.state in _HIDDEN

    @property
    def note(self) -> str:
        """The standing in words, or "" where there is nothing to say."""
        if self.state == OPEN:
            return ""
        if self.decision is None:
            return "waived in the article" if self.state == "waived" else self.state
        told = f"resolved: {self.decision.value} is right" if self.decision.value else self.state
        if self.state == "baseline":
            told = "in the baseline"
        by = f" by {self.decision.reviewer}" if self.decision.reviewer and self.state != "baseline" else ""
        return told + by + (f" ({self.decision.reason})" if self.decision.reason else "")


def standings(report: Report, policy: Policy, decisions: Decisions) -> dict[str, Standing]:
    """How every finding of a report stands, by its id."""
    articles = {a.id: a for a in report.articles}
    waivers = {a.id: read_waivers(a) for a in report.articles} if policy.waivers else {}
    found = {}
    held = holding_each(decisions, report.findings)
    for finding in report.findings:
        decision = held.get(finding.id)
        state = OPEN if decision is None or decision.decision == "reopened" else decision.decision
        decision = None if state == OPEN else decision
        if decision is None and is_waived(finding, articles, waivers):
            state = "waived"
        found[finding.id] = Standing(state, state not in _PASSING and _fails(finding, policy, articles), decision)
    return found


def certain(report: Report, policy: Policy) -> Report:
    """The report without the contradictions and variants less certain than their kind or their paths ask for."""
    articles = {a.id: a for a in report.articles}
    kept = [f for f in report.findings if f.relation not in FLAGGED or f.confidence >= _least(f, policy, articles)]
    return replace(report, findings=tuple(kept))


def _least(finding: Finding, policy: Policy, articles: Mapping[str, Article]) -> float:
    said = [r.min_confidence for r in _rules(finding, policy, articles) if r.min_confidence is not None]
    return said[0] if said else policy.min_confidence


def _fails(finding: Finding, policy: Policy, articles: Mapping[str, Article]) -> bool:
    said = [r.fail_on for r in _rules(finding, policy, articles) if r.fail_on is not None]
    return finding.relation in (said[0] if said else policy.fail_on)


def _rules(finding: Finding, policy: Policy, articles: Mapping[str, Article]) -> list[Rule]:
    """The rules that hold for a finding, the most particular first.

    One for a path holds where all of a side stands there and no two sides are left without it: a rule that spares an
    archive spares what the archive alone says, and not what two other pages say, whatever the archive says beside.
    """
    def inside(pattern: str) -> Callable[[str, int], bool]:
        return lambda article, line: article in articles and fits(articles[article].path, pattern, policy.root)

    found = [rule for pattern, rule in reversed(policy.paths) if settles(finding, inside(pattern))]
    return found + ([policy.kinds[finding.kind]] if finding.kind in policy.kinds else [])


def relations(names: Iterable[str]) -> frozenset[str]:
    """Relations from lists of names such as `contradiction,variant`; `none` alone is no relation at all.

    Raises `ValueError` for a name that is none of them.
    """
    found = {part.strip() for name in names for part in name.split(",")}
    if found == {""}:
        raise ValueError(f"no relation is named: give some of {', '.join(CAN_FAIL)}, or {NEVER}")
    found -= {""}
    if NEVER in found and len(found) > 1:
        raise ValueError(f"{NEVER} goes with no other name")
    if unknown := found - {*CAN_FAIL, NEVER}:
        raise ValueError(f"{', '.join(sorted(unknown))} is not one of {', '.join(CAN_FAIL)} or {NEVER}")
    return frozenset(found - {NEVER})


def policy_from(values: Mapping[str, object], source: Path | None, fail_on: Iterable[str],
                min_confidence: float, waivers: bool = True) -> Policy:
    """The policy of a settings file (its tables `kinds` and `paths`) with the general settings; `fail_on` are names as
    `relations` takes them.

    Raises `ConfigError`, with file and key, for what makes no sense.
    """
    try:
        failing = relations(fail_on)
    except ValueError as error:
        raise ConfigError(f"fail-on: {error}") from error
    tables = {name: _table(values, name, source) for name in POLICY}
    if unknown := set(tables["kinds"]) - set(KINDS):
        raise ConfigError(f"{source}: kinds: there is no kind {', '.join(sorted(unknown))}; known: {', '.join(KINDS)}")
    return Policy(failing, min_confidence,
                  {k: _rule(r, f"{source}: kinds.{k}") for k, r in tables["kinds"].items()},
                  tuple((p, _rule(r, f'{source}: paths."{p}"')) for p, r in tables["paths"].items()),
                  source.parent if source else Path(), waivers)


def _table(values: Mapping[str, object], name: str, source: Path | None) -> Mapping[str, object]:
    table = values.get(name, {})
    if not isinstance(table, dict):
        raise ConfigError(f"{source}: {name} must be a table")
    return table


def _rule(given: object, where: str) -> Rule:
    if not isinstance(given, dict):
        raise ConfigError(f"{where} must be a table with fail-on and min-confidence")
    keys = {key.replace("_", "-"): value for key, value in given.items()}
    if unknown := set(keys) - {"fail-on", "min-confidence"}:
        raise ConfigError(f"{where}: unknown key {', '.join(sorted(unknown))}; known: fail-on, min-confidence")
    least = keys.get("min-confidence")
    if least is not None and (isinstance(least, bool) or not isinstance(least, int | float) or not 0 <= least <= 1):
        raise ConfigError(f"{where}.min-confidence must be a number from 0 to 1, not {least!r}")
    names = keys.get("fail-on")
    if names is None:
        return Rule(None, least)
    given_names: Sequence[object] = [names] if isinstance(names, str) else names if isinstance(names, list) else [names]
    if not all(isinstance(n, str) for n in given_names):
        raise ConfigError(f"{where}.fail-on must be a list of relations, not {names!r}")
    try:
        return Rule(relations(str(n) for n in given_names), least)
    except ValueError as error:
        raise ConfigError(f"{where}.fail-on: {error}") from error
