"""The addresses of alternative."""

from fotfeste.alternative import urls_applications, urls_doors
from fotfeste.alternative.urls_local import local_urlpatterns

urlpatterns = [*urls_doors.urlpatterns, *urls_applications.urlpatterns, *local_urlpatterns]
