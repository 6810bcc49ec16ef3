"""A report to render: six invented articles on a stopped cable car, with a finding of every relation."""
from __future__ import annotations

from factcheck.model import Article, Evidence, Finding, FindingValue, Paragraph, PartialDate, Report

TEXTS = {
    "agence-alpine.txt": """La cabine du Brévoux s'arrête au-dessus du vide

Une cabine du téléphérique du Brévoux s'est immobilisée samedi 10 janvier à 60 mètres du sol. Douze \
passagers ont été évacués par hélicoptère, selon un premier bilan. Le vent soufflait à 90 km/h. La \
directrice de la régie, Hélène Maurel, attend le rapport des experts.

Le chantier de rénovation, achevé à l'automne, a coûté 2,4 millions d'euros.
""",
    "le-courrier-des-cimes.html": """Le téléphérique du Brévoux s'est arrêté samedi vers midi, cabine \
pleine. Hélène Maurel, qui dirige la régie, parle d'un incident rarissime.

La régie accuse une rafale hors norme. Le syndicat du personnel, lui, met en cause un câble jamais remplacé \
depuis 1987.

La préfète a ordonné l'arrêt de la ligne jusqu'à la remise du rapport d'un expert indépendant, que la régie \
devra financer et rendre public.
""",
    "radio-sommets.txt": """Le 10 janvier, les passagers du Brévoux ont passé quatre heures dans le froid. \
La rénovation a coûté plus de 3 millions d'euros, rappelle l'opposition.
""",
    "vallee-info.md": """C'est dimanche que la cabine du Brévoux s'est bloquée. Au total, 31 passagers ont \
été évacués. Hélène Morel promet un remboursement.

La préfète a autorisé la reprise de la ligne dès lundi, après une simple inspection visuelle du câble \
porteur et des freins de secours.
""",
    "journal-gratuit.txt": """Samedi, panne au Brévoux. Le maire a déclaré \x1b[31m« rien \x1b[0mà \
\u202eerid »\x07 devant la caméra. =CMD() a-t-il ajouté.
""",
    "東京速報.txt": """10 janvier. Le maire de \u5bcc\u58eb\u5409\u7530, ville jumelle, a dit « rien à dire » \
avant de partir.
""",
}
OUTLETS = {"agence-alpine.txt": "Agence alpine", "le-courrier-des-cimes.html": "Le Courrier des cimes"}
DATES = {"agence-alpine.txt": PartialDate(2032, 1, 10), "vallee-info.md": PartialDate(2032, 1)}


def _article(name: str, text: str) -> Article:
    spans, at = [], 0
    for part in text.rstrip("\n").split("\n\n"):
        spans.append(Paragraph(at, at + len(part)))
        at += len(part) + 2
    return Article(id=name, path=f"cimes/{name}", text=text, paragraphs=tuple(spans), outlet=OUTLETS.get(name),
                   published=DATES.get(name), language="fr")


ARTICLES = tuple(_article(name, text) for name, text in TEXTS.items())


def _value(article: str, text: str, value: str, side: int = 0, *, minority: bool = False, by: str | None = None,
           how: str = "") -> FindingValue:
    """A value at the first place its words stand in the article, its sentence cut at the full stops around it."""
    whole = TEXTS[article]
    start = whole.index(text)
    first = max(whole.rfind(". ", 0, start) + 2 if ". " in whole[:start] else 0, whole.rfind("\n", 0, start) + 1)
    last = min(i for i in (whole.find(". ", start) + 1, whole.find("\n", start)) if i > 0)
    return FindingValue(article=article, text=text, quote=whole[first:last], start=start, end=start + len(text),
                        line=whole.count("\n", 0, start) + 1, value=value, attributed_to=by, minority=minority,
                        side=side, how=how, quote_start=first)


