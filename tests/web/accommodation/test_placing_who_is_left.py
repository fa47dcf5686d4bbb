"""The form to place those who are left, when somebody has gone: what fits them, and how many they are."""

import pytest

from fotfeste.accommodation.public import CentreType
from fotfeste.directory.public import Organisation
from fotfeste.platform.scope import scope
from fotfeste.registry.public import PlacementGroup
from tests.actions.accommodation.people import open_centre
from tests.actions.accommodation.test_placing_who_is_left import boy_whose_aunt_has_gone
from tests.conftest import Cast
from tests.web.accommodation.conftest import Browser


@pytest.mark.django_db
@pytest.mark.req("ACC-01")
def test_a_centre_for_minors_is_offered_to_the_boy_whose_aunt_has_gone(cast: Cast, logged_in: Browser) -> None:
    group, _aunt, _boy = boy_whose_aunt_has_gone(cast)
    there = open_centre(cast, cast.other_centre, kind=CentreType.UNACCOMPANIED_MINORS)
    with scope(cast.udi, cast.day):
        reference = PlacementGroup.objects.get(subject_id=group).subject.reference
    page = logged_in(cast.udi).get(f"/husstand/{reference}/plassering/").content.decode()
    assert f'value="{Organisation.objects.get(pk=there).reference}"' in page
    assert "Husstanden er 1 person." in page
