"""Tables know the headings of their cells, for screens on which they are laid out as cards."""

from fotfeste.platform.components.tables import for_narrow_screens

TABLE = (
    '<table class="ds-table"><thead><tr><th scope="col">Hvem</th><th scope="col" class="num"><a href="?">Dager<svg>'
    '<path d="M1 6"/></svg></a></th><th scope="col">Si &quot;ja&quot;</th></tr></thead><tbody><tr><th scope="row">'
    '<a href="/">Kari</a></th><td class="num">4 &lt; 5</td><td> \n </td></tr></tbody></table>'
)


def test_each_cell_has_the_heading_of_its_column() -> None:
    shown = for_narrow_screens(TABLE)
    assert '<td class="num" role="cell" data-label="Dager">4 &lt; 5</td>' in shown
    assert '<th scope="row" role="rowheader" data-label="Hvem"><a href="/">Kari</a></th>' in shown


def test_a_cell_with_nothing_in_it_takes_no_line() -> None:
    assert '<td role="cell" data-empty> \n </td>' in for_narrow_screens(TABLE)


def test_every_part_says_what_it_is_also_when_it_is_laid_out_as_a_block() -> None:
    shown = for_narrow_screens(TABLE)
    assert '<table class="ds-table" role="table"><thead role="rowgroup"><tr role="row">' in shown
    assert '<th scope="col" role="columnheader">Hvem</th>' in shown


def test_a_wide_cell_counts_for_the_columns_it_covers() -> None:
    wide = (
        '<table><thead><tr><th scope="col">A</th><th scope="col">B</th><th scope="col">C</th></tr></thead>'
        '<tbody><tr><th scope="rowgroup" colspan="2">Agder</th><td>7</td></tr></tbody></table>'
    )
    assert '<td role="cell" data-label="C">7</td>' in for_narrow_screens(wide)


def test_a_heading_over_several_columns_stands_before_their_own() -> None:
    two_rows = (
        '<table><thead><tr><th scope="col" rowspan="2">Uke</th><th scope="colgroup" colspan="2">Reiser</th>'
        '<th scope="col" rowspan="2">Ledige</th></tr><tr><th scope="col">avtalt</th><th scope="col">kanskje</th></tr>'
        '</thead><tbody><tr><th scope="row">uke 48</th><td>1</td><td>2</td><td>3</td></tr></tbody></table>'
    )
    shown = for_narrow_screens(two_rows)
    assert '<th scope="colgroup" colspan="2" role="columnheader">Reiser</th>' in shown
    assert '<th scope="row" role="rowheader" data-label="Uke">uke 48</th>' in shown
    assert (
        '<td role="cell" data-label="Reiser: avtalt">1</td><td role="cell" data-label="Reiser: kanskje">2</td>'
        '<td role="cell" data-label="Ledige">3</td>'
    ) in shown


def test_the_second_table_has_headings_of_its_own() -> None:
    second = '<table><thead><tr><th scope="col">Sted</th></tr></thead><tbody><tr><td>Voss</td></tr></tbody></table>'
    assert '<td role="cell" data-label="Sted">Voss</td>' in for_narrow_screens(TABLE + second)


def test_quotation_marks_in_a_heading_stay_inside_its_attribute() -> None:
    marked = TABLE.replace("&quot;ja&quot;", '"ja"').replace("<td> \n </td>", "<td>x</td>")
    assert '<td role="cell" data-label="Si &quot;ja&quot;">x</td>' in for_narrow_screens(marked)


def test_a_heading_that_only_a_screen_reader_reads_labels_no_cell() -> None:
    unseen = (
        '<table><thead><tr><th scope="col">Hvem</th><th scope="col"><span class="ds-sr-only">Ta bort</span></th></tr>'
        '</thead><tbody><tr><th scope="row">Kari</th><td><a href="/">Ta bort</a></td></tr></tbody></table>'
    )
    assert '<td role="cell"><a href="/">Ta bort</a></td>' in for_narrow_screens(unseen)


def test_what_stands_across_the_rest_of_a_row_belongs_to_no_column() -> None:
    across = """<table><tr><th scope="col">Hvem</th><th scope="col">Brev</th><th scope="col">Frist</th></tr>
        <tr><th scope="row">Zlata</th><td colspan="2">Under 18 år</td></tr></table>"""
    assert '<td colspan="2" role="cell">Under 18 år</td>' in for_narrow_screens(across)
