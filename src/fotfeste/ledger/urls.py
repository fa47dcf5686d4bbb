"""The addresses of the ledger."""

from django.urls import path

from fotfeste.ledger.views import account, claims, run_acts, runs

urlpatterns = [
    path("tilskudd/kjoringer/", runs.RunsView.as_view(), name="runs"),
    path("tilskudd/kjoringer/<str:reference>/", runs.RunView.as_view(), name="run"),
    path("tilskudd/kjoringer/<str:reference>/linjer/", runs.RunLinesView.as_view(), name="run_lines"),
    path("tilskudd/kjoringer/<str:reference>/ikke-beregnet/", runs.RunRefusalsView.as_view(), name="run_refusals"),
    path("tilskudd/kjoringer/<str:reference>/regneark/", runs.RunSheetView.as_view(), name="run_sheet"),
    path("tilskudd/kjoringer/<str:reference>/kontroller/", run_acts.CheckRunView.as_view(), name="run_check"),
    path("tilskudd/kjoringer/<str:reference>/godkjenn/", run_acts.ApproveRunView.as_view(), name="run_approve"),
    path("tilskudd/kjoringer/<str:reference>/betal/", run_acts.PayRunView.as_view(), name="run_pay"),
    path("tilskudd/kjoringer/<str:reference>/stopp/", run_acts.StopRunView.as_view(), name="run_stop"),
    path("tilskudd/kjoringer/<str:reference>/krev/", run_acts.ClaimsAfterRunView.as_view(), name="claims_after_run"),
    path("tilskudd/krav/", claims.ClaimsView.as_view(), name="claims"),
    path("tilskudd/krav/<str:reference>/", claims.ClaimView.as_view(), name="claim"),
    path("tilskudd/krav/<str:reference>/svar/", claims.AnswerClaimView.as_view(), name="claim_answer"),
    path("tilskudd/krav/<str:reference>/avgjor/", claims.DecideClaimView.as_view(), name="claim_decide"),
    path("tilskudd/krav/<str:reference>/oppgjor/", claims.SettleClaimView.as_view(), name="claim_settle"),
    path("tilskudd/linje/<str:reference>/<str:month>/", account.LineView.as_view(), name="ledger_line"),
    path("kommunen/tilskudd/", account.OwnAccountView.as_view(), name="own_account"),
    path("kommunen/tilskudd/regneark/", account.OwnSheetView.as_view(), name="own_account_sheet"),
]
