"""The self-declaration of those who drive themselves, to be printed and signed before the journey."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fotfeste.access.public import Compartment
from fotfeste.registry.public import OfHousehold
from fotfeste.settlement.queries.story import story_of
from fotfeste.settlement.texts.travel import DECLARATION_LANGUAGES, declaration


class DeclarationView(OfHousehold):
    """The self-declaration, to be printed and signed before the journey, in a language of theirs."""

    permission = "settlement.arrange_journey"
    shows = OfHousehold.shows | {Compartment.SETTLEMENT}

    def get(self, request: HttpRequest, **kwargs: str) -> HttpResponse:
        """The sheet in the language that is asked for, or in the first of theirs that there is."""
        asked = request.GET.get("sprak", "")
        sheet = declaration(asked if asked in DECLARATION_LANGUAGES else self._own_language())
        story = story_of(int(self.group.pk))
        journey = story.journey if story.journey is not None and story.journey.is_own_car else None
        known = {"travels_on": journey.travels_on, "insured": journey.green_card_valid_until} if journey else {}
        here = reverse("own_car_declaration", args=[kwargs["reference"]])
        context = self.back() | {
            "sheet": sheet,
            "languages": [(code, f"{here}?sprak={code}") for code in DECLARATION_LANGUAGES],
            "names": ", ".join(member.name for member in self.members),
            **{name: _numbers(day) for name, day in known.items()},
        }
        return render(request, "settlement/journey/declaration.html", context)

    def _own_language(self) -> str:
        spoken = [code for member in self.members for code in member.languages]
        return next((code for code in spoken if code in DECLARATION_LANGUAGES), "nb")


def _numbers(day: date | None) -> str:
    """A day as every reader reads it."""
    return f"{day.day}.{day.month}.{day.year}" if day else ""
