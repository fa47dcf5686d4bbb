"""Put a backup in place of the database; what was there stays until the backup is in whole."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file to read."""
    parser.add_argument("file", help="a file that ./fotfeste backup wrote, here or on another server")


def run(arguments: argparse.Namespace) -> int:
    """Restore, then bring an older backup up to date."""
    from fotfeste.cli.project import database, migrate, named_file, set_up_django
    from fotfeste.platform.postgres import restore

    file = named_file(arguments.file)
    with database() as urls:
        restore(urls, file)
        set_up_django()
        migrate(urls)
    print(f"The database is now as it was in {file}.")
    return 0
