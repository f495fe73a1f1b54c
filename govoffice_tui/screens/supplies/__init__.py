"""耗材: what is in stock, the month's slips, who uses how much, and the item's page as the paper book has it."""
