"""The words of a plan's codes, in the viewer's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Words = Mapping[str, str | Promise]

PLAN_STATES: Words = {
    "computing": _("beregnes"),
    "proposed": _("gjelder nå"),
    "superseded": _("erstattet"),
    "stopped": _("avbrutt"),
    "failed": _("ikke beregnet"),
}
PLAN_NEXT: Words = {
    "computing": _("Ingen. Planen beregnes, og du kan gå fra siden så lenge."),
    "proposed": _("IMDi ser over forslagene og spør kommunene."),
    "superseded": _("Ingen. En nyere plan gjelder."),
    "stopped": _("IMDi kan lage en ny plan."),
    "failed": _("IMDi kan lage en ny plan."),
}
TONES: Mapping[str, str] = {
    "computing": "info",
    "proposed": "success",
    "superseded": "neutral",
    "stopped": "neutral",
    "failed": "warning",
}
STEPS: Words = {
    "": _("Venter på tur"),
    "reading": _("Leser køen og kommunenes plasser"),
    "solving": _("Fordeler husstandene"),
    "explaining": _("Skriver begrunnelsene"),
}
EVENT_WORDS: Words = {
    "allocation.plan_ordered": _("Fordelingsplan bestilt"),
    "allocation.plan_finish": _("Fordelingsplan beregnet"),
    "allocation.plan_stop": _("Fordelingsplan avbrutt"),
    "allocation.plan_fail": _("Fordelingsplan ikke beregnet"),
    "allocation.plan_supersede": _("Fordelingsplan erstattet"),
}
