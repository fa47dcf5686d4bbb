"""A refusal that gave way holds no places: who is still there is of the one that came after it."""

from django.db import migrations

from fotfeste.platform.rls import rewritten

_PLACES = "settlement_places_of(integer, date)"
_ANY = """    WHERE f.annulled_at IS NULL AND of_year = extract(year FROM day)::integer
"""
_LAST = """    WHERE f.annulled_at IS NULL AND of_year = extract(year FROM day)::integer
      -- Whoever left under the next refusal of the case is out of that one alone.
      AND NOT EXISTS (
          SELECT 1 FROM refusal_refusal later
          WHERE later.case_id = f.case_id AND later.id > f.id AND later.annulled_at IS NULL
      )
"""


class Migration(migrations.Migration):
    dependencies = [("refusal", "0009_held_for_the_rest")]
    operations = [rewritten(_PLACES, _ANY, _LAST)]
