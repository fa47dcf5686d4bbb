"""Walking through the application without a login, as a browser that keeps no cookie does."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fotfeste.kernel.identifiers import synthetic_duf

WHILE_MAMOT_WAS_OPEN = datetime(2024, 2, 12, 10, tzinfo=UTC)
PDF = b"%PDF-1.4\n1 0 obj\nendobj\n%%EOF"
LINK = re.compile(r"/bo-privat/lenke/([0-9a-z]{32})/")
OLENA = {"name": "Olena Kovalenko", "birth_date": "3.5.1986", "citizenship": "UKR", "duf": synthetic_duf(100001)}
SOFIA = {"name": "Sofia Kovalenko", "birth_date": "9.8.2010", "citizenship": "UKR", "duf": synthetic_duf(100003)}
OF_UKRAINE = {"lived_in_ukraine": "yes", "had_protection": "no", "family_tie": "none", "has_d_number": "yes"}
OF_NEED = {"has_near_family": "yes", "has_carer": "unsure", "needs_adaptation": "no"}
PLACE = {"lives_there": "yes", "living_there_since": "5.2.2024", "street": "Kirkegata 1", "postal_code": "7600"}
HOST = {
    "home_kind": "private",
    "host_name": "Per Hansen",
    "host_relation": "friend",
    "is_tenant": "yes",
    "is_centre_housing": "no",
}
SIGNED = {"signer_name": "Olena Kovalenko", "language": "uk", "is_right": "on", "contact": ""}
HELPED = {"filled_in_by": "helper", "helper_name": "Kari Nordmann", "helper_relation": "nabo"}


class Walk:
    """Somebody who fills in the application; every request is by a browser that has no cookie."""

    def __init__(self, **who: str) -> None:
        """Begin: `who` is what is answered on the first page."""
        answer: Any = Client().post("/bo-privat/soknad/", {"is_from_ukraine": "no"} | who)
        assert answer.status_code == 302, answer.text
        self.address = answer.headers["Location"].removesuffix("personer/")

    def get(self, page: str) -> Any:
        """A page of the application."""
        return Client().get(self.address + page)

    def send(self, page: str, typed: Mapping[str, Any]) -> Any:
        """Send a page."""
        return Client().post(self.address + page, typed)

    def go_on(self, page: str, typed: Mapping[str, Any]) -> str:
        """Send a page that is right; gives where it leads."""
        answer = self.send(page, typed)
        assert answer.status_code == 302, answer.text
        return str(answer.headers["Location"]).removeprefix(self.address)

    def fill_in(self, *, municipality: Mapping[str, str], situation: Mapping[str, str], **more: Any) -> None:
        """All pages up to the last, for Olena and Sofia."""
        for number, person in enumerate((OLENA, SOFIA), start=1):
            self.go_on(f"person/{number}/", person)
        self.go_on("kommunen/", municipality)
        self.go_on("sted/", PLACE | more.get("place", {}))
        self.go_on("vert/", HOST)
        for number in (1, 2):
            self.go_on(f"om-person/{number}/", situation)
        if more.get("attaches", True):
            file = SimpleUploadedFile("../kontrakt.pdf", PDF, content_type="text/html")
            self.go_on("vedlegg/", {"do": "add", "kind": "rent_contract", "file": file})
        self.go_on("vedlegg/", {"do": "on"})

    def sign(self, **changes: str) -> list[str]:
        """Send it; gives the secrets of the links on the receipt, in their order."""
        assert self.go_on("send/", SIGNED | changes) == "kvittering/"
        return list(dict.fromkeys(LINK.findall(self.get("kvittering/").text)))


def alone() -> list[str]:
    """Procedure A of AMOT: sent by the applicant; gives the links."""
    walk = Walk(filled_in_by="applicant")
    walk.fill_in(municipality={"municipality": "5037"}, situation=OF_NEED)
    return walk.sign()


def with_helper_and_host() -> list[str]:
    """Procedure B of MAMOT, filled in by a helper: the links of applicant, municipality and host."""
    walk = Walk(**HELPED, is_from_ukraine="yes")
    walk.fill_in(municipality={"municipality": "5037", "procedure": "fast"}, situation=OF_UKRAINE)
    return walk.sign(signer_name="Kari Nordmann")
