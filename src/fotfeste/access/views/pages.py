"""The users of one's own organisation as a list, and one user with what has happened."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.domain.permissions import GIVE_ROLES
from fotfeste.access.domain.types import Role
from fotfeste.access.staff import administrators_here, employment_by_reference, employments_here, history_of, roles_from
from fotfeste.access.words import change_words, role_name, who_gives_case_roles
from fotfeste.platform.views import StaffView

PER_PAGE = 50
ENDED = "har_sluttet"


class UsersView(StaffView):
    """The users of one's own organisation, by name, with their roles; those who have left on a page of their own."""

    permission = GIVE_ROLES

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page that the address asks for."""
        has_ended = request.GET.get("vis") == ENDED
        here = employments_here(self.viewer, self.day, has_ended=has_ended)
        page = Paginator(here, PER_PAGE).get_page(request.GET.get("page"))
        employments = list(page.object_list)
        roles = roles_from([each.user_id for each in employments], self.day) if not has_ended else {}
        context = {
            "page": page,
            "has_ended": has_ended,
            "ended_url": f"{reverse('users')}?vis={ENDED}",
            "rows": [
                {
                    "employment": each,
                    "user": each.user,
                    "is_me": each.user_id == self.viewer.user_id,
                    "roles": [(role, role_name(Role(role.role))) for role in roles.get(each.user_id, ())],
                    "begins_later": each.period.start > self.day,
                }
                for each in employments
            ],
        }
        return render(request, "access/users.html", context)


class UserView(StaffView):
    """One user of one's own organisation: employment, roles, what can be done and by whom, what has happened."""

    permission = GIVE_ROLES

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        """The page. NotFound where the user is another organisation's."""
        employment = employment_by_reference(self.viewer, reference)
        roles = roles_from([employment.user_id], self.day).get(employment.user_id, [])
        is_me = employment.user_id == self.viewer.user_id
        context = {
            "employment": employment,
            "user_shown": employment.user,
            "is_over": employment.period.ends_before(self.day),
            "begins_later": employment.period.start > self.day,
            "roles": [(role, role_name(Role(role.role)), role.period.start > self.day) for role in roles],
            "whose_move": self._whose_move(is_me, bool(roles)),
            "history": [(change, change_words(change)) for change in history_of(employment.user_id)],
        }
        return render(request, "access/user.html", context)

    def _whose_move(self, is_me: bool, has_roles: bool) -> str:
        if is_me:
            return who_gives_case_roles(administrators_here(self.viewer, self.day))
        return "" if has_roles else _("Brukeren har ingen rolle, og kan ikke logge inn ennå. Du har neste trekk.")
