"""Days, weeks, periods, money, ages, names of languages and countries as people read them, in their language.

Everything here takes a value and gives text in the language of the request; nothing (None) gives the empty string.
Norwegian follows Språkrådet's rules for dates and numbers: `3. mai 2026`, `16 105 kr` with spaces that do not break.
"""

from datetime import date, datetime
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_time
from django.utils.translation import get_language, gettext, ngettext

from fotfeste.kernel.ages import age_on
from fotfeste.kernel.calendar import OSLO, Week, legal_day
from fotfeste.kernel.periods import Period

THIN_SPACE = "\u202f"  # narrow, and never broken over lines
HARD_SPACE = "\u00a0"
MINUS = "\u2212"
STATELESS, UNKNOWN, KOSOVO = "XXA", "XXX", "XKX"
MONTHS_IN_A_YEAR = 12


def language() -> str:
    """`nb` or `en`: the language of the request."""
    return "en" if (get_language() or "nb").startswith("en") else "nb"


def capital(words: object) -> str:
    """Words as the beginning of a sentence: what follows the first letter stays as it is (IMDi)."""
    text = str(words)
    return text[:1].upper() + text[1:]


def day(value: date | datetime | None) -> str:
    """`3. mai 2026`, `3 May 2026`. An instant gives its legal day in Norway."""
    return _dated(value, {"nb": "d. MMMM y", "en": "d MMMM y"})


def short_day(value: date | datetime | None) -> str:
    """`3.5.2026` in both languages, as it is typed in forms."""
    return _dated(value, {"nb": "d.M.y", "en": "d.M.y"})


def month(value: date | datetime | None) -> str:
    """`mai 2026`, `May 2026`."""
    return _dated(value, {"nb": "MMMM y", "en": "MMMM y"})


def _dated(value: date | datetime | None, patterns: dict[str, str]) -> str:
    if not value:
        return ""
    legal = legal_day(value) if isinstance(value, datetime) else value
    return format_date(legal, patterns[language()], locale=_locale())


def instant(value: datetime | None) -> str:
    """`14. mars 2024 kl. 10.05`, `14 March 2024 at 10:05`: the time on the wall in Norway."""
    if not value:
        return ""
    return gettext("%(day)s kl. %(clock)s") % {"day": day(value), "clock": clock(value)}


def clock(value: datetime | None) -> str:
    """`10.05`, `10:05`: the time on the wall in Norway."""
    if not value:
        return ""
    return format_time(value.astimezone(OSLO).time(), "HH.mm" if language() == "nb" else "HH:mm", locale=_locale())


def instant_in(value: datetime, language: str) -> str:
    """`неділя, 1 листопада 2026 р., 10:30`: for a reader of another language, in the words of CLDR; the time on the
    wall in Norway."""
    local = value.astimezone(OSLO)
    return f"{format_date(local, 'full', locale=language)}, {format_time(local.time(), 'short', locale=language)}"


def week(value: Week | date | None) -> str:
    """`uke 12, 2024`, `week 12, 2024`, for a week or for a day in it."""
    if not value:
        return ""
    found = value if isinstance(value, Week) else Week.of(value)
    return gettext("uke %(number)d, %(year)d") % {"number": found.number, "year": found.year}


def period(value: object) -> str:
    """`12. februar 2024 til og med 3. mars 2024`; open `fra 12. februar 2024`; a single day is that day.

    Takes a `Period`, a row with `period`, a range of PostgreSQL, or a pair (start, end); `end` is never one of the
    days.
    """
    if not value:
        return ""
    start, end = _ends(value)
    if end is None:
        return gettext("fra %(day)s") % {"day": day(start)}
    held = Period(start, end)
    if held.is_empty:
        return gettext("%(day)s (begynte og sluttet samme dag)") % {"day": day(start)}
    last = held.last_day
    if last == start:
        return day(start)
    return gettext("%(first)s til og med %(last)s") % {"first": day(start), "last": day(last)}


