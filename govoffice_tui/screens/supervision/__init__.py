"""督办: what is in hand, a month of it, the units, and the acts on a matter."""
