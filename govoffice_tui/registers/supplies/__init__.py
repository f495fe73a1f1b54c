"""The book of consumables: items, slips, counts, months and what they say of waste."""
