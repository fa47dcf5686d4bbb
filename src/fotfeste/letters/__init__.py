"""Letters (brev): typeset from data as accessible PDF, in the reader's language, and sent to the right unit's mailbox
with a status that says how far each has come. Texts and templates are here; who is written to, about what and when, is
decided by the domains. It decides nothing, and reads nothing of anybody.
"""
