"""The kinds of tasks that this domain opens: their words, and where they are done."""

from fotfeste.settlement.task_kinds_interview import INTERVIEW_KINDS
from fotfeste.settlement.task_kinds_offers import OFFER_KINDS
from fotfeste.worklist.public import TaskKind

TASK_KINDS: tuple[TaskKind, ...] = (*INTERVIEW_KINDS, *OFFER_KINDS)
