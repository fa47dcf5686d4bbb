"""Days, sums and counted things as they are written in each language of a letter, by CLDR."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency

from fotfeste.letters.domain.types import Language

# Narrow and hard spaces, as on the pages: a sum is never broken over lines.
_THIN, _HARD, _MINUS = "\u202f", "\u00a0", "\u2212"
_ORE_IN_A_KRONE = 100
_DAY = {
    Language.NB: "d. MMMM y",
    Language.NN: "d. MMMM y",
    Language.EN: "d MMMM y",
    Language.UK: "d MMMM y 'р.'",
    Language.RU: "d MMMM y 'г.'",
}
_MONTH = {
    Language.NB: "MMMM y",
    Language.NN: "MMMM y",
    Language.EN: "MMMM y",
    Language.UK: "LLLL y 'р.'",
    Language.RU: "LLLL y 'г.'",
}


def day(value: date, language: Language) -> str:
    """`3. mai 2026`, `3 May 2026`, `3 травня 2026 р.`, `3 мая 2026 г.`; the year stays with its word."""
    text = format_date(value, _DAY[language], locale=_locale(language))
    return text.replace(" р.", f"{_HARD}р.").replace(" г.", f"{_HARD}г.")


def month(value: date, language: Language) -> str:
    """`mai 2026`, `May 2026`, `травень 2026 р.`, `май 2026 г.`."""
    text = format_date(value, _MONTH[language], locale=_locale(language))
    return text.replace(" р.", f"{_HARD}р.").replace(" г.", f"{_HARD}г.")


def kroner(ore: int, language: Language) -> str:
    """Øre as `16 105 kr`, `NOK 16,105`, `16 105 норвезьких крон`; decimals only where there are øre."""
    amount = Decimal(ore) / _ORE_IN_A_KRONE
    if language in (Language.UK, Language.RU):
        pattern = "#,##0.00" if ore % _ORE_IN_A_KRONE else "#,##0"
        named = format_currency(
            amount, "NOK", format=pattern, locale=_locale(language), currency_digits=False, format_type="name"
        )
        return named.replace(" ", _HARD).replace("-", _MINUS)
    plain = f"{abs(amount):,.2f}" if ore % _ORE_IN_A_KRONE else f"{abs(amount):,.0f}"
    sign = _MINUS if ore < 0 else ""
    if language is Language.EN:
        return f"NOK{_HARD}{sign}{plain}"
    return f"{sign}{plain.replace(',', _THIN).replace('.', ',')}{_THIN}kr"


def counted(count: int, forms: Mapping[str, str], language: Language) -> str:
    """The form of a counted thing that its number wants (`one`, `few`, `many`, `other`), with the number filled in."""
    form = _locale(language).plural_form(count)
    return forms.get(form, forms["other"]).format(n=count)


@cache
def _locale(language: Language) -> Locale:
    return Locale.parse("en_GB" if language is Language.EN else str(language))
