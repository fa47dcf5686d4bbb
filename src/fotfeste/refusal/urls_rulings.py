"""The addresses of rulings."""

from django.urls import path

from fotfeste.refusal.views import rulings

urlpatterns = [
    path("bosettingsnekt/avklaringer/", rulings.RulingsView.as_view(), name="rulings"),
    path("bosettingsnekt/avklaringer/ny/", rulings.GiveRulingView.as_view(), name="give_ruling"),
]
