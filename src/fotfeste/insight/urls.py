"""Addresses of insight."""

from django.urls import path

from fotfeste.insight import views

urlpatterns = [
    path("innsikt/mamot/", views.MamotView.as_view(), name="insight_mamot"),
    path("innsikt/mamot/regneark.xlsx", views.MamotSheetView.as_view(), name="insight_mamot_sheet"),
    path("innsikt/mamot/<slug:figure>.svg", views.MamotPictureView.as_view(), name="insight_mamot_picture"),
]
