"""The addresses without a login."""

from django.urls import path

from fotfeste.alternative.views import door_links, door_sending, door_steps

urlpatterns = [
    path("bo-privat/", door_steps.StartView.as_view(), name="door_start"),
    path("bo-privat/soknad/", door_steps.BeginView.as_view(), name="door_begin"),
    path("bo-privat/soknad/<str:secret>/", door_steps.ResumeView.as_view(), name="door_resume"),
    path("bo-privat/soknad/<str:secret>/person/<int:number>/", door_steps.PersonView.as_view(), name="door_person"),
    path(
        "bo-privat/soknad/<str:secret>/om-person/<int:number>/",
        door_steps.SituationView.as_view(),
        name="door_situation",
    ),
    path("bo-privat/soknad/<str:secret>/vedlegg/", door_sending.DocumentsView.as_view(), name="door_documents"),
    path("bo-privat/soknad/<str:secret>/send/", door_sending.SendView.as_view(), name="door_send"),
    path("bo-privat/soknad/<str:secret>/kvittering/", door_sending.ReceiptView.as_view(), name="door_receipt"),
    path("bo-privat/soknad/<str:secret>/<str:step>/", door_steps.StepView.as_view(), name="door_step"),
    path("bo-privat/lenke/<str:secret>/", door_links.LinkView.as_view(), name="door_link"),
    path("bo-privat/lenke/<str:secret>/trekk/", door_links.WithdrawView.as_view(), name="door_withdraw"),
]
