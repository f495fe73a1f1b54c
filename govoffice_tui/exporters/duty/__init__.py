"""The duty forms: the page of a shift, the month, the slip of one call, and the blank page."""
