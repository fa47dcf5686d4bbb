"""The codes of the tasks that applications and agreements open; their words are in `task_kinds_applications`."""

DECIDE = "decide_application"
ANSWER = "answer_acceptance"
PRELIMINARY = "send_preliminary_answer"
MOVE_IN = "register_move_in"
SEND_END = "send_end_letter"
