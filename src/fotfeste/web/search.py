"""One search box, everywhere: by name in any script or by any number."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fotfeste.access.public import Compartment
from fotfeste.platform.views import StaffView
from fotfeste.registry.public import search

MOST = 50


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
        return render(request, "web/search.html", {"text": text, "found": found, "most": MOST})
