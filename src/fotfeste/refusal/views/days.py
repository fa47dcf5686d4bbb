"""The centre tells of days that are changed, that the case stands still or goes on, and that the offer is withdrawn: it
is shown first.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.platform.words import day as in_words
from fotfeste.refusal.actions.counselling import COUNSELS
from fotfeste.refusal.actions.days import tell_days
from fotfeste.refusal.domain.told_days import OFFER_WITHDRAWN, SUSPENDED_FROM
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.forms.steps import SureForm
from fotfeste.refusal.views.acting import RefusalActView
from fotfeste.refusal.words_pages import DAYS


class TellDaysView(RefusalActView):
    """Each adult hears of it, and gets a letter."""

    permission = COUNSELS
    kinds = (Happening.DAYS_TOLD,)
    form_class = SureForm

    def context(self) -> dict[str, Any]:
        """Whose days are changed, from what to what."""
        return super().context() | {
            "title": _("Fortell hva som er endret i saken: %(name)s") % {"name": self.name_within},
            "submit_label": _("Skriv brevene"),
            "intro": _("Fortell hver av dem om det, og gi dem brevet."),
            "consequences": [
                *self._changed(),
                _("Hver voksen får et brev på sitt språk om hva som gjelder nå."),
            ],
        }

    def _changed(self) -> Iterator[str]:
        for name, which, was, now in self.shown.plan.days_changed:
            if name not in self.names:
                continue
            words: dict[str, object] = {"name": self.names[name]}
            if which == SUSPENDED_FROM:
                said = _("%(name)s: Saken står stille fra %(now)s.") if now else _("%(name)s: Saken går videre.")
            elif which == OFFER_WITHDRAWN:
                said = _("%(name)s: Tilbudet er trukket fra %(now)s, og ingen plass holdes av.")
            else:
                said = _("%(name)s: %(day)s var %(was)s, er nå %(now)s.")
                words |= {"day": DAYS[which], "was": in_words(was) if was else _("uten dato")}
            yield said % (words | {"now": in_words(now) if now else _("uten dato, fordi saken står stille")})

    def do(self, form: SureForm) -> tuple[str, str]:
        """Tell."""
        tell_days(self.group_id, **self.said(form))
        return self.page_url, _("Brevene er skrevet. Gi dem til hver av dem.")
