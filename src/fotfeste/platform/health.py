"""Whether the program is well: the database answers, the fence stands, jobs are not piling up."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse

MOST_WAITING_JOBS = 1000


def health(request: HttpRequest) -> JsonResponse:
    """`ok` with 200, or what is wrong with 503. Says nothing of anyone."""
    problems = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user")
            if cursor.fetchone() != (False,):
                problems.append("the application's role sees past row-level security")
            cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
            waiting = cursor.fetchone()
            if waiting and waiting[0] > MOST_WAITING_JOBS:
                problems.append("more than a thousand jobs are waiting")
    except DatabaseError:
        problems.append("the database does not answer")
    status = {"status": "failing" if problems else "ok", "problems": problems}
    return JsonResponse(status, status=503 if problems else 200)
