"""Organisations as they are listed and found. Open to all staff."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from fotfeste.directory.models import Organisation
from fotfeste.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which organisations are asked for: by name, place or county, and by kind."""

    text: str = ""
    kind: str = ""


def organisations(wanted: Wanted) -> QuerySet[Organisation]:
    """The organisations that are asked for, by name, with where they lie."""
    found = Organisation.objects.select_related("municipality__county")
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if text := wanted.text.strip():
        found = found.filter(
            Q(name__icontains=text)
            | Q(municipality__name_nb__icontains=text)
            | Q(municipality__county__name__icontains=text)
        )
    return found.order_by("sort_key", "pk")


def organisation_by_reference(reference: str) -> Organisation:
    """The organisation behind a public reference. Raises NotFound."""
    found = Organisation.objects.filter(reference=reference).select_related("municipality__county").first()
    if found is None:
        raise NotFound("not_found")
    return found
