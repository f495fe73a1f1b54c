"""督办: the book of matters decided and followed up, its pages, its months, and its list of one unit."""
