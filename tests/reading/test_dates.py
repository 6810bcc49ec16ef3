"""The dates printed around an article."""
from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.model import PartialDate
from factcheck.reading import read, read_all
from factcheck.reading.dateline import peel_dateline
from factcheck.reading.dates import find_dates, published_in

FRENCH = "La grue est tombée sur le quai, a annoncé le port, et personne n'a été blessé dans cet accident."
ENGLISH = "The crane fell on to the quay, the port said, and nobody was hurt in the accident that followed."


def day(year: int, month: int, number: int, hour: int | None = None, minute: int = 0) -> PartialDate:
    return PartialDate(year, month, number, None if hour is None else hour * 60 + minute)


@pytest.mark.parametrize(("line", "date"), [
    ("Publié le 15 janvier 2031 à 10h07", day(2031, 1, 15, 10, 7)),
    ("15 janvier 2031 à 10 h 07", day(2031, 1, 15, 10, 7)),
    ("Publié le 1er août 2031", day(2031, 8, 1)),
    ("Mis à jour le 4 mai 2031 - Publié le 3 mai 2031 à 7h", day(2031, 5, 3, 7)),
    ("Publié le 3 mai 2031 à 7h00, mis à jour à 9h30", day(2031, 5, 3, 7)),
    ("Modifié le 4 mai 2031 à 9h30", day(2031, 5, 4, 9, 30)),
    ("LE 12/03/2031", day(2031, 3, 12)),
    ("Mercredi 12 mars 2031 | Par Ana Roux", day(2031, 3, 12)),
    ("Thursday, March 6, 2031", day(2031, 3, 6)),
    ("Issue 14 | April 2, 2031 | View in browser", day(2031, 4, 2)),
    ("Published 10:20 GMT, 5 Aug 2031", day(2031, 8, 5, 10, 20)),
    ("By Lee Ash, 8 June 2031, 00:31", day(2031, 6, 8, 0, 31)),
    ("Last updated: 3:15 p.m. EST, Sept. 4, 2031", day(2031, 9, 4, 15, 15)),
    ("First published on the 5th of November, 2031", day(2031, 11, 5)),
    ("12 mars 2031 · 18:05 · Lecture 3 min", day(2031, 3, 12, 18, 5)),
    ("2031-03-12T07:40:00+01:00", day(2031, 3, 12, 7, 40)),
    ("2031/03/12", day(2031, 3, 12)),
    ("12.03.2031 - 18:05", day(2031, 3, 12, 18, 5)),
    ("Mars 2031", PartialDate(2031, 3)),
])
def test_a_date_line_dates_the_article_and_is_not_part_of_it(tmp_path: Path, line: str, date: PartialDate) -> None:
    english = line.isascii() and any(w in line for w in ("ublished", "By", "day,", "Issue", "updated"))
    text = ENGLISH if english else FRENCH
    path = tmp_path / "x.txt"
    path.write_text(f"Une grue tombe\n{line}\n\n{text}\n\n{text}\n", encoding="utf-8")
    article = read(path)
    assert article.published == date
    assert line not in [article.text[p.start:p.end] for p in article.paragraphs]


@pytest.mark.parametrize(("text", "date", "outlet"), [
    ("LYON, 12 mars 2031 (Agence Ici) - ", day(2031, 3, 12), "Agence Ici"),
    ("SAINT-PAUL (Réunion), 1er oct. 2031 (Agence Ici) – ", day(2031, 10, 1), "Agence Ici"),
    ("PARIS, le 3 mai 2031 (Agence Ici). ", day(2031, 5, 3), "Agence Ici"),
    ("BOSTON, Mass., Sept 16, 2031 (Wire) -- ", day(2031, 9, 16), "Wire"),
    ("LONDON (Wire) — ", None, "Wire"),
    ("GENÈVE – ", None, None),
    ("CORK (March 3, 2031) — ", day(2031, 3, 3), None),
])
def test_a_dateline_gives_date_and_agency_and_is_not_part_of_the_sentence(
        tmp_path: Path, text: str, date: PartialDate | None, outlet: str | None) -> None:
    path = tmp_path / "x.txt"
    path.write_text(text + ENGLISH + "\n\n" + ENGLISH + "\n", encoding="utf-8")
    article = read(path)
    assert (article.published, article.outlet) == (date, outlet)
    assert article.text[article.paragraphs[0].start:].startswith("The crane")


