"""Short ways to one's own organisation."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from fotfeste.directory.public import OrganisationKind, User


@login_required
def my_centre(request: HttpRequest) -> HttpResponse:
    """The page of the centre that one works at."""
    user = request.user
    if not isinstance(user, User) or user.organisation.kind != OrganisationKind.CENTRE:
        raise PermissionDenied
    return redirect("centre", reference=user.organisation.reference)
