"""The addresses of those who give roles."""

from django.urls import path

from fotfeste.access.views import acts, pages

urlpatterns = [
    path("brukere/", pages.UsersView.as_view(), name="users"),
    path("brukere/ny/", acts.AddUserView.as_view(), name="add_user"),
    path("brukere/<str:reference>/", pages.UserView.as_view(), name="user"),
    path("brukere/<str:reference>/ny-rolle/", acts.GiveRoleView.as_view(), name="give_role"),
    path("brukere/<str:reference>/slutter/", acts.EndEmploymentView.as_view(), name="end_employment"),
    path("roller/<str:reference>/avslutt/", acts.EndRoleView.as_view(), name="end_role"),
]
