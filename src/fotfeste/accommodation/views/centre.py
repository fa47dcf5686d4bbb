"""A centre's page, and the list of centres."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.public import Compartment
from fotfeste.accommodation.forecast_rows import ShownForecast, shown
from fotfeste.accommodation.queries.centre import CentreOverview, centre_overview
from fotfeste.accommodation.queries.forecast import grounds
from fotfeste.accommodation.queries.occupancy import CountryOccupancy, occupancy
from fotfeste.accommodation.words import CENTRE_TYPES, DENOMINATORS, OPERATORS
from fotfeste.kernel.errors import Refused
from fotfeste.platform import words
from fotfeste.platform.forms import DayForm
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.views import StaffView


def _forecast(overview: CentreOverview) -> ShownForecast | None:
    """A centre's forecast; None where it is not in operation and nobody lives there."""
    if overview.operation is None and not overview.people:
        return None
    found = grounds(overview.day, overview.centre.pk).forecast([overview.centre.pk], overview.people)
    return shown(found, {overview.centre.pk: overview.centre.name})


def _addresses_begin() -> str:
    """What every household's address begins with: a centre's page has hundreds, and to look each one up takes longer
    than to show it."""
    return reverse("household", args=["-"]).removesuffix("-/")


class DayPage(StaffView):
    """A page that shows a day: today, or the one in `?dag=`; a day that is ahead or is no day is told so."""

    permission = "accommodation.see_centre"

    def chosen(self, request: HttpRequest) -> tuple[DayForm, date]:
        """The form, and the day to show."""
        form = DayForm(request.GET if "dag" in request.GET else None, initial={"dag": self.day})
        if not form.is_valid():
            return form, self.day
        day: date = form.cleaned_data["dag"]
        if day > self.day:
            form.add_error("dag", sentence_for(Refused("shown_day_in_future", params={"day": day})))
            return form, self.day
        return form, day


class CentreView(DayPage):
    """Rooms as rooms, occupancy with its denominators named, on any day up to today."""

    shows = frozenset({Compartment.IDENTITY, Compartment.STAYS, Compartment.ROOMS})

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The page."""
        form, day = self.chosen(request)
        overview = centre_overview(self.viewer, reference, day)
        self.hits = overview.people
        operation = overview.operation
        is_own = overview.centre.pk == self.viewer.organisation_id
        return render(
            request,
            "accommodation/centre.html",
            {
                "form": form,
                "overview": overview,
                "households": _addresses_begin(),
                "is_today": day == self.day,
                "type": CENTRE_TYPES[operation.type] if operation else "",
                "operator": OPERATORS[operation.operator] if operation else "",
                "occupancies": [(found, DENOMINATORS[found.denominator]) for found in overview.occupancies],
                "may_run": is_own and self.viewer.may("accommodation.run_centre"),
                "may_operate": self.viewer.may("accommodation.operate_centres"),
                "may_assign": is_own and self.viewer.may("accommodation.assign_beds"),
                "forecast": _forecast(overview),
            },
        )


class CentresView(DayPage):
    """Every centre with its occupancy, by county, with sums."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page; those who belong to one centre see that one."""
        form, day = self.chosen(request)
        country = occupancy(day)
        sees_all = self.viewer.may("accommodation.operate_centres")
        return render(
            request,
            "accommodation/centres.html",
            {
                "form": form,
                "country": country,
                "is_today": day == self.day,
                "regions": [
                    (
                        region,
                        [
                            (centre, CENTRE_TYPES[centre.type], self._url(centre.reference, sees_all))
                            for centre in region.centres
                        ],
                    )
                    for region in country.regions
                ],
                "may_operate": sees_all,
            }
            | self._forecasts(country, request.GET.get("region", "")),
        )

    def _forecasts(self, country: CountryOccupancy, wanted: str) -> dict[str, Any]:
        """The forecast of the country, or of the region asked for, and every region's in short."""
        known = grounds(country.day)
        areas = {"": known.of_country(country)} | {each.name: known.of_region(each) for each in country.regions}
        code = wanted if wanted in areas else ""
        names = {centre.centre_id: centre.name for centre in country.centres}
        names |= {centre.pk: centre.name for centre in country.closed}
        day = {} if country.day == self.day else {"dag": words.short_day(country.day)}
        return {
            "area": code or _("hele landet"),
            "forecast": shown(areas[code], names),
            "by_region": [
                {
                    "name": name or _("Hele landet"),
                    "url": "?" + urlencode(day | ({"region": name} if name else {})),
                    "is_shown": name == code,
                    "free_now": found.places - found.people,
                    "found": found,
                }
                for name, found in areas.items()
            ],
        }

    @staticmethod
    def _url(reference: str, sees_all: bool) -> str:
        return reverse("centre", args=[reference]) if sees_all else ""
