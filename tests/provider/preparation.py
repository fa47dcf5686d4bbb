"""`python -m tests.provider.preparation USERS ADDRESS ...`: tables, the client Fotfeste, and users with one password.

USERS: user names with commas between. An ADDRESS is one at which Fotfeste is reached.
"""

import sys

import django

CLIENT_ID, CLIENT_SECRET = "fotfeste", "a secret for tests alone"
PASSWORD = "et langt passord for prøver"
HIGH = "idporten-loa-high"  # the acr of a login that is sure enough
CALLBACK = "/logg-inn/med/ansatt/svar/"


def prepare(users: list[str], addresses: list[str]) -> None:
    """Fill an empty database."""
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    client = Client(id=CLIENT_ID, name="Fotfeste", scopes="openid\nprofile", skip_consent=True)
    client.set_secret(CLIENT_SECRET)
    client.set_redirect_uris([f"{address}{CALLBACK}" for address in addresses])
    client.set_post_logout_redirect_uris([f"{address}/logg-inn/" for address in addresses])
    client.save()
    for username in users:
        User.objects.create_user(username=username, password=PASSWORD)


if __name__ == "__main__":
    django.setup()
    prepare(sys.argv[1].split(","), sys.argv[2:])
