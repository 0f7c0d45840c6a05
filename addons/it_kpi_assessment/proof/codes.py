"""核验码: verification codes as they are drawn, written on paper and typed."""

import secrets
from base64 import b32encode

# Without I, L, O and U: they are read as 1, 0 and V, or make words.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
BASE32 = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET)
MISREAD = str.maketrans("ILO", "110")


def draw_code():
    """Return a new code: 16 characters of base32, 80 random bits."""
    return b32encode(secrets.token_bytes(LENGTH * 5 // 8)).decode().translate(BASE32)


def read_code(text):
    """Return the code that somebody typed, whatever blanks and dashes it has, or None."""
    code = "".join(filter(str.isalnum, str(text or ""))).upper().translate(MISREAD)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def group_code(code):
    """Return a code as it stands on paper: in groups of four."""
    return "-".join(code[place : place + 4] for place in range(0, LENGTH, 4))
