"""What of the ledger's books a run begins with: the open run, the last that counts, what was paid."""

from fotfeste.ledger.public import Payment, Run

_ENDED = ("paid", "stopped")
_COUNTED = ("approved", "paid")


def open_run(scheme: str) -> Run | None:
    """The run of a scheme that is neither paid nor stopped, if there is one; as far as the session sees runs."""
    return Run.objects.filter(scheme=scheme).exclude(state__in=_ENDED).select_related("subject").first()


def latest_counted(scheme: str) -> Run | None:
    """The last run of a scheme whose lines count, if there is any; as far as the session sees runs."""
    counted = Run.objects.filter(scheme=scheme, state__in=_COUNTED)
    return counted.select_related("subject").order_by("-as_known_at", "-pk").first()


def payments_of(scheme: str) -> list[tuple[int, int, int]]:
    """What was paid for a scheme: run, municipality's organisation, øre."""
    paid = Payment.objects.filter(scheme=scheme).order_by("pk")
    return list(paid.values_list("run_id", "municipality_id", "amount_ore"))
