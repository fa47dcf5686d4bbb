"""The centre tells of days that are changed: the old and the new are shown first."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.platform.words import day as in_words
from fotfeste.refusal.actions.counselling import COUNSELS
from fotfeste.refusal.actions.days import tell_days
from fotfeste.refusal.domain.types import Happening
from fotfeste.refusal.forms.steps import SureForm
from fotfeste.refusal.views.acting import RefusalActView
from fotfeste.refusal.words_pages import DAYS


class TellDaysView(RefusalActView):
    """Each adult hears of their days, and gets a letter of them."""

    permission = COUNSELS
    kinds = (Happening.DAYS_TOLD,)
    form_class = SureForm

    def context(self) -> dict[str, Any]:
        """Whose days are changed, from what to what."""
        return super().context() | {
            "title": _("Fortell om dager som er endret: %(name)s") % {"name": self.name_within},
            "submit_label": _("Skriv brevene"),
            "intro": _("Fortell hver av dem om dagene, og gi dem brevet."),
            "consequences": [
                *self._changed(),
                _("Hver voksen får et brev på sitt språk med de gamle og de nye dagene."),
            ],
        }

    def _changed(self) -> Iterator[str]:
        for name, which, was, now in self.shown.plan.days_changed:
            if name in self.names:
                yield _("%(name)s: %(day)s var %(was)s, er nå %(now)s.") % {
                    "name": self.names[name],
                    "day": DAYS[which],
                    "was": in_words(was) if was else _("uten dato"),
                    "now": in_words(now) if now else _("uten dato, fordi saken står stille"),
                }

    def do(self, form: SureForm) -> tuple[str, str]:
        """Tell."""
        tell_days(self.group_id, **self.said(form))
        return self.page_url, _("Brevene er skrevet. Gi dem til hver av dem.")
