"""Values: read, shown, the same, ruling out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.language import Language, read_language
from quizgen.templates import Templates
from quizgen.values import Date, Many, Name, Quantity, Text, Unreadable, Value, read, rules_out, same
from quizgen.values.quantities import like
from quizgen.values.show import show, spellings


@pytest.fixture(scope="module")
def english() -> Language:
    language, problems = read_language(Templates.found(), "en")
    assert not problems
    return language


def date(text: str) -> Date:
    value = read("date", text)
    assert isinstance(value, Date)
    return value


def quantity(text: str) -> Quantity:
    value = read("quantity", text)
    assert isinstance(value, Quantity)
    return value


@pytest.mark.parametrize(
    "written, shown, when, asks",
    [
        ("1994", "1994", "in 1994", "In which year"),
        ("2001-09", "September 2001", "in September 2001", "In which month and year"),
        ("2018-10-12", "12 October 2018", "on 12 October 2018", "On which day"),
        ("1979/1989", "1979–1989", "between 1979 and 1989", "In which years"),
        ("1994-03/1994-05", "March 1994 to May 1994", "between March 1994 and May 1994", "In which years"),
        ("1994~", "about 1994", "around about 1994", "In about which year"),
        ("2014/..", "since 2014", "since 2014", "When"),
        ("../1914", "until 1914", "until 1914", "When"),
        ("198X", "the 1980s", "in the 1980s", "In which decade"),
        ("44 BC", "44 BCE", "in 44 BCE", "In which year"),
        ("-0043", "44 BCE", "in 44 BCE", "In which year"),
        ("1", "1", "in 1", "In which year"),
    ],
)
def test_a_date_is_worded_at_its_precision(english: Language, written: str, shown: str, when: str, asks: str) -> None:
    value = date(written)
    assert (show(value, english), show(value, english, "asks")) == (shown, asks)
    assert show(value, english, "in") == when.replace("around about", "around")


@pytest.mark.parametrize(
    "written",
    ["1979-02-30", "2024-13", "1979-06-31", "1994 or 1995", "soon", "last year", "", "1989/1979", "../..", "1994-1-1"],
)
def test_what_is_no_date_is_refused_in_its_own_words(written: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read("date", written)
    assert written in refused.value.says
    assert "1979/1989" in refused.value.remedy


def test_a_short_range_is_told_how_to_write_it() -> None:
    with pytest.raises(Unreadable) as refused:
        read("date", "1914-18")
    assert "1914/1918" in refused.value.remedy


@pytest.mark.parametrize(
    "one, other",
    [
        ("1979", "1979/1989"),
        ("1914-06", "1914"),
        ("1994~", "1996"),
        ("2014/..", "2018"),
        ("../1914", "1800"),
        ("1979-12-25", "1979-12"),
        ("198X", "1985"),
    ],
)
def test_dates_that_may_overlap_do_not_rule_each_other_out(one: str, other: str) -> None:
    assert not rules_out(date(one), date(other))
    assert not rules_out(date(other), date(one))


@pytest.mark.parametrize(
    "one, other",
    [("1979", "1980"), ("1914-06", "1914-07"), ("44 BC", "44"), ("2014/..", "2013-12-31"), ("1994~", "2001")],
)
def test_dates_without_a_day_in_common_rule_each_other_out(one: str, other: str) -> None:
    assert rules_out(date(one), date(other))


@given(st.dates())
def test_every_day_lies_in_its_month_and_its_year(day: object) -> None:
    whole = date(str(day))
    for coarser in (str(day)[:7], str(day)[:4]):
        outer = date(coarser)
        assert outer.first is not None and outer.last is not None and whole.first is not None
        assert outer.first <= whole.first <= outer.last


@given(st.dates(), st.dates())
def test_day_numbers_count_as_the_calendar_does(one: object, other: object) -> None:
    from datetime import date as day  # noqa: PLC0415 - the oracle

    assert isinstance(one, day) and isinstance(other, day)
    first, second = date(str(one)).first, date(str(other)).first
    assert first is not None and second is not None
    assert first - second == (one - other).days


@pytest.mark.parametrize(
    "one, other",
    [
        ("15,000", "15000"),
        ("15,000", "15 000"),
        ("15,000", "15 thousand"),
        ("5 km", "5000 m"),
        ("1 million", "1,000,000"),
        ("40%", "40 percent"),
        ("0 °C", "273.15 K"),
    ],
)
def test_quantities_in_other_spellings_and_units_are_the_same(one: str, other: str) -> None:
    assert same(quantity(one), quantity(other))


@pytest.mark.parametrize(
    "one, other",
    [
        ("at least 15,000", "20,000"),
        ("about 15,000", "14,000"),
        ("10,000-20,000", "15,000"),
        ("up to 3.5 km", "2 km"),
        ("more than $1 billion", "$5 billion"),
        ("about 5 km", "3 mi"),
        ("$5", "€500"),
        ("15,000 soldiers", "15,000 men"),
    ],
)
def test_quantities_that_may_be_equal_do_not_rule_each_other_out(one: str, other: str) -> None:
    assert not rules_out(quantity(one), quantity(other))


@pytest.mark.parametrize(
    "one, other",
    [("at least 15,000", "900"), ("about 15,000", "17,000"), ("5 km", "5 m"), ("12 km", "12 kg"), ("40%", "41%")],
)
def test_quantities_apart_rule_each_other_out(one: str, other: str) -> None:
    assert rules_out(quantity(one), quantity(other))


@pytest.mark.parametrize("written", ["many", "about some crowns", "1 or 2", "", "km", "5,,3", "20-10"])
def test_what_is_no_quantity_is_refused(written: str) -> None:
    with pytest.raises(Unreadable):
        read("quantity", written)


@pytest.mark.parametrize(
    "written, asks",
    [
        ("15,000", "how many"),
        ("12 km", "how many kilometres"),
        ("$1 billion", "how many dollars"),
        ("40%", "what percentage"),
        ("10 years", "how many years"),
        ("500 crowns", "how many crowns"),
    ],
)
def test_a_quantity_is_asked_for_in_its_unit(english: Language, written: str, asks: str) -> None:
    assert show(quantity(written), english, "asks") == asks
    assert show(quantity(written), english) == written


@pytest.mark.parametrize(
    "one, other",
    [
        (Name("A. Lind"), Name("Ada Lind")),
        (Name("Omar"), Name("Mohammad Omar")),
        (Name("senior U.S. officials"), Name("John Nicholson", id="n", kind="person")),
        (Name("U.S. officials", id="a", kind="group"), Name("senior U.S. officials", id="b", kind="group")),
        (Name("Łódź"), Name("Lodz")),
        (Name("Kunduz, Afghanistan", place=True), Name("Afghanistan", place=True)),
        (Name("Kunduz, Afghanistan", place=True), Name("northern Afghanistan", place=True)),
        (Name("Mohammad Omar", ("Mullah Omar",), "omar", "person"), Name("Mullah Omar")),
        (Text("engineer"), Text("chief engineer")),
        (Text("the mill"), Text("a mill")),
    ],
)
def test_names_and_texts_that_may_be_one_do_not_rule_each_other_out(one: Value, other: Value) -> None:
    assert not rules_out(one, other)
    assert not rules_out(other, one)


@pytest.mark.parametrize(
    "one, other",
    [
        (Name("George II", id="a", kind="person"), Name("George III", id="b", kind="person")),
        (Name("hydrogen", id="H", kind="element"), Name("helium", id="He", kind="element")),
        (Name("Kabul, Afghanistan", place=True), Name("Kunduz, Afghanistan", place=True)),
        (Name("Iran", place=True), Name("Iraq", place=True)),
        (Name("Ada Lind"), Name("Bo Marr")),
        (Text("a low dam"), Text("a shallow crossing")),
    ],
)
def test_different_names_and_texts_rule_each_other_out(one: Value, other: Value) -> None:
    assert rules_out(one, other)
    assert not same(one, other)


@pytest.mark.parametrize(
    "model, number, written",
    [
        ("about 1 hour", 3, "about 3 hours"),
        ("3 hours", 1, "1 hour"),
        ("15,000", 9000, "9,000"),
        ("$25.4 billion", 12_700_000_000, "$12.7 billion"),
        ("at least 17 people", 5, "at least 5 people"),
    ],
)
def test_another_number_is_written_as_its_model(model: str, number: int, written: str) -> None:
    assert like(quantity(model), Decimal(number)) == written


def test_lists_are_the_same_in_any_order() -> None:
    one, other = Many((Text("oak"), Text("iron"))), Many((Text("iron"), Text("oak")))
    assert same(one, other)
    assert not rules_out(one, Many((Text("oak"),)))
    assert rules_out(one, Many((Text("glass"),)))


VALUES: list[Value] = [
    *(date(text) for text in ("1979", "1979-12", "1979-12-25", "1970/1979", "1994~", "2014/..", "../1914", "44 BC")),
    *(quantity(text) for text in ("15,000", "about 15,000", "at least 15,000", "5 km", "3 mi", "$5", "40%", "up to 9")),
    *(Text(text) for text in ("Paris", "paris ", "a mill", "=", "", "C++", "C")),
    *(Name(text) for text in ("Ada Lind", "A. Lind", "Lind", "two newspapers")),
]


@pytest.mark.parametrize("one", VALUES, ids=str)
@pytest.mark.parametrize("other", VALUES, ids=str)
def test_same_and_ruled_out_are_symmetric_and_exclude_each_other(one: Value, other: Value) -> None:
    assert same(one, other) == same(other, one)
    assert rules_out(one, other) == rules_out(other, one)
    assert not (same(one, other) and rules_out(one, other))
    assert same(one, one) and not rules_out(one, one)


def test_the_canonical_spelling_comes_first(english: Language) -> None:
    assert spellings(date("2018-10-12"), english) == ("12 October 2018", "October 12, 2018", "2018-10-12")
    assert spellings(quantity("at least 15,000 soldiers"), english) == (
        "at least 15,000 soldiers",
        "15,000 soldiers",
        "15,000",
    )
    assert spellings(Name("Mohammad Omar", ("Mullah Omar",)), english) == ("Mohammad Omar", "Mullah Omar")
