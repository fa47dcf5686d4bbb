"""What a page of figures answers beside itself: a picture, a spreadsheet."""

from collections.abc import Sequence

from django.http import HttpResponse

from fotfeste.insight.domain.pictures import Figure
from fotfeste.insight.drawing import svg_of
from fotfeste.insight.sheets import TYPE, spreadsheet


def picture(figure: Figure) -> HttpResponse:
    """The picture of a figure, as SVG."""
    return HttpResponse(svg_of(figure.picture), content_type="image/svg+xml")


def sheet(figures: Sequence[Figure], heading: str, name: str) -> HttpResponse:
    """The tables of figures as a spreadsheet of a name, to be kept as a file."""
    response = HttpResponse(spreadsheet(figures, heading), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