@pytest.mark.parametrize("text", [
    "Le maire - un ancien marin - a promis une enquête sur la grue.",
    "Mardi 12 mars 2031 : la grue tombe. Personne ne bouge.",
    "Ana Roux (Les Verts) demande une enquête - et vite.",
    "The crane - all 40 tonnes of it - fell on Tuesday.",
    "On March 3, 2031, the crane fell - and nobody saw it.",
])
def test_a_sentence_with_a_dash_is_no_dateline(text: str) -> None:
    assert peel_dateline(text) is None


@pytest.mark.parametrize(("text", "iso"), [("date 2031-03 ", "2031-03"), (" date 2031-03-12 ", "2031-03-12"),
                                           ("date 2031 ", "2031")])
def test_a_run_in_date_is_no_part_of_the_first_paragraph(tmp_path: Path, text: str, iso: str) -> None:
    path = tmp_path / "x.txt"
    path.write_text(text + FRENCH, encoding="utf-8")
    article = read(path)
    assert article.published is not None and article.published.iso == iso
    assert article.text[article.paragraphs[0].start:] == FRENCH


def test_dates_in_the_story_date_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("Une grue tombe\n\n" + FRENCH + " C'était le 3 mai 2029, à 7 h 12.\n\nLe 4 mai 2029, tout a "
                    "repris, selon le port, et la grue a été remontée.\n", encoding="utf-8")
    assert read(path).published is None


@pytest.mark.parametrize("top", [
    "LE FANAL DU PORT\nHebdomadaire d'informations locales. Jeudi 14 mai 2029\n\nUne grue tombe sur le quai\n\n",
    "LE FANAL DU PORT\nN° 812 . Jeudi 14 mai 2029 . 90 centimes\n\nUne grue tombe sur le quai\n\n",
    "Une grue tombe sur le quai\n\nMONTMOREL, 14 mai 2029, 12h30 (Agence Ici) - ",
    "Une grue tombe sur le quai\n\nMONTMOREL (Haute-Rive), 14 mai 2029 (Ici) /\n\n",
    "---\nrevue: Le Fanal\nmis_en_vente: 14 mai 2029\n---\n\n",
])
def test_a_date_at_the_top_dates_an_article_however_it_is_put(tmp_path: Path, top: str) -> None:
    path = tmp_path / "fanal.txt"
    rest = "\n\nLe quai rouvrira lundi, a indiqué le port, qui attend une autre grue.\n"
    path.write_text(top + FRENCH + rest, encoding="utf-8")
    published = read(path).published
    assert published is not None and published.iso.startswith("2029-05-14")


@pytest.mark.parametrize("top", [
    "Le procès de la grue s'ouvre\nRetour sur la chute du 13 novembre 2015, six ans après\n\n",
    "Le procès de la grue s'ouvre\nRetour sur la chute du 13 novembre 2015\n\n",
    "Chute du 13 novembre 2015 : le procès s'ouvre\n\n",
])
def test_the_day_that_a_title_or_standfirst_tells_of_dates_nothing(tmp_path: Path, top: str) -> None:
    path = tmp_path / "fanal.txt"
    path.write_text(top + FRENCH, encoding="utf-8")
    assert read(path).published is None


def test_a_finer_date_completes_a_coarser_one(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("date 2031-03 LYON, 12 mars (Agence Ici) - " + FRENCH, encoding="utf-8")
    assert read(path).published == day(2031, 3, 12)


def test_a_missing_year_comes_from_the_other_articles_or_from_a_date_in_the_story(tmp_path: Path) -> None:
    wire = tmp_path / "wire.txt"
    friday = FRENCH.replace("a annoncé", "a annoncé vendredi")
    wire.write_text("LYON, 2 janvier (Agence Ici) - " + friday, encoding="utf-8")
    assert read(wire).published is None
    (tmp_path / "local.txt").write_text("Publié le 31 décembre 2030\n\n" + FRENCH, encoding="utf-8")
    dated = {a.id: a.published for a in read_all([tmp_path])[0]}
    assert dated["wire.txt"] == day(2031, 1, 2)
    wire.write_text(f"LYON, 14 mars (Agence Ici) - {friday} Elle avait été montée le 3 février 2031.", encoding="utf-8")
    assert read(wire).published == day(2031, 3, 14)


def test_numeric_dates_read_the_day_first_unless_they_are_american() -> None:
    assert [(s.month, s.day) for s in find_dates("03/04/2031")] == [(4, 3)]
    assert [(s.month, s.day) for s in find_dates("03/04/2031", month_first=True)] == [(3, 4)]
    assert [(s.month, s.day) for s in find_dates("03/24/2031")] == [(3, 24)]


def test_the_first_publication_counts_among_several_dates() -> None:
    stamp = published_in("Updated 5 May 2031 | Published 3 May 2031")
    assert stamp is not None and stamp.day == 3
