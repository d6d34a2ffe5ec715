"""The one exception for bad input: a clear sentence for people, exit code 2, no traceback."""


class InputError(ValueError):
    """The input is at fault; the message names the argument and says what is allowed."""
