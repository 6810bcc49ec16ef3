"""Plain text: which line breaks end a paragraph, what of a page is furniture, which language it is in."""
from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.errors import InputError
from factcheck.model import Article
from factcheck.reading import read
from factcheck.reading.blocks import split
from factcheck.reading.detect import detect
from factcheck.reading.furniture import kind

STORY = ("Le bac de Tréviel a heurté le ponton samedi matin, blessant deux passagers, selon la capitainerie.",
         "La traversée est interrompue jusqu'à nouvel ordre, et les voyageurs sont invités à passer par le pont.",
         "« On a senti un choc, puis plus rien », raconte une institutrice qui était à bord avec ses élèves.")
FURNITURE = (
    "Partager sur Facebook", "Lecture 3 min", "Share | Tweet | Email", "Photo: AFP", "[Vidéo]", "© Reuters",
    "Sign up for our newsletter", "Lire aussi : Le bac de Brévin coule en 1987, 12 morts", "Publicité",
    "Abonnez-vous dès 1 €", "Accueil > Mer > Tréviel", "pbl/ag/nr",
    "(Reporting by Ana Poe; editing by Lou Bix)",
    "Source : capitainerie, mairie", "#bac #Tréviel", "Follow us on Facebook", "► À écouter : notre podcast",
    "Tous droits réservés", "----------", "Advertisement", "Crédit photo : mairie de Tréviel",
    "Vous avez une information ? Écrivez-nous.", "This site uses cookies.", "(1 euro = 1.08 dollars)",
)


def article_of(folder: Path, text: str | bytes, name: str = "x.txt") -> Article:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path)


def words(article: Article) -> list[str]:
    return [article.text[p.start:p.end] for p in article.paragraphs]


@pytest.mark.parametrize("line", FURNITURE)
def test_a_line_of_furniture_is_dropped_wherever_it_stands(tmp_path: Path, line: str) -> None:
    for place in range(4):
        blocks = [*STORY[:place], line, *STORY[place:]]
        assert words(article_of(tmp_path, "\n\n".join(blocks))) == list(STORY), f"before paragraph {place}"


@pytest.mark.parametrize("place", [0, 1])
def test_a_counter_of_comments_above_the_text_ends_nothing(tmp_path: Path, place: int) -> None:
    blocks = [*STORY[:place], "12 commentaires", *STORY[place:]]
    assert words(article_of(tmp_path, "\n\n".join(blocks))) == list(STORY)


@pytest.mark.parametrize("sentence", [
    "Par ailleurs, le préfet a ordonné la fermeture du port.",
    "Terms of the deal were not disclosed, the company said on Monday.",
    "Source close to the inquiry said the cable had been cut on purpose.",
    "Latest figures show that 41 people were hurt in the crash.",
    "Lundi 3 mai 2031, le bac a repris la mer avec douze passagers.",
    "Photo à l'appui, l'avocat a montré la fissure aux jurés mardi.",
    "Comments by the minister angered the families on Thursday.",
    "Les réactions n'ont pas tardé : trois maires demandent une enquête.",
    "Related charges were dropped in March for want of evidence.",
    "Watch officers had raised the alarm at 3.40am, the report says.",
    "For more than ten years, residents had asked for a railing.",
    "À lire le rapport, personne n'avait vérifié le câble depuis 2019.",
    "« Abonnez-vous au silence », ironise le maire.",
    "By Monday the river had risen by two metres, the agency said.",
    "Cookies sold at the fair made 31 children ill, doctors said.",
])
def test_a_sentence_of_the_story_is_kept_though_it_opens_like_furniture(tmp_path: Path, sentence: str) -> None:
    assert sentence in words(article_of(tmp_path, "\n\n".join([STORY[0], sentence, *STORY[1:]])))


@pytest.mark.parametrize("heading", ["Commentaires (15)", "READER COMMENTS", "3 commentaires", "Vos réactions",
                                     "Comments", "RÉACTIONS (2)", "Top comments", "Commentaires : 4"])
def test_readers_comments_end_the_article(tmp_path: Path, heading: str) -> None:
    comments = ["mouette29", "Moi j'y étais et ils étaient au moins cinq blessés, on nous cache tout, comme toujours "
                "dans cette baie, et c'était dimanche.", "Kit_R: No it was Friday, and nobody was hurt at all."]
    text = "\n\n".join(STORY * 2) + f"\n\n{heading}\n\n" + "\n".join(comments)
    assert words(article_of(tmp_path, text)) == list(STORY * 2)


def test_a_subheading_on_reactions_ends_nothing(tmp_path: Path) -> None:
    after = ("Le maire, Jean Teste, réclame une enquête et demande à être reçu par la préfète avant la fin de la "
             "semaine, comme le lui avait promis la région après l'accident précédent.")
    text = "\n\n".join([*STORY * 2, "Réactions", after, STORY[0]])
    assert words(article_of(tmp_path, text)) == [*STORY * 2, "Réactions", after, STORY[0]]


