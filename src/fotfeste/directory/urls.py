"""The addresses of the directory."""

from django.urls import path

from fotfeste.directory.views import contacts, keeping, pages

urlpatterns = [
    path("organisasjoner/", pages.OrganisationsView.as_view(), name="organisations"),
    path("organisasjoner/ny/", keeping.AddOrganisationView.as_view(), name="add_organisation"),
    path("organisasjoner/var/", pages.own_organisation, name="own_organisation"),
    path("organisasjoner/<str:reference>/", pages.OrganisationView.as_view(), name="organisation"),
    path("organisasjoner/<str:reference>/ny-enhet/", keeping.AddUnitView.as_view(), name="add_unit"),
    path("enheter/<str:reference>/endre/", keeping.ChangeUnitView.as_view(), name="change_unit"),
    path("enheter/<str:reference>/avslutt/", keeping.EndUnitView.as_view(), name="end_unit"),
    path("enheter/<str:reference>/ny-kontakt/", contacts.AddContactView.as_view(), name="add_contact"),
    path("kontakter/<str:reference>/endre/", contacts.ChangeContactView.as_view(), name="change_contact"),
    path("kontakter/<str:reference>/avslutt/", contacts.EndContactView.as_view(), name="end_contact"),
]
