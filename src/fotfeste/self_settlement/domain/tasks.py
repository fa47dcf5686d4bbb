"""The codes of the tasks that a request opens; their words are in `task_kinds`."""

ANSWER = "answer_self_settlement"
SEND_HOME = "send_found_home"
CHECK_HOME = "check_found_home"
AGREE = "agree_self_settlement"
MOVE_IN = "register_moved_in"
TELL_NO = "tell_self_settlement_no"
TELL_OVER = "tell_self_settlement_over"
TO_TELL = (TELL_NO, TELL_OVER)
UNDER_WAY = (ANSWER, SEND_HOME, CHECK_HOME, AGREE, MOVE_IN)
OF_THE_HOUSEHOLD = (SEND_HOME, MOVE_IN, *TO_TELL)  # done with it, where it lives: they move with it
