"""Names are found, told apart from common words, and gathered under one head."""
import pytest

from factcheck.extraction.entities import resolve
from factcheck.extraction.names import find_names


def names(sentences, text, language="fr"):
    parsed = sentences(text, language)
    mentions = resolve(parsed, find_names(parsed, language), language)
    return {(m.text, m.entity.name) for m in mentions if m.how != "pronoun"}


@pytest.mark.parametrize("language, text, expected", [
    ("fr", "Le maire, Odile Tavernier, a parlé. Mme Tavernier n'a rien promis.",
     {("Odile Tavernier", "Odile Tavernier"), ("Tavernier", "Odile Tavernier")}),
    ("fr", "L'entreprise Norvalis conteste. D'après Norvalis, tout va bien.", {("Norvalis", "Norvalis")}),
    ("fr", "Accident de Rive-Haute : le bilan s'alourdit.", {("Rive-Haute", "Rive-Haute")}),
    ("en", "Mayor Helen Prior spoke on Tuesday. Prior promised nothing.",
     {("Helen Prior", "Helen Prior"), ("Prior", "Helen Prior")}),
    ("en", "The Coastal Safety Board (CSB) met. The CSB said no.",
     {("Coastal Safety Board", "Coastal Safety Board"), ("CSB", "Coastal Safety Board")}),
    ("en", "Education Minister Jane Holt resigned.", {("Jane Holt", "Jane Holt")}),
    ("en", "Deputy Prime Minister Jane Holt resigned.", {("Jane Holt", "Jane Holt")}),
    ("en", "Mr Arkwell of Pelham Rock left.", {("Arkwell", "Arkwell"), ("Pelham Rock", "Pelham Rock")}),
    ("en", "Jane Holt of Brightwell spoke.", {("Jane Holt", "Jane Holt"), ("Brightwell", "Brightwell")}),
    ("en", "The Bank of Arkwell failed.", {("Bank of Arkwell", "Bank of Arkwell")}),
    ("en", "Jane Holt of Hale & Lyle left.", {("Jane Holt", "Jane Holt"), ("Hale & Lyle", "Hale & Lyle")}),
    ("en", "The Lakeland Teachers' Pension Fund sold it.",
     {("Lakeland Teachers' Pension Fund", "Lakeland Teachers' Pension Fund")}),
    ("en", "The Smiths' house fell on Holt's Friday.", {("Smiths", "Smiths"), ("Holt", "Holt")}),
    ("en", "The Court of Arbitration for Sport ruled.",
     {("Court of Arbitration for Sport", "Court of Arbitration for Sport")}),
    ("en", "The Maritime and Coastguard Agency knew.",
     {("Maritime and Coastguard Agency", "Maritime and Coastguard Agency")}),
    ("en", "Jane Holt and Arkwell Bank agreed.", {("Jane Holt", "Jane Holt"), ("Arkwell Bank", "Arkwell Bank")}),
    ("en", "Compagnie des Passes owns it.", {("Compagnie des Passes", "Compagnie des Passes")}),
    ("fr", "Le Conseil d'État a tranché.", {("Conseil d'État", "Conseil d'État")}),
    ("fr", "Il y a d'Arkwell à Paris cent kilomètres.", {("Arkwell", "Arkwell"), ("Paris", "Paris")}),
    ("fr", "Le Fonds de secours des danseurs a payé.", {("Fonds de secours des danseurs",) * 2}),
    ("fr", "La Cour administrative du canton de Roubion a tranché.",
     {("Cour administrative du canton de Roubion",) * 2}),
    ("fr", "Une étude de l'Institut agronomique de Brannes le confirme.",
     {("Institut agronomique de Brannes", "Institut agronomique de Brannes")}),
    ("fr", "Le Parquet national financier a ouvert une enquête.",
     {("Parquet national financier", "Parquet national financier")}),
    ("fr", "La voisine, Elouane Tardy, se tait. Elouane Tardy a refusé.", {("Elouane Tardy", "Elouane Tardy")}),
    ("en", "Norway's Fjordal Systems declined.", {("Norway", "Norway"), ("Fjordal Systems", "Fjordal Systems")}),
    ("fr", "Le recours de Yannick Le Garrec a été rejeté.", {("Yannick Le Garrec", "Yannick Le Garrec")}),
    ("en", "The ferry left Le Marnec with forty people on board.", {("Le Marnec", "Le Marnec")}),
    ("fr", "Solange Du Pré a démissionné.", {("Solange Du Pré", "Solange Du Pré")}),
    ("fr", "Il a vu Martine. Le Havre attend.", {("Martine", "Martine"), ("Havre", "Havre")}),
])
def test_names_and_their_heads(sentences, language, text, expected):
    assert names(sentences, text, language) == expected


