"""The words and signs of units, with the name that a figure carries.

Money is ISO 4217, per cent is "percent", measures have SI signs or plain words.
"dollars" alone are the United States', "pounds" alone are money only after a pound sign
or where "sterling" says so; weight otherwise.
"""

from __future__ import annotations

CURRENCY_SIGNS = {
    "$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₽": "RUB", "₴": "UAH",
    "₺": "TRY", "₦": "NGN", "₩": "KRW", "₪": "ILS", "฿": "THB",
}  # fmt: skip
# What may stand before a dollar sign, as in "A$40m".
DOLLARS = {
    "us": "USD", "u.s": "USD", "a": "AUD", "au": "AUD", "aus": "AUD", "c": "CAD", "ca": "CAD",
    "can": "CAD", "nz": "NZD", "hk": "HKD", "s": "SGD", "nt": "TWD", "r": "BRL",
}  # fmt: skip
CURRENCY_CODES = frozenset(
    "usd eur gbp jpy inr rub uah try chf aud cad nzd cny rmb sek nok dkk pln zar brl mxn".split()
)
_OLD_CODES = {"rmb": "CNY", "rs": "INR", "dlrs": "USD"}
MONEY_WORDS = {
    word: code
    for code, words in {
        "USD": "dollar dollars dlrs",
        "EUR": "euro euros",
        "GBP": "sterling",
        "JPY": "yen",
        "CNY": "yuan renminbi",
        "RUB": "rubles ruble roubles rouble",
        "UAH": "hryvnia hryvnias hryvnya",
        "INR": "rupee rupees",
        "ILS": "shekel shekels",
        "TRY": "lira liras",
        "KRW": "won",
        "CHF": "francs franc",
        "BRL": "reais",
        "ZAR": "rand",
        "NGN": "naira",
        "IRR": "rials",
        "MXN": "pesos peso",
    }.items()
    for word in words.split()
}
CENTS = frozenset(("cent", "cents"))
NATIONS = {
    "canadian": "CAD", "australian": "AUD", "hong kong": "HKD", "singapore": "SGD",
    "new zealand": "NZD", "us": "USD", "u.s": "USD", "american": "USD", "swiss": "CHF",
    "pakistani": "PKR", "indian": "INR", "egyptian": "EGP", "british": "GBP",
}  # fmt: skip
MEASURES = {
    word: unit
    for unit, words in {
        "km": "km kms kilometer kilometers kilometre kilometres",
        "m": "meter meters metre metres",
        "cm": "cm centimeter centimeters centimetre centimetres",
        "mm": "mm millimeter millimeters millimetre millimetres",
        "miles": "mile miles",
        "feet": "foot feet ft",
        "inches": "inch inches",
        "yards": "yard yards",
        "kg": "kg kgs kilogram kilograms kilo kilos",
        "g": "gram grams",
        "tonnes": "tonne tonnes",
        "tons": "ton tons",
        "pounds": "pound pounds lb lbs",
        "ounces": "ounce ounces",
        "litres": "liter liters litre litres",
        "gallons": "gallon gallons",
        "barrels": "barrel barrels bpd",
        "hectares": "hectare hectares",
        "acres": "acre acres",
        "degrees": "degree degrees celsius fahrenheit °",
        "mph": "mph",
        "km/h": "kph",
        "knots": "knots",
        "megawatts": "megawatt megawatts mw",
        "gigawatts": "gigawatt gigawatts gw",
        "kilowatt-hours": "kilowatt-hours kwh",
        "terabytes": "terabytes terabyte",
        "gigabytes": "gigabytes gigabyte gb",
        "points": "points",
        "magnitude": "magnitude",
    }.items()
    for word in words.split()
}


def money_code(nation: str, word: str) -> str | None:
    """Return the currency of `word` ("dollars") as `nation` ("canadian") has it."""
    if word in CURRENCY_CODES or word in _OLD_CODES:
        return _OLD_CODES.get(word, word.upper())
    code = MONEY_WORDS.get(word)
    if code and nation in NATIONS and word not in ("euro", "euros"):
        return NATIONS[nation]
    return code
