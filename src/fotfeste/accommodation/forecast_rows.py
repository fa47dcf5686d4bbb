"""A forecast in words and as a picture, for the centre's page and the list of centres."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from fotfeste.accommodation.domain.forecast import LEAVING, Basis, Change, Forecast, WeekLine
from fotfeste.platform import words
from fotfeste.platform.components import week_chart

ALWAYS_SHOWN = (Basis.JOURNEY, Basis.OFFER_ACCEPTED, Basis.OFFER_MADE)


@dataclass(frozen=True, slots=True)
class ShownForecast:
    """A forecast as the template shows it. `columns` are the grounds for leaving that have a column."""

    found: Forecast
    columns: Sequence[str]
    rows: Sequence[tuple[WeekLine, Sequence[int]]]
    picture: week_chart.Drawing
    changes: Sequence[str]

    @property
    def per_week(self) -> str:
        """What the assumption makes of a week: how many come and how many leave."""
        assumed = self.found.assumption
        came, left = (_per_week(count, assumed.weeks) for count in (assumed.came, assumed.left))
        return _("%(came)s kommer og %(left)s reiser i uken") % {"came": came, "left": left}


def shown(found: Forecast, names: Mapping[int, str]) -> ShownForecast:
    """A forecast in words; `names` are the centres'."""
    bases = [basis for basis in LEAVING if basis in ALWAYS_SHOWN or any(line.leaving[basis] for line in found.lines)]
    return ShownForecast(
        found=found,
        columns=[_words(basis) for basis in bases],
        rows=[(line, [line.leaving[basis] for basis in bases]) for line in found.lines],
        picture=week_chart.draw(
            [words.short_day(found.day), *(_("uke %(number)d") % {"number": line.week.number} for line in found.lines)],
            [found.people, *(line.people for line in found.lines)],
            [found.people, *(line.expected_people for line in found.lines)],
            [found.places, *(line.places for line in found.lines)],
        ),
        changes=[_change(change, names.get(change.centre_id, "")) for change in found.changes],
    )


def _change(change: Change, name: str) -> str:
    sign = "+" if change.places > 0 else ""
    return _("%(day)s: %(name)s, %(change)s plasser") % {
        "day": words.day(change.on),
        "name": name,
        "change": sign + words.number(change.places),
    }


def _words(basis: Basis) -> str:
    return {
        Basis.JOURNEY: _("Reisen er avtalt"),
        Basis.OFFER_ACCEPTED: _("Ja til tilbud"),
        Basis.OFFER_MADE: _("Tilbud, ikke svart"),
        Basis.STAY_ENDS: _("Oppholdet slutter"),
    }[basis]


def _per_week(count: int, weeks: int) -> str:
    """Tenths of a person, so that small centres are not all nought."""
    exact = Decimal(count) / weeks
    return words.number(exact.quantize(Decimal("0.1"), ROUND_HALF_UP) if exact % 1 else int(exact))
