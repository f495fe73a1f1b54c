"""The registers and monthly forms of a county government office, in the terminal."""
