"""The addresses of plans."""

from django.urls import path

from fotfeste.allocation.views import (
    acts,
    board,
    comparison,
    flows,
    plans,
    points,
    policy,
    policy_change,
    proposal,
    sending,
    steering,
    steering_group,
    weighing,
    what_if_acts,
    what_if_comparison,
    what_ifs,
)

urlpatterns = [
    path("bosetting/prioritering/", policy.PolicyView.as_view(), name="policy"),
    path("bosetting/prioritering/endre/", policy_change.ChangePolicyView.as_view(), name="change_policy"),
    path("bosetting/husstand/<str:reference>/poeng/", points.PointsView.as_view(), name="municipality_points"),
    path("bosetting/planer/", plans.PlansView.as_view(), name="plans"),
    path("bosetting/planer/ny/", acts.PlanWeekView.as_view(), name="plan_week"),
    path("bosetting/planer/styring/", steering.SteeringView.as_view(), name="steering"),
    path("bosetting/planer/styring/steng/", steering.CloseMunicipalityView.as_view(), name="close_municipality"),
    path(
        "bosetting/planer/styring/<str:reference>/apne/",
        steering.OpenMunicipalityView.as_view(),
        name="open_municipality",
    ),
    path(
        "bosetting/planer/styring/<str:steering>/husstand/<str:reference>/",
        steering_group.LiftSteeringView.as_view(),
        name="lift_steering",
    ),
    path("bosetting/planer/<str:reference>/", plans.PlanView.as_view(), name="plan"),
    path(
        "bosetting/planer/<str:reference>/kommuner/",
        board.BoardView.as_view(),
        name="plan_municipalities",
    ),
    path("bosetting/planer/<str:reference>/flytting/", flows.FlowsView.as_view(), name="plan_flows"),
    path("bosetting/planer/<str:plan>/husstand/<str:reference>/", proposal.ProposalView.as_view(), name="proposal"),
    path(
        "bosetting/planer/<str:plan>/husstand/<str:reference>/fest/",
        steering_group.PinGroupView.as_view(),
        name="pin_group",
    ),
    path(
        "bosetting/planer/<str:plan>/husstand/<str:reference>/utelukk/",
        steering_group.ForbidMunicipalityView.as_view(),
        name="forbid_municipality",
    ),
    path("bosetting/planer/<str:reference>/sammenlign/", comparison.ComparePlansView.as_view(), name="compare_plans"),
    path("bosetting/planer/<str:reference>/framdrift/", plans.PlanProgressView.as_view(), name="plan_progress"),
    path("bosetting/planer/<str:reference>/prioritering/", policy.PlanPolicyView.as_view(), name="plan_policy"),
    path("bosetting/planer/<str:reference>/avveining.svg", weighing.PlanCurvePictureView.as_view(), name="plan_curve"),
    path("bosetting/planer/<str:reference>/loddtrekning/", weighing.PlanFairnessView.as_view(), name="plan_fairness"),
    path("bosetting/planer/<str:reference>/send/", sending.SendProposalsView.as_view(), name="send_proposals"),
    path("bosetting/planer/<str:reference>/avbryt/", acts.StopPlanView.as_view(), name="stop_plan"),
    path("bosetting/hva-hvis/", what_ifs.WhatIfsView.as_view(), name="what_ifs"),
    path("bosetting/hva-hvis/ny/", what_if_acts.AskWhatIfView.as_view(), name="ask_what_if"),
    path("bosetting/hva-hvis/<str:reference>/", what_ifs.WhatIfView.as_view(), name="what_if"),
    path(
        "bosetting/hva-hvis/<str:reference>/framdrift/", what_ifs.WhatIfProgressView.as_view(), name="what_if_progress"
    ),
    path(
        "bosetting/hva-hvis/<str:reference>/sammenlign/",
        what_if_comparison.CompareWhatIfsView.as_view(),
        name="compare_what_ifs",
    ),
    path("bosetting/hva-hvis/<str:reference>/avbryt/", what_if_acts.StopWhatIfView.as_view(), name="stop_what_if"),
]
