"""The addresses of requests for agreed self-settlement."""

_HERE = "husstand/<str:reference>/selvbosetting/"
