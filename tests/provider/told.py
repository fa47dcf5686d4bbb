"""What the provider says in its ID tokens: the truth, unless a test has told it to say something else."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from allauth.idp.oidc.adapter import DefaultOIDCAdapter

from tests.provider.preparation import HIGH


class ToldAdapter(DefaultOIDCAdapter):
    """Sends `acr`; takes changes from `told.json`, where None takes a claim away."""

    def populate_id_token(self, id_token: dict[str, Any], client: object, scopes: Iterable[str], **_: object) -> None:
        """Put in how sure the provider is, and what it was told to say."""
        id_token["acr"] = HIGH
        file = Path(os.environ["PROVIDER_FOLDER"]) / "told.json"
        told = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        id_token.update(told)
        for name in [name for name, value in told.items() if value is None]:
            del id_token[name]
