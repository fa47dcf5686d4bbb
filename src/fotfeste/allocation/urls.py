"""The addresses of plans."""

from django.urls import path

from fotfeste.allocation.views import acts, board, flows, plans, policy, policy_change, sending

urlpatterns = [
    path("bosetting/prioritering/", policy.PolicyView.as_view(), name="policy"),
    path("bosetting/prioritering/endre/", policy_change.ChangePolicyView.as_view(), name="change_policy"),
    path("bosetting/planer/", plans.PlansView.as_view(), name="plans"),
    path("bosetting/planer/ny/", acts.PlanWeekView.as_view(), name="plan_week"),
    path("bosetting/planer/<str:reference>/", plans.PlanView.as_view(), name="plan"),
    path(
        "bosetting/planer/<str:reference>/kommuner/",
        board.BoardView.as_view(),
        name="plan_municipalities",
    ),
    path("bosetting/planer/<str:reference>/flytting/", flows.FlowsView.as_view(), name="plan_flows"),
    path("bosetting/planer/<str:plan>/husstand/<str:reference>/", plans.ProposalView.as_view(), name="proposal"),
    path("bosetting/planer/<str:reference>/framdrift/", plans.PlanProgressView.as_view(), name="plan_progress"),
    path("bosetting/planer/<str:reference>/prioritering/", policy.PlanPolicyView.as_view(), name="plan_policy"),
    path("bosetting/planer/<str:reference>/send/", sending.SendProposalsView.as_view(), name="send_proposals"),
    path("bosetting/planer/<str:reference>/avbryt/", acts.StopPlanView.as_view(), name="stop_plan"),
]