FINDINGS = (
    Finding("5d0c4be1f09a2277", "contradiction", "date", "la cabine du Brévoux s'est immobilisée [quand ?]", 0.97,
            "10 January 2032 is a Saturday: three articles say that day, one says the Sunday after.", (
                _value("agence-alpine.txt", "samedi 10 janvier", "2032-01-10",
                       how="10 January of the year of publication, 2032"),
                _value("le-courrier-des-cimes.html", "samedi", "2032-01-10"),
                _value("radio-sommets.txt", "Le 10 janvier", "2032-01-10"),
                _value("vallee-info.md", "dimanche", "2032-01-04|2032-01-11|2032-01-18|2032-01-25", 1, minority=True,
                       how="a Sunday of the month of publication, January 2032")),
            (Evidence("same predicate", 2.31, "s'immobiliser / se bloquer"),
             Evidence("shared entities", 1.4, "Brévoux, cabine"),
             Evidence("pair model", 1.85, "“samedi 10 janvier” and “dimanche”"),
             Evidence("different clause shape", -0.62, "cleft sentence"))),
    Finding("5d0c99aa13bc4410", "variant", "person", "[qui ?] dirige la régie", 0.94,
            "“Maurel” and “Morel” differ by a slip and stand for one person.", (
                _value("agence-alpine.txt", "Hélène Maurel", "hélène maurel"),
                _value("le-courrier-des-cimes.html", "Hélène Maurel", "hélène maurel"),
                _value("vallee-info.md", "Hélène Morel", "hélène morel", 1, minority=True)),
            (Evidence("similar names", 3.1, "one letter apart"),)),
    Finding("0b81aa77ce3d9001", "update", "count", "passagers évacués [combien ?]", 0.91,
            "A toll that rises: the later article has the higher figure.", (
                _value("agence-alpine.txt", "Douze passagers", "12 passager"),
                _value("vallee-info.md", "31 passagers", "31 passager", 1))),
    Finding("77e01f3bd2c45a6e", "contradiction", "outcome", "la préfète a décidé [quoi ?] de la ligne", 0.88,
            "One article has the line stopped, the other has it running again.", (
                _value("le-courrier-des-cimes.html",
                       "ordonné l'arrêt de la ligne jusqu'à la remise du rapport d'un expert indépendant, "
                       "que la régie devra financer et rendre public", "ordonner l'arrêt de la ligne"),
                _value("vallee-info.md", "autorisé la reprise de la ligne dès lundi, après une simple inspection "
                       "visuelle du câble porteur et des freins de secours", "autoriser la reprise de la ligne", 1))),
    Finding("c4411d0e5b6f7a80", "contradiction", "money", "la rénovation du téléphérique a coûté [combien ?]", 0.83,
            "2.4 million is not more than 3 million.", (
                _value("agence-alpine.txt", "2,4 millions d'euros", "2400000 EUR"),
                _value("radio-sommets.txt", "plus de 3 millions d'euros", "(3000000, inf) EUR", 1,
                       by="l'opposition"))),
    Finding("ee19b07a6d5c4f32", "dispute", "cause", "la cabine s'est arrêtée [pourquoi ?]", 0.78,
            "The parties disagree, the articles don't.", (
                _value("le-courrier-des-cimes.html", "une rafale hors norme", "rafale", by="La régie"),
                _value("le-courrier-des-cimes.html", "un câble jamais remplacé depuis 1987", "câble", 1,
                       by="Le syndicat du personnel"))),
    Finding("f00d1234abcd5678", "variant", "quotation", "le maire a déclaré [quoi ?]\x1b]0;owned\x07", 0.61,
            "One quotation, two wordings.", (
                _value("journal-gratuit.txt", "\x1b[31m« rien \x1b[0mà \u202eerid »\x07", "rien à erid"),
                _value("東京速報.txt", "« rien à dire »", "rien à dire", 1))),
    Finding("9a9a0c0c1d1d2e2e", "agreement", "place", "la panne s'est produite [où ?]", 0.99,
            "Five articles name the same place.", tuple(
                _value(name, "Brévoux", "brévoux") for name in
                ("agence-alpine.txt", "le-courrier-des-cimes.html", "radio-sommets.txt", "vallee-info.md",
                 "journal-gratuit.txt"))),
)

REPORT = Report(articles=ARTICLES, findings=FINDINGS)
