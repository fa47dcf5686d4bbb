"""Addresses of the registry's pages."""

from django.urls import path

from fotfeste.registry.views import acts, lists, membership
from fotfeste.registry.views.protection import (
    EndProtectionView,
    NameFollowerView,
    ProtectHouseholdView,
    UnnameFollowerView,
)
from fotfeste.registry.views.registration import RegisterGroupView
from fotfeste.registry.views.taking_back import AnnulStatusView

urlpatterns = [
    path("registrer/", RegisterGroupView.as_view(), name="register_group"),
    path("husstander/", lists.HouseholdsView.as_view(), name="households"),
    path("dubletter/", lists.DuplicatesView.as_view(), name="duplicates"),
    path("husstand/<str:reference>/status/", acts.RegisterStatusView.as_view(), name="register_status"),
    path("husstand/<str:reference>/status-feil/", AnnulStatusView.as_view(), name="annul_status"),
    path("husstand/<str:reference>/legg-til/", membership.AddMembersView.as_view(), name="add_member"),
    path("husstand/<str:reference>/ta-ut/", membership.RemoveMemberView.as_view(), name="remove_member"),
    path("husstand/<str:reference>/ny-person/", membership.RegisterMemberView.as_view(), name="register_member"),
    path("husstand/<str:reference>/slektskap/", acts.RelationsView.as_view(), name="register_relation"),
    path("husstand/<str:reference>/dubletter/", lists.HouseholdDuplicatesView.as_view(), name="household_duplicates"),
    path("husstand/<str:reference>/adressesperre/", ProtectHouseholdView.as_view(), name="protect_household"),
    path("husstand/<str:reference>/opphev-sperre/", EndProtectionView.as_view(), name="end_protection"),
    path("adressesperre/<str:reference>/", NameFollowerView.as_view(), name="name_follower"),
    path("adressesperre/<str:reference>/ta-bort/", UnnameFollowerView.as_view(), name="unname_follower"),
    path("husstand/<str:reference>/rett/<str:person>/", acts.CorrectDetailsView.as_view(), name="correct_details"),
]