def _ends(value: object) -> tuple[date, date | None]:
    if hasattr(value, "period"):
        value = value.period
    if isinstance(value, tuple | list):
        start, end = value
        return start, end
    start = getattr(value, "start", None) or getattr(value, "lower", None)
    end = getattr(value, "end", None) or getattr(value, "upper", None)
    if not isinstance(start, date):
        raise TypeError(f"no period: {value!r}")
    return start, end


def number(value: int | Decimal | float | None) -> str:
    """`16 105`, `2,5`; English `16,105`, `2.5`. Decimals as they are given."""
    if value is None or isinstance(value, str):
        return ""
    amount = Decimal(str(value))
    text = f"{abs(amount):,f}"
    if language() == "nb":
        text = text.replace(",", THIN_SPACE).replace(".", ",")
    return (MINUS if amount < 0 else "") + text


def kroner(ore: int | None) -> str:
    """Whole øre as `16 105 kr` (`NOK 16,105`), with two decimals only where there are øre."""
    if not isinstance(ore, int):
        return ""
    amount = Decimal(ore) / 100
    text = number(amount.quantize(Decimal(1)) if ore % 100 == 0 else amount.quantize(Decimal("0.01")))
    return f"NOK{HARD_SPACE}{text}" if language() == "en" else f"{text}{THIN_SPACE}kr"


def age(birth_date: date | None, on: date) -> str:
    """`38 år`; before the first birthday in months: `7 måneder`."""
    if not birth_date:
        return ""
    years = age_on(birth_date, on)
    if years >= 1:
        return ngettext("%(years)d år", "%(years)d år", years) % {"years": years}
    months = (on.year - birth_date.year) * MONTHS_IN_A_YEAR + on.month - birth_date.month
    months = max(months - (on.day < birth_date.day), 0)
    if months == 0:
        return gettext("under en måned")
    return ngettext("%(months)d måned", "%(months)d måneder", months) % {"months": months}


def days(count: int) -> str:
    """`1 dag`, `12 dager`."""
    return ngettext("%(count)s dag", "%(count)s dager", count) % {"count": number(count)}


def days_left(due_on: date | None, today: date) -> str:
    """`3 dager over fristen`, `i dag`, `i morgen`, `om 2 dager`."""
    if not due_on:
        return ""
    left = (due_on - today).days
    if left < 0:
        return gettext("%(days)s over fristen") % {"days": days(-left)}
    if left == 0:
        return gettext("i dag")
    return gettext("i morgen") if left == 1 else gettext("om %(days)s") % {"days": days(left)}


def language_name(code: str | None) -> str:
    """The name of a language by its ISO 639 code (`ukrainsk`, `Ukrainian`); an unknown code is shown as it is."""
    if not code:
        return ""
    names = _locale().languages
    return str(names.get(code) or names.get(code.split("-")[0]) or _MORE_LANGUAGES[language()].get(code, code))


# Languages that residents speak and that CLDR has no Norwegian or English name for.
_MORE_LANGUAGES = {
    "nb": {"kmr": "kurmandsji", "prs": "dari", "sgs": "samogitisk"},
    "en": {"kmr": "Kurmanji", "prs": "Dari", "sgs": "Samogitian"},
}


def citizenship_name(code: str | None) -> str:
    """The country by its ISO 3166-1 code; `XXA` is stateless, `XXX` unknown."""
    if not code:
        return ""
    if code == STATELESS:
        return gettext("statsløs")
    if code == UNKNOWN:
        return gettext("ukjent")
    if code == KOSOVO:
        return str(_locale().territories["XK"])  # a code of its own users, which the locale's aliases do not know
    two_letters = get_global("territory_aliases").get(code, [code])[0]
    return str(_locale().territories.get(two_letters, code))


def _locale() -> Locale:
    return _parsed("en_GB" if language() == "en" else "nb")


@cache
def _parsed(name: str) -> Locale:
    return Locale.parse(name)
