"""The forms of the duty system: the planned roster and the record book."""
