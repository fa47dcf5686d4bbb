"""A centre's page, and the list of centres."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fotfeste.accommodation.queries.centre import centre_overview
from fotfeste.accommodation.queries.occupancy import occupancy
from fotfeste.accommodation.words import CENTRE_TYPES, DENOMINATORS, OPERATORS
from fotfeste.kernel.errors import Refused
from fotfeste.platform.forms import DayForm
from fotfeste.platform.sentences import sentence_for
from fotfeste.platform.views import StaffView


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

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The page."""
        form, day = self.chosen(request)
        overview = centre_overview(self.viewer, reference, day)
        operation = overview.operation
        is_own = overview.centre.pk == self.viewer.organisation_id
        return render(
            request,
            "accommodation/centre.html",
            {
                "form": form,
                "overview": overview,
                "is_today": day == self.day,
                "type": CENTRE_TYPES[operation.type] if operation else "",
                "operator": OPERATORS[operation.operator] if operation else "",
                "occupancies": [(found, DENOMINATORS[found.denominator]) for found in overview.occupancies],
                "may_run": is_own and self.viewer.may("accommodation.run_centre"),
                "may_operate": self.viewer.may("accommodation.operate_centres"),
                "may_assign": is_own and self.viewer.may("accommodation.assign_beds"),
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
            },
        )

    @staticmethod
    def _url(reference: str, sees_all: bool) -> str:
        return reverse("centre", args=[reference]) if sees_all else ""
