"""The words of a plan's codes, in the viewer's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fotfeste.allocation.domain.places import Against, Fill

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
    "proposed": _("IMDi. Alt er sendt og besvart. Lag en ny plan når flere venter."),
    "superseded": _("Ingen. En nyere plan gjelder."),
    "stopped": _("IMDi kan lage en ny plan."),
    "failed": _("IMDi kan lage en ny plan."),
}
# What has come of a proposal: of its request, and of the household where it was not sent.
STANDINGS: Words = {
    "waiting": _("venter"),
    "to_send": _("ikke sendt"),
    "changed": _("ikke i køen lenger"),
    "open": _("spurt"),
    "accepted": _("sagt ja"),
    "declined": _("sagt nei"),
    "withdrawn": _("trukket tilbake"),
    "fulfilled": _("bosatt"),
}
STANDING_TONES: Mapping[str, str] = {
    "waiting": "neutral",
    "to_send": "info",
    "changed": "neutral",
    "open": "info",
    "accepted": "success",
    "declined": "warning",
    "withdrawn": "neutral",
    "fulfilled": "success",
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
    "weighing": _("Regner ut avveiningen"),
}
EVENT_WORDS: Words = {
    "allocation.plan_ordered": _("Fordelingsplan bestilt"),
    "allocation.plan_finish": _("Fordelingsplan beregnet"),
    "allocation.plan_stop": _("Fordelingsplan avbrutt"),
    "allocation.plan_fail": _("Fordelingsplan ikke beregnet"),
    "allocation.plan_supersede": _("Fordelingsplan erstattet"),
    "allocation.what_if_ordered": _("Hva hvis bestilt"),
    "allocation.what_if_finish": _("Hva hvis besvart"),
    "allocation.what_if_stop": _("Hva hvis avbrutt"),
    "allocation.what_if_fail": _("Hva hvis ikke beregnet"),
    "allocation.policy_changed": _("Prioriteringen endret"),
    "allocation.group_pinned": _("Husstand festet til kommune"),
    "allocation.group_unpinned": _("Husstand ikke festet lenger"),
    "allocation.group_forbidden": _("Kommune utelukket for husstand"),
    "allocation.group_unforbidden": _("Kommune ikke utelukket lenger"),
    "allocation.municipality_closed": _("Kommune stengt denne uken"),
    "allocation.municipality_opened": _("Kommune åpnet igjen"),
}
# How full municipalities are, and what that is held against.
FILLS: Words = {
    Fill.UNKNOWN: _("ikke kjent"),
    Fill.UNDER_HALF: _("under 50 prosent"),
    Fill.OVER_HALF: _("50 til 74 prosent"),
    Fill.NEARLY_FULL: _("75 til 99 prosent"),
    Fill.FULL: _("100 prosent eller mer"),
}
AGAINST: Words = {
    Against.DECIDED: _("vedtatte plasser"),
    Against.REQUESTED: _("plasser IMDi ber om"),
}


def left_out_in_words(many: Mapping[str, int]) -> str:
    """How many the plan left out because they ask a municipality themselves, and what they waited for; empty: none."""
    if not sum(many.values()):
        return ""
    whole = ngettext(
        "%(many)d husstand er ikke med, fordi den har spurt en kommune selv.",
        "%(many)d husstander er ikke med, fordi de har spurt en kommune selv.",
        sum(many.values()),
    )
    waits = {
        "waits_for_answer": _("%(many)d venter på svar"),
        "waits_for_home": _("%(many)d leter etter bolig, eller får den vurdert"),
        "waits_for_agreement": _("%(many)d har fått boligen godkjent, og venter på IMDi"),
    }
    parts = [words % {"many": many[code]} for code, words in waits.items() if many.get(code)]
    return f"{whole % {'many': sum(many.values())}} {', '.join(parts)}."
