"""The addresses of grants."""

from django.urls import path

from fotfeste.grants.views.orders import OrderRunView, RunOrdersView
from fotfeste.grants.views.what_if import WhatIfView

urlpatterns = [
    path("tilskudd/beregn/", OrderRunView.as_view(), name="compute_run"),
    path("husstand/<str:reference>/penger/", WhatIfView.as_view(), name="money_if"),
    path("tilskudd/bestilt/", RunOrdersView.as_view(), name="run_orders"),
]
