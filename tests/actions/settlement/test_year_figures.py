"""What IMDi asks of a municipality for a year and what its council decides: said, said anew, and by whom (SET-10)."""

from datetime import date

import pytest

from fotfeste.kernel.errors import NotAllowed, NotFound, Refused, Stale
from fotfeste.platform.scope import scope
from fotfeste.settlement.actions.figures import figure_version, register_decision, register_request_of_year
from fotfeste.settlement.actions.places import reserve_places
from fotfeste.settlement.domain.places import SaidFigure
from fotfeste.settlement.domain.types import FigureKind
from fotfeste.settlement.models import (
    MunicipalityYear,
    YearFigure,
)
from tests.actions.settlement.asking import ask, decide, say_yes
from tests.actions.settlement.stage import (
    queued,
)
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.req("SET-10")
def test_a_figure_that_is_said_anew_keeps_the_earlier(cast: Cast) -> None:
    decide(cast, 162, 8)
    version = figure_version("5037", FigureKind.DECISION)
    decide(cast, 180, 8, version=version)
    with pytest.raises(Stale):
        decide(cast, 200, version=version)
    now, before = YearFigure.objects.order_by("-pk")
    assert (now.persons, now.supersedes_id, now.recorded_by_id) == (180, before.pk, cast.municipality.user_id)
    assert (before.persons, before.annulled_at, before.source) == (162, cast.at, "Kommunestyret sak 24/117")
    row = MunicipalityYear.objects.get(municipality_id="5037", year=2024)
    assert (row.decided, row.decided_minors, row.requested) == (180, 8, None)


@pytest.mark.req("SET-10")
def test_imdi_registers_what_it_asks_for_and_nothing_is_limited_by_it(cast: Cast) -> None:
    group = queued(cast)
    said = SaidFigure(2, None, cast.day, "IMDis brev")
    with scope(cast.imdi, cast.day):
        register_request_of_year(cast.municipality.organisation_id, 2024, said, by=cast.imdi, at=cast.at)
    assert MunicipalityYear.objects.get(municipality_id="5037", year=2024).requested == 2
    ask(cast, group)
    say_yes(cast, group)
    with scope(cast.imdi, cast.day), pytest.raises(NotFound):
        register_request_of_year(cast.centre.organisation_id, 2024, said, by=cast.imdi, at=cast.at)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (SaidFigure(-1, None, date(2024, 3, 1), "sak"), "not_a_number_of_persons"),
        (SaidFigure(5, 6, date(2024, 3, 1), "sak"), "minors_are_among_the_persons"),
        (SaidFigure(5, 1, date(2024, 3, 15), "sak"), "decided_in_the_future"),
        (SaidFigure(5, 1, date(2024, 3, 1), " "), "figure_source_missing"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(cast: Cast, said: SaidFigure, code: str) -> None:
    with scope(cast.municipality, cast.day), pytest.raises(Refused) as caught:
        register_decision(2024, said, by=cast.municipality, at=cast.at)
    assert caught.value.code == code
    with scope(cast.municipality, cast.day), pytest.raises(Refused, match="figure_of_another_time"):
        register_decision(2124, SaidFigure(5, 1, cast.day, "sak"), by=cast.municipality, at=cast.at)


@pytest.mark.req("ACS-01")
def test_nobody_but_the_municipality_decides_and_nobody_but_imdi_asks(cast: Cast) -> None:
    said = SaidFigure(5, None, cast.day, "sak")
    for viewer in (cast.imdi, cast.centre, cast.udi):
        with scope(viewer, cast.day), pytest.raises(NotAllowed):
            register_decision(2024, said, by=viewer, at=cast.at)
    levanger = cast.municipality.organisation_id
    with scope(cast.municipality, cast.day), pytest.raises(NotAllowed):
        register_request_of_year(levanger, 2024, said, by=cast.municipality, at=cast.at)
    with scope(cast.other_municipality, cast.day), pytest.raises(NotAllowed):
        reserve_places(levanger, cast.centre.organisation_id, 3, year=2024, by=cast.other_municipality, at=cast.at)
