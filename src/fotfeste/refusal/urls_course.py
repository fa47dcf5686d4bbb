"""The addresses of a household's refusal."""

from django.urls import path

from fotfeste.refusal.views import (
    counselling,
    days,
    holding,
    listing,
    mistakes,
    officer,
    page,
    pursuing,
    sending,
    withdrawn,
)

_OF = "husstand/<str:reference>/bosettingsnekt/"

urlpatterns = [
    path("bosettingsnekt/", listing.RefusalsView.as_view(), name="refusals"),
    path(_OF, page.RefusalView.as_view(), name="refusal"),
    path(f"{_OF}hold/", holding.AskToHoldView.as_view(), name="refusal_ask_to_hold"),
    path(f"{_OF}meld-udi/", holding.TellUdiView.as_view(), name="refusal_tell_udi"),
    path(f"{_OF}frist/", holding.ExtendImdiDeadlineView.as_view(), name="refusal_extend_deadline"),
    path(f"{_OF}trekk/", holding.WithdrawHomeView.as_view(), name="refusal_withdraw_home"),
    path(f"{_OF}trukket/", withdrawn.SeeWithdrawnView.as_view(), name="refusal_withdrawn"),
    path(f"{_OF}forste-brev/", sending.FirstLetterView.as_view(), name="refusal_first_letter"),
    path(f"{_OF}varsel/", sending.EvictionNoticeView.as_view(), name="refusal_notice"),
    path(f"{_OF}begjaring/", sending.PetitionView.as_view(), name="refusal_petition"),
    path(f"{_OF}barn/", pursuing.MinorsToldView.as_view(), name="refusal_minors"),
    path(f"{_OF}utkastelse/", pursuing.EvictionDayView.as_view(), name="refusal_eviction_day"),
    path(f"{_OF}namsmannen/", officer.TellOfficerView.as_view(), name="refusal_officer"),
    path(f"{_OF}14-dager/", pursuing.ExtendFortnightView.as_view(), name="refusal_extend_fortnight"),
    path(f"{_OF}bero/", pursuing.SuspendView.as_view(), name="refusal_suspend"),
    path(f"{_OF}gjenoppta/", pursuing.ResumeView.as_view(), name="refusal_resume"),
    path(f"{_OF}avslutt/", pursuing.CloseView.as_view(), name="refusal_close"),
    path(f"{_OF}dager/", days.TellDaysView.as_view(), name="refusal_days"),
    path(f"{_OF}ta-tilbake/", mistakes.TakeBackEventView.as_view(), name="refusal_take_back"),
    path(f"{_OF}samtale/", counselling.TalkView.as_view(), name="refusal_talk"),
    path(f"{_OF}ja/", counselling.AcceptanceView.as_view(), name="refusal_accept"),
]
