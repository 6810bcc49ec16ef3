"""The review in a terminal: one finding at a time, plain prompts, for people on a server."""
from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from factcheck.errors import FactcheckError
from factcheck.model import Finding
from factcheck.reporting import explain
from factcheck.reporting.counts import number
from factcheck.reporting.sides import sides
from factcheck.reporting.style import Style
from factcheck.reporting.text import clean, wrapped
from factcheck.review.decisions import Decision, is_decided
from factcheck.review.places import holding, holding_each
from factcheck.review.session import Session, offered, queue

HELP = """\
  a        a real discrepancy          s        skip: leave it open
  d        dismiss                     u        undo your last decision
  1, 2 …   resolve with that answer    n TEXT   a note to go with the next decision
  o [N]    print article N in full     q        leave; ?  this help
"""
_WORDS = {"a": "accepted", "d": "dismissed"}


@dataclass
class _Desk:
    """Where a review stands: the findings still to see, those decided (with what held before and was decided), a note,
    and the findings of which the reviewer knows that somebody else decided on them."""

    session: Session
    left: list[Finding]
    done: list[tuple[Finding, Decision | None, Decision]] = field(default_factory=list)
    note: str = ""
    told: set[str] = field(default_factory=set)


def review(session: Session, relations: Collection[str], style: Style, ask: Callable[[str], str],
           show: Callable[[str], None]) -> tuple[int, int]:
    """Go through the open findings, the most certain first; gives how many were decided and how many are left open.

    `ask` takes a prompt and gives a line (it raises EOFError at the end of input), `show` prints a text.
    """
    desk = _Desk(session, _open(session, relations))
    while desk.left:
        finding = desk.left[0]
        if other := _others(desk, finding):
            show(f"{clean(finding.question)}\n{other}\n\n")
            desk.left.pop(0)
            continue
        show(explain.render(session.report, finding, style))
        show(_answers(finding, style))
        if not _decide(desk, finding, style, ask, show):
            break
    return len(desk.done), len(_open(session, relations))


def _open(session: Session, relations: Collection[str]) -> list[Finding]:
    """The findings that nothing is decided on, the most certain first."""
    held = holding_each(session.decisions(), session.report.findings)
    return [f for f in queue(session.report.findings, relations) if not is_decided(held.get(f.id))]


def _others(desk: _Desk, finding: Finding) -> str:
    """That somebody decided on an open finding meanwhile, told once; "" where nobody did."""
    held = holding(desk.session.decisions(), finding)
    if not is_decided(held) or finding.id in desk.told:
        return ""
    desk.told.add(finding.id)
    return f"{clean(held.reviewer) or 'somebody'} has decided on it since: {held.decision}"


def _decide(desk: _Desk, finding: Finding, style: Style, ask: Callable[[str], str],
            show: Callable[[str], None]) -> bool:
    """Take commands until the finding is done with; False to leave."""
    while True:
        try:
            line = ask(f"{number(len(desk.left), 'finding', 'findings')} left — a, d, 1–9, s, u, n, o, q, ?").strip()
        except EOFError:
            return False
        word, _, rest = line.partition(" ")
        word = word.lower()
        if word == "q":
            return False
        try:
            if _act(desk, finding, word, rest.strip(), style, show):
                return True
        except FactcheckError as error:
            show(f"{clean(str(error))}\n")


def _act(desk: _Desk, finding: Finding, word: str, rest: str, style: Style, show: Callable[[str], None]) -> bool:
    """Do what a command says; True where the next finding is to be shown."""
    if word in _WORDS or word.isdecimal():
        value = _chosen(finding, int(word)) if word.isdecimal() else None
        if other := _others(desk, finding):
            raise FactcheckError(f"{other}; s leaves it so, and {word} again decides anew")
        before = holding(desk.session.decisions(), finding)
        decided = desk.session.decide(finding.id, _WORDS.get(word, "resolved"), value, desk.note)
        desk.done.append((finding, before, decided))
        desk.note = ""
        desk.left.pop(0)
        return True
    if word == "s":
        desk.left.pop(0)
        return True
    if word == "u":
        return _undo(desk, show)
    if word == "n":
        desk.note = rest
        show("The note goes with your next decision.\n" if rest else "No note.\n")
    elif word == "o":
        show(_article(desk.session, finding, rest, style))
    else:
        show(HELP)
    return False


def _chosen(finding: Finding, chosen: int) -> str:
    """The value of an answer by its number. Raises `FactcheckError`."""
    for answer in offered(finding):
        if answer.number == chosen:
            return answer.value
    raise FactcheckError(f"there is no answer {chosen}")


def _undo(desk: _Desk, show: Callable[[str], None]) -> bool:
    """Put back what held before the last decision, and show that finding again; its note is the note at hand."""
    if not desk.done:
        raise FactcheckError("there is nothing to undo")
    finding, before, own = desk.done.pop()
    if (held := holding(desk.session.decisions(), finding)) != own:
        raise FactcheckError(f"{held and held.reviewer or 'somebody'} has decided on it since: nothing is undone")
    if is_decided(before):
        desk.session.decide(finding.id, before.decision, before.value, before.reason)
    else:
        desk.session.decide(finding.id, "reopened")
    if own.reason and not desk.note:
        desk.note = own.reason
        show(f"The note is at hand again: {clean(own.reason)}\n")
    desk.told.add(finding.id)
    desk.left.insert(0, finding)
    return True


def _answers(finding: Finding, style: Style) -> str:
    """The numbered answers the finding can be resolved with."""
    lines = []
    marks = {value.text: side.mark for side in sides(finding) for value in side.wordings}
    for answer in offered(finding):
        meaning = f" ({answer.meaning})" if answer.meaning else ""
        mark = f" ◂ {marks[answer.text]}" if marks.get(answer.text) else ""
        lines += wrapped(f"  {answer.number}  “{answer.text}”{meaning}{mark}", style.width, "     ")
    return style.plain("\n".join(lines) + "\n")


def _article(session: Session, finding: Finding, which: str, style: Style) -> str:
    """The text of one of the finding's articles; they are counted as the finding names them."""
    names = list(dict.fromkeys(v.article for side in sides(finding) for w in side.wordings for v in w.places))
    if which and not (which.isdecimal() and 1 <= int(which) <= len(names)):
        raise FactcheckError(f"which article? {', '.join(f'{n} {clean(name)}' for n, name in enumerate(names, 1))}")
    wanted = names[int(which or 1) - 1]
    article = next(a for a in session.report.articles if a.id == wanted)
    paragraphs = ["\n".join(wrapped(clean(article.text[p.start:p.end]), style.width)) for p in article.paragraphs]
    return style.plain("\n\n".join([style.bold(clean(article.id)), *paragraphs]) + "\n\n")
