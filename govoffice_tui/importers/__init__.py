"""Files people bring: checked rows out, or a list of what to put right."""
