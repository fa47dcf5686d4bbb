"""The addresses of what a municipality does for those who live there privately."""

from django.urls import path

from fotfeste.alternative.views import followed, local

local_urlpatterns = [
    path("bor-privat/", local.PrivateLivingView.as_view(), name="private_living"),
    path("bor-privat/vilkar/", local.DeclareConditionsView.as_view(), name="declare_conditions"),
    path("bor-privat/venteliste/", local.AddWaitingView.as_view(), name="add_waiting"),
    path("bor-privat/venteliste/<str:entry>/", local.AnswerWaitingView.as_view(), name="answer_waiting"),
    path("bor-privat/venteliste/<str:entry>/sok/", local.ApplyFromWaitingView.as_view(), name="apply_from_waiting"),
    path("bor-privat/register/", local.RegisterResidentView.as_view(), name="register_resident"),
    path("bor-privat/register/<str:entry>/", local.EndResidentView.as_view(), name="end_resident"),
    path("bor-privat/rapporter/", local.LateReportsView.as_view(), name="late_reports"),
    path("husstand/<str:reference>/bolig/", followed.CheckHousingView.as_view(), name="check_housing"),
    path(
        "husstand/<str:reference>/kontaktperson/", followed.NameContactPersonView.as_view(), name="name_contact_person"
    ),
    path("husstand/<str:reference>/kontakt/", followed.LogContactView.as_view(), name="log_contact"),
    path("husstand/<str:reference>/arsrapport/", followed.YearlyReportView.as_view(), name="yearly_report"),
]
