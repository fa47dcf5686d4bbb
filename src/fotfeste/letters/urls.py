"""The addresses of letters."""

from django.urls import path

from fotfeste.letters import views

urlpatterns = [
    path("brev/", views.MailboxView.as_view(), name="mailbox"),
    path("brev/<str:reference>/", views.LetterView.as_view(), name="letter"),
    path("brev/<str:reference>/pdf/", views.LetterPdfView.as_view(), name="letter_pdf"),
    path("brev/<str:reference>/status/", views.FollowLetterView.as_view(), name="follow_letter"),
    path("husstand/<str:reference>/brev/", views.HouseholdLettersView.as_view(), name="household_letters"),
]
