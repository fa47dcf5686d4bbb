"""One search box, everywhere: by name in any script or by any number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fotfeste.access.public import Compartment
from fotfeste.platform.views import StaffView
from fotfeste.registry.public import search
from fotfeste.web.emergency import EmergencyView

MOST = 50
FEWEST_DIGITS = 8  # of what somebody may have meant as a number


class SearchView(StaffView):
    """What the viewer may see of what was searched for, and nothing else."""

    shows = frozenset({Compartment.IDENTITY})

    def get(self, request: HttpRequest) -> HttpResponse:
        """The persons found; straight to the household where there is only one."""
        text = request.GET.get("q", "").strip()
        found = search(self.viewer, text, self.day, most=MOST) if text else []
        self.hits = len(found)
        if len(found) == 1:
            return redirect("household", reference=found[0].group_reference)
        is_number = not found and sum(sign.isdigit() for sign in text) >= FEWEST_DIGITS
        emergency_url = reverse("emergency") if is_number and EmergencyView.is_open_to(self.viewer) else ""
        context = {"text": text, "found": found, "most": MOST, "emergency_url": emergency_url}
        return render(request, "web/search.html", context)
