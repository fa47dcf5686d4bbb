"""The pages of plans for many: policy, plans, boards, steering, comparison."""

from tests.journeys.visits.visit import IMDI, Visit, form, sees

ALLOCATION = [
    *sees("policy", "/bosetting/prioritering/", IMDI),
    *form("change_policy", "/bosetting/prioritering/endre/", IMDI),
    *sees("municipality_points", "/bosetting/husstand/{queued}/poeng/", IMDI),
    Visit("municipality_points", "/bosetting/husstand/{queued}/poeng/?text=trond", IMDI, "looked for"),
    Visit("municipality_points", "/bosetting/husstand/{offered}/poeng/", IMDI, "not in the queue"),
    *sees("plans", "/bosetting/planer/", IMDI),
    *sees("plan_week", "/bosetting/planer/ny/", IMDI),
    *sees("plan", "/bosetting/planer/{plan}/", IMDI),
    Visit("plan", "/bosetting/planer/{plan}/?show=waiting", IMDI, "who waits"),
    *sees("plan_policy", "/bosetting/planer/{plan}/prioritering/", IMDI),
    *sees("plan_fairness", "/bosetting/planer/{plan}/loddtrekning/", IMDI),
    *sees("send_proposals", "/bosetting/planer/{plan}/send/", IMDI),
    *sees("plan_municipalities", "/bosetting/planer/{plan}/kommuner/", IMDI),
    Visit("plan_municipalities", "/bosetting/planer/{plan}/kommuner/?county=50", IMDI, "a county"),
    *sees("plan_flows", "/bosetting/planer/{plan}/flytting/", IMDI),
    Visit("plan_flows", "/bosetting/planer/{plan}/flytting/?county=50", IMDI, "a county"),
    *sees("proposal", "/bosetting/planer/{plan}/husstand/{queued}/", IMDI),
    *sees("steering", "/bosetting/planer/styring/", IMDI),
    *sees("compare_plans", "/bosetting/planer/{plan}/sammenlign/", IMDI),
    *form("pin_group", "/bosetting/planer/{plan}/husstand/{queued}/fest/", IMDI),
    *form("forbid_municipality", "/bosetting/planer/{plan}/husstand/{queued}/utelukk/", IMDI),
    *sees("lift_steering", "/bosetting/planer/styring/{steered}/husstand/{declined}/", IMDI),
    *form("close_municipality", "/bosetting/planer/styring/steng/", IMDI),
    *sees("open_municipality", "/bosetting/planer/styring/{closing}/apne/", IMDI),
    *sees("plan", "/bosetting/planer/{plan_stopped}/", IMDI, note="stopped"),
    *sees("stop_plan", "/bosetting/planer/{plan_stopped}/avbryt/", IMDI, note="too late"),
]
