"""The tabs of the app and what they share."""
