"""Write the whole database to a file, readable by you only; the pages may go on meanwhile."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file to write."""
    parser.add_argument("file", help="the file to write, in PostgreSQL's custom format")


def run(arguments: argparse.Namespace) -> int:
    """Back up; the file appears under its name only when it is whole."""
    from fotfeste.cli.project import database, named_file
    from fotfeste.platform.postgres import backup

    file = named_file(arguments.file)
    with database() as urls:
        backup(urls, file)
    print(f"The backup is in {file}. It holds personal data: keep it as safe as the database.")
    return 0
