"""The chained record of every change: one line for each row inserted or changed, in the row's own transaction."""
