"""The kinds of tasks of the ledger: their words, and where they are done. What they are about has no household."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext

from fotfeste.directory.public import ContactTopic
from fotfeste.ledger import task_codes
from fotfeste.ledger.models import Claim, Run
from fotfeste.ledger.words import SCHEMES
from fotfeste.platform.words import day
from fotfeste.worklist.public import TaskKind


def run_names(run_ids: Collection[int]) -> Mapping[int, str]:
    """What runs are called in the worklist."""
    return {
        run_id: gettext("Kjøring %(scheme)s til %(day)s") % {"scheme": SCHEMES[scheme], "day": day(through)}
        for run_id, scheme, through in Run.objects.filter(pk__in=run_ids).values_list("pk", "scheme", "through")
    }


def claim_names(claim_ids: Collection[int]) -> Mapping[int, str]:
    """What claims are called in the worklist."""
    found = Claim.objects.filter(pk__in=claim_ids).values_list("pk", "scheme", "municipality__name")
    return {
        claim_id: gettext("Krav %(scheme)s, %(municipality)s") % {"scheme": SCHEMES[scheme], "municipality": name}
        for claim_id, scheme, name in found
    }


_MONEY = ContactTopic.BENEFITS

TASK_KINDS: tuple[TaskKind, ...] = (
    TaskKind(task_codes.CHECK_RUN, lambda: gettext("Kontroller kjøringen"), "run_check", _MONEY, name_of=run_names),
    TaskKind(task_codes.APPROVE_RUN, lambda: gettext("Godkjenn kjøringen"), "run_approve", _MONEY, name_of=run_names),
    TaskKind(task_codes.PAY_RUN, lambda: gettext("Betal kjøringen"), "run_pay", _MONEY, name_of=run_names),
    TaskKind(
        task_codes.PREPARE_CLAIMS,
        lambda: gettext("Se hvem som skylder penger tilbake"),
        "claims_after_run",
        _MONEY,
        name_of=run_names,
    ),
    TaskKind(task_codes.ANSWER_CLAIM, lambda: gettext("Svar på kravet"), "claim_answer", _MONEY, name_of=claim_names),
    TaskKind(task_codes.FOLLOW_CLAIM, lambda: gettext("Følg opp svar på kravet"), "claim", _MONEY, name_of=claim_names),
    TaskKind(task_codes.DECIDE_CLAIM, lambda: gettext("Avgjør kravet"), "claim_decide", _MONEY, name_of=claim_names),
    TaskKind(task_codes.SETTLE_CLAIM, lambda: gettext("Gjør opp kravet"), "claim_settle", _MONEY, name_of=claim_names),
)
