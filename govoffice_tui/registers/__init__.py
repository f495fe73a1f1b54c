"""The registers: queries in, frozen rows out, one transaction a verb."""
