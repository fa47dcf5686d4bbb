"""The address of the page about retention."""

from django.urls import path

from fotfeste.retention.views import RetentionView

urlpatterns = [path("sletting/", RetentionView.as_view(), name="retention")]
