"""The addresses of applications, for staff."""

from django.urls import path

from fotfeste.alternative.views import application_acts as acts
from fotfeste.alternative.views import application_decisions as decisions
from fotfeste.alternative.views import application_parties as parties
from fotfeste.alternative.views import applications, ending, on_behalf

ONE = "soknader/<str:application>/"

urlpatterns = [
    path("soknader/", applications.ApplicationsView.as_view(), name="applications"),
    path(ONE, applications.ApplicationView.as_view(), name="application"),
    path(f"{ONE}dokument/<str:document>/", applications.DocumentView.as_view(), name="application_document"),
    path(f"{ONE}hvem/", acts.MatchView.as_view(), name="application_match"),
    path(f"{ONE}spor/", acts.AskView.as_view(), name="application_ask"),
    path(f"{ONE}svar/", acts.AnswerView.as_view(), name="application_answer"),
    path(f"{ONE}innvilg/", decisions.GrantView.as_view(), name="application_grant"),
    path(f"{ONE}avsla/", decisions.RefuseView.as_view(), name="application_refuse"),
    path(f"{ONE}forelopig/", acts.PreliminaryView.as_view(), name="application_preliminary"),
    path(f"{ONE}trekk/", decisions.WithdrawView.as_view(), name="application_withdraw"),
    path(f"{ONE}innflytting/", decisions.MovedInView.as_view(), name="application_moved_in"),
    path(f"{ONE}feil/", decisions.AnnulGrantView.as_view(), name="application_annul"),
    path(f"{ONE}part/<str:party>/", parties.PartyAnswerView.as_view(), name="application_party"),
    path(f"{ONE}part/<str:party>/lenke/", parties.RenewLinkView.as_view(), name="application_link"),
    path("husstand/<str:reference>/soknad/", applications.DecideTaskView.as_view(), name="decide_application"),
    path(
        "husstand/<str:reference>/soknad/forelopig/",
        applications.PreliminaryTaskView.as_view(),
        name="send_preliminary_answer",
    ),
    path("husstand/<str:reference>/soknad/svar/", applications.AnswerTaskView.as_view(), name="answer_acceptance"),
    path(
        "husstand/<str:reference>/soknad/innflytting/", applications.MovedInTaskView.as_view(), name="register_move_in"
    ),
    path("husstand/<str:reference>/sok-bo-privat/", on_behalf.ApplyView.as_view(), name="apply_for"),
    path("husstand/<str:reference>/avtale/avslutt/", ending.EndAgreementView.as_view(), name="end_agreement"),
    path("husstand/<str:reference>/avtale/brev/", ending.EndLetterView.as_view(), name="send_end_letter"),
]
