"""The leave forms: the month's summary with its detail sheet, and the slip that is signed."""
