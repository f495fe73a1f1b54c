"""The commands of the command line, each beside its options."""
