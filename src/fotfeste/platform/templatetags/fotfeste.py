"""Tags and filters of the pages' components."""

from django import template

register = template.Library()
