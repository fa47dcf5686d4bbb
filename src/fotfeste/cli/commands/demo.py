"""Start the demo: a synthetic country, the pages and the worker, with one click to log in.

The first start makes the database and the country; later ones keep both. Ctrl-C stops everything.
"""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--people", type=_people, metavar="N", help="how many people the country gets (5000)")
    parser.add_argument("--reset", action="store_true", help="begin anew: throw the demo's data away first")
    parser.add_argument("--port", type=int, metavar="P", help="the port (the first free one from 8000)")
    parser.add_argument("--no-open", action="store_true", help="do not open a browser")


def _people(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("a country has at least one person")
    return number


def run(arguments: argparse.Namespace) -> int:
    """Have the country and serve it until somebody says stop."""
    from fotfeste.cli import country
    from fotfeste.cli.preparation import prepare
    from fotfeste.cli.project import database
    from fotfeste.cli.serving import Place, free_port, open_browser, serve
    from fotfeste.platform.postgres.state import state_folder

    place = Place("127.0.0.1", free_port(arguments.port))
    prepare()
    with database() as urls:
        country.have(urls, people=arguments.people, is_reset=arguments.reset)

        def announce() -> None:
            print(f"\nFotfeste is at {place.address}\n\n{country.users_table()}\n\nCtrl-C stops it.", flush=True)
            if not arguments.no_open:
                open_browser(place.address)

        serve(place, announce=announce, output=state_folder("demo") / "demo.log")
    return 0
