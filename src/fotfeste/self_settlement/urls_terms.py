"""The addresses of the terms: the overview, a municipality's own page, and what everybody reads without a login."""

from django.urls import path

from fotfeste.self_settlement.views import overview, terms

terms_urlpatterns = [
    path("selvbosetting/", overview.TermsOverviewView.as_view(), name="terms_overview"),
    path("selvbosetting/regneark/", overview.TermsSheetView.as_view(), name="terms_sheet"),
    path("selvbosetting/vart-svar/", terms.OwnTermsView.as_view(), name="own_terms"),
    path("selvbosetting/vart-svar/publiser/", terms.PublishTermsView.as_view(), name="publish_terms"),
    path("selvbosetting/vart-svar/gjennomgatt/", terms.ReviewTermsView.as_view(), name="review_terms"),
    path("selvbosetting/kommune/<str:number>/", overview.MunicipalityTermsView.as_view(), name="municipality_terms"),
    path("bo-selv/", overview.OpenStartView.as_view(), name="open_terms_start"),
    path("bo-selv/<str:language>/", overview.OpenOverviewView.as_view(), name="open_terms_overview"),
    path("bo-selv/<str:language>/<str:number>/", overview.OpenTermsView.as_view(), name="open_terms"),
]
