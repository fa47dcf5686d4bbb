"""The addresses of a household's refusal."""

_OF = "husstand/<str:reference>/bosettingsnekt/"
