"""Components of the pages: form fields, lists, drawings.

The tags of `templatetags/fotfeste.py` show them; the gallery (`platform/gallery.py`) shows them all on one page.
"""
