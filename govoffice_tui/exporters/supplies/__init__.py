"""The forms of the stock book."""
