"""Claims tell who says a thing, whether it is denied, and how surely it is said."""
import pytest

from factcheck.pipeline import extract


def claim_with(article, text, language, words):
    found = [c for c in extract(article(text, language)) if words in c.text]
    return min(found, key=lambda c: len(c.text))


@pytest.mark.parametrize("language, text, words, party", [
    ("fr", "Selon la préfecture, le pont a rouvert.", "rouvert", "préfecture"),
    ("fr", "Le pont a rouvert, a indiqué Odile Tavernier.", "rouvert", "odile tavernier"),
    ("fr", "Odile Tavernier affirme que le pont a rouvert.", "rouvert", "odile tavernier"),
    ("fr", "« Le pont a rouvert hier », a déclaré Odile Tavernier.", "rouvert", "odile tavernier"),
    ("en", "According to Helen Prior, the bridge has reopened.", "reopened", "helen prior"),
    ("en", "Helen Prior said that the bridge had reopened.", "reopened", "helen prior"),
    ("en", "“The bridge has reopened,” Helen Prior said.", "reopened", "helen prior"),
    ("fr", "Il y avait à peine six wagons, corrige la direction du port.", "wagons", "direction port"),
    ("fr", "Douze caisses pour trois jours, tempête le syndicat.", "caisses", "syndicat"),
    ("fr", "La sirène a retenti trois fois, soutient l'exploitant.", "sirène", "exploitant"),
    ("fr", "Le maire jure ne pas avoir reçu 40 lettres.", "40 lettres", "maire"),
    ("fr", "Mme Duret affirme n'avoir jamais vendu 12 tableaux.", "12 tableaux", "mme duret"),
    ("fr", "La préfecture fait état de 300 manifestants.", "300", "préfecture"),
    ("fr", "L'association, qui recense 70 fermetures, veut une enquête.", "70", "association"),
    ("en", "The union, which counts 70 closures, wants an inquiry.", "70", "union"),
    ("fr", "Selon un bilan provisoire, 40 passagers sont blessés.", "40", ""),
    ("fr", "Selon un bilan des pompiers, 40 passagers sont blessés.", "40", "pompier"),
    ("en", "According to the latest tally, 40 passengers were hurt.", "40", ""),
    ("en", "The mayor denies having received 40 letters.", "40 letters", "mayor"),
    ("en", "The company rejects the claim that 400 jobs will go.", "400", "company"),
])
def test_attribution(article, language, text, words, party):
    found = claim_with(article, text, language, words).attribution
    assert found is not None and found.party == party


@pytest.mark.parametrize("language, text", [
    ("fr", "Le pont a rouvert lundi."),
    ("en", "The bridge reopened on Monday."),
    ("fr", "Les dégâts sont estimés à 90 millions d'euros."),
    ("en", "The damage is estimated at 90 million euros."),
    ("fr", "Elle concerne l'une des plus belles maisons du port, estimée à 4 millions d'euros, dont un jardin."),
    ("fr", "Le texte prévoit une prime nouvelle, dite de pénibilité, de 110 euros."),
])
def test_the_article_itself_is_no_party(article, language, text):
    assert all(c.attribution is None for c in extract(article(text, language)))


def test_what_stands_before_a_participle_of_speech_is_the_articles_own(article):
    text = "La compagnie a fermé le quai lundi, expliquant dans une lettre avoir trouvé 3 fissures."
    assert claim_with(article, text, "fr", "quai lundi").attribution is None


def test_a_name_that_looks_like_a_verb_of_speech_says_nothing(article):
    text = "L'obligation de garder les photos des abonnés de Juger tenait à 12 règles du contrat."
    assert claim_with(article, text, "fr", "12").attribution is None


@pytest.mark.parametrize("language, text, words, polarity", [
    ("fr", "Le pont n'a pas rouvert.", "rouvert", "negative"),
    ("fr", "Le pont n'a rouvert que lundi.", "rouvert", "positive"),
    ("fr", "Le pont a rouvert.", "rouvert", "positive"),
    ("en", "The bridge has not reopened.", "reopened", "negative"),
    ("en", "The bridge never reopened.", "reopened", "negative"),
    ("en", "The bridge has reopened.", "reopened", "positive"),
])
def test_polarity(article, language, text, words, polarity):
    assert claim_with(article, text, language, words).polarity == polarity


@pytest.mark.parametrize("language, text, words, modality", [
    ("fr", "Le pont aurait rouvert lundi.", "rouvert", "hearsay"),
    ("fr", "Le pont rouvrira lundi.", "rouvrira", "future"),
    ("fr", "Le pont a rouvert lundi.", "rouvert", "asserted"),
    ("en", "The bridge will reopen on Monday.", "reopen", "future"),
    ("en", "The bridge reportedly reopened.", "reopened", "hearsay"),
    ("en", "The bridge may reopen.", "reopen", "possible"),
])
def test_modality(article, language, text, words, modality):
    assert claim_with(article, text, language, words).modality == modality


def test_a_source_answers_for_its_part_of_the_sentence_alone(article):
    text = "Ils étaient 70 selon les commerçants ; ils sont 22, corrige la mairie."
    said = {v.text: c.attribution.party for c in extract(article(text, "fr")) for v in c.values if c.attribution}
    assert said == {"70": "commerçant", "22": "mairie"}


@pytest.mark.parametrize("text, words", [
    ("Jean Duret, le directeur, promet un retour dans 30 jours.", "30 jours"),
    ("Hélène Mauron, la directrice de la régie, parle d'un incident survenu lundi.", "lundi"),
])
def test_what_is_said_of_a_subject_makes_nobody_a_source(article, text, words):
    said = [c.attribution.party for c in extract(article(text, "fr")) if words in c.text and c.attribution]
    assert said in ([], ["jean duret"], ["hélène mauron"])


def test_somebodys_lawyers_may_be_anybodys(article):
    claims = extract(article("Ses avocats affirment que la société a reçu 300 lettres.", "fr"))
    assert [c.attribution.party for c in claims if c.attribution][:1] == [""]


def test_a_description_is_of_what_it_is_put_beside_or_of_what_was_named_most(article):
    said = " L'entreprise a signalé 40 messages."
    beside = "Norvalis et Odalys sont fâchées, Odalys surtout. L'entreprise Norvalis se tait." + said
    plural = "Les entreprises Internet sont rares. Norvalis a coupé Odalys. Norvalis n'a rien dit." + said
    assert [claim_with(article, text, "fr", "40").attribution.party for text in (beside, plural)] == ["norvalis"] * 2
