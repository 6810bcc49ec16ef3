"""Web pages: where their heads keep the date, the outlet and the title, and what of the body is the article."""
from __future__ import annotations

from pathlib import Path

import pytest

from factcheck.model import Article, PartialDate
from factcheck.reading import read

FIRST = "Un incendie a détruit dimanche le marché couvert de Lannoy, sans faire de victime, selon les pompiers du Nord."
SECOND = "Une trentaine de commerçants se retrouvent sans étal. La mairie leur promet des tentes pour samedi."
LAST = "« On repartira », assure la poissonnière Anne Gallo, installée là depuis 1992."
STORY = f"<p>{FIRST}</p><p>{SECOND}</p><p>{LAST}</p>"


def page(folder: Path, head: str = "", body: str = "", lang: str = "fr") -> Article:
    path = folder / "x.html"
    head = f"<head><meta charset='utf-8'>{head}</head>"
    path.write_text(f"<!doctype html><html lang='{lang}'>{head}<body>{body}</body></html>", encoding="utf-8")
    return read(path)


def words(article: Article) -> list[str]:
    return [article.text[p.start:p.end] for p in article.paragraphs]


@pytest.mark.parametrize(("head", "body"), [
    ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2029-03-05T06:45:00+01:00",'
     '"dateModified":"2029-03-07T09:00:00+01:00"}</script>', ""),
    ('<script type="application/ld+json">[{"@type":"WebSite","name":"N"},{"@graph":[{"@type":["Report","NewsArticle"],'
     '"headline":"x","datePublished":"2029-03-05 06:45"}]}]</script>', ""),
    ('<script type="application/ld+json">{broken</script><meta property="article:published_time" '
     'content="2029-03-05T06:45:00+01:00">', ""),
    ('<meta name="DC.date.issued" content="2029-03-05T06:45">', ""),
    ("", '<time datetime="2029-03-05T06:45:00Z">il y a deux jours</time>'),
    ("", "<p class='d'>Publié le 5 mars 2029 à 6h45 - Mis à jour le 7 mars 2029 à 9h00</p>"),
    ("", "<div><span>Par Luc Ferrand</span> | <span>lundi 5 mars 2029, 6 h 45</span></div>"),
    ("", "<div>Publié le 5 mars 2029 à 6h45 par Luc Ferrand</div>"),
])
def test_the_date_is_found_wherever_a_page_keeps_it(tmp_path: Path, head: str, body: str) -> None:
    article = page(tmp_path, head, f"<article><h1>Le marché en cendres</h1>{body}{STORY}</article>")
    assert article.published == PartialDate(2029, 3, 5, 6 * 60 + 45)
    assert words(article) == ["Le marché en cendres", FIRST, SECOND, LAST]


def test_a_future_date_is_believed_and_one_in_the_story_is_not(tmp_path: Path) -> None:
    told = STORY.replace("depuis 1992", "depuis le 3 mai 1992")
    assert page(tmp_path, "", f"<article><h1>Le marché en cendres</h1>{told}</article>").published is None
    later = page(tmp_path, '<meta name="date" content="2061-11-12">', f"<article>{told}</article>").published
    assert later == PartialDate(2061, 11, 12)


@pytest.mark.parametrize(("head", "outlet"), [
    ('<meta property="og:site_name" content="Nord Infos">', "Nord Infos"),
    ('<script type="application/ld+json">{"@type":"NewsArticle","publisher":{"name":"Nord Infos"}}</script>',
     "Nord Infos"),
    ("<title>Le marché en cendres | Nord Infos</title>", "Nord Infos"),
    ("<title>Lannoy : le marché en cendres - Nord Infos</title>", "Nord Infos"),
    ("<title>Le marché en cendres</title>", None),
])
def test_the_outlet_is_found_wherever_a_page_keeps_it(tmp_path: Path, head: str, outlet: str | None) -> None:
    article = page(tmp_path, head, f"<article><h1>Le marché en cendres</h1>{STORY}</article>")
    assert (article.outlet, article.title) == (outlet, "Le marché en cendres")


