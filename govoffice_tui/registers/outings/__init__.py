"""因公外出: what it explains of half-days, the book of outings, its pages, and whom a list of names means."""
