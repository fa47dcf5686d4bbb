"""The addresses of refusal."""

from fotfeste.refusal import urls_course, urls_rulings

urlpatterns = [*urls_rulings.urlpatterns, *urls_course.urlpatterns]
