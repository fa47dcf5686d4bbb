"""Login with a password: off outside the demo unless the installation says otherwise, and slow to be guessed."""

from datetime import datetime
from math import ceil
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from fotfeste.kernel.calendar import legal_day
from fotfeste.platform.asked_from import address_of
from fotfeste.platform.words import instant
from fotfeste.web.login_attempts import forget_attempts, try_once
from fotfeste.web.login_begun import LoginRefused, check_may_log_in
from fotfeste.web.login_refused import REASONS

HELD_UP = "held_up"


class PasswordForm(AuthenticationForm):
    """Name and password. Says the same, and takes the same time, whether there is such a user or not."""

    use_required_attribute = False
    again_at: datetime | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Labels carry no colon."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Look at the password, unless there have been too many attempts."""
        at: datetime = self.request.at  # type: ignore[union-attr]
        name, address = self.cleaned_data.get("username", ""), address_of(self.request)  # type: ignore[arg-type]
        if not name or not self.cleaned_data.get("password"):
            return super().clean()
        self.again_at = try_once(name, address, at)
        if self.again_at:
            sentence = _("Det er prøvd for mange ganger. Du kan prøve igjen %(when)s.")
            raise ValidationError(sentence, code=HELD_UP, params={"when": instant(self.again_at)})
        cleaned = super().clean()
        forget_attempts(name, address)
        return cleaned

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        """Only those who may be here today; asked when the password was right."""
        try:
            check_may_log_in(user, legal_day(self.request.at))  # type: ignore[arg-type, union-attr]
        except LoginRefused as refused:
            if refused.code == "unknown":
                raise self.get_invalid_login_error() from refused
            raise ValidationError(str(REASONS[refused.code][2]), code=refused.code) from refused

    @property
    def status(self) -> int:
        """Of the answer that shows what is wrong."""
        return 429 if self.has_error(NON_FIELD_ERRORS, HELD_UP) else 422

    def seconds_to_wait(self, at: datetime) -> int:
        """Until one may try again; 0 where one may now."""
        return max(0, ceil((self.again_at - at).total_seconds())) if self.again_at else 0
