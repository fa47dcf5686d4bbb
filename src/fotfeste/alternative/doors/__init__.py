"""The pages without a login: what is begun there and kept sealed, how often something is tried, as whom they act."""
