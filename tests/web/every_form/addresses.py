"""The addresses of the product, and those of them that take a form."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from fotfeste.platform.views import StaffView


def forms_in_the_product() -> set[str]:
    """The names of all addresses that take something that was sent."""
    return {pattern.name or "" for pattern in patterns(get_resolver()) if _takes_posts(pattern)}


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    """Every address of the product."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        else:
            yield each


def _takes_posts(pattern: URLPattern) -> bool:
    view = getattr(pattern.callback, "view_class", None)
    if not (isinstance(view, type) and issubclass(view, StaffView)):
        return False
    return hasattr(view, "post") and "post" in view.http_method_names