def test_wrapped_lines_are_one_paragraph_and_keep_their_place(tmp_path: Path) -> None:
    import textwrap

    text = "\r\n\r\n".join(textwrap.fill(" ".join(pair), 72).replace("\n", "\r\n") for pair in (STORY, STORY[::-1]))
    article = article_of(tmp_path, text)
    assert article.text == text
    assert [" ".join(w.split()) for w in words(article)] == [" ".join(STORY), " ".join(STORY[::-1])]


def test_a_line_a_paragraph_is_told_from_wrapped_text(tmp_path: Path) -> None:
    assert words(article_of(tmp_path, "\n".join(STORY))) == list(STORY)


def test_a_link_copied_on_lines_of_its_own_does_not_part_a_sentence(tmp_path: Path) -> None:
    broken = "Le bac avait été révisé au\nchantier naval de Brévin\n , selon la capitainerie, et devait l'être encore."
    assert words(article_of(tmp_path, f"{STORY[0]}\n\n{broken}")) == [STORY[0], broken]


def test_tags_and_entities_in_plain_text_break_nothing(tmp_path: Path) -> None:
    text = f"{STORY[0]}<br /> {STORY[1]}<br><br>Prix&nbsp;: 3&nbsp;€ le passage, &amp; deux pour les élèves.</p>"
    article = article_of(tmp_path, text)
    assert words(article) == [STORY[0], STORY[1], "Prix&nbsp;: 3&nbsp;€ le passage, &amp; deux pour les élèves."]
    assert article.text == text


def test_headings_and_title_are_told_from_the_text(tmp_path: Path) -> None:
    article = article_of(tmp_path, "\n\n".join(["Le bac heurte le ponton", STORY[0], "Un choc", *STORY[1:]]))
    assert [p.role for p in article.paragraphs] == ["title", "body", "heading", "body", "body"]
    assert article.title == "Le bac heurte le ponton"


@pytest.mark.parametrize(("text", "language"), [
    ("Deux morts dans un accident de car", "fr"),
    ("Two dead in a coach crash near the border", "en"),
    ("Le PDG quitte le groupe", "fr"),
    ("Mayor quits over the bridge", "en"),
    ("La policía dijo que el hombre fue detenido el lunes en la ciudad de Madrid y que no hubo heridos en el "
     "incidente, según un portavoz de la alcaldía que no quiso dar más detalles sobre el caso.", None),
    ("De brandweer heeft maandag een man uit het water gehaald, zei de politie. Hij werd naar het ziekenhuis gebracht "
     "en is niet in gevaar, aldus een woordvoerder van de gemeente.", None),
    ("La polizia ha detto che l'uomo è stato arrestato lunedì nella città di Milano e che non ci sono feriti, secondo "
     "un portavoce del comune che non ha voluto dare altri dettagli.", None),
])
def test_languages_are_told_apart(text: str, language: str | None) -> None:
    assert detect(text) == language


def test_a_wrong_language_tag_does_not_mislead() -> None:
    assert detect(" ".join(STORY), "en") == "fr"
    assert detect("Parler : Amazon", "fr-FR") == "fr"
    assert detect("Hamburg : Bremen", "de") is None


# Properties

def _sound(article: Article) -> None:
    """Spans are sorted, disjoint, within the text, not empty and without white space at their ends."""
    end = 0
    for paragraph in article.paragraphs:
        assert end <= paragraph.start < paragraph.end <= len(article.text)
        piece = article.text[paragraph.start:paragraph.end]
        assert piece == piece.strip(" \t\r\n")
        end = paragraph.end


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.one_of(st.binary(max_size=400), st.text(max_size=300).map(lambda s: s.encode("utf-8", "replace"))),
       name=st.sampled_from(["x.txt", "x.md", "x.html"]))
def test_any_bytes_are_an_article_or_a_complaint(tmp_path: Path, data: bytes, name: str) -> None:
    try:
        _sound(article_of(tmp_path, data, name))
    except InputError as error:
        assert "\n" not in str(error)


_LINES = st.sampled_from([*STORY, *FURNITURE, "", "", "Un choc", "Le bac heurte le ponton",
                          "Publié le 3 mai 2031 à 7h", "Par Ana Roux", "Commentaires (2)", "À lire aussi",
                          "- un point", "> une citation", "## Titre",
                          "---", "date: 2031-05-03", "LYON, 3 mai 2031 (Agence) - Le bac a coulé.", "***", "|a|b|"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(_LINES, max_size=14), gap=st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n", "<br />"]),
       name=st.sampled_from(["x.txt", "x.md"]))
def test_no_shuffle_of_a_page_brings_furniture_into_the_article(
        tmp_path: Path, lines: list[str], gap: str, name: str) -> None:
    text = gap.join(lines)
    try:
        article = article_of(tmp_path, text, name)
    except InputError:
        return
    _sound(article)
    assert article.text == text
    for piece in words(article):
        assert piece not in FURNITURE


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from("aA. ,\n\r<br/>|«»-\u2028\u00a0é"), max_size=120))
def test_blocks_cover_the_text_but_for_breaks(text: str) -> None:
    covered = "".join(text[b.start:b.end] for b in split(text, own_line=lambda line: bool(kind(line))))
    letters = [c for c in text if c in "Aé,«»"]
    assert [c for c in covered if c in "Aé,«»"] == letters
