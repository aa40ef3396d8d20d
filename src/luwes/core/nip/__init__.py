"""The number of a civil servant: 18 digits that tell birth, first appointment, sex and sequence.

Digits 1-8 birth date, 9-14 first appointment, 15 sex, 16-18 sequence (Perka BKN 22 and 43/2007). A PPPK number has a
21-29 instead of a month. There is no check digit, and real numbers contain errors: oddities are told, never repaired.
"""

from luwes.core.nip.parse import LENGTH, ODDITIES, Nip, NotANip, Sex, masked, parse_nip

__all__ = ["LENGTH", "ODDITIES", "Nip", "NotANip", "Sex", "masked", "parse_nip"]
