"""What was sent along with an application is of the household, when it is known whose application it is."""

from fotfeste.alternative.models import Application, ApplicationDocument
from fotfeste.platform.files import tell_whose


def follow_match(application: Application, group_id: int) -> None:
    """The files of an application that was matched are about the household; who sees them is as it was."""
    documents = ApplicationDocument.objects.filter(application=application, file__subject_id__isnull=True)
    for file_id in documents.values_list("file_id", flat=True):
        tell_whose(file_id, group_id)
