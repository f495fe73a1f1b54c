"""The duty system: the planned roster and the record book of each shift."""
