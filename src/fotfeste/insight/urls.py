"""Addresses of insight."""

from django.urls import path

from fotfeste.insight.views import mamot, settlement

urlpatterns = [
    path("innsikt/mamot/", mamot.MamotView.as_view(), name="insight_mamot"),
    path("innsikt/mamot/regneark.xlsx", mamot.MamotSheetView.as_view(), name="insight_mamot_sheet"),
    path("innsikt/mamot/<slug:figure>.svg", mamot.MamotPictureView.as_view(), name="insight_mamot_picture"),
    path("innsikt/bosetting/", settlement.SettlementView.as_view(), name="insight_settlement"),
    path("innsikt/bosetting/regneark.xlsx", settlement.SettlementSheetView.as_view(), name="insight_settlement_sheet"),
    path(
        "innsikt/bosetting/<slug:figure>.svg",
        settlement.SettlementPictureView.as_view(),
        name="insight_settlement_picture",
    ),
]