def test_american_pages_put_the_month_first(tmp_path: Path) -> None:
    english = ("<p>The Calder Bridge was shut on Tuesday after a barge struck one of its piers, officials said.</p>"
               "<p>It will stay shut until Friday, and the barge's pilot was unhurt.</p>")
    body = f"<article><h1>Bridge shut</h1><p>03/04/2031 7:15 PM</p>{english}</article>"
    assert page(tmp_path, "", body, lang="en-US").published == PartialDate(2031, 3, 4, 19 * 60 + 15)
    assert page(tmp_path, "", body, lang="en-GB").published == PartialDate(2031, 4, 3, 19 * 60 + 15)


@pytest.mark.parametrize("extra", [
    "<aside><h3>À lire aussi</h3><ul><li><a href='/1'>Croix : douze blessés dans une explosion.</a></li></ul></aside>",
    "<p><a href='/1'><strong>LIRE AUSSI :</strong> Croix : douze blessés dans une explosion</a></p>",
    "<section class='comments'><h2>3 commentaires</h2><p>Moi j'ai vu le feu partir à minuit, le samedi, et il y avait "
    "deux blessés graves sur le trottoir.</p><p>N'importe quoi, c'était lundi.</p></section>",
    "<div class='newsletter'><p>Inscrivez-vous à notre newsletter et recevez chaque matin nos articles.</p></div>",
    "<figure><img src='x.jpg'><figcaption>Le marché, hier. Photo L. Ferrand</figcaption></figure>",
    "<div class='author-box'><p>Luc Ferrand</p></div>",
    "<p>Publicité</p>",
    "<p>© Nord Infos - Tous droits réservés</p>",
    "<p>Partager sur Facebook</p>",
])
def test_what_stands_around_the_story_is_not_read_as_it(tmp_path: Path, extra: str) -> None:
    body = f"<article><h1>Le marché en cendres</h1><p>Par Luc Ferrand</p>{STORY}{extra}</article>"
    assert words(page(tmp_path, "", body)) == ["Le marché en cendres", FIRST, SECOND, LAST]


def test_line_breaks_part_paragraphs_and_cells_of_tables_are_kept(tmp_path: Path) -> None:
    body = (f"<h1>Le marché en cendres</h1><div>{FIRST}<br><br>{SECOND}<br><br>{LAST}</div>"
            "<table><tr><th>Poste</th><th>Coût</th></tr><tr><td>Toiture</td><td>400 000 €</td></tr></table>")
    assert words(page(tmp_path, "", body))[:4] == ["Le marché en cendres", FIRST, SECOND, LAST]
    listed = page(tmp_path, "", f"<article><h1>Le bilan</h1>{STORY}<ul><li>Trente étals détruits.</li></ul>{STORY}"
                                "<table><tr><td>Toiture</td><td>400 000 €</td></tr></table></article>")
    assert "Trente étals détruits." in words(listed)
    assert "Toiture | 400 000 €" in words(listed)


def test_offsets_count_into_the_extracted_body(tmp_path: Path) -> None:
    article = page(tmp_path, "", f"<article><h1>Le marché en cendres</h1>{STORY}</article>")
    assert article.text == "\n\n".join(["Le marché en cendres", FIRST, SECOND, LAST])
    assert [p.role for p in article.paragraphs] == ["title", "body", "body", "body"]


def test_a_page_saved_as_text_is_read_as_a_page(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    article = f"<article><h1>Le marché en cendres</h1>{STORY}</article>"
    body = f"<body><nav>Accueil</nav>{article}</body>"
    path.write_text(f"<!DOCTYPE html>\n<html lang='fr'>{body}</html>", encoding="utf-8")
    assert words(read(path)) == ["Le marché en cendres", FIRST, SECOND, LAST]
