"""The forms of the sign-in book: the day, the month, the one page the deputy signs."""
