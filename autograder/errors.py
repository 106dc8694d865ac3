"""The errors that a person meets: one sentence, with the remedy in it."""


class UserError(Exception):
    """Something a person can put right; its text says what, and how. Never shown with a traceback."""


class NotGradable(Exception):
    """Our own fault: a reference failed or a question is broken. Never counts against a student."""
