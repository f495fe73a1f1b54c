"""The forms of the seal register."""
