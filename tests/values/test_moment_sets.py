"""What dates, times and durations mean to each other, and what must hold of every one of them."""
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.extraction.parse import parse
from factcheck.model import Article, Paragraph, PartialDate, Value
from factcheck.values import date, duration, sets, time
from factcheck.values.context import Context

MONTHS_FR = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
             "novembre", "décembre"]
WEEKDAYS_FR = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
FIND = {"date": date.find_dates, "time": time.find_times, "duration": duration.find_durations}
COMPARE = {"date": date.compare_dates, "time": time.compare_times, "duration": duration.compare_durations}
CANONICAL = {"date": date.canonical_date, "time": time.canonical_time, "duration": duration.canonical_duration}
days = st.dates(dt.date(1950, 1, 1), dt.date(2060, 12, 31))


def values(kind: str, text: str, language: str, published: dt.date | None = dt.date(2024, 5, 16)) -> list[Value]:
    article = Article("a.txt", "a.txt", text, (Paragraph(0, len(text)),), language=language)
    when = published and PartialDate(published.year, published.month, published.day)
    return FIND[kind](parse(article), Context(language, when))


def only(kind: str, text: str, language: str, published: dt.date = dt.date(2024, 5, 16)) -> Value:
    found = values(kind, text, language, published)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(("kind", "language", "first", "second", "relation"), [
    ("date", "fr", "Il a été élu jeudi.", "Il a été élu le 16 mai.", "equal"),
    ("date", "fr", "Il a été élu mi-mars.", "Il a été élu le 12 mars.", "around"),
    ("date", "fr", "Il a été élu le 12 mars.", "Il a été élu mi-mars.", "within"),
    ("date", "fr", "Il a été élu le 12 mars.", "Il a été élu le 13 mars.", "disjoint"),
    ("date", "fr", "Il a été élu en 2017.", "Il a été élu en mars 2017.", "around"),
    # two deadlines differ though one period holds the other; a deadline and a day within it don't
    ("date", "fr", "Tout sera effacé d'ici au 15 juin.", "Tout sera effacé d'ici au 8 juillet.", "disjoint"),
    ("date", "fr", "Tout sera effacé d'ici au 8 juillet.", "Tout sera effacé le 15 juin.", "around"),
    ("date", "en", "It will close by the end of June.", "It will close in the third quarter.", "disjoint"),
    ("date", "en", "It will close by the end of September.", "It will close in the third quarter.", "around"),
    ("date", "en", "It will not open before Monday.", "It will open on Monday.", "around"),
    ("time", "fr", "Le train a déraillé à 7 h 12.", "Le train a déraillé à 07H12.", "equal"),
    ("time", "fr", "Le train a déraillé vers 7 h.", "Le train a déraillé à 7 h 12.", "around"),
    ("time", "fr", "Le train a déraillé à 7 h 12.", "Le train a déraillé à midi.", "disjoint"),
    ("time", "en", "It began at six.", "It began at 6 p.m.", "around"),
    ("time", "en", "It began at 02:40 UTC.", "It began at 3:40 a.m.", "equal"),
    ("time", "en", "It began at 02:40 UTC.", "It began just after 6 a.m.", "disjoint"),
    ("time", "en", "It began at 03:37 GMT.", "It began at 04:37 BST.", "equal"),
    ("time", "en", "It began before dawn.", "It began around 3:30 a.m.", "around"),
    ("duration", "fr", "Cela a duré deux mois.", "Cela a duré 60 jours.", "around"),
    ("duration", "fr", "Cela a duré 52 semaines.", "Cela a duré un an.", "within"),
    ("duration", "fr", "Cela a duré 21 jours.", "Cela a duré trois semaines.", "equal"),
    ("duration", "fr", "Cela a duré trente-cinq minutes.", "Cela a duré une grosse demi-heure.", "within"),
    ("duration", "fr", "Cela a duré trente-cinq minutes.", "Cela a duré plus d'une heure.", "disjoint"),
    ("duration", "fr", "Cela a duré onze jours.", "Cela a duré près de trois semaines.", "disjoint"),
    ("duration", "en", "It lasted 38 seconds.", "It lasted less than a minute.", "within"),
    ("duration", "en", "It lasted a fortnight.", "It lasted two weeks.", "equal"),
])
def test_what_two_answers_are_to_each_other(kind: str, language: str, first: str, second: str, relation: str) -> None:
    found = COMPARE[kind](only(kind, first, language), only(kind, second, language))
    assert found.relation == relation, found


