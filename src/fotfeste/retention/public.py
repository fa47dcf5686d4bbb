"""What other packages may use of retention."""

from fotfeste.retention.words import EVENT_WORDS

__all__ = ["EVENT_WORDS"]
