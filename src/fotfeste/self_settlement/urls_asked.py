"""The addresses of requests for agreed self-settlement."""

from django.urls import path

from fotfeste.self_settlement.views import answering, asking, measures, requests

_HERE = "husstand/<str:reference>/selvbosetting/"
asked_urlpatterns = [
    path("selvbosetting/foresporsler/", requests.RequestsView.as_view(), name="self_settlement_requests"),
    path("selvbosetting/tall/", measures.MeasuresView.as_view(), name="self_settlement_measures"),
    path(f"{_HERE}spor/", asking.AskView.as_view(), name="ask_self_settlement"),
    path(f"{_HERE}svar/", answering.AnswerView.as_view(), name="answer_self_settlement"),
    path(f"{_HERE}bolig/", asking.SendHomeView.as_view(), name="send_found_home"),
    path(f"{_HERE}godkjenning/", answering.CheckHomeView.as_view(), name="check_found_home"),
    path(f"{_HERE}enighet/", answering.AgreeView.as_view(), name="agree_self_settlement"),
    path(f"{_HERE}innflytting/", asking.MoveInView.as_view(), name="register_moved_in"),
    path(f"{_HERE}trekk/", asking.WithdrawView.as_view(), name="withdraw_self_settlement"),
    path(f"{_HERE}leid-ut/", asking.LoseHomeView.as_view(), name="lose_found_home"),
    path(f"{_HERE}nei/", asking.TellNoView.as_view(), name="tell_self_settlement_no"),
]