@pytest.mark.parametrize(("kind", "language", "first", "second", "distance"), [
    ("date", "fr", "Il a été élu le 12 mars.", "Il a été élu le 15 mars.", 3),
    ("time", "fr", "Le train a déraillé à 7 h 12.", "Le train a déraillé à 7 h 42.", 30),
    ("time", "fr", "Le train a déraillé à 23 h 50.", "Le train a déraillé à 0 h 10.", 20),
    ("duration", "fr", "Cela a duré deux heures.", "Cela a duré trois heures.", 3600),
])
def test_how_far_apart_two_answers_are(kind: str, language: str, first: str, second: str, distance: float) -> None:
    assert COMPARE[kind](only(kind, first, language), only(kind, second, language)).distance == distance


def test_how_says_from_what_a_day_was_worked_out() -> None:
    assert "2024-05-16" in only("date", "Le juge a tranché mardi.", "fr").how
    assert "2024-04-03" in values("date", "Il a voté le 3 avril. Le lendemain, il a fui.", "fr")[1].how


def test_how_tells_a_weekday_that_does_not_fit_its_date() -> None:
    assert "Tuesday" in only("date", "Il a été arrêté lundi 14 mai.", "fr").how


def test_an_event_whose_day_is_known_anchors_what_counts_from_it() -> None:
    text = "Quatre jours après le scrutin, il a saisi le juge."
    article = Article("a.txt", "a.txt", text, (Paragraph(0, len(text)),), language="fr")
    ballot = sets.point(dt.date(2024, 3, 10).toordinal())
    found = date.find_dates(parse(article), Context("fr", PartialDate(2024, 5, 16), {"scrutin": ballot}))
    assert [date.canonical_date(v) for v in found] == ["2024-03-14"]


def test_without_a_date_of_publication_relative_days_are_left_out() -> None:
    assert values("date", "Le juge a tranché mardi. Il avait plaidé hier.", "fr", None) == []


@settings(max_examples=40, deadline=None)
@given(day=days, published=days)
def test_a_full_date_is_that_day_whatever_the_day_of_publication(day: dt.date, published: dt.date) -> None:
    number = "1er" if day.day == 1 else str(day.day)
    text = f"Elle est née le {number} {MONTHS_FR[day.month - 1]} {day.year}."
    assert date.canonical_date(only("date", text, "fr", published)) == day.isoformat()


@settings(max_examples=60, deadline=None)
@given(weekday=st.integers(0, 6), published=days)
def test_a_weekday_in_the_past_lies_in_the_week_up_to_the_publication(weekday: int, published: dt.date) -> None:
    found = only("date", f"Le juge a tranché {WEEKDAYS_FR[weekday]}.", "fr", published)
    day = dt.date.fromordinal(int(sets.hull(found.possible).low))
    assert day.weekday() == weekday
    assert 0 <= (published - day).days < 7


@settings(max_examples=60, deadline=None)
@given(minutes=st.integers(0, 1439))
def test_a_clock_time_is_that_minute(minutes: int) -> None:
    text = f"Le train a déraillé à {minutes // 60} h {minutes % 60:02d}."
    assert time.canonical_time(only("time", text, "fr")) == f"{minutes // 60:02d}:{minutes % 60:02d}"


VOCABULARY = {
    "fr": ["le", "la", "lundi", "mars", "3", "21", "2019", "fin", "début", "mi-", "à", "au", "du", "de", "et", "heures",
           "h", "30", "minuit", "midi", "veille", "lendemain", "nuit", "jours", "semaines", "ans", "il y a",
           "plus tard",
           "après", "avant", "dernier", "prochain", "siècle", "années", "Noël", "trimestre", "premier", "environ", ",",
           "l'", "trois", "demi-heure", "et demie", "passées", "UTC", "31", "février", "29", "99", "0"],
    "en": ["the", "on", "Monday", "March", "May", "3", "21st", "2019", "late", "mid-", "end of", "to", "and", "hours",
           "a.m.", "p.m.", "7", "7:42", "3.25", "noon", "half past", "eve", "day after", "nights", "weeks", "years",
           "ago", "later", "on,", "before", "last", "next", "century", "1980s", "Christmas", "quarter", "first",
           "about", ",", "a", "three", "half an hour", "or so", "UTC", "31", "February", "29", "99", "0", "30"],
}


@pytest.mark.parametrize("language", ["fr", "en"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_heap_of_words_breaks_the_reading(language: str, data: st.DataObject) -> None:
    text = " ".join(data.draw(st.lists(st.sampled_from(VOCABULARY[language]), min_size=1, max_size=12)))
    for kind in FIND:
        found = values(kind, text, language)
        for value in found:
            assert text[value.start:value.end] == value.text
            assert value.possible.parts == sets.normal(value.possible.parts).parts != ()
            assert CANONICAL[kind](value)
            assert COMPARE[kind](value, value).relation == "equal"
        assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
