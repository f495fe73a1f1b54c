"""The seal register: seals and who holds them, approvals, lines of use, and what stands open."""
