"""Whether the clause around some words looks back or ahead, by the tense of its verb (Universal Dependencies tags)."""
from __future__ import annotations

from factcheck.extraction.trees import span_head
from factcheck.model import Sentence, Token

_VERBS = ("VERB", "AUX")
# What a clause without a finite verb of its own takes it from: the one above.
_WITHIN = ("acl", "advcl", "amod", "ccomp", "xcomp")


def tense_at(sentence: Sentence, start: int, end: int, future_words: frozenset[str]) -> str:
    """`past`, `future`, `open` where the verb over the words from `start` to `end` leaves it open, "" without a verb.

    `start` and `end` count into the article; `future_words` are lemmas that look ahead (`will`, `aller`).
    """
    tokens = sentence.tokens
    index = next((i for i, t in enumerate(tokens) if t.start < end and t.end > start), None)
    verb = None if index is None else _governing_verb(tokens, index)
    return "" if verb is None else _tense(tokens, verb, future_words)


def _governing_verb(tokens: tuple[Token, ...], index: int) -> int | None:
    """The nearest verb above a token, or the sentence's first finite one."""
    seen = set()
    while index not in seen:
        seen.add(index)
        if tokens[index].pos in _VERBS:
            return index
        index = tokens[index].head
    finite = next((i for i, t in enumerate(tokens) if t.pos in _VERBS and "VerbForm=Fin" in t.morph), None)
    if finite is not None and tokens[finite].dep.startswith(("aux", "cop")):
        return tokens[finite].head
    return finite


def _auxiliaries(tokens: tuple[Token, ...], verb: int) -> list[Token]:
    return [t for i, t in enumerate(tokens) if t.head == verb and i != verb and t.pos in ("AUX", "PART")
            and t.dep.startswith(("aux", "cop"))]


def _is_future(token: Token) -> bool:
    """Whether a verb is in the future, by its tag or, where that is wrong, by its French form (`vendront`)."""
    if "Tense=Fut" in token.morph:
        return True
    form, infinitive = token.text.lower(), token.lemma.removesuffix("e")
    return "VerbForm=Fin" in token.morph and infinitive.endswith("r") and form in (infinitive + "a", infinitive + "ont")


def _tense(tokens: tuple[Token, ...], verb: int, future_words: frozenset[str]) -> str:
    main, helpers = tokens[verb], _auxiliaries(tokens, verb)
    finite = [t for t in (main, *helpers) if "VerbForm=Fin" in t.morph]
    if any(t.lemma in future_words and t.lemma not in ("aller", "devoir") or _is_future(t) for t in (main, *helpers)):
        return "future"
    if any(t.dep == "aux:tense" for t in helpers) and not any("Mood=Cnd" in t.morph for t in helpers):
        return "past"
    if any("VerbForm=Inf" in t.morph for t in helpers):  # "doit être déposé", "to be held"
        return _of_infinitive(tokens, verb, helpers, future_words)
    if any("Mood=Cnd" in t.morph and t.dep == "aux:pass" for t in helpers):
        return "open"  # "ne serait pas rendu"
    if "VerbForm=Part" in main.morph and "Tense=Past" in main.morph:
        return "past"  # also without an auxiliary: "published on Tuesday"
    if "VerbForm=Inf" in main.morph:
        return _of_infinitive(tokens, verb, helpers, future_words)
    if any("Mood=Cnd" in t.morph for t in finite):
        return "open"
    if any("Tense=Past" in t.morph or "Tense=Imp" in t.morph for t in finite):
        return "past"
    if main.dep in ("advcl", "acl") and main.head != verb and tokens[main.head].pos in _VERBS:
        return _tense(tokens, main.head, future_words)  # "Meeting on Thursday, the board decided": the main clause's
    return "open"


def _of_infinitive(tokens: tuple[Token, ...], verb: int, helpers: list[Token], future_words: frozenset[str]) -> str:
    """The tense of `will open`, `would have opened`, `va ouvrir`, `did not open`, `to open`."""
    lemmas = {t.lemma for t in helpers}
    if lemmas & {"would", "'d"}:
        return "past" if "have" in lemmas else "future"
    if "do" in lemmas and any("Tense=Past" in t.morph for t in helpers):
        return "past"
    head = tokens[tokens[verb].head]
    if head.lemma in future_words and "Tense=Pres" in head.morph:
        return "future"
    return "open"


def verb_form_at(sentence: Sentence, start: int, end: int) -> str:
    """How the clause around the words from `start` to `end` (in the article) stands in time: `present` (`is closed`),
    `past` (`was closed`; the French simple past), `imperfect` (`était fermée`), `perfect` (`has closed`, `a fermé`),
    `pluperfect`, `ahead` (a future or a conditional), `participle` without any, or "" without a verb."""
    tokens, index = sentence.tokens, span_head(sentence, start, end)
    seen = set()
    while index is not None and index not in seen:
        seen.add(index)
        helpers = _auxiliaries(tokens, index)
        found = _form(tokens[index], helpers) if tokens[index].pos in _VERBS or helpers else ""
        if found and not (found == "participle" and tokens[index].dep.startswith(_WITHIN)):
            return found
        index = tokens[index].head
    return ""


def _form(verb: Token, helpers: list[Token]) -> str:
    """The form of a verb (or another predicate) with its auxiliaries."""
    tags = [t.morph for t in (verb, *helpers) if "VerbForm=Fin" in t.morph]
    if any("Mood=Cnd" in t.morph or _is_future(t) or t.lemma in ("will", "shall") for t in (verb, *helpers)):
        return "ahead"
    back = any("Tense=Imp" in m or "Tense=Past" in m for m in tags)
    if any(t.lemma in ("avoir", "have") or t.dep == "aux:tense" for t in helpers):
        return "pluperfect" if back else "perfect"
    if back:
        return "imperfect" if any("Tense=Imp" in m for m in tags) else "past"
    if tags:
        return "present"
    return "participle" if "VerbForm=Part" in verb.morph else ""
