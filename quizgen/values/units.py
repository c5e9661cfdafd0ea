"""Units of measure: which of them measure the same thing, and how they convert.

Factors are exact where the unit is defined so (SI Brochure, 9th edition; the international yard and pound, 1959).
Currencies never convert: each is a dimension of its own. A word that is no unit here is what is counted: 'soldiers'.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its symbol, what it measures, and how many base units it is (for temperatures, with an offset)."""

    symbol: str
    dimension: str
    factor: Decimal
    offset: Decimal = Decimal(0)

    def in_base(self, number: Decimal) -> Decimal:
        """A number of this unit in the base unit of its dimension."""
        return number * self.factor + self.offset


# dimension: symbol, factor, then other spellings
_TABLE: dict[str, tuple[tuple[str, ...], ...]] = {
    "length": (
        ("m", "1", "metre", "metres", "meter", "meters"),
        ("km", "1000", "kilometre", "kilometres", "kilometer", "kilometers"),
        ("cm", "0.01", "centimetre", "centimetres", "centimeter", "centimeters"),
        ("mm", "0.001", "millimetre", "millimetres", "millimeter", "millimeters"),
        ("µm", "0.000001", "μm", "um", "micrometre", "micrometres", "micrometer", "micrometers"),
        ("nm", "0.000000001", "nanometre", "nanometres", "nanometer", "nanometers"),
        ("mi", "1609.344", "mile", "miles"),
        ("ft", "0.3048", "foot", "feet"),
        ("in", "0.0254", "inch", "inches"),
        ("yd", "0.9144", "yard", "yards"),
        ("nmi", "1852", "nautical mile", "nautical miles"),
        ("au", "149597870700", "AU", "astronomical unit", "astronomical units"),
        ("ly", "9460730472580800", "light-year", "light-years", "light year", "light years"),
    ),
    "mass": (
        ("kg", "1", "kilogram", "kilograms", "kilogramme", "kilogrammes"),
        ("g", "0.001", "gram", "grams", "gramme", "grammes"),
        ("mg", "0.000001", "milligram", "milligrams"),
        ("t", "1000", "tonne", "tonnes", "metric ton", "metric tons"),
        ("lb", "0.45359237", "lbs", "pound", "pounds"),
        ("oz", "0.028349523125", "ounce", "ounces"),
        ("u", "0.00000000000000000000000000166053906892", "Da", "dalton", "daltons"),
    ),
    "time": (
        ("s", "1", "sec", "second", "seconds"),
        ("min", "60", "minute", "minutes"),
        ("h", "3600", "hr", "hour", "hours"),
        ("day", "86400", "d", "days"),
        ("week", "604800", "weeks"),
        ("month", "2629746", "months"),
        ("year", "31556952", "yr", "years"),
        ("decade", "315569520", "decades"),
        ("century", "3155695200", "centuries"),
    ),
    "area": (
        ("m²", "1", "m2", "m^2", "square metre", "square metres", "square meter", "square meters"),
        (
            "km²",
            "1000000",
            "km2",
            "km^2",
            "square kilometre",
            "square kilometres",
            "square kilometer",
            "square kilometers",
        ),
        ("ha", "10000", "hectare", "hectares"),
        ("mi²", "2589988.110336", "sq mi", "square mile", "square miles"),
        ("acre", "4046.8564224", "acres"),
    ),
    "volume": (
        ("l", "1", "L", "litre", "litres", "liter", "liters"),
        ("ml", "0.001", "mL", "millilitre", "millilitres", "milliliter", "milliliters"),
        ("m³", "1000", "m3", "m^3", "cubic metre", "cubic metres", "cubic meter", "cubic meters"),
        ("km³", "1000000000000", "km3", "cubic kilometre", "cubic kilometres"),
    ),
    "speed": (
        ("m/s", "1", "metres per second", "meters per second"),
        ("km/h", "0.27777777777777777778", "kph", "kilometres per hour", "kilometers per hour"),
        ("km/s", "1000", "kilometres per second", "kilometers per second"),
        ("mph", "0.44704", "miles per hour"),
        ("kn", "0.51444444444444444444", "knot", "knots"),
    ),
    "energy": (("J", "1", "joule", "joules"), ("kJ", "1000", "kilojoule", "kilojoules"), ("kWh", "3600000")),
    "power": (
        ("W", "1", "watt", "watts"),
        ("kW", "1000", "kilowatt", "kilowatts"),
        ("MW", "1000000", "megawatt", "megawatts"),
    ),
    "force": (("N", "1", "newton", "newtons"), ("kN", "1000", "kilonewton", "kilonewtons"), ("MN", "1000000")),
    "pressure": (
        ("Pa", "1", "pascal", "pascals"),
        ("kPa", "1000"),
        ("hPa", "100"),
        ("bar", "100000"),
        ("atm", "101325"),
    ),
    "density": (("kg/m³", "1", "kg/m3"), ("g/cm³", "1000", "g/cm3")),
    "frequency": (("Hz", "1", "hertz"), ("kHz", "1000"), ("MHz", "1000000"), ("GHz", "1000000000")),
    "share": (("%", "1", "percent", "per cent"), ("‰", "0.1")),
    "angle": (("°", "1", "degree", "degrees"),),
}
_TEMPERATURES = (
    Unit("K", "temperature", Decimal(1)),
    Unit("°C", "temperature", Decimal(1), Decimal("273.15")),
    Unit("°F", "temperature", Decimal(5) / Decimal(9), Decimal("459.67") * Decimal(5) / Decimal(9)),
)
CURRENCIES = {
    "$": "dollars",
    "US$": "US dollars",
    "€": "euros",
    "£": "pounds sterling",
    "¥": "yen",
    "₹": "rupees",
    "₽": "roubles",
    "₩": "won",
    "₺": "lira",
    "₴": "hryvnias",
    "USD": "US dollars",
    "EUR": "euros",
    "GBP": "pounds sterling",
}


def _table() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for dimension, rows in _TABLE.items():
        for symbol, factor, *spellings in rows:
            unit = Unit(symbol, dimension, Decimal(factor))
            units |= dict.fromkeys((symbol, *spellings), unit)
    kelvin, celsius, fahrenheit = _TEMPERATURES
    units |= dict.fromkeys(("K", "kelvin", "kelvins"), kelvin)
    units |= dict.fromkeys(("°C", "degrees Celsius", "degree Celsius"), celsius)
    units |= dict.fromkeys(("°F", "degrees Fahrenheit"), fahrenheit)
    return units


_UNITS = _table()


def unit_of(written: str) -> Unit | None:
    """The unit of measure that is written so; None for a currency, for what is counted, and for ''."""
    return _UNITS.get(written)