@pytest.mark.parametrize("language, text", [
    ("fr", "Lundi matin, rien ne bougeait. Mais le calme est revenu."),
    ("en", "Nobody expected Thursday's vote."),
    ("en", "On Tuesday nothing moved. However, calm returned in March."),
])
def test_days_and_first_words_are_no_names(sentences, language, text):
    assert names(sentences, text, language) == set()


def kinds(sentences, text, language):
    parsed = sentences(text, language)
    return {m.text: m.entity.kind for m in resolve(parsed, find_names(parsed, language), language)}


@pytest.mark.parametrize("language, text, name, kind", [
    ("fr", "Les recherches ont été confiées à la CRS Savoie.", "CRS Savoie", "organization"),
    ("fr", "Le Parquet national financier a ouvert une enquête.", "Parquet national financier", "organization"),
    ("fr", "Le bateau a fait escale à Pont-Maray.", "Pont-Maray", "place"),
    ("en", "The barge was towed to Port Marden on Friday.", "Port Marden", "place"),
    ("en", "They met in the town's Wool Exchange.", "Wool Exchange", "place"),
    ("en", "The firm employs 200 people in Halsvik.", "Halsvik", "place"),
    ("en", "The thieves used the log-in of an agent at Brightwell.", "Brightwell", "organization"),
    ("en", "The novelist Iolan Brusk wrote there.", "Iolan Brusk", "person"),
    ("fr", "La chanteuse Liorah viendra.", "Liorah", "person"),
    ("en", "Rhys Corrin, the firm's master baker, said nothing.", "Rhys Corrin", "person"),
    ("en", "Vantor Controls, a maker of lifts, bought the unit.", "Vantor Controls", "organization"),
    ("en", "Ellerby Freight runs the depot.", "Ellerby Freight", "organization"),
    ("en", "The pumps were supplied by Marchmont Pharma.", "Marchmont Pharma", "organization"),
    ("en", "Officers questioned Priya Halloran.", "Priya Halloran", "person"),
    ("en", "In Elverby, Rosemary Tarn was unmoved.", "Rosemary Tarn", "person"),
    ("fr", "Le camion appartient à Transports Morvan.", "Transports Morvan", "organization"),
    ("fr", "Chez Ouvrelac, personne ne répond.", "Ouvrelac", "organization"),
    ("fr", "La plainte vise Hortense Balmaud.", "Hortense Balmaud", "person"),
    ("fr", "Le vol a eu lieu à Tressange.", "Tressange", "place"),
    ("fr", "Les équipes sont parties de chez Google à Twitter.", "Twitter", "organization"),
    ("fr", "Une société de Lorient a racheté le moulin.", "Lorient", "place"),
    ("en", "The aid comes from Rotterdam.", "Rotterdam", "place"),
    ("en", "A lorry overturned on the A94 at noon.", "A94", "place"),
    ("fr", "La circulation a repris sur la RD 120.", "RD 120", "place"),
    ("en", "The Aarhus-based firm sold its works.", "Aarhus", "place"),
    ("en", "Crews reached the Harvane roundabout at noon.", "Harvane", "place"),
    ("en", "The gate of Corley Lock gave way.", "Corley Lock", "place"),
])
def test_words_around_tell_what_a_name_is(sentences, language, text, name, kind):
    assert kinds(sentences, text, language)[name] == kind


def test_a_title_in_quotation_marks_is_no_place(sentences):
    assert kinds(sentences, 'Her song "Glass River" was a hit.', "en").get("Glass River") != "place"
