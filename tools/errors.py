"""The error that all tools raise."""

import errno


class SetupError(Exception):
    """One sentence for the person at the keyboard: what is wrong and what to do about it."""


DISK_FULL = "The disk is full: free at least 3 GB where the checkout and the cache lie, then repeat"


def from_os_error(error):
    """The sentence for an error of the operating system."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DISK_FULL + "."
    return (
        f"{error.strerror or error}: {error.filename or 'the system'}; put that right and repeat."
    )
